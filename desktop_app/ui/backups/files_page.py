"""Every report file that has backups, also one that is gone: for when no report is open."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from desktop_app.runtime.i18n import _
from desktop_app.ui.back_button import BackButton
from desktop_app.ui.file_line import FileLine
from desktop_app.ui.pages.lone_page import LonePage
from desktop_app.ui.parts import Card, Tone, Words

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
        back = BackButton(_("&Back"))
        back.clicked.connect(self.back_wanted)
        self.add_ways(back)

    def show_shelves(self, shelves: Sequence[Shelf]) -> None:
        """Take over what was found."""
        self._told.setText(_("There is no backup yet."))
        self._told.setVisible(not shelves)
        for shelf in shelves:
            line = _ShelfLine(shelf)
            line.shelf_chosen.connect(self.file_chosen)
            self._card.column.addWidget(line)


class _ShelfLine(FileLine):
    """A report file, and where it was last."""

    shelf_chosen = Signal(object)

    def __init__(self, shelf: Shelf) -> None:
        path = Path(shelf.places[0])
        if path.is_file():
            super().__init__(path)
        else:
            words = _("Not there now: {folder}").format(folder=path.parent)
            super().__init__(path, words, Tone.WARNING)
        self._shelf = shelf
        self.chosen.connect(self._on_chosen)

    def _on_chosen(self, path: Path) -> None:
        self.shelf_chosen.emit(self._shelf)
