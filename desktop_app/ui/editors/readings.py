"""A line whose words are read: below it stands what was understood, what is wrong, or a question."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui import tokens
from desktop_app.ui.editors.contract import Remark
from desktop_app.ui.inputs import LineEdit, Well
from desktop_app.ui.parts import Button, Tone, Words, in_row


class ReadLine(QWidget):
    """The line in its well, the remark below, and buttons when the words have two meanings."""

    typed = Signal()
    meaning_chosen = Signal(int)
    """Which of the meanings offered by ``ask`` the user means."""

    def __init__(self, width: int | None = None) -> None:
        """Empty. With a ``width`` in pixels, for short words, the remark stands beside: nothing moves."""
        super().__init__()
        self.line = LineEdit()
        self.well = Well(self.line)
        self.remark = Remark()
        self._asked = ""
        self._question = QWidget()
        self._row = QHBoxLayout(self._question)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(tokens.GAP)
        self._question.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.HALF)
        self._line_row = in_row(self.well)
        column.addLayout(self._line_row)
        if width is None:
            column.addWidget(self.remark)
        else:
            self.well.setFixedWidth(width)
            self._line_row.addWidget(self.remark, 1, Qt.AlignmentFlag.AlignVCenter)
            self._line_row.addStretch(0)
        column.addWidget(self._question)
        self.line.typed.connect(self.typed)
        self.line.paste_refused.connect(self._on_paste_refused)

    def put_beside(self, part: QWidget) -> None:
        """Let ``part`` stand between the line and the remark."""
        self._line_row.insertWidget(self._line_row.indexOf(self.remark), part)

    def show_words(self, words: str) -> None:
        """Show ``words`` without any remark."""
        self.line.setText(words)
        self.line.setCursorPosition(len(words) if self.line.hasFocus() else 0)
        self.tell("")

    def tell(self, words: str, tone: Tone = Tone.QUIET) -> None:
        """Show a remark, or nothing, and no question."""
        self._question.hide()
        self.remark.tell(words, tone)

    def ask(self, question: str, meanings: Sequence[str]) -> None:
        """Ask which of the meanings is meant."""
        self.remark.tell("")
        self._asked = question
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._row.addWidget(Words(question, font=tokens.small_font(), tone=Tone.WARNING, wrap=False))
        for number, meaning in enumerate(meanings):
            button = Button(meaning.replace("&", "&&"))
            button.setProperty("meaning", number)
            button.setAccessibleDescription(question)
            button.clicked.connect(self._on_clicked)
            self._row.addWidget(button)
        self._row.addStretch(1)
        self._question.show()

    def set_read_only(self, read_only: bool) -> None:
        """Only to read and copy."""
        self.line.setReadOnly(read_only)
        self.well.set_open(not read_only)
        self._question.setEnabled(not read_only)

    def sentence(self) -> str:
        """What is said below the line at present."""
        if not self._question.isHidden():
            return self._asked
        return self.remark.text()

    def _on_clicked(self) -> None:
        self.line.setFocus()
        self.meaning_chosen.emit(int(self.sender().property("meaning")))

    def _on_paste_refused(self, sentence: str) -> None:
        self.tell(sentence, Tone.WARNING)
