"""The receipt that whoever receives a package returns for it: received, or returned for correction."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.runtime.i18n import _
from desktop_app.ui.flow_layout import FlowLayout
from desktop_app.ui.pages.lone_page import selectable
from desktop_app.ui.parts import Button, ButtonKind, Card, Tone, heading, help_line, in_row
from desktop_app.ui.protection.passphrase_field import PassphraseField
from desktop_app.ui.sending.reason_line import ReasonLine


class ReceiptCard(Card):
    """Tells what is wanted, and then what was made."""

    receipt_wanted = Signal(object, object)
    """The words that say what is to be corrected, None for none; and the passphrase of our key, if asked."""

    folder_wanted = Signal()

    def __init__(self) -> None:
        """Not there until it is offered."""
        super().__init__()
        self.column.addWidget(heading(_("Receipt for the sender")))
        self.column.addWidget(
            help_line(
                _(
                    "A small file that says that this very package arrived. It is written beside the package;"
                    " send it back. The sender files it with the submission."
                )
            )
        )
        self._passphrase = PassphraseField(_("&Passphrase of your key, to sign the receipt"))
        self._passphrase.hide()
        self.column.addWidget(self._passphrase)
        self.make = Button(_("&Make the receipt"), "check", ButtonKind.PRIMARY)
        self.make.clicked.connect(self._on_make)
        self.correct = Button(_("Return it for &correction …"), "comments")
        self.correct.clicked.connect(self._on_correct)
        self._ways = QWidget()
        flow = FlowLayout(self._ways)
        flow.addWidget(self.make)
        flow.addWidget(self.correct)
        self.column.addWidget(self._ways)
        self._reason = ReasonLine(
            _("What is to be corrected?"),
            _("Return for correction"),
            help_words=_("These words stand in the receipt, for the person who wrote the report."),
            refusal=_("Say what is to be corrected: a report is not returned without words."),
        )
        self._reason.given.connect(self._on_reason)
        self._reason.shut.connect(self._ways.show)
        self.column.addWidget(self._reason)
        self._told = selectable("")
        self._folder = Button(_("Open the &folder"), "folder")
        self._folder.clicked.connect(self.folder_wanted)
        self.column.addWidget(self._told)
        self.column.addLayout(in_row(self._folder, None))
        self.hide()

    @property
    def words(self) -> str:
        """What it said last; empty before."""
        return self._told.text()

    def offer(self, *, needs_passphrase: bool) -> None:
        """A receipt can be made; ``needs_passphrase`` to sign it."""
        self._passphrase.clear()
        self._passphrase.setVisible(needs_passphrase)
        self._reason.close_line()
        self._told.hide()
        self._folder.hide()
        self.show()

    def tell(self, sentences: Sequence[str], *, is_made: bool) -> None:
        """Say what was made, or why nothing was."""
        if is_made:
            self._reason.close_line()
            self._passphrase.hide()
        self._ways.setVisible(not is_made and not self._reason.isVisibleTo(self))
        self._told.setText("\n".join(sentences))
        self._told.set_tone(Tone.SUCCESS if is_made else Tone.ERROR)
        self._told.show()
        self._folder.setVisible(is_made)

    def _given(self) -> str | None:
        return self._passphrase.words or None

    def _on_make(self) -> None:
        self.receipt_wanted.emit(None, self._given())

    def _on_correct(self) -> None:
        self._ways.hide()
        self._reason.open_line()

    def _on_reason(self, words: str) -> None:
        self.receipt_wanted.emit(words, self._given())
