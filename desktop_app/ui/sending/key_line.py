"""One quiet line: with which key a package will be signed, and for whom it can be encrypted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.runtime.dataclass import dataclass, field
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.editors.options import WrappedOption
from desktop_app.ui.jobs import Job, Report
from desktop_app.ui.parts import Button, ButtonKind, Tone, Words, in_row
from desktop_app.ui.protection.passphrase_field import PassphraseField
from desktop_app.ui.rows.problem_lines import IconMark

if TYPE_CHECKING:
    from desktop_app.exchange.proof.signing import SigningKey
    from desktop_app.services.keys import Signing
    from desktop_app.services.proof import Proof


@dataclass(frozen=True, slots=True)
class KeysKnown:
    """What is known of keys on this computer. ``fingerprint``: of our own, empty for none.

    ``needs_passphrase``: it is kept under one. ``readers``: the names of those it can be encrypted for.
    ``trouble``: why nothing is known, in a sentence. ``is_switched_off``: there are such, but packages may
    not be encrypted at this computer.
    """

    fingerprint: str = ""
    needs_passphrase: bool = False
    readers: tuple[str, ...] = field(default=())
    trouble: str = ""
    is_switched_off: bool = False


def look_for_keys(report: Report) -> KeysKnown:
    """Ask the book of keys; for a thread of its own, it loads what knows of keys."""
    from desktop_app.runtime.policy import Feature
    from desktop_app.services.allowed import is_allowed
    from desktop_app.services.keys import Kept, NobodyToEncryptForError, own_key, recipients

    try:
        own = own_key()
        try:
            readers = tuple(each.name for each in recipients())
        except NobodyToEncryptForError:
            readers = ()
    except DeskError as error:
        return KeysKnown(trouble=error.sentence)
    is_off = bool(readers) and not is_allowed(Feature.ENCRYPTION)
    readers = () if is_off else readers
    if own is None:
        return KeysKnown(readers=readers, is_switched_off=is_off)
    return KeysKnown(own.fingerprint, own.kept is Kept.FILE, readers, is_switched_off=is_off)


def prove(
    held: SigningKey | None, passphrase: str | None, encrypt: bool, is_unsigned: bool, _report: Report
) -> Proof:
    """Settle who signs and who may read; for a thread of its own. ``held``: our key, where it is open."""
    from desktop_app.services.keys import signing_with, sure_signing, unsigned
    from desktop_app.services.proof import proof_with

    sign: Callable[[], Signing] = partial(sure_signing, passphrase, may_ask=True)
    if is_unsigned:
        sign = unsigned
    elif held is not None:
        sign = partial(signing_with, held)
    return proof_with(sign, encrypt=encrypt)


class KeyLine(QWidget):
    """Looks for the keys when its page is entered; nothing here asks for a passphrase that is not needed.

    Once our key is open it stays so, in memory, for as long as this exists.
    """

    keys_wanted = Signal()
    """Someone wants to make a key, or to see those there are."""

    known = Signal(object)
    """The ``KeysKnown``."""

    proven = Signal(object)
    """The ``Proof`` that was asked for."""

    refused = Signal()
    """There is no proof as it was asked for; the line says why."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        super().__init__()
        self._job: Job | None = None
        self._proving: Job | None = None
        self._held: SigningKey | None = None
        self._was_refused = False
        self.keys = KeysKnown()
        self._icon = IconMark("confidential", Tone.QUIET)
        self._words = Words("", tone=Tone.QUIET)
        self.open = Button(_("Make a ke&y"), kind=ButtonKind.QUIET)
        self.open.clicked.connect(self.keys_wanted)
        line = in_row(self._icon, self._words, self.open)
        line.setStretch(1, 1)
        self._passphrase = PassphraseField(_("Passphrase of your key"))
        self._passphrase.typed.connect(self._on_typed)
        self._passphrase.hide()
        self._remark = Words("", font=tokens.small_font(), tone=Tone.ERROR)
        self._remark.hide()
        self.unsigned = WrappedOption(_("Send it unsigned"))
        self.unsigned.setToolTip(_("Whoever gets it cannot tell then that it is from you."))
        self.unsigned.toggled.connect(self._on_unsigned)
        self.unsigned.hide()
        self._encrypt = WrappedOption("")
        self._encrypt.hide()
        self._managed = Words(
            _("It will not be encrypted: your IT department has switched that off."), tone=Tone.QUIET
        )
        self._managed.hide()
        self._place = QVBoxLayout(self)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._place.setSpacing(tokens.HALF)
        self._place.addLayout(line)
        self._place.addWidget(self._passphrase)
        self._place.addWidget(self._remark)
        self._place.addWidget(self.unsigned)
        self._place.addWidget(self._encrypt)
        self._place.addWidget(self._managed)
        self._show(_("Looking for your key …"), "confidential", Tone.QUIET)
        self.open.hide()

    @property
    def words(self) -> str:
        """What it says of the signature."""
        return self._words.text()

    @property
    def remark(self) -> str:
        """Why it cannot be signed or encrypted as asked for; empty when it can."""
        return self._remark.text()

    @property
    def is_encrypted(self) -> bool:
        """Whether the package is to be encrypted."""
        return bool(self.keys.readers) and self._encrypt.isChecked()

    def prove(self, *, encrypt: bool) -> None:
        """Settle who signs and, with ``encrypt``, who may read; ``proven`` or ``refused`` says so."""
        if self._proving is not None:
            return
        self._tell("")
        is_unsigned, passphrase = self.unsigned.isChecked(), self._passphrase.words or None
        if self._wants_passphrase() and not is_unsigned and passphrase is None:
            words = _("Type the passphrase of your key, or tick below that it is sent unsigned.")
            self._refuse(words)
            return
        self._proving = Job(partial(prove, self._held, passphrase, encrypt, is_unsigned), self)
        self._proving.done.connect(self._on_proven)
        self._proving.failed.connect(self._on_refused)
        self._proving.start()

    def look(self) -> None:
        """Look for the keys, unless that is under way."""
        if self._job is not None:
            return
        self._job = Job(look_for_keys, self)
        self._job.done.connect(self._on_known)
        self._job.failed.connect(self._on_failed)
        self._job.start()

    def wait(self) -> None:
        """Block until what is under way is over, and let go of the key; before this goes away."""
        for job in (self._job, self._proving):
            if job is not None:
                job.wait()
        self._held = None

    def _finish(self) -> None:
        if self._job is not None:
            self._job.wait()
            self._job.deleteLater()
            self._job = None

    def _on_failed(self, error: DeskError) -> None:
        self._on_known(KeysKnown(trouble=error.sentence))

    def _on_known(self, keys: KeysKnown) -> None:
        self._finish()
        self.keys = keys
        self.open.setVisible(True)
        self.open.setText(_("Ke&ys …") if keys.fingerprint or keys.trouble else _("Make a ke&y"))
        self.open.updateGeometry()
        if self._held is not None and self._held.fingerprint != keys.fingerprint:
            self._held = None
        self._show_signing()
        self._encrypt.setVisible(bool(keys.readers))
        self._managed.setVisible(keys.is_switched_off)
        if keys.readers:
            self._name_readers(_("Encrypt it for: {names}").format(names=", ".join(keys.readers)))
        self.known.emit(keys)

    def _wants_passphrase(self) -> bool:
        return self.keys.needs_passphrase and self._held is None

    def _show_signing(self) -> None:
        keys, is_unsigned = self.keys, self.unsigned.isChecked()
        if is_unsigned:
            self._show(_("It will not be signed, as you asked for."), "warning", Tone.WARNING)
        elif keys.trouble:
            words = _("It will not be signed. {reason}").format(reason=keys.trouble)
            self._show(words, "warning", Tone.WARNING)
        elif self._wants_passphrase():
            words = _("It will be signed with your key {fingerprint}, once you have typed its passphrase.")
            self._show(words.format(fingerprint=keys.fingerprint), "info", Tone.QUIET)
        elif keys.fingerprint:
            words = _("It will be signed with your key {fingerprint}.")
            if self._held is not None and keys.needs_passphrase:
                words = _(
                    "It will be signed with your key {fingerprint}, which is open until you close the report."
                )
            self._show(words.format(fingerprint=keys.fingerprint), "check", Tone.SUCCESS)
        else:
            words = _("It will not be signed: there is no key on this computer yet.")
            self._show(words, "info", Tone.QUIET)
        self._passphrase.setVisible(self._wants_passphrase() and not is_unsigned)
        is_offered = self._wants_passphrase() or bool(keys.trouble) or self._was_refused
        self.unsigned.setVisible(is_offered or is_unsigned)

    def _on_typed(self) -> None:
        self._tell("")

    def _on_unsigned(self) -> None:
        self._tell("")
        self._show_signing()

    def _finish_proving(self) -> None:
        if self._proving is not None:
            self._proving.wait()
            self._proving.deleteLater()
            self._proving = None

    def _on_proven(self, proof: Proof) -> None:
        self._finish_proving()
        self._was_refused = False
        if proof.signer is not None:
            self._held = proof.signer
            self._passphrase.clear()
        self._show_signing()
        self.proven.emit(proof)

    def _on_refused(self, error: DeskError) -> None:
        self._finish_proving()
        self._refuse(error.sentence)

    def _refuse(self, sentence: str) -> None:
        self._was_refused = True
        self._show_signing()
        self._tell(sentence)
        self.refused.emit()
        if not self._passphrase.isHidden():
            self._passphrase.focus()

    def _tell(self, sentence: str) -> None:
        self._remark.setText(sentence)
        self._remark.setVisible(bool(sentence))

    def _name_readers(self, words: str) -> None:
        """An option has its words for good: another one takes its place."""
        if self._encrypt.accessibleName() == words:
            return
        fresh = WrappedOption(words)
        fresh.setChecked(self._encrypt.isChecked())
        fresh.setToolTip(_("Nobody else can read it then. You can read it yourself with your own key."))
        self._place.replaceWidget(self._encrypt, fresh)
        self._encrypt.hide()
        self._encrypt.deleteLater()
        self._encrypt = fresh

    def _show(self, words: str, icon_name: str, tone: Tone) -> None:
        self._icon.set_mark(icon_name, tone)
        self._words.set_tone(Tone.WARNING if tone is Tone.WARNING else Tone.QUIET)
        self._words.setText(words)
