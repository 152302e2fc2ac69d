"""A line above the page that asks for a few words: a name for a restore point, the person's own name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.inputs import LineEdit, Well
from desktop_app.ui.parts import Button, ButtonKind, Words, help_line, in_row

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AskingLine(QWidget):
    """Asks one thing at a time. Enter answers, Esc closes; then the keyboard goes back to where it was."""

    def __init__(self) -> None:
        """Hidden at first."""
        super().__init__()
        self._then: Callable[[str], None] | None = None
        self._needs_words = True
        self._came_from: QWidget | None = None
        self._question = Words("", font=tokens.strong_font(), wrap=False)
        self._help = help_line("")
        self.field = LineEdit(own_undo=True)
        self.field.setMaxLength(200)
        self.field.textChanged.connect(self._on_text_changed)
        self._question.setBuddy(self.field)
        well = Well(self.field)
        well.setMaximumWidth(tokens.CONTROL * 16)
        self._accept = Button("", kind=ButtonKind.PRIMARY)
        self._accept.clicked.connect(self._on_accept)
        cancel = Button(_("Cancel"))
        cancel.clicked.connect(self.shut)
        row = in_row(self._question, well, self._accept, cancel)
        row.setStretch(1, 1)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SPACE, tokens.GAP, tokens.SPACE, tokens.GAP)
        column.setSpacing(tokens.HALF)
        column.addLayout(row)
        column.addWidget(self._help)
        self.hide()

    def ask(
        self,
        question: str,
        accept: str,
        then: Callable[[str], None],
        *,
        text: str = "",
        help_words: str = "",
        needs_words: bool = True,
    ) -> None:
        """Ask ``question``; ``then`` gets the answer when the button with the words ``accept`` is pressed.

        ``text`` stands there at first. With ``needs_words`` an empty answer is none.
        """
        focus = self.window().focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            self._came_from = focus
        self._then, self._needs_words = then, needs_words
        self._question.setText(question)
        self._help.setText(help_words)
        self._help.setVisible(bool(help_words))
        self._accept.setText(accept)
        self._accept.updateGeometry()
        self.field.setAccessibleName(question.rstrip(":"))
        self.field.setText(text)
        self._on_text_changed()
        self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()

    def shut(self) -> None:
        """Close without an answer."""
        if self.isHidden():
            return
        self._then = None
        focus = self.window().focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus)
        came_from, self._came_from = self._came_from, None
        self.hide()
        if had_focus and came_from is not None and _is_there(came_from):
            came_from.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the field answers, Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.shut()
        elif event.key() in _ENTER and self.field.hasFocus():
            self._on_accept()
        else:
            super().keyPressEvent(event)

    def _on_text_changed(self) -> None:
        self._accept.setEnabled(bool(self.field.text().strip()) or not self._needs_words)

    def _on_accept(self) -> None:
        words, then = self.field.text().strip(), self._then
        if then is not None and (words or not self._needs_words):
            self.shut()
            then(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A tinted ground with a hairline below, as a notice has."""
        painter = QPainter(self)
        painter.fillRect(QRectF(self.rect()), tokens.tint(self.palette(), 0.08))
        painter.setPen(tokens.hairline(self.palette()))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


def _is_there(widget: QWidget) -> bool:
    from shiboken6 import isValid

    return isValid(widget) and widget.isVisible()
