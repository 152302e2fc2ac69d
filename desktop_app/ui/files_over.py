"""Files dragged over a widget: while they are there it says what dropping them would do."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from desktop_app.ui.files import dropped_files


class FilesOver(QObject):
    """Watches what is dragged over a widget. What becomes of files is for whoever is derived from it."""

    def __init__(self, target: QWidget) -> None:
        """As long as ``target`` exists."""
        super().__init__(target)
        self._target = target
        self._hint: QWidget | None = None
        target.setAcceptDrops(True)
        target.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Files only; words that are dragged are for the editor they are dropped on."""
        kind = event.type()
        if kind == QEvent.Type.DragLeave:
            self._take_hint_away()
        elif isinstance(event, QDropEvent):
            if kind in (QEvent.Type.DragEnter, QEvent.Type.DragMove):
                return self._take(event)
            if kind == QEvent.Type.Drop:
                return self._drop(event)
        return False

    def _take(self, event: QDropEvent) -> bool:
        files = dropped_files(event.mimeData())
        if not files or not self._may_take():
            return self._leave_alone(event)
        _accept(event)
        if self._hint is None:
            self._hint = self._say_what_becomes_of(files)
        return True

    def _drop(self, event: QDropEvent) -> bool:
        self._take_hint_away()
        files = dropped_files(event.mimeData())
        if not files or not self._may_take():
            return self._leave_alone(event)
        _accept(event)
        self._target.activateWindow()
        self._use(files)
        return True

    def _take_hint_away(self) -> None:
        hint, self._hint = self._hint, None
        if hint is not None:
            hint.hide()
            hint.deleteLater()

    # For whoever is derived

    def _may_take(self) -> bool:
        """Whether files are welcome now."""
        return True

    def _leave_alone(self, event: QDropEvent) -> bool:
        """What is not taken; whether nobody else shall have it either."""
        return False

    def _say_what_becomes_of(self, files: list[Path]) -> QWidget:
        """Show it over the widget; taken away when the files go."""
        raise NotImplementedError

    def _use(self, files: list[Path]) -> None:
        """They were dropped."""
        raise NotImplementedError


def _accept(event: QDropEvent) -> None:
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
