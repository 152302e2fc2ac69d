"""Public keys as files that people send each other: a small JSON file, or a plain PEM.

The JSON file holds a name, the Ed25519 key and the age recipients, and is signed with the key itself: who
has compared the fingerprint of the key may believe the rest as well.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.exchange.proof.encryption import is_recipient, recipient_of
from desktop_app.exchange.proof.public_key import fingerprint, key_line, read_key_line, read_pem
from desktop_app.exchange.proof.signing import KeyFileError, SigningKey, is_signed
from desktop_app.exchange.small_files import read_small
from desktop_app.exchange.strict_json import JsonError, read_json
from desktop_app.report.plain import canonical_bytes
from desktop_app.runtime.i18n import _

KIND = "alliance-desk-key"
FORMAT = 1
SIGNATURE = "signature"
LONGEST_NAME = 120
"""Characters of a name."""
_MAX_FILE = 64 * 1024
_MOST_RECIPIENTS = 20


@dataclass(frozen=True, slots=True)
class PublicKeyFile:
    """What a key file says. ``name`` is what its maker calls themselves."""

    name: str
    public_key: bytes
    age_recipients: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the key, in groups a person can compare."""
        return fingerprint(self.public_key)


def write_key_file(key: SigningKey, name: str) -> bytes:
    """The key file of our own key, to be given to others."""
    facts: dict[str, Any] = {
        "kind": KIND,
        "format": FORMAT,
        "name": name,
        "key": key_line(key.public_key),
        "age": [recipient_of(key)],
    }
    signature = key.sign(signed_bytes(facts))
    return canonical_bytes({**facts, SIGNATURE: base64.b64encode(signature).decode("ascii")})


def signed_bytes(facts: Mapping[str, Any]) -> bytes:
    """What a signature inside a JSON file is over: the canonical bytes with that value blank."""
    return canonical_bytes({**facts, SIGNATURE: ""})


def read_signature(facts: Mapping[str, Any]) -> bytes | None:
    """The signature inside a JSON file; None when there is none, empty when it is no signature."""
    words = facts.get(SIGNATURE)
    if words is None or words == "":
        return None
    try:
        return base64.b64decode(words.encode("ascii"), validate=True)
    except (ValueError, AttributeError):
        return b""


def read_key_file(path: Path) -> PublicKeyFile:
    """The public key in the file at ``path``. KeyFileError with one sentence."""
    return key_file_in(path.name, read_small(path, _MAX_FILE, KeyFileError))


def key_file_in(name: str, content: bytes) -> PublicKeyFile:
    """The public key in ``content``, from the file ``name``. KeyFileError."""
    if len(content) > _MAX_FILE:
        raise _no_key(name)
    if b"PRIVATE KEY" in content:
        raise KeyFileError(
            _(
                "“{file}” holds a private key, which nobody should give away. Ask for the public key instead."
            ).format(file=name)
        )
    if b"BEGIN PUBLIC KEY" in content:
        found = read_pem(content.decode("utf-8", "replace"))
        if found is None:
            raise KeyFileError(_("“{file}” holds a key of another kind than Ed25519.").format(file=name))
        return PublicKeyFile(Path(name).stem, found)
    try:
        facts = read_json(name, content, max_bytes=_MAX_FILE, max_depth=4)
    except JsonError as error:
        raise _no_key(name) from error
    if not isinstance(facts, Mapping) or facts.get("kind") != KIND:
        raise _no_key(name)
    return _from_facts(name, facts)


def _from_facts(name: str, facts: Mapping[str, Any]) -> PublicKeyFile:
    version = facts.get("format")
    if isinstance(version, int) and version > FORMAT:
        raise KeyFileError(
            _("“{file}” was made by a newer version of this program. Install that to read it.").format(
                file=name
            )
        )
    public_key, recipients = read_key_line(facts.get("key")), facts.get("age", [])
    if public_key is None or not _are_recipients(recipients):
        raise _no_key(name)
    signature = read_signature(facts)
    is_sealed = signature is not None and is_signed(public_key, signature, signed_bytes(facts))
    if not is_sealed and (signature is not None or recipients):
        raise KeyFileError(
            _("“{file}” was changed after it was made: its signature does not fit. Ask for it again.").format(
                file=name
            )
        )
    return PublicKeyFile(_name(facts.get("name")) or Path(name).stem, public_key, tuple(recipients))


def _are_recipients(plain: object) -> bool:
    return (
        isinstance(plain, Sequence)
        and not isinstance(plain, str)
        and len(plain) <= _MOST_RECIPIENTS
        and all(isinstance(each, str) and is_recipient(each) for each in plain)
    )


def _name(plain: object) -> str:
    """A name that can be shown: on one line, without what would turn it round or hide it."""
    if not isinstance(plain, str):
        return ""
    shown = "".join(each if each.isprintable() else " " for each in plain)
    return " ".join(shown.split())[:LONGEST_NAME]


def _no_key(name: str) -> KeyFileError:
    return KeyFileError(
        _("“{file}” holds no public key. A key file is made with “keys share”, or is a PEM file.").format(
            file=name
        )
    )
