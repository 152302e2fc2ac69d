"""The window used as a person uses it: by the words on it and by keys."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.app import Desk
from desktop_app.runtime.settings import load_settings
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.report_view import ReportView

W = TypeVar("W", bound=QWidget)


@dataclass
class Person:
    """Sits in front of one window. ``folder`` has the person's settings and reports."""

    qtbot: QtBot
    folder: Path
    window: MainWindow
    desk: Desk

    @classmethod
    def at_the_desk(cls, qtbot: QtBot, folder: Path, path: Path | None = None) -> Person:
        """Starts the program, with a report file if one is given."""
        settings = folder / "settings.json"
        window = MainWindow()
        window.resize(1366, 768)
        desk = Desk(window, load_settings(settings), settings)
        desk.begin(path)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return cls(qtbot, folder, window, desk)

    @property
    def view(self) -> ReportView:
        """The report that is open."""
        assert self.window.view is not None
        return self.window.view

    def find(self, kind: type[W], words: str, within: QWidget | None = None) -> W:
        """The visible widget whose name or words begin with ``words``.

        What comes when the page has been shown is waited for, as a person does.
        """
        found: list[W] = []

        def is_there() -> bool:
            for each in (within or self.window).findChildren(kind):
                names = (each.accessibleName(), getattr(each, "text", str)())
                if each.isVisible() and any(name.replace("&", "").startswith(words) for name in names):
                    found.append(each)
                    return True
            return False

        try:
            self.qtbot.waitUntil(is_there)
        except self.qtbot.TimeoutError:
            raise AssertionError(f"nothing visible is called “{words}”") from None
        return found[0]

    def press(self, words: str, within: QWidget | None = None) -> None:
        """Presses the button with these words."""
        self.qtbot.mouseClick(self.find(QAbstractButton, words, within), Qt.MouseButton.LeftButton)

    def hand_in(self, *files: Path) -> None:
        """Lets the window have the files, as if they were dropped onto it; it knows what they are then."""
        self.window.files_dropped.emit(list(files))
        self.qtbot.waitUntil(lambda: not self.desk._dropped.is_busy)

    def choose_in_dialog(self, chosen: Path) -> None:
        """Chooses a place in the system's dialog, when it is there."""

        def choose() -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, QFileDialog)
            line = dialog.findChild(QLineEdit)
            assert line is not None
            line.setText(str(chosen))
            dialog.accept()

        QTimer.singleShot(300, self.window, choose)

    def type(self, words: str) -> None:
        """Types where the cursor is."""
        target = QApplication.focusWidget()
        assert target is not None
        self.qtbot.keyClicks(target, words)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Presses one key where the keyboard is."""
        target = QApplication.focusWidget() or self.window
        self.qtbot.keyClick(target, key, modifier)

    def until(self, is_so: Callable[[], bool]) -> None:
        """Waits until something can be seen."""
        self.qtbot.waitUntil(is_so)

    def leave(self) -> None:
        """Closes the window, which is taken down at once and not whenever Python likes."""
        self.window.close()
        self.until(lambda: not self.window.isVisible())
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        # The last backup is made behind the closed window; the folder must be there until it is.
        wait_for_backups()


def wait_for_backups() -> None:
    """Waits until the last backups of the reports that were closed are made."""
    for thread in threading.enumerate():
        if thread.name == "backups":
            thread.join(60)
            assert not thread.is_alive(), "a report is still open, or its backup does not end"
