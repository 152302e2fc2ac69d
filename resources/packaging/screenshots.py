"""Makes the pictures of the documentation from the running program: ``make screenshots``.

Each picture is the real window with the example report. On a machine without a screen Qt draws offscreen.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from pathlib import Path

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QApplication

from desktop_app.app import Desk
from desktop_app.runtime.settings import Settings
from desktop_app.services.demo import fresh_example
from desktop_app.ui.application import make_application
from desktop_app.ui.main_window import MainWindow

PICTURES = Path(__file__).resolve().parents[1] / "help" / "pictures"
SIZE = QSize(1366, 768)


def settle(application: QApplication) -> None:
    """Let every layout and paint event through."""
    for _round in range(20):
        application.processEvents()
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def main() -> int:
    """Write all pictures; returns the exit code."""
    application = make_application(Settings(appearance="light"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["ALLIANCE_DESK_BACKUPS"] = str(folder / "backups")
        window = MainWindow()
        desk = Desk(window, Settings(person="A. Focal Point"), folder / "settings.json")
        window.resize(SIZE)
        window.show()
        desk.open_file(fresh_example(folder))
        assert window.view is not None
        PICTURES.mkdir(parents=True, exist_ok=True)
        for page, picture in (("T2", "target-2"), ("#send", "send")):
            window.view.show_page(page)
            settle(application)
            window.grab().save(str(PICTURES / f"{picture}.png"))
            print(PICTURES / f"{picture}.png")
        window.close()
        # The last backup is made behind the closed window, of a file in this folder.
        for thread in threading.enumerate():
            if thread is not threading.main_thread():
                thread.join()
    return 0


if __name__ == "__main__":
    sys.exit(main())
