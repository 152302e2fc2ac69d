"""A report file as a line that can be pressed: its name, and below it where it is or what is to be known."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from desktop_app.ui import tokens
from desktop_app.ui.elided import ElidedWords
from desktop_app.ui.lines import ClickableRow
from desktop_app.ui.parts import Tone, in_row
from desktop_app.ui.rows.problem_lines import IconMark


class FileLine(ClickableRow):
    """``row`` has room for more at its end."""

    chosen = Signal(object)
    """The path."""

    def __init__(self, path: Path, note: str = "", tone: Tone = Tone.QUIET) -> None:
        """``note`` stands in the place of the folder."""
        super().__init__()
        self._path = path
        words = note or str(path.parent)
        name = ElidedWords(font=tokens.strong_font())
        name.set_words(path.stem)
        place = ElidedWords(font=tokens.small_font(), tone=tone)
        place.set_words(words)
        for line in (name, place):
            # One of them must not hold the other down to its own width.
            line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(name)
        column.addWidget(place)
        self.row: QHBoxLayout = in_row(
            IconMark("report" if tone is Tone.QUIET else "warning", _mark(tone), tokens.ICON)
        )
        self.row.addLayout(column, 1)
        # Without stretch: the words come first, up to their own width.
        self.row.addStretch(0)
        self.row.setContentsMargins(tokens.GAP, tokens.GAP, tokens.GAP, tokens.GAP)
        self.setLayout(self.row)
        self.setAccessibleName(f"{path.stem}, {words}")
        self.activated.connect(self._on_activated)

    def _on_activated(self) -> None:
        self.chosen.emit(self._path)


def _mark(tone: Tone) -> Tone:
    return Tone.ACCENT if tone is Tone.QUIET else tone
