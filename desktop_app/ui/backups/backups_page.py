"""The backups of a report file: where they are, when the last was made, and every one to go back to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal

from desktop_app.runtime.i18n import _
from desktop_app.services.backups import Backup
from desktop_app.ui import tokens
from desktop_app.ui.back_button import BackButton
from desktop_app.ui.backups.backup_list import BackupList
from desktop_app.ui.elided import ElidedWords
from desktop_app.ui.moment_words import moment_words
from desktop_app.ui.pages.lone_page import LonePage
from desktop_app.ui.parts import Button, Card, Tone, Words, heading, help_line, in_row
from desktop_app.ui.rows.problem_lines import IconMark


@dataclass(frozen=True, slots=True)
class BackupsState:
    """What there is to tell. ``failure``: why the last one that was due by itself was not made."""

    folder: Path
    is_folder_settled: bool
    backups: Sequence[Backup]
    failure: str = ""


class BackupsPage(LonePage):
    """Shown in an open report, or alone."""

    make_wanted = Signal()
    restore_wanted = Signal(object)
    """A ``Backup``."""

    folder_choice_wanted = Signal()
    folder_wanted = Signal()
    """Someone wants to see the folder."""

    back_wanted = Signal()

    def __init__(self, file: Path) -> None:
        """For the report file ``file``."""
        words = _(
            "Whole copies of “{file}”. The program makes one after opening, every half hour and on"
            " closing, if something was changed, and reads each again before it counts. Older ones are"
            " thinned out by themselves."
        )
        super().__init__(_("Backups"), [words.format(file=file.name)], "history", Tone.ACCENT)
        self._folder = ElidedWords()
        self._choose = Button(_("Another &folder …"), "folder")
        self._settled = help_line(_("Your IT department has settled this folder."))
        self._mark = IconMark("save-ok", Tone.QUIET, tokens.ICON)
        self._last = Words(_("Looking for backups …"))
        self._trouble = Words("", tone=Tone.ERROR)
        self._trouble.hide()
        self.make = Button(_("&Make one now"), "add")
        self.list = BackupList(file)
        self.column.addWidget(self._card_of_state())
        self.column.addWidget(self._card_of_list())
        back = BackButton(_("&Back"))
        back.clicked.connect(self.back_wanted)
        self.column.addLayout(in_row(back, None))
        self._start = self.make

    def _card_of_state(self) -> Card:
        card = Card()
        line = in_row(self._mark, self._last)
        line.setStretch(1, 1)
        card.column.addLayout(line)
        card.column.addWidget(self._trouble)
        card.column.addLayout(in_row(self.make, None))
        card.column.addSpacing(tokens.GAP)
        card.column.addWidget(help_line(_("They are in this folder:")))
        card.column.addWidget(self._folder)
        see = Button(_("&Open the folder"), "open-file")
        see.clicked.connect(self.folder_wanted)
        self._choose.clicked.connect(self.folder_choice_wanted)
        self.make.clicked.connect(self.make_wanted)
        card.column.addLayout(in_row(see, self._choose, None))
        card.column.addWidget(self._settled)
        self._settled.hide()
        return card

    def _card_of_list(self) -> Card:
        card = Card()
        card.column.addWidget(heading(_("Go back to one of them")))
        self.list.restore_wanted.connect(self.restore_wanted)
        card.column.addWidget(self.list)
        return card

    def show_state(self, state: BackupsState) -> None:
        """Take over what there is now."""
        self._folder.set_words(str(state.folder))
        self._choose.setVisible(not state.is_folder_settled)
        self._settled.setVisible(state.is_folder_settled)
        if state.backups:
            last = state.backups[0]
            words = _("The last one was made: {moment}, {why}.")
            self._last.setText(words.format(moment=moment_words(last.at), why=last.why_words))
        else:
            self._last.setText(_("There is no backup yet."))
        self._mark.set_mark(*(("save-ok", Tone.SUCCESS) if state.backups else ("info", Tone.QUIET)))
        self._trouble.setText(state.failure)
        self._trouble.setVisible(bool(state.failure))
        self.list.show_backups(state.backups)

    def show_busy(self, *, is_busy: bool) -> None:
        """While one is being made there is nothing to press."""
        self.make.setEnabled(not is_busy)
        self.make.setText(_("Making a backup …") if is_busy else _("&Make one now"))
        self.make.updateGeometry()
        if is_busy:
            self.show_failure("")

    # As a page of an open report

    def enter(self) -> None:
        """The page is always up to date."""

    def leave(self) -> None:
        """Nothing is being typed here."""

    def hand_over(self) -> None:
        """Nothing is being typed here."""

    def release(self) -> None:
        """Nothing is held."""
