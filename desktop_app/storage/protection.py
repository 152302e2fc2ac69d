"""The key of a protected report file, and how a passphrase or a recovery key becomes one.

The file is SQLCipher's, version 4, as it comes: its first 16 bytes are the salt, and the key is what
PBKDF2 with HMAC-SHA-512 makes of passphrase and salt in 256,000 rounds
(https://www.zetetic.net/sqlcipher/design/). So the passphrase opens it in every other program made with
SQLCipher 4 too. The recovery key is that key itself.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import unicodedata
from pathlib import Path
from typing import NoReturn

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.storage import recovery_key
from desktop_app.storage.format import has_magic, read_beginning

SALT_BYTES = 16
SHORTEST = 12
"""Characters of a new passphrase. Who has the file can try a few thousand a second, and nothing stops him."""
LONGEST = 500

_ROUNDS = 256_000


class UnfitPassphraseError(DeskError):
    """A new passphrase that would protect nothing, or that could not be typed again."""


class Key:
    """What opens one protected file and its copies. It is never shown, logged, or written anywhere."""

    __slots__ = ("_raw", "_salt", "is_recovery_key")

    def __init__(self, raw: bytes, salt: bytes, *, is_recovery_key: bool = False) -> None:
        """Use ``new``, ``from_passphrase`` or ``from_recovery_key``."""
        self._raw = raw
        self._salt = salt
        self.is_recovery_key = is_recovery_key

    @classmethod
    def new(cls, passphrase: str) -> Key:
        """A key for a file that is to be made. UnfitPassphraseError."""
        check_new_passphrase(passphrase)
        return cls._derive(passphrase, new_salt())

    @classmethod
    def from_passphrase(cls, path: Path, passphrase: str) -> Key:
        """The key of the protected file at ``path``, if that is its passphrase.

        That takes a tenth of a second on purpose. FileMissingError, CannotReadError.
        """
        return cls._derive(passphrase, read_beginning(path)[:SALT_BYTES])

    @classmethod
    def from_recovery_key(cls, path: Path, text: str) -> Key:
        """The key of the protected file at ``path``, if ``text`` is its recovery key.

        RecoveryKeyTypedWrongError, FileMissingError, CannotReadError.
        """
        raw = recovery_key.read(text)
        return cls(raw, read_beginning(path)[:SALT_BYTES], is_recovery_key=True)

    @classmethod
    def _derive(cls, passphrase: str, salt: bytes) -> Key:
        words = _as_typed_anywhere(passphrase).encode("utf-8", "surrogatepass")
        return cls(hashlib.pbkdf2_hmac("sha512", words, salt, _ROUNDS, recovery_key.KEY_BYTES), salt)

    def belongs_to(self, path: Path) -> bool:
        """Whether the file at ``path`` has the salt of this key, as the file's copies and backups have."""
        try:
            return read_beginning(path)[:SALT_BYTES] == self._salt
        except DeskError:
            return False

    @property
    def recovery_key(self) -> str:
        """The key in groups of letters and figures, to be shown to the person once."""
        return recovery_key.write(self._raw)

    def as_sql(self) -> str:
        """The key as ``PRAGMA key`` takes it. For the connection alone."""
        return f"\"x'{self._raw.hex()}{self._salt.hex()}'\""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Key) and hmac.compare_digest(
            self._raw + self._salt, other._raw + other._salt
        )

    def __hash__(self) -> int:
        return hash(self._salt)

    def __repr__(self) -> str:
        return "Key(…)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key is not written anywhere")


def check_new_passphrase(passphrase: str) -> None:
    """UnfitPassphraseError unless this will do for a new passphrase. Length is all that is asked for."""
    words = _as_typed_anywhere(passphrase)
    if len(words) < SHORTEST:
        sentence = _(
            "This passphrase is too short. Take at least {count} characters, for example four words that"
            " have nothing to do with each other."
        )
        raise UnfitPassphraseError(sentence.format(count=SHORTEST))
    if len(words) > LONGEST:
        sentence = _("This passphrase is too long. Take at most {count} characters.")
        raise UnfitPassphraseError(sentence.format(count=LONGEST))
    if words != words.strip():
        raise UnfitPassphraseError(
            _("A passphrase cannot begin or end with a space: nobody sees it, and it is lost on paper.")
        )
    if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in words):
        raise UnfitPassphraseError(
            _("This passphrase has a character in it that cannot be typed, such as a tab or a line end.")
        )


def new_salt() -> bytes:
    """A salt that makes nobody take the file for an archive or a picture."""
    while True:
        salt = os.urandom(SALT_BYTES)
        if not has_magic(salt):
            return salt


def _as_typed_anywhere(passphrase: str) -> str:
    """The same letters give the same key, whatever keyboard composed them: OpaqueString of RFC 8265, 4.2."""
    spaced = "".join(" " if unicodedata.category(letter) == "Zs" else letter for letter in passphrase)
    return unicodedata.normalize("NFC", spaced)
