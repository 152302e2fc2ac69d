"""Files dropped onto the window itself are opened; while they are over it, it says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from desktop_app.runtime.i18n import _
from desktop_app.ui.files_over import FilesOver


class WindowDrop(FilesOver):
    """Watches the window. Answers and rows, which take files too, are asked first."""

    files_dropped = Signal(object)
    """The paths of the files; whoever opens them gets them."""

    def __init__(self, window: QWidget, has_report: Callable[[], bool]) -> None:
        """``has_report``: whether there are answers to attach something to."""
        super().__init__(window)
        self._has_report = has_report

    def _leave_alone(self, event: QDropEvent) -> bool:
        event.ignore()
        return True

    def _say_what_becomes_of(self, files: list[Path]) -> QWidget:
        from desktop_app.ui.attachments.dropping import DropHint

        words = _("Drop to open")
        if self._has_report():
            words = _("Drop to open. To attach a file, drop it onto an answer or an entry.")
        return DropHint(self._target, words)

    def _use(self, files: list[Path]) -> None:
        self.files_dropped.emit(files)
