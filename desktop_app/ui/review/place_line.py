"""A line that names a place with comments and leads there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from desktop_app.report.review import Thread
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.services.comment_book import count_open
from desktop_app.ui import tokens
from desktop_app.ui.lines import ClickableRow
from desktop_app.ui.parts import Tone, Words, in_row
from desktop_app.ui.review.comment_words import count_words
from desktop_app.ui.rows.problem_lines import IconMark


class PlaceLine(ClickableRow):
    """The place's name, and below it how many comments there are."""

    place_wanted = Signal(str)

    def __init__(
        self, name: str, path: str, threads: Sequence[Thread] = (), *, is_unsent: bool = False
    ) -> None:
        """For the place at ``path``; without ``threads`` only its name. ``is_unsent``: words wait there."""
        super().__init__()
        self._path = path
        waiting = count_open(threads)
        said = ngettext("{count} comment", "{count} comments", len(threads)).format(count=len(threads))
        counted = (count_words(waiting) if waiting else said) if threads else ""
        told = " · ".join(filter(None, (counted, _("not finished") if is_unsent else "")))
        is_loud = waiting or is_unsent
        words = Words(name[:1].upper() + name[1:], font=tokens.small_font())
        count = Words(told, font=tokens.small_font(), tone=Tone.ACCENT if is_loud else Tone.QUIET)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(words)
        if told:
            column.addWidget(count)
        line = in_row()
        line.addLayout(column, 1)
        line.addWidget(IconMark("chevron-right", Tone.QUIET))
        line.setContentsMargins(tokens.HALF, tokens.HALF, tokens.HALF, tokens.HALF)
        self.setLayout(line)
        self.setAccessibleName(", ".join(filter(None, (name, told))))
        self.activated.connect(self._on_activated)

    def _on_activated(self) -> None:
        self.place_wanted.emit(self._path)
