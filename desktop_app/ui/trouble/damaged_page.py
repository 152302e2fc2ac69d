"""A damaged report file: what was found, that it was left as it is, and the ways to go on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from desktop_app.runtime.i18n import _, ngettext
from desktop_app.services.backups import Backup
from desktop_app.ui import tokens
from desktop_app.ui.back_button import BackButton
from desktop_app.ui.backups.backup_list import BackupList, content_words
from desktop_app.ui.lines import Expander
from desktop_app.ui.moment_words import moment_words
from desktop_app.ui.pages.lone_page import LonePage, selectable
from desktop_app.ui.parts import Button, ButtonKind, Card, Tone, Words, heading, help_line, in_row, label

if TYPE_CHECKING:
    from desktop_app.ui.editors.choice import SearchChoiceEditor

MOST_FOUND = 8
"""Sentences about what was found that are shown; a broken disk page breaks hundreds of answers."""


class DamagedPage(LonePage):
    """It never opens as if it were fine; each way out leaves the damaged file where it is."""

    restore_wanted = Signal(object)
    """A ``Backup`` that shall take the place of the damaged file."""

    salvage_wanted = Signal()
    read_wanted = Signal()
    kept_wanted = Signal(object)
    """The path of the file in which words typed meanwhile were kept."""

    back_wanted = Signal()

    def __init__(self, path: Path, kept: Path | None = None) -> None:
        """``kept``: where words typed before the damage was noticed are kept now."""
        title = _("“{file}” is damaged").format(file=path.name)
        words = _(
            "Something in the file is no longer what was written: a disk or a memory stick has failed, or"
            " another program changed it. The program left the file exactly as it is."
        )
        super().__init__(title, [words], "warning", Tone.ERROR)
        self._path = path
        self._newest: Backup | None = None
        self._kept = kept
        if kept is not None:
            self.column.addWidget(self._card_of_kept(kept))
        self._found = selectable("", tone=Tone.QUIET)
        self._found_card = Card()
        self._found_card.column.addWidget(heading(_("What was found")))
        self._found_card.column.addWidget(self._found)
        self._restore = Button(_("&Restore the last backup"), "undo", ButtonKind.PRIMARY)
        self._told = Words(_("Looking for backups …"))
        self._others = Expander(_("All backups"))
        self.list = BackupList(path, is_damaged=True)
        self.column.addWidget(self._card_of_backups())
        self.column.addWidget(self._card_of_salvage())
        self._read = Button(_("Open to re&ad anyway"), "guidance")
        self._read.clicked.connect(self.read_wanted)
        back = BackButton(_("&Back"))
        back.clicked.connect(self.back_wanted)
        self.add_ways(self._read, back)
        self.column.addWidget(self._found_card)
        self.show_found([])
        self._start = self._salvage

    def _card_of_kept(self, kept: Path) -> Card:
        card = Card()
        words = _(
            "What you wrote since you opened it was not written into the damaged file. It is kept, with the"
            " whole report as you saw it, in a file of its own:\n{file}"
        )
        card.column.addWidget(selectable(words.format(file=kept), tone=Tone.SUCCESS))
        look = Button(_("Open &that file"), "open-file")
        look.clicked.connect(self._on_kept)
        card.column.addLayout(in_row(look, None))
        return card

    def _card_of_backups(self) -> Card:
        card = Card()
        card.column.addWidget(heading(_("Go back to a backup")))
        card.column.addWidget(self._told)
        self._restore.clicked.connect(self._on_restore)
        self._restore.hide()
        self._others.opened.connect(self.list.setVisible)
        self._others.hide()
        self.list.hide()
        self.list.restore_wanted.connect(self.restore_wanted)
        card.column.addLayout(in_row(self._restore, None))
        card.column.addWidget(self._others)
        card.column.addWidget(self.list)
        return card

    def _card_of_salvage(self) -> Card:
        card = Card()
        card.column.addWidget(heading(_("Or save what can be saved")))
        words = _(
            "Every answer that can still be read and trusted goes into a new file. You are told which could"
            " not be saved."
        )
        card.column.addWidget(help_line(words))
        self._salvage = Button(_("&Save what can be saved …"), "import")
        self._salvage.clicked.connect(self.salvage_wanted)
        self._country: SearchChoiceEditor | None = None
        self._card = card
        card.column.addLayout(in_row(self._salvage, None))
        return card

    @property
    def country(self) -> str | None:
        """Of whom the report is, where the file cannot say so and the person did."""
        value = self._country.value() if self._country is not None else None
        return value if isinstance(value, str) else None

    def ask_country(self, sentence: str, countries: Sequence[tuple[str, str]]) -> None:
        """The file no longer says whose report it is; ``countries``: codes and names."""
        if self._country is None:
            from desktop_app.ui.editors.choice import SearchChoiceEditor

            self._country = SearchChoiceEditor(countries)
            self._country.set_names(_("Country"), sentence)
            name = label(_("Of which country is the report?"))
            name.setBuddy(self._country.focus_target())
            at = self._card.column.count() - 1
            for part in (selectable(sentence, tone=Tone.WARNING), name, self._country):
                self._card.column.insertWidget(at, part)
                at += 1
        self.show_part(self._card)
        self._country.focus_target().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_found(self, found: Sequence[str]) -> None:
        """Take over what is known now of the damage."""
        lines = [f"–  {sentence}" for sentence in found[:MOST_FOUND]]
        more = len(found) - MOST_FOUND
        if more > 0:
            words = ngettext("and {count} more place", "and {count} more places", more)
            lines.append(words.format(count=more))
        self._found.setText("\n".join(lines))
        self._found_card.setVisible(bool(lines))

    def show_backups(self, backups: Sequence[Backup], newest: Backup | None) -> None:
        """``newest``: the last of them that was read as a whole and is sound."""
        self._newest = newest
        if newest is None:
            words = _("There is no sound backup of this file.")
            self._told.setText(words)
        else:
            words = _(
                "The last backup that is sound was made: {moment}, {why} ({content}). The damaged file is"
                " kept beside it under another name."
            )
            self._told.setText(
                words.format(
                    moment=moment_words(newest.at),
                    why=newest.why_words,
                    content=content_words(newest, self._path),
                )
            )
            self._restore.setText(_("&Restore the backup: {moment}").format(moment=moment_words(newest.at)))
            self._restore.updateGeometry()
        had_start = self._salvage.hasFocus()
        self._restore.setVisible(newest is not None)
        self._others.setVisible(len(backups) > 1)
        self.list.show_backups(backups)
        self._start = self._salvage if newest is None else self._restore
        if had_start and newest is not None:
            self._restore.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_readable(self, *, is_readable: bool) -> None:
        """Whether it can be opened to read at all."""
        self._read.setVisible(is_readable)

    def _on_restore(self) -> None:
        if self._newest is not None:
            self.restore_wanted.emit(self._newest)

    def _on_kept(self) -> None:
        self.kept_wanted.emit(self._kept)


class SalvagedPage(LonePage):
    """After saving what could be saved: where it is, and what is missing in it."""

    open_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, target: Path, saved: Sequence[str], lost: Sequence[str]) -> None:
        """``saved``: sentences about what is in the new file; ``lost``: one for each thing that is not."""
        told = [*saved, _("It is in a new file: {file}").format(file=target)]
        super().__init__(_("What could be saved"), told, "save-ok", Tone.SUCCESS)
        look = Button(_("&Open it"), "open-file", ButtonKind.PRIMARY)
        look.clicked.connect(self.open_wanted)
        back = BackButton(_("&Back"))
        back.clicked.connect(self.back_wanted)
        self.add_ways(look, back)
        card = Card()
        card.column.setSpacing(tokens.HALF)
        if lost:
            card.column.addWidget(heading(_("What could not be saved")))
            for sentence in lost:
                card.column.addWidget(selectable(f"–  {sentence}"))
        else:
            card.column.addWidget(Words(_("Nothing is missing."), tone=Tone.SUCCESS))
        self.column.addWidget(card)
