"""Keys: our own, which signs what we send, and those of others, which tell who sent something.

The private key is in the system's key store, or in a file under a passphrase where there is no such store
or the person prefers it. Nothing here asks anybody for anything: a key that is not at hand is told as such.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.exchange.proof.key_files import read_key_file, write_key_file
from desktop_app.exchange.proof.public_key import fingerprint, key_line, to_pem
from desktop_app.exchange.proof.signing import KeyFileError, SigningKey, from_key_file, to_key_file
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.files import atomic_write
from desktop_app.runtime.i18n import _
from desktop_app.services.key_book import Kept, KeyBook, OwnEntry, Partner, read_book, write_book
from desktop_app.services.own_key_places import (
    KeyNotAtHandError,
    NoKeyStoreError,
    from_file,
    from_store,
    keep,
    key_path,
    left_in_store,
    read_private,
    set_aside,
    write_private,
)

__all__ = [
    "Kept",
    "KeyNotAtHandError",
    "NoKeyStoreError",
    "NoOwnKeyError",
    "NobodyToEncryptForError",
    "OwnKey",
    "OwnKeyExistsError",
    "Partner",
    "Signing",
    "add_partner",
    "complaints",
    "confirm_partner",
    "export_key",
    "key_path",
    "make_key",
    "open_key",
    "own_key",
    "partners",
    "recipients",
    "remove_partner",
    "restore_key",
    "share_key",
    "signing",
    "signing_with",
    "sure_signing",
    "unsigned",
]

if TYPE_CHECKING:
    from collections.abc import Sequence


class NoOwnKeyError(DeskError):
    """There is no key of our own yet."""


class OwnKeyExistsError(DeskError):
    """There is another key of our own, which is not given up without being asked."""


class NobodyToEncryptForError(DeskError):
    """No confirmed key says how to encrypt for its owner."""


@dataclass(frozen=True, slots=True)
class OwnKey:
    """Our own key, as much of it as anybody may know. ``where`` says in words where the rest is kept."""

    public_key: bytes
    kept: Kept
    name: str = ""

    @property
    def fingerprint(self) -> str:
        """The fingerprint, in groups a person can compare."""
        return fingerprint(self.public_key)

    @property
    def path(self) -> Path | None:
        """The file it is kept in; None in the key store."""
        return key_path() if self.kept is Kept.FILE else None

    @property
    def where(self) -> str:
        """Where it is kept, in words."""
        if self.kept is Kept.STORE:
            return _("in the key store of this system")
        if not self.is_there:
            sentence = _("in a file that is no longer there, so it must be restored from its backup: {file}")
            return sentence.format(file=key_path())
        return _("in a file under a passphrase: {file}").format(file=key_path())

    @property
    def is_there(self) -> bool:
        """Whether its file is there; what the key store holds is not asked."""
        return self.kept is Kept.STORE or key_path().exists()

    def to_plain(self) -> dict[str, Any]:
        """The key in JSON."""
        return {
            "key": key_line(self.public_key),
            "fingerprint": self.fingerprint,
            "kept": self.kept.value,
            "file": str(self.path) if self.path else None,
            "there": self.is_there,
            "name": self.name,
        }


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs, if anybody; ``told`` says so in a sentence."""

    signer: SigningKey | None
    told: str


def own_key(*, may_make: bool = False) -> OwnKey | None:
    """Our own key; None when there is none. With ``may_make`` one is made in the key store then.

    KeyBookError; with ``may_make`` what ``make_key`` raises.
    """
    own = read_book().own
    if own is not None:
        return OwnKey(own.public_key, own.kept, own.name)
    return make_key() if may_make else None


