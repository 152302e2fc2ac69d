"""The process that tries for the self-test whether the window can open: Qt is loaded, nothing is shown."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path


def main(load: Callable[[], object]) -> int:
    """0 when it can: Qt's version is printed then, else what Qt or the system's loader said.

    ``load`` loads all that the window needs, as a start does.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        load()
        from PySide6.QtCore import QLibraryInfo, qVersion
        from PySide6.QtWidgets import QApplication

        application = QApplication(sys.argv[:1])
    except ImportError as error:
        sys.stdout.write(f"{error}\n")
        return 1
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"
    said = _refused(sorted(plugins.glob("libq*.so")))
    sys.stdout.write(f"{said or qVersion()}\n")
    application.quit()
    return 1 if said else 0


def _refused(platforms: list[Path]) -> str:
    """Why neither of Qt's ways to a display on Linux can be loaded; empty when one can, or none is there."""
    from PySide6.QtCore import QLibrary

    said = []
    for path in platforms:
        if path.name.startswith(("libqxcb", "libqwayland")):
            library = QLibrary(str(path))
            if library.load():
                return ""
            said.append(library.errorString())
    return "\n".join(said)
