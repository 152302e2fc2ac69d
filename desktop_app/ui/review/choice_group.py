"""A group of the preview: a heading, ticks for all of it, and its entries, made as they are scrolled to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.editors.options import WrappedOption
from desktop_app.ui.elided import ElidedWords
from desktop_app.ui.parts import Button, ButtonKind, Card, Tone, Words, heading, help_line, in_row
from desktop_app.ui.review.choices import choose
from desktop_app.ui.seen_column import SeenColumn

_LIST_WIDTH = tokens.CONTROL * 12


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to tick. ``lead`` says where, who and when; ``told`` what to know of it."""

    id: str
    lead: str
    words: str
    told: tuple[str, ...] = ()
    subject: str = ""
    """The words of what it is about, shown on one line as far as they go."""
    lists: tuple[tuple[str, str], ...] = ()
    """Path and words of the lists to choose one from, where it does not say itself into which it comes."""


class TickGroup(Card):
    """Entries that are ticked one by one or all at once."""

    chosen_changed = Signal()

    def __init__(
        self,
        words: str,
        help_words: str,
        ids: Sequence[str],
        entry: Callable[[int], Entry],
        chosen: set[str],
        *,
        read_only: bool,
        lists: dict[str, str] | None = None,
    ) -> None:
        """``entry`` says what the one with that number is; keeps the ids of what is ticked in ``chosen``.

        ``lists``: takes the path of the list that is chosen for an entry.
        """
        super().__init__()
        self._lists = lists if lists is not None else {}
        self._ids, self._entry_of, self._chosen, self._read_only = ids, entry, chosen, read_only
        self.column.addWidget(heading(words))
        if help_words:
            self.column.addWidget(help_line(help_words))
        if len(ids) > 1 and not read_only:
            every = Button(_("Choose all"), kind=ButtonKind.QUIET)
            none = Button(_("Choose none"), kind=ButtonKind.QUIET)
            for button in (every, none):
                button.setAccessibleName(f"{button.text()}: {words}")
            every.clicked.connect(self._on_all)
            none.clicked.connect(self._on_none)
            self.column.addLayout(in_row(every, none, None))
        self.column.addWidget(SeenColumn(len(ids), self._entry, tokens.HALF))

    def _entry(self, number: int) -> QWidget:
        entry = self._entry_of(number)
        option = WrappedOption(entry.words, entry.lead)
        option.setChecked(entry.id in self._chosen)
        option.set_closed(self._read_only)
        option.setProperty("entry", entry.id)
        option.toggled.connect(self._on_toggled)
        option.setAccessibleDescription(entry.subject)
        if not entry.told and not entry.subject:
            return option
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.HALF)
        column.addWidget(option)
        if entry.subject:
            subject = ElidedWords(font=tokens.small_font(), tone=Tone.QUIET)
            subject.set_words(_("About: {words}").format(words=entry.subject))
            column.addLayout(in_row(tokens.HALF + tokens.ICON + tokens.GAP, subject, None))
        for sentence in entry.told:
            line = in_row(
                tokens.HALF + tokens.ICON + tokens.GAP,
                Words(sentence, font=tokens.small_font(), tone=Tone.WARNING),
            )
            line.setStretch(1, 1)
            column.addLayout(line)
        if entry.lists:
            column.addLayout(in_row(tokens.HALF + tokens.ICON + tokens.GAP, self._list_box(entry), None))
        return whole

    def _list_box(self, entry: Entry) -> QWidget:
        from desktop_app.ui.editors.choice_box import ChoiceBox

        box = ChoiceBox()
        box.setItemText(0, _("In no list: its words become a comment"))
        for path, words in entry.lists:
            box.add_option(path, words)
        box.setFixedWidth(_LIST_WIDTH)
        box.setAccessibleName(_("List for: {words}").format(words=entry.words))
        box.setCurrentIndex(max(0, box.findData(self._lists.get(entry.id, ""))))
        box.set_closed(self._read_only)
        box.setProperty("entry", entry.id)
        box.activated.connect(self._on_list_chosen)
        return box

    def _on_list_chosen(self) -> None:
        """Whoever chooses a list for it wants it to come in."""
        box = self.sender()
        assert isinstance(box, QComboBox)
        entry_id, path = box.property("entry"), box.currentData()
        if not path:
            self._lists.pop(entry_id, None)
            return
        self._lists[entry_id] = path
        for option in self.findChildren(WrappedOption):
            if option.property("entry") == entry_id:
                option.setChecked(True)

    def _on_toggled(self, is_chosen: bool) -> None:
        choose(self._chosen, [self.sender().property("entry")], is_chosen=is_chosen)
        self.chosen_changed.emit()

    def _on_all(self) -> None:
        self._tick(is_chosen=True)

    def _on_none(self) -> None:
        self._tick(is_chosen=False)

    def _tick(self, *, is_chosen: bool) -> None:
        choose(self._chosen, self._ids, is_chosen=is_chosen)
        for option in self.findChildren(WrappedOption):
            option.blockSignals(True)
            option.setChecked(is_chosen)
            option.blockSignals(False)
        self.chosen_changed.emit()
