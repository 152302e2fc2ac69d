"""Files dropped onto the window itself are opened; while they are over it, it says so."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from desktop_app.runtime.i18n import _
from desktop_app.ui.files import dropped_files


class WindowDrop(QObject):
    """Watches the window. Answers and rows, which take files too, are asked first."""

    files_dropped = Signal(object)
    """The paths of the files."""

    def __init__(self, window: QWidget, has_report: Callable[[], bool]) -> None:
        """``has_report``: whether there are answers to attach something to."""
        super().__init__(window)
        self._window, self._has_report = window, has_report
        self._hint: QWidget | None = None
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Files are welcome; what becomes of them is said when they are dropped."""
        kind = event.type()
        if kind in (QEvent.Type.DragEnter, QEvent.Type.DragMove) and isinstance(event, QDropEvent):
            return self._take(event)
        if kind == QEvent.Type.DragLeave:
            self._take_hint_away()
        elif kind == QEvent.Type.Drop and isinstance(event, QDropEvent):
            return self._drop(event)
        return False

    def _take(self, event: QDropEvent) -> bool:
        if not dropped_files(event.mimeData()):
            event.ignore()
            return True
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if self._hint is None:
            from desktop_app.ui.attachments.dropping import DropHint

            words = _("Drop to open")
            if self._has_report():
                words = _("Drop to open. To attach a file, drop it onto an answer or an entry.")
            self._hint = DropHint(self._window, words)
        return True

    def _drop(self, event: QDropEvent) -> bool:
        """Whoever opens files gets them."""
        self._take_hint_away()
        files = dropped_files(event.mimeData())
        if files:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._window.activateWindow()
            self.files_dropped.emit(files)
        return True

    def _take_hint_away(self) -> None:
        hint, self._hint = self._hint, None
        if hint is not None:
            hint.hide()
            hint.deleteLater()
