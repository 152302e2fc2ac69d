"""Find in the report: the line to type in."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from desktop_app.runtime.i18n import _
from desktop_app.ui import icons
from desktop_app.ui.inputs import LineEdit

_PAUSE = 150
"""Milliseconds without a key before the report is searched."""

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FindLine(LineEdit):
    """What to look for. Esc empties it, the arrow down and Enter lead to what was found."""

    words_settled = Signal(str)
    found_wanted = Signal()
    escaped = Signal()

    def __init__(self) -> None:
        """Empty."""
        super().__init__(own_undo=True)
        self.setPlaceholderText(_("Find in the report"))
        self.setAccessibleName(_("Find in the report"))
        self.setClearButtonEnabled(True)
        self.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._on_pause)
        self.textChanged.connect(self._timer.start)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that leave the line."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self._on_pause()
            self.escaped.emit()
        elif event.key() in (Qt.Key.Key_Down, *_ENTER):
            self._on_pause()
            self.found_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _on_pause(self) -> None:
        self._timer.stop()
        self.words_settled.emit(self.text().strip())
