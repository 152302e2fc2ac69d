"""A group of the preview: a heading, ticks for all of it, and its entries, of very many the first ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.runtime.i18n import _, ngettext
from desktop_app.ui import tokens
from desktop_app.ui.editors.options import WrappedOption
from desktop_app.ui.parts import Button, ButtonKind, Card, Tone, Words, heading, help_line, in_row
from desktop_app.ui.review.choices import choose

PAGE = 25
"""Entries that are shown at first, and each time more are asked for."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to tick. ``lead`` says where, who and when; ``told`` what to know of it."""

    id: str
    lead: str
    words: str
    told: tuple[str, ...] = ()


class Pages:
    """Adds widgets to a column, page by page, above the button that asks for more."""

    def __init__(
        self, column: QVBoxLayout, count: int, make: Callable[[int], QWidget], page: int = PAGE
    ) -> None:
        """``make`` makes the entry with that number; ``page``: how many at a time."""
        self._column, self._count, self._make, self._page = column, count, make, page
        self._shown = 0
        self.more = Button("", "chevron-down", ButtonKind.QUIET)
        column.addWidget(self.more)
        self.show_next()

    def show_next(self) -> None:
        """Show the next page."""
        until = min(self._shown + self._page, self._count)
        for number in range(self._shown, until):
            self._column.insertWidget(self._column.indexOf(self.more), self._make(number))
        self._shown = until
        left = self._count - until
        words = ngettext("Show {count} more", "Show {count} more", left)
        self.more.setText(words.format(count=left))
        self.more.setVisible(left > 0)


class TickGroup(Card):
    """Entries that are ticked one by one or all at once."""

    chosen_changed = Signal()

    def __init__(
        self, words: str, help_words: str, entries: Sequence[Entry], chosen: set[str], *, read_only: bool
    ) -> None:
        """Keeps the ids of what is ticked in ``chosen``."""
        super().__init__()
        self._entries, self._chosen, self._read_only = entries, chosen, read_only
        self._options: dict[str, WrappedOption] = {}
        self.column.addWidget(heading(words))
        if help_words:
            self.column.addWidget(help_line(help_words))
        if len(entries) > 1 and not read_only:
            every = Button(_("Choose all"), kind=ButtonKind.QUIET)
            none = Button(_("Choose none"), kind=ButtonKind.QUIET)
            for button in (every, none):
                button.setAccessibleName(f"{button.text()}: {words}")
            every.clicked.connect(self._on_all)
            none.clicked.connect(self._on_none)
            self.column.addLayout(in_row(every, none, None))
        self._pages = Pages(self.column, len(entries), self._entry)
        self._pages.more.clicked.connect(self._on_more)

    def _entry(self, number: int) -> QWidget:
        entry = self._entries[number]
        option = WrappedOption(entry.words, entry.lead)
        option.setChecked(entry.id in self._chosen)
        option.set_closed(self._read_only)
        option.setProperty("entry", entry.id)
        option.toggled.connect(self._on_toggled)
        self._options[entry.id] = option
        if not entry.told:
            return option
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.HALF)
        column.addWidget(option)
        for sentence in entry.told:
            line = in_row(
                tokens.HALF + tokens.ICON + tokens.GAP,
                Words(sentence, font=tokens.small_font(), tone=Tone.WARNING),
            )
            line.setStretch(1, 1)
            column.addLayout(line)
        return whole

    def _on_toggled(self, is_chosen: bool) -> None:
        choose(self._chosen, [self.sender().property("entry")], is_chosen=is_chosen)
        self.chosen_changed.emit()

    def _on_all(self) -> None:
        self._tick(is_chosen=True)

    def _on_none(self) -> None:
        self._tick(is_chosen=False)

    def _tick(self, *, is_chosen: bool) -> None:
        choose(self._chosen, [entry.id for entry in self._entries], is_chosen=is_chosen)
        for option in self._options.values():
            option.setChecked(is_chosen)
        self.chosen_changed.emit()

    def _on_more(self) -> None:
        self._pages.show_next()
