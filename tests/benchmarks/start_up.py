"""Start-up as a whole process: the window with a report's first page painted, against a bare window.

Run as ``start_up.py bare`` or ``start_up.py page FILE`` this module is the program that is timed, from
its start until it says ``painted``. ``start_up.py bare stay`` shows the window until it is ended;
``start_up.py loaded FILE`` says which modules are loaded by then.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

BARE, PAGE, LOADED = "bare", "page", "loaded"


def tell_painted() -> None:
    """Say that the window is painted: up to here the time is taken."""
    sys.stdout.write("painted\n")
    sys.stdout.flush()


def tell_loaded() -> None:
    """Say which modules are loaded, one a line, which of Qt's widgets, and of which modules the source."""
    import linecache

    from PySide6 import QtWidgets

    from desktop_app.runtime.later import FOUND

    modules = [name for name, module in sys.modules.items() if FOUND not in vars(module)]
    widgets = (f"QtWidgets.{name}" for name in vars(QtWidgets) if name.startswith("Q"))
    sys.stdout.write("\n".join(sorted([*modules, *widgets, *linecache.cache])))
    sys.stdout.flush()


def show_bare_window(*, stays: bool = False) -> int:
    """A window with forty form widgets, ten of each of four kinds, quit after its first paint or not."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import (
        QApplication,
        QComboBox,
        QDateEdit,
        QFormLayout,
        QListView,
        QMainWindow,
        QPlainTextEdit,
        QWidget,
    )

    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    ground = QWidget()
    form = QFormLayout(ground)
    for number in range(10):
        for kind in (QPlainTextEdit, QComboBox, QDateEdit, QListView):
            form.addRow(f"{kind.__name__} {number}", kind())
    window.setCentralWidget(ground)
    window.resize(1280, 800)
    window.show()
    if not stays:
        QTimer.singleShot(0, application.quit)
    application.exec()
    window.grab()
    tell_painted()
    return 0


def show_first_page(path: Path, tell: Callable[[], None]) -> int:
    """The program with a report file, quit once its first page with the answers is painted."""
    from desktop_app.start_up import load_app

    app = load_app()
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    def paint_and_quit() -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        for window in application.topLevelWidgets():
            if window.isVisible():
                window.grab()
                tell()
                window.close()
        application.quit()

    begin = app.Desk.begin

    def begin_and_end(desk: object, found: Path | None) -> None:
        begin(desk, found)
        QTimer.singleShot(0, paint_and_quit)

    app.Desk.begin = begin_and_end
    code: int = app.main([str(path)])
    return code


if __name__ == "__main__":
    if sys.argv[1] == BARE:
        sys.exit(show_bare_window(stays="stay" in sys.argv))
    sys.exit(show_first_page(Path(sys.argv[2]), tell_loaded if sys.argv[1] == LOADED else tell_painted))
