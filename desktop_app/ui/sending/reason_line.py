"""A few words asked for in place: why a warning is accepted, a submission taken back, who approved."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.flow_layout import FlowLayout
from desktop_app.ui.pages.page import page_around
from desktop_app.ui.parts import Button, Tone, Words, help_line
from desktop_app.ui.review.draft_box import DraftField

LONGEST = 4000
"""Characters of a reason; whoever has to read it is busy."""


class ReasonLine(QWidget):
    """Opens below what it is about. Ctrl+Enter or the button gives the words, Esc closes."""

    given = Signal(str)
    """The words, cleaned."""

    shut = Signal()

    def __init__(self, question: str, accept: str, *, help_words: str = "", refusal: str = "") -> None:
        """``accept`` is on the button. ``refusal``: said where words are missing; empty: none are needed."""
        super().__init__()
        self._refusal = refusal
        name = Words(question, font=tokens.strong_font())
        self.field = DraftField()
        self.field.setAccessibleName(question)
        self.field.setAccessibleDescription(help_words)
        self.field.send_wanted.connect(self._on_accept)
        self.field.refused.connect(self.tell)
        self.field.textChanged.connect(self._on_text_changed)
        name.setBuddy(self.field)
        self._remark = Words("", font=tokens.small_font(), tone=Tone.ERROR)
        self._remark.hide()
        self.accept = Button(accept, "check")
        self.accept.setToolTip(_("Ctrl+Enter"))
        self.accept.clicked.connect(self._on_accept)
        cancel = Button(_("Cancel"))
        cancel.clicked.connect(self.close_line)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        flow.addWidget(self.accept)
        flow.addWidget(cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, tokens.HALF, 0, tokens.HALF)
        column.setSpacing(tokens.HALF)
        column.addWidget(name)
        if help_words:
            column.addWidget(help_line(help_words))
        column.addWidget(self.field)
        column.addWidget(self._remark)
        column.addWidget(buttons)
        self.hide()

    @property
    def words(self) -> str:
        """What is written so far."""
        return self.field.words()

    @property
    def remark(self) -> str:
        """What it says is missing; empty when all is well."""
        return self._remark.text()

    def open_line(self) -> None:
        """Show it with the cursor in it."""
        self.show()
        page = page_around(self)
        if page is not None:
            page.show_part(self)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_line(self) -> None:
        """Close without an answer; what was written is gone."""
        self.field.clear()
        self.hide()
        self.shut.emit()

    def tell(self, sentence: str) -> None:
        """Say what is the matter with the words."""
        self._remark.setText(sentence)
        self._remark.setVisible(bool(sentence))
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_line()
        else:
            super().keyPressEvent(event)

    def _on_text_changed(self) -> None:
        if self._remark.text():
            self._remark.setText("")
            self._remark.hide()

    def _on_accept(self) -> None:
        words = self.field.words()
        if not words and self._refusal:
            self.tell(self._refusal)
        elif len(words) > LONGEST:
            too_long = _("This is too long: {count} characters. Say it in {most} or less.")
            self.tell(too_long.format(count=len(words), most=LONGEST))
        else:
            self.given.emit(words)
