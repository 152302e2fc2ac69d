"""The page of keys: what a signature does, the own key, and those of others."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.back_button import BackButton
from desktop_app.ui.files import dropped_files
from desktop_app.ui.pages.lone_page import LonePage
from desktop_app.ui.parts import Card, Tone, Words, heading, in_row
from desktop_app.ui.rows.problem_lines import IconMark
from desktop_app.ui.signing_keys.own_key_card import OwnKeyCard
from desktop_app.ui.signing_keys.partner_cards import PartnersCard
from desktop_app.ui.signing_keys.state import KeysState


class KeysPage(LonePage):
    """Shown in an open report, or alone. Its cards tell what is wanted."""

    back_wanted = Signal()
    entered = Signal()
    """The page is shown: what it tells may be another by now."""

    key_files_given = Signal(object)
    """The paths of files with keys of others, chosen or dropped."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        super().__init__(_("Signing keys"), [], "confidential", Tone.ACCENT)
        self.setAcceptDrops(True)
        self.own = OwnKeyCard()
        self.partners = PartnersCard()
        self.partners.add_wanted.connect(self._on_add_wanted)
        self.own.asked.connect(self.show_part)
        self.partners.asked.connect(self.show_part)
        self.back = BackButton(_("Bac&k"))
        self.back.clicked.connect(self.back_wanted)
        for card in (_meaning_card(), self.own, self.partners):
            self.column.addWidget(card)
        self.column.addLayout(in_row(self.back, None))

    def show_state(self, state: KeysState, name: str) -> None:
        """Take over what there is now. ``name``: the person's, proposed to others."""
        self.own.show_state(state, name)
        self.partners.show_partners(state.partners, state.complaints)
        self._start = self.own.start()

    def show_busy(self, *, is_busy: bool) -> None:
        """Meanwhile there is nothing to press."""
        for part in (self.own, self.partners):
            part.setEnabled(not is_busy)
        if is_busy:
            self._failure.tell("")

    def put_keyboard(self, about: str = "") -> None:
        """To the other's key with the fingerprint ``about``; else to what is asked, or to what most want.

        From where somebody has put it meanwhile it is not taken away.
        """
        following = self.own.take_next()
        card, focus = self.partners.card_of(about), self.window().focusWidget()
        if card is not None:
            self.show_part(card)
            card.focus_start()
        elif following is not None:
            following.setFocus(Qt.FocusReason.OtherFocusReason)
        elif focus not in (None, self) and focus.isVisible() and focus.isEnabled():
            return
        elif self.own.form is not None:
            self.own.form.focus_first()
        else:
            self.focus_start()

    def _on_add_wanted(self) -> None:
        from desktop_app.ui.signing_keys.files import choose_key_file

        path = choose_key_file(self)
        if path is not None:
            self.key_files_given.emit([path])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A key file is welcome."""
        if dropped_files(event.mimeData()) and self.partners.isEnabled():
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what is dropped."""
        files = dropped_files(event.mimeData())
        if files and self.partners.isEnabled():
            event.acceptProposedAction()
            self.key_files_given.emit(files)

    # As a page of an open report

    def unfinished(self) -> QWidget | None:
        """Nothing of the report is typed here."""
        return None

    def enter(self) -> None:
        """Keys may have come and gone elsewhere."""
        self.entered.emit()

    def leave(self) -> None:
        """What was asked is not asked any more: no passphrase stays behind."""
        self.own.close_form()

    def hand_over(self) -> None:
        """Nothing of the report is typed here."""

    def release(self) -> None:
        """Nothing is held."""


def _meaning_card() -> Card:
    card = Card()
    card.column.addWidget(heading(_("What a signature does")))
    for icon_name, tone, words in (
        (
            "check",
            Tone.SUCCESS,
            _("It shows that a package was made with your key, and that nothing in it was changed since."),
        ),
        (
            "info",
            Tone.QUIET,
            _("It hides nothing: anybody can read a signed package. Encrypt it to those who shall read it."),
        ),
        (
            "info",
            Tone.QUIET,
            _(
                "It does not show who sat at the computer, and it is no minister's signature: that one stands"
                " on the sign-off page, beside the checksum of the same content."
            ),
        ),
    ):
        line = in_row(IconMark(icon_name, tone, tokens.ICON), Words(words))
        line.setStretch(1, 1)
        card.column.addLayout(line)
    return card
