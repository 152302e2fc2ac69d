"""The way back from a page: a button, and Esc wherever on the page the keyboard is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from desktop_app.ui.parts import Button, ButtonKind


class BackButton(Button):
    """Leads back to where one was before the page it stands on."""

    def __init__(self, words: str) -> None:
        """``words``: an ampersand marks the shortcut letter."""
        super().__init__(words, "chevron-left", ButtonKind.QUIET)


class PageGround(QWidget):
    """What the pages of a window stand on: Esc that nothing on a page has a use for leads back from it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button that leads back, unless words would be given up with the page."""
        is_pressed = event.key() == Qt.Key.Key_Escape and not event.modifiers()
        # A key that is held has closed something else, a list for instance.
        if not is_pressed or event.isAutoRepeat() or _holds_words(self.window().focusWidget()):
            super().keyPressEvent(event)
            return
        shown = (each for each in self.findChildren(BackButton) if each.isVisible() and each.isEnabled())
        back = next(shown, None)
        if back is None:
            super().keyPressEvent(event)
        else:
            back.click()


def _holds_words(widget: QWidget | None) -> bool:
    """Whether somebody is writing there; a passphrase is soon typed again."""
    if isinstance(widget, QLineEdit):
        return bool(widget.text()) and widget.echoMode() is QLineEdit.EchoMode.Normal
    return isinstance(widget, QTextEdit | QPlainTextEdit) and bool(widget.toPlainText())