def make_key(passphrase: str | None = None, *, name: str = "", may_ask: bool = False) -> OwnKey:
    """Make our own key, in the key store, or under ``passphrase`` in a file.

    A key that is in the store already is taken up again. OwnKeyExistsError, NoKeyStoreError,
    UnfitPassphraseError, CannotWriteError, KeyBookError.
    """
    book = read_book()
    if book.own is not None:
        raise OwnKeyExistsError(
            _(
                "There is a key already: {fingerprint}. Signatures of others' packages stay comparable only"
                " when it stays the same."
            ).format(fingerprint=fingerprint(book.own.public_key))
        )
    if passphrase is not None:
        _refuse_unfit(passphrase)
        if key_path().exists():
            raise OwnKeyExistsError(
                _("There is a key in “{file}” already. Restore it with its passphrase.").format(
                    file=key_path()
                )
            )
        return _keep(book, SigningKey.make(), passphrase, name, may_ask=may_ask)
    key = left_in_store(may_ask=may_ask)
    return _keep(book, key or SigningKey.make(), None, name, may_ask=may_ask)


def open_key(passphrase: str | None = None, *, may_ask: bool = False) -> SigningKey:
    """Our own key, ready to sign. ``may_ask``: the system may show its own window to unlock its store.

    NoOwnKeyError, KeyNotAtHandError, WrongPassphraseError, KeyFileError, KeyBookError.
    """
    own = read_book().own
    if own is None:
        raise NoOwnKeyError(_("There is no signing key on this computer. Make one, or restore its backup."))
    key = from_store(may_ask=may_ask) if own.kept is Kept.STORE else from_file(passphrase)
    if key.public_key != own.public_key:
        raise KeyNotAtHandError(
            _(
                "The key that is kept is not the one that is known here ({fingerprint}). Restore its backup."
            ).format(fingerprint=fingerprint(own.public_key))
        )
    return key


def _refuse_unfit(passphrase: str) -> None:
    from desktop_app.storage.protection import check_new_passphrase

    check_new_passphrase(passphrase)


def _keep(book: KeyBook, key: SigningKey, passphrase: str | None, name: str, *, may_ask: bool) -> OwnKey:
    """Keep ``key`` as our own, and only then say so in the book."""
    kept = keep(key, passphrase, may_ask=may_ask)
    write_book(dataclasses.replace(book, own=OwnEntry(key.public_key, kept, name)))
    return OwnKey(key.public_key, kept, name)


def signing(passphrase: str | None = None, *, may_ask: bool = False) -> Signing:
    """Who signs what goes out now, and a sentence about it; never an error when there is no key at hand.

    WrongPassphraseError all the same: who gives a passphrase means to sign.
    """
    try:
        return sure_signing(passphrase, may_ask=may_ask)
    except KeyNotAtHandError as error:
        return Signing(None, _("It is not signed. {reason}").format(reason=error.sentence))


def sure_signing(passphrase: str | None = None, *, may_ask: bool = False) -> Signing:
    """As ``signing``, and KeyNotAtHandError when there is a key that cannot be used now."""
    try:
        key = open_key(passphrase, may_ask=may_ask)
    except NoOwnKeyError:
        return Signing(None, _("It is not signed: there is no signing key on this computer."))
    return signing_with(key)


def signing_with(key: SigningKey) -> Signing:
    """Our own key signs, opened already."""
    return Signing(key, _("It is signed with the key {fingerprint}.").format(fingerprint=key.fingerprint))


def unsigned() -> Signing:
    """Nobody signs, although somebody could."""
    return Signing(None, _("It is not signed, as you asked for."))


def export_key(path: Path, passphrase: str, *, open_with: str | None = None, may_ask: bool = False) -> OwnKey:
    """Write a backup of our own key to ``path``, under ``passphrase``. ``open_with`` opens a kept file.

    What ``open_key`` raises; UnfitPassphraseError, AlreadyThereError, CannotWriteError.
    """
    _refuse_unfit(passphrase)
    key = open_key(open_with, may_ask=may_ask)
    content = to_key_file(key, passphrase)
    write_private(path, content, replace=False)
    if from_key_file(path.name, read_private(path), passphrase).public_key != key.public_key:
        raise KeyFileError(
            _("“{file}” did not reach the disk as it should. Try again.").format(file=path.name)
        )
    own = own_key()
    assert own is not None
    return own


