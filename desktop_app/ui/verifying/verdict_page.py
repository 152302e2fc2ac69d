"""The verdict on a package, shown in an open report or alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.runtime.i18n import _
from desktop_app.runtime.policy import Feature
from desktop_app.services.allowed import is_allowed
from desktop_app.ui import tokens
from desktop_app.ui.back_button import BackButton
from desktop_app.ui.pages.lone_page import LonePage, selectable
from desktop_app.ui.parts import Button, ButtonKind, Card, Tone, Words, heading, in_row
from desktop_app.ui.protection.passphrase_field import PassphraseField
from desktop_app.ui.rows.problem_lines import IconMark
from desktop_app.ui.verifying.receipt_card import ReceiptCard

if TYPE_CHECKING:
    from desktop_app.services.verifying import Compared, Verified

VERDICT_PAGE = "#verify"


class VerdictPage(LonePage):
    """Says that the package is being read, then what was found, or asks for the passphrase it needs."""

    another_wanted = Signal()
    """Someone wants to choose another package."""

    import_wanted = Signal()
    """Someone wants to have the package as a report of their own."""

    keys_wanted = Signal()
    back_wanted = Signal()
    passphrase_given = Signal(str)

    def __init__(self, *, is_alone: bool) -> None:
        """``is_alone`` when no report is open to go back to."""
        words = _("Nothing of a package is opened or kept here: it is read, and compared with its own proof.")
        super().__init__(_("Verify a package"), [words], "search", Tone.ACCENT)
        self._file = selectable("", tone=Tone.QUIET)
        self._mark = IconMark("saving", Tone.QUIET, tokens.ICON)
        self._headline = heading("")
        self._findings = _Lines()
        self._verdict = Card()
        line = in_row(self._mark, self._headline)
        line.setStretch(1, 1)
        self._verdict.column.addLayout(line)
        self._verdict.column.addWidget(self._file)
        self._verdict.column.addWidget(self._findings)
        self.column.addWidget(self._verdict)
        self._locked = _PassphraseCard()
        self._locked.given.connect(self.passphrase_given)
        self.column.addWidget(self._locked)
        self._signed = _PartCard(_("Who signed it"))
        self.keys = Button(_("See the &keys …"), "confidential")
        self.keys.clicked.connect(self.keys_wanted)
        self._signed.column.addLayout(in_row(self.keys, None))
        self._about = _PartCard(_("What it is"))
        self._compared = _PartCard(_("Compared with the report that is open"))
        for card in (self._signed, self._about, self._compared):
            self.column.addWidget(card)
        self.receipt = ReceiptCard()
        self.column.addWidget(self.receipt)
        self.another = Button(_("Verify &another package …"), "open-file")
        self.another.clicked.connect(self.another_wanted)
        back = BackButton(_("&Back"))
        back.clicked.connect(self.back_wanted)
        self.bring_in = Button(_("Bring it &in as a report …"), "import")
        self.bring_in.clicked.connect(self.import_wanted)
        self.add_ways(self.another, self.bring_in, back)
        # Only now it has a place: before, showing it would open a window of its own.
        back.setVisible(is_alone)
        self._is_alone = is_alone
        self.bring_in.hide()

    def enter(self) -> None:
        """Shown: whoever shows it says what it says."""

    def leave(self) -> None:
        """Another page comes; a passphrase that was begun is forgotten."""
        self._locked.field.clear()

    def hand_over(self) -> None:
        """Nothing of the report is typed here."""

    def release(self) -> None:
        """Nothing is held."""

    @property
    def words(self) -> list[str]:
        """All it says about the package, line by line."""
        parts: list[_Lines] = [self._findings]
        parts += [
            card.lines for card in (self._signed, self._about, self._compared) if card.isVisibleTo(self)
        ]
        return [self._headline.text(), *(words for lines in parts for words in lines.words)]

    def show_busy(self, path: Path) -> None:
        """The package at ``path`` is being read."""
        self._tell("saving", Tone.QUIET, _("Reading every byte …"), path)

    def show_refused(self, path: Path, sentence: str) -> None:
        """It is no package, or cannot be read."""
        self._tell("error", Tone.ERROR, _("This package cannot be verified."), path, [sentence])

    def show_locked(self, path: Path, sentence: str, *, asks: bool) -> None:
        """It is encrypted, and our key is not at hand; ``asks`` when a passphrase would help."""
        self._tell("confidential", Tone.WARNING, _("This package is encrypted."), path, [sentence])
        self._locked.ask(asks)

    def show_verdict(self, verified: Verified, *, needs_passphrase: bool = False) -> None:
        """What was found. ``needs_passphrase``: to sign a receipt for it."""
        if verified.intact:
            icon, tone, words = "save-ok", Tone.SUCCESS, _("Intact: it is as it was exported.")
        else:
            icon, tone, words = "error", Tone.ERROR, _("Changed: it is not as it was exported.")
        compared = verified.compared
        is_old = compared is not None and compared.taken_back is not None
        if verified.intact and compared is not None and (is_old or not compared.fits):
            icon, tone = "warning", Tone.WARNING
            words = _headline(compared, verified.submission)
        self._tell(icon, tone, words, verified.path, verified.findings)
        self._signed.show_lines(verified.signature_lines, _signature_tone(verified))
        self._about.show_lines(verified.what_lines)
        self.bring_in.setVisible(self._is_alone and verified.intact and is_allowed(Feature.IMPORT))
        if self._is_alone and verified.may_have_receipt:
            self.receipt.offer(needs_passphrase=needs_passphrase)
        if compared is not None:
            good = compared.fits and not is_old
            self._compared.show_lines([compared.told], Tone.NORMAL if good else Tone.WARNING)

    def _tell(self, icon: str, tone: Tone, words: str, path: Path, findings: Sequence[str] = ()) -> None:
        self._mark.set_mark(icon, tone)
        self._headline.setText(words)
        self._file.setText(path.name)
        self._file.setToolTip(str(path))
        self._findings.show_lines(findings)
        self._locked.ask(False)
        self.bring_in.hide()
        self.receipt.hide()
        for card in (self._signed, self._about, self._compared):
            card.show_lines([])


def _headline(compared: Compared, number: int | None) -> str:
    """Of an intact package that is not what the open report should have next."""
    if compared.taken_back is not None:
        return _("Intact: submission {number} of this report, which was taken back.").format(number=number)
    if compared.standing == "older":
        words = _("Intact: submission {number} of this report; a newer one is held.")
        return words.format(number=number)
    return _("Intact, but it does not go with the report that is open.")


def _signature_tone(verified: Verified) -> Tone:
    signer = verified.signed_by
    if signer is None or not verified.intact:
        return Tone.NORMAL
    return Tone.SUCCESS if signer.is_confirmed else Tone.WARNING


class _Lines(QWidget):
    """Sentences one below the other, to be copied."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.HALF)
        self._lines: list[Words] = []

    @property
    def words(self) -> list[str]:
        """The sentences."""
        return [line.text() for line in self._lines]

    def show_lines(self, sentences: Sequence[str], tone: Tone = Tone.NORMAL) -> None:
        """Show these in place of those before."""
        for line in self._lines:
            self._column.removeWidget(line)
            line.deleteLater()
        self._lines = [selectable(sentence, tone) for sentence in sentences]
        for line in self._lines:
            self._column.addWidget(line)
        self.setVisible(bool(sentences))


class _PartCard(Card):
    """A heading with sentences; not there while there is nothing to say."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.lines = _Lines()
        self.column.addWidget(heading(words))
        self.column.addWidget(self.lines)
        self.hide()

    def show_lines(self, sentences: Sequence[str], tone: Tone = Tone.NORMAL) -> None:
        """Show these, or nothing."""
        self.lines.show_lines(sentences, tone)
        self.setVisible(bool(sentences))


class _PassphraseCard(Card):
    """Asks for the passphrase of our own key, to open what was encrypted for it."""

    given = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.field = PassphraseField(_("&Passphrase of your key"))
        self._open = Button(_("&Open it"), kind=ButtonKind.PRIMARY)
        self.column.addWidget(self.field)
        self.column.addLayout(in_row(self._open, None))
        self.field.entered.connect(self._on_given)
        self._open.clicked.connect(self._on_given)
        self.hide()

    def ask(self, asks: bool) -> None:
        """Ask, or do not."""
        self.setVisible(asks)
        self.field.clear()
        if asks and self.isVisible():
            self.field.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_given(self) -> None:
        if self.field.words:
            self.given.emit(self.field.words)
