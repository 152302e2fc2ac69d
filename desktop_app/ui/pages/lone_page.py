"""A page shown while no report is open: something is the matter with a file, or there are files to see."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_app.ui import tokens
from desktop_app.ui.flow_layout import FlowLayout
from desktop_app.ui.pages.page import Page
from desktop_app.ui.parts import Button, Card, Tone, Words, in_row, title
from desktop_app.ui.rows.problem_lines import IconMark


class LonePage(Page):
    """A title with a mark, sentences below it, cards, and a line for what was not possible."""

    def __init__(self, words: str, sentences: Sequence[str], icon_name: str, tone: Tone) -> None:
        """``words`` is the title."""
        super().__init__()
        line = in_row(IconMark(icon_name, tone, tokens.PAGE), title(words))
        line.setStretch(1, 1)
        self.column.addLayout(line)
        for sentence in sentences:
            self.column.addWidget(selectable(sentence))
        self._failure = FailureCard()
        self.column.addWidget(self._failure)
        self._start: QWidget | None = None

    def add_ways(self, *buttons: Button) -> QWidget:
        """Buttons for what can be done; the first is the one most people want. Returns what they stand on."""
        ways = QWidget()
        flow = FlowLayout(ways)
        for button in buttons:
            flow.addWidget(button)
        self.column.addWidget(ways)
        if self._start is None and buttons:
            self._start = buttons[0]
        return ways

    def focus_start(self) -> None:
        """Put the keyboard to what most people want."""
        if self._start is not None:
            self._start.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_failure(self, sentence: str) -> None:
        """Say why the last step was not possible."""
        self._failure.tell(sentence)
        self.show_part(self._failure)


class FailureCard(Card):
    """Why the last step was not possible; takes no room before."""

    def __init__(self) -> None:
        """Nothing has failed yet."""
        super().__init__()
        self._words = selectable("", tone=Tone.ERROR)
        line = in_row(IconMark("error", Tone.ERROR, tokens.ICON), self._words)
        line.setStretch(1, 1)
        self.column.addLayout(line)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def tell(self, sentence: str) -> None:
        """Show ``sentence``; an empty one takes the card away."""
        self._words.setText(sentence)
        self.setVisible(bool(sentence))


def selectable(words: str, tone: Tone = Tone.NORMAL) -> Words:
    """Words that can be copied: into a mail to whoever helps with computers."""
    made = Words(words, tone=tone)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
