"""Choosing a passphrase for a report file: what it means, the words twice, and what is wrong with them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.services.protection import exports_are_open
from desktop_app.storage.protection import SHORTEST, check_new_passphrase
from desktop_app.ui import tokens
from desktop_app.ui.back_button import BackButton
from desktop_app.ui.pages.lone_page import LonePage, selectable
from desktop_app.ui.parts import Button, ButtonKind, Card, Tone, help_line, in_row, keep_room
from desktop_app.ui.protection.passphrase_field import PassphraseField


class ProtectPage(LonePage):
    """Nothing is changed before the button is pressed."""

    chosen = Signal(str)
    """The new passphrase."""

    back_wanted = Signal()

    def __init__(self, title: str, accept: str) -> None:
        """``accept``: the words on the button."""
        sentences = [
            _(
                "Whoever opens the file has to type the passphrase. Without it nobody can read the file. If"
                " it is forgotten, only the recovery key can open the file: you get that key next."
            ),
            exports_are_open(),
        ]
        super().__init__(title, sentences, "confidential", Tone.ACCENT)
        self.fields = NewPassphrase()
        self.fields.entered.connect(self._on_accept)
        self._accept = Button(accept, "confidential", ButtonKind.PRIMARY)
        self._accept.clicked.connect(self._on_accept)
        back = BackButton(_("&Back"))
        back.clicked.connect(self.back_wanted)
        card = Card()
        card.column.addWidget(self.fields)
        card.column.addSpacing(tokens.HALF)
        card.column.addLayout(in_row(self._accept, back, None))
        self.column.addWidget(card)

    def focus_start(self) -> None:
        """Put the keyboard into the first line."""
        self.fields.first.focus()

    def show_failure(self, sentence: str) -> None:
        """Say why that was not possible."""
        self._accept.setEnabled(True)
        self.fields.show_wrong(sentence)

    def _on_accept(self) -> None:
        words = self.fields.take()
        if words is not None and self._accept.isEnabled():
            self._accept.setEnabled(False)
            self.chosen.emit(words)


class NewPassphrase(QWidget):
    """Two lines for a new passphrase, and a line for what is wrong with it."""

    entered = Signal()

    def __init__(self, words: str = "") -> None:
        """Empty. ``words``: another label for the first line."""
        super().__init__()
        self.first = PassphraseField(words or _("&Passphrase"))
        self.second = PassphraseField(_("The same &again"))
        self.first.entered.connect(self.second.focus)
        self.second.entered.connect(self.entered)
        rule = _(
            "At least {count} characters. Four or five words that have nothing to do with each other are easy"
            " to remember and hard to guess."
        )
        self._wrong = selectable("", tone=Tone.ERROR)
        keep_room(self._wrong)
        self._wrong.hide()
        for field in (self.first, self.second):
            field.typed.connect(self._wrong.hide)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.GAP)
        for part in (self.first, help_line(rule.format(count=SHORTEST)), self.second, self._wrong):
            column.addWidget(part)

    def take(self) -> str | None:
        """The passphrase, if it can be one and was typed twice; else it is said why not, and None."""
        words = self.first.words
        try:
            check_new_passphrase(words)
        except DeskError as error:
            self.show_wrong(error.sentence)
            self.first.focus()
            return None
        if self.second.words != words:
            self.show_wrong(_("The two lines are not the same. Type the passphrase again."))
            self.second.focus()
            return None
        self.show_wrong("")
        return words

    def show_wrong(self, sentence: str) -> None:
        """Say what is wrong; nothing when ``sentence`` is empty."""
        if sentence:
            self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))
