"""Opening a protected report file: the passphrase, or the recovery key, is asked for in place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.back_button import BackButton
from desktop_app.ui.inputs import LineEdit, Well
from desktop_app.ui.pages.lone_page import LonePage, selectable
from desktop_app.ui.parts import Button, ButtonKind, Card, Tone, help_line, in_row, keep_room, label
from desktop_app.ui.protection.passphrase_field import PassphraseField


class UnlockPage(LonePage):
    """Nothing of the file is shown before. ``accept``: the words of the button, if it is asked for more."""

    opened = Signal(str, bool)
    """What was typed, and whether it is the recovery key."""

    back_wanted = Signal()

    def __init__(self, path: Path, title: str = "", sentences: Sequence[str] = (), accept: str = "") -> None:
        """For the protected file at ``path``. ``sentences``: what the person should know before."""
        title = title or _("“{file}” is protected with a passphrase")
        tone = Tone.WARNING if sentences else Tone.ACCENT
        super().__init__(title.format(file=path.name), sentences, "confidential", tone)
        self.passphrase = PassphraseField(_("&Passphrase"))
        self.passphrase.entered.connect(self._on_open)
        self.recovery_key = LineEdit(own_undo=True)
        self.recovery_key.setAccessibleName(_("Recovery key"))
        self.recovery_key.returnPressed.connect(self._on_open)
        self._recovery = self._recovery_part()
        self._recovery.hide()
        self._wrong = selectable("", tone=Tone.ERROR)
        keep_room(self._wrong)
        self._wrong.hide()
        self.passphrase.typed.connect(self._wrong.hide)
        self.recovery_key.typed.connect(self._wrong.hide)
        self._open = Button(accept or _("&Open"), None if accept else "open-file", ButtonKind.PRIMARY)
        self._open.clicked.connect(self._on_open)
        self._other = Button("", kind=ButtonKind.QUIET)
        self._other.clicked.connect(self._on_other)
        back = BackButton(_("&Back"))
        back.clicked.connect(self.back_wanted)
        card = Card()
        for part in (self.passphrase, self._recovery, self._wrong):
            card.column.addWidget(part)
        card.column.addSpacing(tokens.HALF)
        card.column.addLayout(in_row(self._open, self._other, None))
        self.column.addWidget(card)
        self.column.addLayout(in_row(back, None))
        self._show_other()

    def _recovery_part(self) -> QWidget:
        part = QWidget()
        name = label(_("Recovery &key"))
        name.setBuddy(self.recovery_key)
        help_words = _(
            "13 groups of 5 letters and figures, from the paper that was printed when the file got its"
            " passphrase. Spaces, hyphens and capital letters do not matter."
        )
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.HALF)
        for widget in (name, Well(self.recovery_key), help_line(help_words)):
            column.addWidget(widget)
        return part

    @property
    def is_recovery(self) -> bool:
        """Whether the recovery key is asked for."""
        return not self._recovery.isHidden()

    def focus_start(self) -> None:
        """Put the keyboard where something is to be typed."""
        if self.is_recovery:
            self.recovery_key.setFocus(Qt.FocusReason.OtherFocusReason)
            self.recovery_key.selectAll()
        else:
            self.passphrase.focus()

    def show_failure(self, sentence: str) -> None:
        """Say below the line what is wrong with it; it can be typed anew."""
        if sentence:
            self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))
        self.focus_start()

    def show_busy(self, *, is_busy: bool) -> None:
        """While the key is being worked out there is nothing to press."""
        self._open.setEnabled(not is_busy)
        self._other.setEnabled(not is_busy)

    def _on_open(self) -> None:
        words = self.recovery_key.text() if self.is_recovery else self.passphrase.words
        if not words:
            self.show_failure(_("Type the recovery key.") if self.is_recovery else _("Type the passphrase."))
        elif self._open.isEnabled():
            self.show_failure("")
            self.opened.emit(words, self.is_recovery)

    def _on_other(self) -> None:
        is_recovery = not self.is_recovery
        self._recovery.setVisible(is_recovery)
        self.passphrase.setVisible(not is_recovery)
        self._show_other()
        self.show_failure("")

    def _show_other(self) -> None:
        words = _("&Use the passphrase instead") if self.is_recovery else _("&Use the recovery key instead")
        self._other.setText(words)
        self._other.updateGeometry()
