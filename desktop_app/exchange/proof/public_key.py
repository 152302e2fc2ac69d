"""Public keys as they travel: the line that every tool reads, and the fingerprint that people compare."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re

SIZE, SIGNATURE_SIZE = 32, 64
"""Bytes of an Ed25519 public key and of a signature (RFC 8032, 5.1)."""
_PREFIX = bytes.fromhex("302a300506032b6570032100")
"""What stands before the 32 bytes in a SubjectPublicKeyInfo (RFC 8410, 4)."""
_GROUPS, _GROUP = 8, 4
_PEM = re.compile(r"-----BEGIN PUBLIC KEY-----\s+([A-Za-z0-9+/=\s]+?)\s*-----END PUBLIC KEY-----\s*")


def key_line(public_key: bytes) -> str:
    """The key as one line: what stands between the lines BEGIN and END of a PEM file."""
    return base64.b64encode(_PREFIX + public_key).decode("ascii")


def read_key_line(line: object) -> bytes | None:
    """The 32 bytes of a key written as one line; None when it is no such key."""
    if not isinstance(line, str):
        return None
    try:
        content = base64.b64decode(line.encode("ascii"), validate=True)
    except (binascii.Error, ValueError):
        return None
    if len(content) != len(_PREFIX) + SIZE or not content.startswith(_PREFIX):
        return None
    return content[len(_PREFIX) :]


def to_pem(public_key: bytes) -> bytes:
    """The key as a PEM file, as ``openssl pkeyutl -verify -pubin`` takes it."""
    words = f"-----BEGIN PUBLIC KEY-----\n{key_line(public_key)}\n-----END PUBLIC KEY-----\n"
    return words.encode("ascii")


def read_pem(text: str) -> bytes | None:
    """The key in a PEM file; None when it holds no Ed25519 public key."""
    found = _PEM.fullmatch(text.strip() + "\n")
    return read_key_line(re.sub(r"\s", "", found[1])) if found else None


def fingerprint(public_key: bytes) -> str:
    """What people compare: the first 128 bits of the SHA-256 of the key's DER form, in groups of four.

    As ``openssl pkey -pubin -outform DER | sha256sum`` begins. Making another key with the same
    fingerprint is out of anybody's reach (2^128 tries).
    """
    digits = hashlib.sha256(_PREFIX + public_key).hexdigest().upper()
    return " ".join(digits[at : at + _GROUP] for at in range(0, _GROUPS * _GROUP, _GROUP))


def same_fingerprint(one: str, other: str) -> bool:
    """Whether two fingerprints are the same, however they were typed."""
    return _digits(one) == _digits(other) != ""


def _digits(words: str) -> str:
    return re.sub(r"[\s:\-.]", "", words).upper()