def restore_key(
    path: Path, passphrase: str, *, in_file: bool = False, replace: bool = False, may_ask: bool = False
) -> OwnKey:
    """Take up our own key from its backup at ``path``; it is kept in the key store, or where there is none
    (or with ``in_file``) in a file under the same passphrase.

    OwnKeyExistsError when there is another key, unless ``replace``; the other is kept aside then.
    WrongPassphraseError, KeyFileError, NoKeyStoreError, CannotWriteError, KeyBookError.
    """
    key = from_key_file(path.name, read_private(path), passphrase)
    book = read_book()
    if book.own is not None and book.own.public_key != key.public_key:
        if not replace:
            raise OwnKeyExistsError(
                _(
                    "There is another key already: {fingerprint}. Make a backup of it, then say that it may"
                    " be replaced."
                ).format(fingerprint=fingerprint(book.own.public_key))
            )
        set_aside(book.own, may_ask=may_ask)
    name = book.own.name if book.own else ""
    if not in_file:
        try:
            return _keep(book, key, None, name, may_ask=may_ask)
        except NoKeyStoreError:
            pass
    return _keep(book, key, passphrase, name, may_ask=may_ask)


def share_key(path: Path, name: str, *, passphrase: str | None = None, may_ask: bool = False) -> OwnKey:
    """Write our public key to ``path``, to be given to others: a signed JSON file, or PEM for ``.pem``.

    What ``open_key`` raises (not for PEM, which needs no signature), AlreadyThereError, CannotWriteError.
    """
    own = own_key()
    if own is None:
        raise NoOwnKeyError(_("There is no signing key on this computer. Make one, or restore its backup."))
    if path.suffix.lower() == ".pem":
        content = to_pem(own.public_key)
    else:
        content = write_key_file(open_key(passphrase, may_ask=may_ask), name or own.name or own.fingerprint)
    atomic_write(path, content, replace=False)
    return own


def partners() -> list[Partner]:
    """The keys of others, in the order in which they came. KeyBookError."""
    return list(read_book().partners)


def complaints() -> tuple[str, ...]:
    """A sentence for each key file of the policy that cannot be read."""
    return read_book().complaints


def add_partner(path: Path) -> Partner:
    """Add the key in the file at ``path``, not confirmed yet.

    KeyFileError, OwnKeyExistsError, KeyBookError.
    """
    found, book = read_key_file(path), read_book()
    if book.own is not None and book.own.public_key == found.public_key:
        raise OwnKeyExistsError(
            _("“{file}” holds your own key. There is nothing to add.").format(file=path.name)
        )
    changed = book.with_partner(found)
    write_book(changed)
    return changed.partner(found.fingerprint)


def confirm_partner(words: str) -> Partner:
    """Say that the key with this fingerprint was compared with its owner. UnknownPartnerError."""
    changed = read_book().confirming(words)
    write_book(changed)
    return changed.partner(words)


def remove_partner(words: str) -> Partner:
    """Take a key out of the book. UnknownPartnerError, FixedPartnerError."""
    book = read_book()
    removed = book.partner(words)
    write_book(book.without(words))
    return removed


def recipients(chosen: Sequence[str] = ()) -> tuple[Partner, ...]:
    """For whom a package is encrypted: those ``chosen`` by their fingerprints, else all confirmed ones.

    NobodyToEncryptForError, UnknownPartnerError.
    """
    book = read_book()
    named = [book.partner(words) for words in chosen] if chosen else list(book.partners)
    able = tuple(each for each in named if each.confirmed and each.age_recipients)
    unable = next((each for each in named if each not in able), None)
    if chosen and unable is not None:
        raise NobodyToEncryptForError(
            _(
                "Nothing can be encrypted for {name}: their key is not confirmed, or it came without a key"
                " for encryption. Ask for their key file, add it, and confirm it."
            ).format(name=unable.name)
        )
    if not able:
        raise NobodyToEncryptForError(
            _(
                "There is nobody to encrypt for. Add the key file of the secretariat, compare its fingerprint"
                " with them, and confirm it."
            )
        )
    return able
