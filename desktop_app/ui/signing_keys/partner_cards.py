"""The keys of others: whose they are, whether they are to be believed, and how one makes sure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.flow_layout import FlowLayout
from desktop_app.ui.pages.lone_page import selectable
from desktop_app.ui.parts import (
    Button,
    ButtonKind,
    Card,
    Chip,
    Tone,
    Words,
    heading,
    help_line,
    in_row,
    label,
)
from desktop_app.ui.signing_keys.fingerprint import Fingerprint

if TYPE_CHECKING:
    from desktop_app.services.keys import Partner


class PartnersCard(Card):
    """All keys of others, and the way to add one."""

    add_wanted = Signal()
    confirm_wanted = Signal(str)
    """The fingerprint that was compared."""

    remove_wanted = Signal(str)
    asked = Signal(QWidget)
    """The card on which something is asked, which is to be in sight."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        super().__init__()
        self._shown: tuple[Partner, ...] = ()
        self.cards: list[PartnerCard] = []
        self.column.addWidget(heading(_("Keys of others")))
        self.column.addWidget(
            Words(
                _(
                    "With the key of the secretariat this program knows their receipts, and can encrypt a"
                    " package so that only they read it. They send you a file with it."
                )
            )
        )
        self.add = Button(_("&Add a key from a file …"), "add")
        self.add.clicked.connect(self.add_wanted)
        self.column.addLayout(in_row(self.add, None))
        self.column.addWidget(help_line(_("You can also drop the file onto this page.")))
        self._complaints = selectable("", tone=Tone.WARNING)
        self._complaints.hide()
        self.column.addWidget(self._complaints)
        self._list = QVBoxLayout()
        self._list.setSpacing(tokens.GAP)
        self.column.addLayout(self._list)

    def show_partners(self, partners: Sequence[Partner], complaints: Sequence[str]) -> None:
        """Take over the keys there are; ``complaints``: what is wrong with those IT has settled."""
        self._complaints.setText("\n".join(complaints))
        self._complaints.setVisible(bool(complaints))
        if self._shown == tuple(partners):
            return
        self._shown = tuple(partners)
        for card in self.cards:
            card.hide()
            self._list.removeWidget(card)
            card.deleteLater()
        self.cards = [PartnerCard(partner) for partner in partners]
        for card in self.cards:
            card.confirm_wanted.connect(self.confirm_wanted)
            card.remove_wanted.connect(self.remove_wanted)
            card.asked.connect(self.asked)
            self._list.addWidget(card)
            card.show()

    def card_of(self, fingerprint: str) -> PartnerCard | None:
        """The card of the key with this fingerprint."""
        return next((card for card in self.cards if card.partner.fingerprint == fingerprint), None)


