"""One quiet line: with which key a package will be signed, and for whom it can be encrypted."""

from __future__ import annotations

from dataclasses import field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.editors.options import WrappedOption
from desktop_app.ui.jobs import Job, Report
from desktop_app.ui.parts import Button, ButtonKind, Tone, Words, in_row
from desktop_app.ui.protection.passphrase_field import PassphraseField
from desktop_app.ui.rows.problem_lines import IconMark


@dataclass(frozen=True, slots=True)
class KeysKnown:
    """What is known of keys on this computer. ``fingerprint``: of our own, empty for none.

    ``needs_passphrase``: it is kept under one. ``readers``: the names of those it can be encrypted for.
    ``trouble``: why nothing is known, in a sentence.
    """

    fingerprint: str = ""
    needs_passphrase: bool = False
    readers: tuple[str, ...] = field(default=())
    trouble: str = ""


def look_for_keys(report: Report) -> KeysKnown:
    """Ask the book of keys; for a thread of its own, it loads what knows of keys."""
    from desktop_app.runtime.policy import Feature
    from desktop_app.services.allowed import is_allowed
    from desktop_app.services.keys import Kept, NobodyToEncryptForError, own_key, recipients

    try:
        own = own_key()
        try:
            readers = tuple(each.name for each in recipients()) if is_allowed(Feature.ENCRYPTION) else ()
        except NobodyToEncryptForError:
            readers = ()
    except DeskError as error:
        return KeysKnown(trouble=error.sentence)
    if own is None:
        return KeysKnown(readers=readers)
    return KeysKnown(own.fingerprint, own.kept is Kept.FILE, readers)


class KeyLine(QWidget):
    """Looks for the keys when its page is entered; nothing here asks for a passphrase that is not needed."""

    keys_wanted = Signal()
    """Someone wants to make a key, or to see those there are."""

    known = Signal(object)
    """The ``KeysKnown``."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        super().__init__()
        self._job: Job | None = None
        self.keys = KeysKnown()
        self._icon = IconMark("confidential", Tone.QUIET)
        self._words = Words("", tone=Tone.QUIET)
        self.open = Button(_("Make a ke&y"), kind=ButtonKind.QUIET)
        self.open.clicked.connect(self.keys_wanted)
        line = in_row(self._icon, self._words, self.open)
        line.setStretch(1, 1)
        self._passphrase = PassphraseField(_("Passphrase of your key"))
        self._passphrase.hide()
        self._encrypt = WrappedOption("")
        self._encrypt.hide()
        self._place = QVBoxLayout(self)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._place.setSpacing(tokens.HALF)
        self._place.addLayout(line)
        self._place.addWidget(self._passphrase)
        self._place.addWidget(self._encrypt)
        self._show(_("Looking for your key …"), "confidential", Tone.QUIET)
        self.open.hide()

    @property
    def words(self) -> str:
        """What it says of the signature."""
        return self._words.text()

    @property
    def passphrase(self) -> str | None:
        """What was typed; None where none is needed or nothing was typed."""
        return (self._passphrase.words or None) if self.keys.needs_passphrase else None

    @property
    def is_encrypted(self) -> bool:
        """Whether the package is to be encrypted."""
        return bool(self.keys.readers) and self._encrypt.isChecked()

    def focus_passphrase(self) -> None:
        """Put the keyboard to the passphrase."""
        self._passphrase.focus()

    def forget_passphrase(self) -> None:
        """It was used."""
        self._passphrase.clear()

    def look(self) -> None:
        """Look for the keys, unless that is under way."""
        if self._job is not None:
            return
        self._job = Job(look_for_keys, self)
        self._job.done.connect(self._on_known)
        self._job.failed.connect(self._on_failed)
        self._job.start()

    def wait(self) -> None:
        """Block until the search is over; before this goes away."""
        if self._job is not None:
            self._job.wait()

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
        if keys.trouble:
            words = _("It will not be signed. {reason}").format(reason=keys.trouble)
            self._show(words, "warning", Tone.WARNING)
        elif keys.fingerprint:
            words = _("It will be signed with your key {fingerprint}.")
            self._show(words.format(fingerprint=keys.fingerprint), "check", Tone.SUCCESS)
        else:
            words = _("It will not be signed: there is no key on this computer yet.")
            self._show(words, "info", Tone.QUIET)
        self._passphrase.setVisible(keys.needs_passphrase)
        self._encrypt.setVisible(bool(keys.readers))
        if keys.readers:
            self._name_readers(_("Encrypt it for: {names}").format(names=", ".join(keys.readers)))
        self.known.emit(keys)

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
        self._words.setText(words)
