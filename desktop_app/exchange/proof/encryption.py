"""Encryption of packages: age (age-encryption.org/v1), to the keys of those who may read, and to our own.

Own identities follow from the signing key (HKDF with SHA-256, RFC 5869), so that a backup of that key is a
backup of both. They are written as age writes them: Bech32 (BIP 173).
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _

if TYPE_CHECKING:
    from desktop_app.exchange.proof.signing import SigningKey

ENDING = ".age"
_PURPOSE = b"Alliance Desk age identity 1"
_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_HUMAN = "age-secret-key-"


class CannotDecryptError(DeskError):
    """An encrypted package was not encrypted for us, or it was changed."""


class NotARecipientError(DeskError):
    """What should be an age recipient is none."""


def identity_of(key: SigningKey) -> str:
    """Our own age identity, which is as secret as the key it follows from."""
    found = hmac.digest(hmac.digest(bytes(32), key.seed, "sha256"), _PURPOSE + b"\x01", "sha256")
    return _bech32(_HUMAN, found).upper()


def recipient_of(key: SigningKey) -> str:
    """Our own age recipient: what others encrypt to."""
    from pyrage import x25519

    return str(x25519.Identity.from_str(identity_of(key)).to_public())


def is_recipient(text: str) -> bool:
    """Whether ``text`` is an age recipient that can be encrypted to."""
    from pyrage import RecipientError, x25519

    try:
        x25519.Recipient.from_str(text)
    except RecipientError:
        return False
    return True


def encrypt(content: bytes, recipients: Iterable[str]) -> bytes:
    """``content`` for those who hold one of the keys. NotARecipientError."""
    import pyrage

    try:
        named = [pyrage.x25519.Recipient.from_str(each) for each in dict.fromkeys(recipients)]
    except pyrage.RecipientError as error:
        raise NotARecipientError(_("A key for encryption is damaged. Add it again.")) from error
    return bytes(pyrage.encrypt(content, named))


def recipient_count(content: bytes) -> int:
    """For how many keys a file was encrypted; who they are, it does not tell (the age format, v1)."""
    header = content[: content.find(b"\n---")]
    return header.count(b"\n-> X25519 ")


def decrypt(name: str, content: bytes, identities: Sequence[str]) -> bytes:
    """What the encrypted file ``name`` holds. CannotDecryptError."""
    import pyrage

    try:
        return bytes(pyrage.decrypt(content, [pyrage.x25519.Identity.from_str(each) for each in identities]))
    except pyrage.DecryptError as error:
        # Of its own kinds of failure the library tells by words only.
        if "matching keys" in str(error):
            sentence = _(
                "“{file}” is encrypted, but not for your key. Ask the sender to encrypt it for you;"
                " give them your own key file first."
            )
        else:
            sentence = _("“{file}” is encrypted and was changed or cut off on its way. Ask for it again.")
        raise CannotDecryptError(sentence.format(file=name)) from error


def _bech32(human: str, content: bytes) -> str:
    """BIP 173, without its limit of 90 characters."""
    number = int.from_bytes(content, "big") << (-len(content) * 8 % 5)
    count = -(-len(content) * 8 // 5)
    values = [(number >> (5 * place)) & 31 for place in reversed(range(count))]
    spread = [ord(each) >> 5 for each in human] + [0] + [ord(each) & 31 for each in human]
    remainder = _polymod([*spread, *values, 0, 0, 0, 0, 0, 0]) ^ 1
    check = [(remainder >> 5 * (5 - place)) & 31 for place in range(6)]
    return human + "1" + "".join(_LETTERS[each] for each in (*values, *check))


def _polymod(values: Iterable[int]) -> int:
    found = 1
    for value in values:
        top = found >> 25
        found = (found & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            found ^= generator if (top >> place) & 1 else 0
    return found
