"""The recovery key, shown once: to be printed, saved or written down, and put in a safe place."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLayout, QWidget

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.files import atomic_write
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.ui import tokens
from desktop_app.ui.editors.options import WrappedOption
from desktop_app.ui.pages.lone_page import LonePage, selectable
from desktop_app.ui.parts import Button, ButtonKind, Card, Tone, Words, heading, in_row, keep_room

_IN_A_ROW = 5
"""Groups beside each other; thirteen of them give three lines."""


class RecoveryKeyPage(LonePage):
    """Left only when the person says that the key is in a safe place."""

    protect_backups_wanted = Signal()
    delete_backups_wanted = Signal()
    done = Signal()

    def __init__(self, path: Path, key: str, notices: Sequence[str] = (), open_backups: int = 0) -> None:
        """``key`` in groups; ``open_backups``: how many backups made before anybody can read."""
        words = _(
            "If the passphrase is forgotten, only this key opens the file. It is shown this one time. Print"
            " it or write it down, and keep it away from this computer: in a safe, or with your head of unit."
        )
        title = _("The recovery key of “{file}”").format(file=path.name)
        super().__init__(title, [words, *notices], "confidential", Tone.ACCENT)
        self._path, self._key = path, key
        self.column.addWidget(self._card_of_key())
        self._backups = self._card_of_backups(open_backups)
        self.column.addWidget(self._backups)
        self._backups.setVisible(open_backups > 0)
        self.safe = WrappedOption(_("I have put the recovery key in a safe place"))
        self.safe.toggled.connect(self._on_safe)
        self._go_on = Button(_("&Go on with the report"), "check", ButtonKind.PRIMARY)
        self._go_on.setEnabled(False)
        self._go_on.clicked.connect(self._on_done)
        self._reminder = selectable(
            _("First put the recovery key in a safe place, and tick the box above that says so."),
            tone=Tone.ERROR,
        )
        keep_room(self._reminder)
        self._reminder.hide()
        self.column.addWidget(self.safe)
        self.column.addWidget(self._reminder)
        self.column.addLayout(in_row(self._go_on, None))

    def _card_of_key(self) -> Card:
        card = Card()
        card.column.addLayout(_grid_of_groups(self._key))
        card.column.addSpacing(tokens.GAP)
        self._print = Button(_("&Print …"), "print")
        self._print.clicked.connect(self._on_print)
        save = Button(_("&Save as a text file …"), "open-file")
        save.clicked.connect(self._on_save)
        copy = Button(_("&Copy"), "paste")
        copy.clicked.connect(self._on_copy)
        card.column.addLayout(in_row(self._print, save, copy, None))
        self._told = Words("", font=tokens.small_font(), tone=Tone.QUIET)
        # A path may take a second line.
        self._told.setMinimumHeight(2 * self._told.fontMetrics().lineSpacing())
        self._told.setAlignment(Qt.AlignmentFlag.AlignTop)
        keep_room(self._told)
        self._told.hide()
        card.column.addWidget(self._told)
        return card

    def _card_of_backups(self, count: int) -> Card:
        card = Card()
        card.column.addWidget(heading(_("Backups made before")))
        words = ngettext(
            "{count} backup made before can still be read without the passphrase.",
            "{count} backups made before can still be read without the passphrase.",
            count,
        )
        self._backup_words = selectable(words.format(count=count), tone=Tone.WARNING)
        card.column.addWidget(self._backup_words)
        self._protect = Button(_("Protect &them too"), "confidential")
        self._protect.clicked.connect(self._on_protect_backups)
        self._delete = Button(_("&Delete them"), "remove")
        self._delete.clicked.connect(self._on_delete_backups)
        card.column.addLayout(in_row(self._protect, self._delete, None))
        return card

    def focus_start(self) -> None:
        """Printing is what most people should do."""
        self._print.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def may_leave(self) -> bool:
        """Whether the person has said that the key is safe."""
        return self.safe.isChecked()

    def ask_to_confirm(self) -> None:
        """Somebody wants to leave without."""
        self._reminder.show()
        self.show_part(self._reminder)
        self.safe.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_backups(self, done: int, failed: Sequence[str], *, were_deleted: bool) -> None:
        """What became of the backups made before."""
        if were_deleted:
            words = ngettext("{count} backup was deleted.", "{count} backups were deleted.", done)
        else:
            words = ngettext("{count} backup is protected now.", "{count} backups are protected now.", done)
        self._backup_words.setText("\n".join([words.format(count=done), *failed]))
        self._backup_words.set_tone(Tone.WARNING if failed else Tone.SUCCESS)
        self._protect.hide()
        self._delete.hide()

    def _on_protect_backups(self) -> None:
        self._close_backups()
        self.protect_backups_wanted.emit()

    def _on_delete_backups(self) -> None:
        self._close_backups()
        self.delete_backups_wanted.emit()

    def _close_backups(self) -> None:
        self._protect.setEnabled(False)
        self._delete.setEnabled(False)
        self._backup_words.setText(_("Working …"))
        self._backup_words.set_tone(Tone.QUIET)

    def _on_safe(self, is_safe: bool) -> None:
        self._go_on.setEnabled(is_safe)
        if is_safe:
            self._reminder.hide()

    def _on_done(self) -> None:
        self._forget_copy()
        self.done.emit()

    # Print, save, copy

    def text(self) -> str:
        """What is printed and saved: the key, and what it is for."""
        lines = [
            _("Recovery key of a report file"),
            "",
            _("File: {file}").format(file=self._path),
            _("Made on: {day}").format(day=datetime.date.today().isoformat()),
            "",
            *(
                "   ".join(f"{number:2}: {group}" for number, group in row)
                for row in _rows(self._key.split("-"))
            ),
            "",
            _("It opens the file when the passphrase is forgotten: “Use the recovery key instead”."),
            _("Whoever has this key and the file can read everything in it. Keep them apart."),
            _("It is no longer valid once the passphrase is changed."),
        ]
        return "\n".join(lines) + "\n"

    def _on_print(self) -> None:
        from desktop_app.ui.protection.printing import print_text

        if print_text(self, self.text(), _("Recovery key")):
            self._tell(_("Sent to the printer."))

    def _on_save(self) -> None:
        proposed = Path.home() / _("recovery key of {name}.txt").format(name=self._path.stem)
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save the recovery key"), str(proposed), _("Text files (*.txt)")
        )
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Write the key into a text file, for its owner alone."""
        try:
            atomic_write(path, self.text().encode("utf-8"))
            path.chmod(0o600)
        except DeskError as error:
            self.show_failure(error.sentence)
        except OSError as error:
            self.show_failure(str(error.strerror))
        else:
            self._tell(_("Saved as “{file}”. Do not leave it beside the report file.").format(file=path))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._key)
        self._tell(_("Copied. It is taken off the clipboard when you go on."))

    def _forget_copy(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if clipboard.text() == self._key:
            clipboard.clear()

    def _tell(self, words: str) -> None:
        self._told.setText(words)
        self._told.show()


def _rows(groups: Sequence[str]) -> list[list[tuple[int, str]]]:
    numbered = list(enumerate(groups, 1))
    return [numbered[at : at + _IN_A_ROW] for at in range(0, len(numbered), _IN_A_ROW)]


def _grid_of_groups(key: str) -> QLayout:
    """Each group with its number: a mistake in typing is told by that number."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(tokens.WIDE)
    grid.setVerticalSpacing(tokens.SPACE)
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(tokens.section_font().pointSizeF())
    for row, groups in enumerate(_rows(key.split("-"))):
        for column, (number, group) in enumerate(groups):
            grid.addWidget(_group(number, group, font), row, column)
    grid.setColumnStretch(_IN_A_ROW, 1)
    return grid


def _group(number: int, group: str, font: QFont) -> QWidget:
    part = QWidget()
    words = Words(group, font=font, wrap=False)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    words.setAccessibleName(_("Group {number}: {letters}").format(number=number, letters=" ".join(group)))
    mark = Words(str(number), font=tokens.small_font(), tone=Tone.QUIET, wrap=False)
    mark.setFixedWidth(mark.fontMetrics().horizontalAdvance("00"))
    part.setLayout(in_row(mark, words))
    return part