class PartnerCard(Card):
    """One key. Comparing and removing are asked in place."""

    confirm_wanted = Signal(str)
    remove_wanted = Signal(str)
    asked = Signal(QWidget)
    """Something is asked on this card."""

    def __init__(self, partner: Partner) -> None:
        """For ``partner``."""
        super().__init__()
        self.partner = partner
        name = label(partner.name)
        name.setWordWrap(True)
        row = in_row(name, _state_chip(partner))
        row.setStretch(0, 1)
        row.setAlignment(name, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)
        self.fingerprint = Fingerprint()
        whose = _("Fingerprint of the key of {name}").format(name=partner.name)
        self.fingerprint.show_words(partner.fingerprint, whose)
        self.column.addWidget(self.fingerprint)
        self.column.addWidget(help_line(_meaning(partner)))
        self.compare = Button(_("&Compare and confirm …"), "check")
        self.remove = Button(_("Remo&ve …"), "remove", ButtonKind.QUIET)
        self.compare.clicked.connect(self._on_compare)
        self.remove.clicked.connect(self._on_remove)
        self._ways = QWidget()
        flow = FlowLayout(self._ways)
        flow.addWidget(self.compare)
        flow.addWidget(self.remove)
        self.column.addWidget(self._ways)
        self.compare.setVisible(not partner.confirmed)
        self._ways.setVisible(not partner.fixed)
        self.question: InPlaceQuestion | None = None
        self._opener: Button | None = None

    def focus_start(self) -> None:
        """Put the keyboard to what is to be done with this key."""
        target = self.remove if self.partner.confirmed else self.compare
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_compare(self) -> None:
        question = self._ask(
            self.compare,
            _(
                "Call {name} at a number you knew before, not at one from the message that brought this key."
                " Have the fingerprint read out, and compare all eight groups. Anybody can make a key with"
                " any name; only the fingerprint shows whose it is."
            ).format(name=self.partner.name),
        )
        question.add(_("All &groups are the same"), self._on_same, ButtonKind.PRIMARY)
        question.add(_("They &differ"), self._on_remove, ButtonKind.PLAIN)
        question.add(_("&Not now"), self.close_question, ButtonKind.QUIET)
        self.asked.emit(self)

    def _on_same(self) -> None:
        self.confirm_wanted.emit(self.partner.fingerprint)

    def _on_remove(self) -> None:
        words = _(
            "Remove the key of {name}? What they signed is told as signed by nobody you know, and nothing"
            " can be encrypted for them, until their key is added again."
        )
        question = self._ask(self.remove, words.format(name=self.partner.name))
        question.add(_("R&emove it"), self._on_sure, ButtonKind.PLAIN)
        question.add(_("&Keep it"), self.close_question, ButtonKind.QUIET)
        self.asked.emit(self)

    def _on_sure(self) -> None:
        self.remove_wanted.emit(self.partner.fingerprint)

    def _ask(self, opener: Button, words: str) -> InPlaceQuestion:
        self._opener = opener
        if self.question is not None:
            self.question.hide()
            self.question.deleteLater()
        self.question = InPlaceQuestion(words)
        self.question.left.connect(self.close_question)
        self._ways.hide()
        self.column.addWidget(self.question)
        return self.question

    def close_question(self) -> None:
        """Nothing was decided."""
        if self.question is None:
            return
        self.question.hide()
        self.question.deleteLater()
        self.question = None
        self._ways.show()
        if self._opener is not None:
            opener = self._opener if self._opener.isVisible() else self.remove
            opener.setFocus(Qt.FocusReason.OtherFocusReason)


class InPlaceQuestion(QWidget):
    """Words with an answer on each button; the keyboard is on the first. Esc leaves."""

    left = Signal()

    def __init__(self, words: str) -> None:
        """Without answers yet."""
        super().__init__()
        self.buttons: list[Button] = []
        ways = QWidget()
        self._flow = FlowLayout(ways)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, tokens.GAP, 0, 0)
        column.setSpacing(tokens.GAP)
        column.addWidget(Words(words))
        column.addWidget(ways)

    def add(self, words: str, then: object, kind: ButtonKind) -> None:
        """One more answer; ``then`` is called when it is chosen."""
        button = Button(words, kind=kind)
        button.clicked.connect(then)
        self.buttons.append(button)
        self._flow.addWidget(button)
        self.show()
        button.show()
        if len(self.buttons) == 1:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _state_chip(partner: Partner) -> Chip:
    if partner.fixed:
        return Chip(_("settled by your IT department"), "check", Tone.SUCCESS)
    if partner.confirmed:
        return Chip(_("confirmed"), "check", Tone.SUCCESS)
    return Chip(_("not confirmed yet"), "warning", Tone.WARNING)


def _meaning(partner: Partner) -> str:
    """What the key is good for now."""
    if not partner.confirmed:
        return _("Until it is confirmed, nothing is encrypted with it, and what it signed counts as unknown.")
    if not partner.age_recipients:
        return _("Their signatures are known. Nothing can be encrypted for them: the file had no key for it.")
    return _("Their signatures are known, and packages can be encrypted for them.")
