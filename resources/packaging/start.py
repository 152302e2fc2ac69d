"""Where the frozen program begins: exactly where the installed one does."""

import os
import sys

# The program without a console has no streams on Windows; whatever prints must not stumble over that.
for name in ("stdout", "stderr"):
    if getattr(sys, name) is None:
        setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - open until the end

# PyInstaller started this program with its own libraries before those of the system. What is started from
# here, a viewer for instance, has to find the system's; and this program again begins as the first time.
if sys.platform == "linux":
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    os.environ.pop("LD_LIBRARY_PATH", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before
    for name in [each for each in os.environ if each.startswith("_PYI_")]:
        del os.environ[name]

from desktop_app.__main__ import main  # noqa: E402

sys.exit(main())
