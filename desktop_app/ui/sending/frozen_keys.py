"""Notices that somebody tries to change a closed answer, which otherwise nothing would say."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QWidget
from shiboken6 import isValid

from desktop_app.ui.editors.contract import FieldEditor
from desktop_app.ui.editors.options import WrappedOption
from desktop_app.ui.editors.segments import Segment
from desktop_app.ui.rows.row_view import RowView

_KEYS = frozenset(
    {
        Qt.Key.Key_Backspace,
        Qt.Key.Key_Delete,
        Qt.Key.Key_Insert,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_F2,
    }
)
_CHANGING = (QKeySequence.StandardKey.Paste, QKeySequence.StandardKey.Cut)


class FrozenKeys(QObject):
    """Watches the one widget the keyboard is in; keeps nothing from it."""

    tried = Signal()

    def __init__(self, parent: QObject) -> None:
        """Nothing is watched yet."""
        super().__init__(parent)
        self._watched: QWidget | None = None

    def watch(self, widget: QWidget | None) -> None:
        """Watch ``widget`` and nothing else, if it shows an answer."""
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = widget if widget is not None and _shows_an_answer(widget) else None
        if self._watched is not None:
            self._watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let everything through; say what would have changed something."""
        if _would_change(watched, event):
            self.tried.emit()
        return False


def _shows_an_answer(widget: QWidget) -> bool:
    if isinstance(widget, RowView):
        return True
    if isinstance(widget, QAbstractButton) and not isinstance(widget, WrappedOption | Segment):
        return False
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, FieldEditor):
        parent = parent.parentWidget()
    return parent is not None


def _would_change(watched: QObject, event: QEvent) -> bool:
    if isinstance(event, QInputMethodEvent):
        return bool(event.commitString())
    if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
        return _is_typing(event)
    if event.type() == QEvent.Type.MouseButtonDblClick:
        return isinstance(watched, RowView)
    return event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, WrappedOption | Segment)


def _is_typing(event: QKeyEvent) -> bool:
    if event.key() in _KEYS or any(event.matches(key) for key in _CHANGING):
        return True
    held = event.modifiers() & (
        Qt.KeyboardModifier.ControlModifier
        | Qt.KeyboardModifier.AltModifier
        | Qt.KeyboardModifier.MetaModifier
    )
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    # Where AltGr is told as Control and Alt, it types letters.
    return bool(event.text()) and event.text().isprintable() and held in (Qt.KeyboardModifier(0), both)
