"""Where the frozen program begins: exactly where the installed one does."""

import os
import sys

# The program without a console has no streams on Windows; whatever prints must not stumble over that.
for name in ("stdout", "stderr"):
    if getattr(sys, name) is None:
        setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - open until the end

from desktop_app.__main__ import main  # noqa: E402

sys.exit(main())
