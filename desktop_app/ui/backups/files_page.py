"""Every report file that has backups, also one that is gone: for when no report is open."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.elided import ElidedWords
from desktop_app.ui.lines import ClickableRow
from desktop_app.ui.pages.lone_page import LonePage
from desktop_app.ui.parts import Button, ButtonKind, Card, Tone, Words, in_row
from desktop_app.ui.rows.problem_lines import IconMark

if TYPE_CHECKING:
    from desktop_app.services.backups.shelf import Shelf


class BackedUpFilesPage(LonePage):
    """A line for each file."""

    file_chosen = Signal(object)
    """A ``Shelf``."""

    back_wanted = Signal()

    def __init__(self) -> None:
        """Nothing is known yet."""
        words = _("Choose a report file to see its backups. Files that are gone can come back from here.")
        super().__init__(_("Backups"), [words], "history", Tone.ACCENT)
        self._card = Card()
        self._card.column.setSpacing(0)
        self._told = Words(_("Looking for backups …"), tone=Tone.QUIET)
        self._card.column.addWidget(self._told)
        self.column.addWidget(self._card)
        back = Button(_("&Back"), "chevron-left", ButtonKind.QUIET)
        back.clicked.connect(self.back_wanted)
        self.add_ways(back)

    def show_shelves(self, shelves: Sequence[Shelf]) -> None:
        """Take over what was found."""
        self._told.setText(_("There is no backup yet."))
        self._told.setVisible(not shelves)
        for shelf in shelves:
            line = _FileLine(shelf)
            line.chosen.connect(self.file_chosen)
            self._card.column.addWidget(line)


class _FileLine(ClickableRow):
    """A report file, and where it was last."""

    chosen = Signal(object)

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self._shelf = shelf
        path = Path(shelf.places[0])
        is_there = path.is_file()
        name = ElidedWords(font=tokens.strong_font())
        name.set_words(path.stem)
        place = ElidedWords(font=tokens.small_font(), tone=Tone.QUIET if is_there else Tone.WARNING)
        words = str(path.parent) if is_there else _("Not there now: {folder}").format(folder=path.parent)
        place.set_words(words)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(name)
        column.addWidget(place)
        line = in_row(IconMark("report", Tone.ACCENT, tokens.ICON))
        line.addLayout(column, 1)
        line.setContentsMargins(tokens.GAP, tokens.GAP, tokens.GAP, tokens.GAP)
        self.setLayout(line)
        self.setAccessibleName(f"{path.stem}, {words}")
        self.activated.connect(self._on_activated)

    def _on_activated(self) -> None:
        self.chosen.emit(self._shelf)
