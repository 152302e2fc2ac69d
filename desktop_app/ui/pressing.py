"""Enter presses a button, as Space does: Qt does so in dialogs only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractButton as Pressable
else:
    Pressable = object

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EnterPresses(Pressable):
    """To be named before the Qt class a button is made of."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.click()
        else:
            super().keyPressEvent(event)
