"""The backups of one report file, one below the other, each with the way to put it in the file's place."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.services.backups import Backup
from desktop_app.storage.format import is_plain
from desktop_app.ui import tokens
from desktop_app.ui.moment_words import moment_words
from desktop_app.ui.pages.page import page_around
from desktop_app.ui.parts import Button, ButtonKind, Card, Tone, Words, help_line, in_row
from desktop_app.ui.rows.problem_lines import IconMark

FIRST_SHOWN = 12
"""Backups shown before one asks for the older ones."""


class BackupList(QWidget):
    """The newest first."""

    restore_wanted = Signal(object)
    """A ``Backup`` that someone has decided to put in the place of the file."""

    def __init__(self, file: Path, *, is_damaged: bool = False) -> None:
        """Nothing is known yet. ``is_damaged``: ``file``, whose place a backup would take, is damaged."""
        super().__init__()
        self._file = file
        self._is_damaged = is_damaged
        self._backups: list[Backup] = []
        self._lines: list[BackupLine] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._empty = help_line(_("Looking for backups …"))
        self._older = Button("", "chevron-down", ButtonKind.QUIET)
        self._older.clicked.connect(self._on_older)
        self._older.hide()
        self._column.addWidget(self._empty)
        self._column.addLayout(in_row(self._older, None))

    @property
    def lines(self) -> list[BackupLine]:
        """The backups shown."""
        return list(self._lines)

    def show_backups(self, backups: Sequence[Backup]) -> None:
        """Take over these backups, the newest first."""
        if list(backups) == self._backups and not self._empty.isVisibleTo(self):
            return
        self._backups = list(backups)
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
        self._empty.setText(_("There is no backup yet."))
        self._empty.setVisible(not backups)
        self._show(FIRST_SHOWN)

    def _show(self, most: int) -> None:
        minutes = Counter(moment_words(backup.at) for backup in self._backups)
        for backup in self._backups[len(self._lines) : most]:
            is_alone = minutes[moment_words(backup.at)] == 1
            moment = moment_words(backup.at, with_seconds=not is_alone)
            line = BackupLine(backup, self._file, moment, is_damaged=self._is_damaged)
            line.restore_wanted.connect(self.restore_wanted)
            line.asked.connect(self._on_asked)
            self._column.insertWidget(1 + len(self._lines), line)
            self._lines.append(line)
        older = len(self._backups) - len(self._lines)
        self._older.setText(ngettext("{count} older one", "{count} older ones", older).format(count=older))
        self._older.updateGeometry()
        self._older.setVisible(older > 0)

    def _on_older(self) -> None:
        first = len(self._lines)
        self._show(len(self._backups))
        self._lines[first].restore.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_asked(self, asked: object) -> None:
        for line in self._lines:
            if line is not asked:
                line.take_back()


class BackupLine(QWidget):
    """When it was made, what for, and what it holds. Restoring asks once, in place."""

    restore_wanted = Signal(object)
    asked = Signal(object)
    """This line, which asks now whether it is meant."""

    def __init__(self, backup: Backup, file: Path, moment: str, *, is_damaged: bool) -> None:
        """For one backup, made at ``moment``; ``file`` and ``is_damaged`` as for the list."""
        super().__init__()
        self._is_damaged = is_damaged
        self._backup, self._file, self._moment = backup, file, moment
        line = in_row(IconMark("history", Tone.QUIET, tokens.ICON))
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(Words(f"{moment} – {backup.why_words}"))
        column.addWidget(help_line(content_words(backup, file)))
        self.restore = Button(_("Restore this one"), "undo", ButtonKind.QUIET)
        self.restore.setAccessibleName(_("Restore the backup: {moment}").format(moment=moment))
        self.restore.clicked.connect(self._on_restore)
        line.addLayout(column, 1)
        line.addWidget(self.restore)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, tokens.GAP, 0, tokens.GAP)
        self._whole.addLayout(line)
        self._question: Card | None = None

    def take_back(self) -> None:
        """Ask no more."""
        if self._question is not None:
            self._question.hide()
            self.restore.show()

    def _on_restore(self) -> None:
        if self._question is None:
            self._question = self._make_question()
            self._whole.addWidget(self._question)
        self.restore.hide()
        self._question.show()
        self.asked.emit(self)
        page = page_around(self)
        if page is not None:
            page.show_part(self)
        self._sure.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_question(self) -> Card:
        card = Card()
        moment = self._moment
        words = _(
            "All reports in the file become what they were then: {moment}. What is in the file now is kept"
            " as a backup first, so that you can come back to it."
        )
        if self._is_damaged:
            words = _(
                "All reports in the file become what they were then: {moment}. The damaged file is kept"
                " beside it under another name."
            )
        card.column.addWidget(Words(words.format(moment=moment)))
        if self._brings_a_passphrase():
            more = _("The backup is protected: afterwards the report file opens only with its passphrase.")
            card.column.addWidget(Words(more, tone=Tone.WARNING))
        self._sure = Button(_("Restore"), "undo", ButtonKind.PRIMARY)
        self._sure.setAccessibleName(_("Restore the backup: {moment}").format(moment=moment))
        self._sure.clicked.connect(self._on_sure)
        cancel = Button(_("Cancel"), kind=ButtonKind.QUIET)
        cancel.clicked.connect(self._on_cancel)
        card.column.addLayout(in_row(self._sure, cancel, None))
        return card

    def _brings_a_passphrase(self) -> bool:
        """Whether the file could be opened without one until now."""
        with contextlib.suppress(DeskError):
            return not is_plain(self._backup.path) and is_plain(self._file)
        return False

    def _on_sure(self) -> None:
        self.take_back()
        self.restore_wanted.emit(self._backup)

    def _on_cancel(self) -> None:
        self.take_back()
        self.restore.setFocus(Qt.FocusReason.OtherFocusReason)


def content_words(backup: Backup, file: Path) -> str:
    """What a backup holds and how large it is, in one line; its name where it is not that of ``file``."""
    size = QLocale().formattedDataSize(backup.size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
    of = backup.file_words(file)
    name = _("of “{file}”").format(file=of) if of else ""
    count = backup.number_of_reports
    reports = ngettext("{count} report", "{count} reports", count).format(count=count) if count else ""
    closed = _("protected") if backup.is_closed else ""
    where = _("in an earlier folder") if backup.is_elsewhere else ""
    return " · ".join(filter(None, (name, reports, closed, backup.title, size, where)))
