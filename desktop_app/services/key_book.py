"""The book of public keys: which key is our own, where it is kept, and whose other keys are believed.

A small JSON file among the person's settings. It holds nothing secret. A key counts once a person has
compared its fingerprint and said so, or when IT has settled it in the policy.
"""

from __future__ import annotations

import dataclasses
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from desktop_app.exchange.proof.key_files import PublicKeyFile, read_key_file
from desktop_app.exchange.proof.public_key import fingerprint, key_line, read_key_line, same_fingerprint
from desktop_app.exchange.proof.signing import KeyFileError
from desktop_app.exchange.strict_json import JsonError, read_json
from desktop_app.runtime import paths
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.files import atomic_write, writing_error
from desktop_app.runtime.i18n import _
from desktop_app.runtime.policy import policy

log = logging.getLogger(__name__)

_MAX_BYTES = 1024 * 1024


class KeyBookError(DeskError):
    """The book of keys cannot be read, so nobody's key is known."""


class UnknownPartnerError(DeskError):
    """There is no key with this fingerprint in the book."""


class FixedPartnerError(DeskError):
    """A key that IT has settled cannot be taken out by a person."""


class Kept(StrEnum):
    """Where the own private key is."""

    STORE = "store"
    """In the system's key store."""
    FILE = "file"
    """In a file under a passphrase."""


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """The own key, its public half."""

    public_key: bytes
    kept: Kept
    name: str = ""


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody else's key. ``confirmed``: a person compared the fingerprint, or IT settled it (``fixed``)."""

    name: str
    public_key: bytes
    age_recipients: tuple[str, ...] = ()
    confirmed: bool = False
    fixed: bool = False

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the key, in groups a person can compare."""
        return fingerprint(self.public_key)

    def to_plain(self) -> dict[str, Any]:
        """The key in JSON."""
        return {
            "name": self.name,
            "key": key_line(self.public_key),
            "fingerprint": self.fingerprint,
            "age": list(self.age_recipients),
            "confirmed": self.confirmed,
            "fixed": self.fixed,
        }


@dataclass(frozen=True, slots=True)
class KeyBook:
    """All of it. ``complaints``: a sentence for each key file of the policy that cannot be read."""

    own: OwnEntry | None = None
    partners: tuple[Partner, ...] = ()
    complaints: tuple[str, ...] = ()

    def partner(self, words: str) -> Partner:
        """The one whose fingerprint is ``words``, however it was typed. UnknownPartnerError."""
        for partner in self.partners:
            if same_fingerprint(partner.fingerprint, words):
                return partner
        raise UnknownPartnerError(
            _(
                "No key with the fingerprint “{fingerprint}” was added. Compare it again, sign by sign; if it"
                " differs, the key is not the one you were told of."
            ).format(fingerprint=words)
        )

    def holder(self, public_key: bytes) -> Partner | None:
        """Whose key this is; None when nobody's that we know."""
        return next((each for each in self.partners if each.public_key == public_key), None)

    def with_partner(self, found: PublicKeyFile) -> KeyBook:
        """The book with one key more, not confirmed yet. The same key again brings its name up to date."""
        known = self.holder(found.public_key)
        if known is not None and known.fixed:
            return self
        added = Partner(
            found.name,
            found.public_key,
            found.age_recipients or (known.age_recipients if known else ()),
            confirmed=known is not None and known.confirmed,
        )
        others = (each for each in self.partners if each.public_key != found.public_key)
        return dataclasses.replace(self, partners=(*others, added))

    def confirming(self, words: str) -> KeyBook:
        """The book with the key of this fingerprint confirmed. UnknownPartnerError."""
        chosen = self.partner(words)
        partners = (
            dataclasses.replace(each, confirmed=True) if each is chosen else each for each in self.partners
        )
        return dataclasses.replace(self, partners=tuple(partners))

    def without(self, words: str) -> KeyBook:
        """The book without the key of this fingerprint. UnknownPartnerError, FixedPartnerError."""
        chosen = self.partner(words)
        if chosen.fixed:
            raise FixedPartnerError(
                _("Your IT department has settled the key of {name}. Only they can take it out.").format(
                    name=chosen.name
                )
            )
        return dataclasses.replace(self, partners=tuple(each for each in self.partners if each is not chosen))


def book_path() -> Path:
    """Where the book is."""
    return paths.config_folder() / "keys.json"


def read_book() -> KeyBook:
    """The book as it stands, with the keys of the policy. KeyBookError."""
    path = book_path()
    try:
        plain = read_json(path.name, path.read_bytes(), max_bytes=_MAX_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        return _with_settled(KeyBook())
    except (OSError, JsonError) as error:
        raise _damaged(path) from error
    if not isinstance(plain, Mapping):
        raise _damaged(path)
    try:
        own = plain.get("own")
        read = KeyBook(_own_of(own) if own else None, tuple(_partner_of(each) for each in plain["partners"]))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _damaged(path) from error
    return _with_settled(read)


def write_book(book: KeyBook) -> None:
    """Keep the book; what the policy settles is not written. CannotWriteError."""
    own = book.own
    plain = {
        "own": {"key": key_line(own.public_key), "kept": own.kept.value, "name": own.name} if own else None,
        "partners": [
            {
                "name": each.name,
                "key": key_line(each.public_key),
                "age": list(each.age_recipients),
                "confirmed": each.confirmed,
            }
            for each in book.partners
            if not each.fixed
        ],
    }
    path = book_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise writing_error(error, path) from error
    atomic_write(path, (json.dumps(plain, indent=2, ensure_ascii=False) + "\n").encode("utf-8"))


def _own_of(plain: Mapping[str, Any]) -> OwnEntry:
    return OwnEntry(_key_of(plain), Kept(plain["kept"]), str(plain.get("name", "")))


def _partner_of(plain: Mapping[str, Any]) -> Partner:
    recipients = tuple(str(each) for each in plain.get("age", ()))
    return Partner(str(plain["name"]), _key_of(plain), recipients, plain.get("confirmed") is True)


def _key_of(plain: Mapping[str, Any]) -> bytes:
    found = read_key_line(plain["key"])
    if found is None:
        raise ValueError("no key")
    return found


def _with_settled(book: KeyBook) -> KeyBook:
    """The book with the keys that the policy settles, which come before the person's own entries."""
    settled: dict[bytes, Partner] = {}
    complaints = []
    for path in policy().secretariat_keys:
        try:
            found = read_key_file(path)
        except KeyFileError as error:
            complaints.append(error.sentence)
            continue
        settled[found.public_key] = Partner(
            found.name, found.public_key, found.age_recipients, confirmed=True, fixed=True
        )
    others = (each for each in book.partners if each.public_key not in settled)
    return KeyBook(book.own, (*settled.values(), *others), tuple(complaints))


def _damaged(path: Path) -> KeyBookError:
    return KeyBookError(
        _(
            "The list of keys cannot be read: “{file}”. Move the file away, then add the keys and restore"
            " your own key from its backup."
        ).format(file=path)
    )
