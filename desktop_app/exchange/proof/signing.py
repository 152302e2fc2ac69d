"""Signatures: Ed25519 (RFC 8032), so that any common tool can verify what this program signed.

A private key is 32 bytes. Kept in a file it is PKCS#8 under a passphrase (RFC 8018, PBES2), which openssl
and every other library open as well. The age identity follows from the same 32 bytes, so that there is
one thing to keep and to back up.
"""

from __future__ import annotations

import base64
import hashlib
import os
from typing import TYPE_CHECKING

from desktop_app.exchange.proof.public_key import SIGNATURE_SIZE, SIZE, fingerprint
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ROUNDS = 600_000
"""Of PBKDF2 with SHA-256, as OWASP asks for; cryptography itself would take 2,048."""
_BLOCK = 16
_MAX_FILE = 64 * 1024

# The parts of a PBES2 envelope in DER (RFC 8018, A.2, A.4, B.1.1, B.2.2).
_PBES2 = bytes.fromhex("06092a864886f70d01050d")
_PBKDF2 = bytes.fromhex("06092a864886f70d01050c")
_HMAC_SHA256 = bytes.fromhex("300c06082a864886f70d02090500")
_AES_256_CBC = bytes.fromhex("060960864801650304012a")
_PKCS8 = bytes.fromhex("302e020100300506032b657004220420")
"""What stands before the 32 bytes in a PrivateKeyInfo (RFC 8410, 7)."""


class KeyFileError(DeskError):
    """A file holds no key that can be used."""


class WrongPassphraseError(KeyFileError):
    """A key file does not open with this passphrase."""


class SigningKey:
    """A private key of ours, open and ready to sign. It is a ``Signer``."""

    def __init__(self, seed: bytes) -> None:
        """``seed``: the 32 bytes of the private key."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        self._seed = seed
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public_key = self._key.public_key().public_bytes_raw()

    @classmethod
    def make(cls) -> SigningKey:
        """A new key."""
        return cls(os.urandom(SIZE))

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the public key, in groups a person can compare."""
        return fingerprint(self.public_key)

    @property
    def seed(self) -> bytes:
        """The private key itself, for whoever keeps it."""
        return self._seed

    def sign(self, content: bytes) -> bytes:
        """The 64 bytes of the signature over ``content``."""
        return self._key.sign(content)

    def __repr__(self) -> str:
        """Without the secret, which belongs in no log."""
        return f"SigningKey({self.fingerprint})"


def is_signed(public_key: bytes, signature: bytes, content: bytes) -> bool:
    """Whether ``signature`` is that of the key's owner over exactly ``content``."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if len(signature) != SIGNATURE_SIZE or len(public_key) != SIZE:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True


def to_text(key: SigningKey) -> str:
    """The private key as a line for the system's key store."""
    return base64.b64encode(key.seed).decode("ascii")


def from_text(text: str) -> SigningKey | None:
    """The key in such a line; None when it is none."""
    try:
        seed = base64.b64decode(text.encode("ascii"), validate=True)
    except ValueError:
        return None
    return SigningKey(seed) if len(seed) == SIZE else None


def to_key_file(key: SigningKey, passphrase: str) -> bytes:
    """The private key under a passphrase: PKCS#8 in PEM, AES-256-CBC, PBKDF2 with HMAC-SHA-256."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    salt, start = os.urandom(_BLOCK), os.urandom(_BLOCK)
    secret = hashlib.pbkdf2_hmac("sha256", passphrase.encode("utf-8"), salt, ROUNDS)
    encryptor = Cipher(algorithms.AES(secret), modes.CBC(start)).encryptor()
    plain = _PKCS8 + key.seed
    padding = _BLOCK - len(plain) % _BLOCK
    packed = encryptor.update(plain + bytes([padding]) * padding) + encryptor.finalize()
    rounds = _der(0x02, ROUNDS.to_bytes(3, "big"))
    derivation = _der(0x30, _PBKDF2, _der(0x30, _der(0x04, salt), rounds, _HMAC_SHA256))
    scheme = _der(0x30, _AES_256_CBC, _der(0x04, start))
    envelope = _der(0x30, _der(0x30, _PBES2, _der(0x30, derivation, scheme)), _der(0x04, packed))
    words = base64.encodebytes(envelope).replace(b"\n", b"")
    lines = [words[at : at + 64] for at in range(0, len(words), 64)]
    ends = (b"-----BEGIN ENCRYPTED PRIVATE KEY-----", b"-----END ENCRYPTED PRIVATE KEY-----")
    return b"\n".join((ends[0], *lines, ends[1], b""))


def _der(tag: int, *parts: bytes) -> bytes:
    """A value in DER."""
    content = b"".join(parts)
    size = bytes([len(content)]) if len(content) < 0x80 else bytes([0x81, len(content)])
    return bytes([tag]) + size + content


def from_key_file(name: str, content: bytes, passphrase: str) -> SigningKey:
    """The private key in the file ``name``. KeyFileError, WrongPassphraseError."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    if len(content) > _MAX_FILE or b"-----BEGIN ENCRYPTED PRIVATE KEY-----" not in content:
        raise _no_key(name)
    key: Ed25519PrivateKey | object
    try:
        key = load_pem_private_key(content, passphrase.encode("utf-8"))
    except (ValueError, TypeError) as error:
        raise WrongPassphraseError(
            _("“{file}” does not open with this passphrase, or it is damaged.").format(file=name)
        ) from error
    except UnsupportedAlgorithm as error:
        raise _no_key(name) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise _no_key(name)
    return SigningKey(key.private_bytes_raw())


def _no_key(name: str) -> KeyFileError:
    return KeyFileError(
        _("“{file}” holds no private key that this program can use. Choose the backup of your key.").format(
            file=name
        )
    )
