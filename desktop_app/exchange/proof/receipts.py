"""Receipts: what a secretariat returns for a package, in one small file with its signature inside.

A receipt names the package by its checksum and the content by the content checksum, so that it is good for
exactly what was sent. Its signature is over the canonical bytes of the file with the signature blank.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.exchange.proof.key_files import SIGNATURE, read_signature, signed_bytes
from desktop_app.exchange.proof.public_key import key_line, read_key_line
from desktop_app.exchange.proof.signing import is_signed
from desktop_app.exchange.sending import Signer
from desktop_app.exchange.small_files import read_small
from desktop_app.exchange.strict_json import JsonError, read_json
from desktop_app.report.plain import canonical_bytes
from desktop_app.report.receipts import ReceiptDecision
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _

KIND = "alliance-desk-receipt"
FORMAT = 1
ENDING = ".receipt.json"
LONGEST_WORDS = 20_000
"""Characters of what a secretariat writes."""
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
"""All control characters but the line feed."""
_MAX_FILE = 256 * 1024
_TEXTS = (
    "package", "package_sha256", "content", "report", "country", "form", "form_version", "cycle", "decision",
    "words", "who", "at",
)  # fmt: skip


class ReceiptError(DeskError):
    """A file is no receipt, or one that was changed after it was made."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt as it was read. ``signed`` is all that the file says, to be filed as it is.

    ``signer``: the public key whose signature was verified; None for a receipt without a signature.
    """

    signed: Mapping[str, Any]
    signer: bytes | None

    @property
    def package(self) -> str:
        """The name of the package's file."""
        return str(self.signed["package"])

    @property
    def content(self) -> str:
        """The content checksum of the submission."""
        return str(self.signed["content"])

    @property
    def report(self) -> str:
        """The id of the report."""
        return str(self.signed["report"])

    @property
    def submission(self) -> int:
        """Which submission of the report it is for."""
        return int(self.signed["submission"])

    @property
    def decision(self) -> str:
        """A code of ``ReceiptDecision``."""
        return str(self.signed["decision"])

    @property
    def asks_correction(self) -> bool:
        """Whether the report is returned for correction."""
        return self.decision == ReceiptDecision.CORRECTION_REQUESTED

    @property
    def words(self) -> str:
        """What the secretariat writes, in plain text."""
        return str(self.signed["words"])

    @property
    def who(self) -> str:
        """Who made it."""
        return str(self.signed["who"])

    @property
    def at(self) -> str:
        """When it was made (UTC)."""
        return str(self.signed["at"])


def write_receipt(facts: Mapping[str, Any], signer: Signer | None) -> bytes:
    """The bytes of a receipt that says ``facts``, which are those of ``_TEXTS`` and ``submission``."""
    plain = {
        **facts,
        "kind": KIND,
        "format": FORMAT,
        "key": key_line(signer.public_key) if signer else None,
        SIGNATURE: "",
    }
    if signer is not None:
        plain[SIGNATURE] = base64.b64encode(signer.sign(signed_bytes(plain))).decode("ascii")
    return canonical_bytes(plain)


def read_receipt(path: Path) -> Receipt:
    """The receipt in the file at ``path``, its signature verified. ReceiptError with one sentence."""
    return receipt_in(path.name, read_small(path, _MAX_FILE, ReceiptError))


def receipt_in(name: str, content: bytes) -> Receipt:
    """The receipt in ``content``, from the file ``name``. ReceiptError."""
    try:
        facts = read_json(name, content, max_bytes=_MAX_FILE, max_depth=4)
    except JsonError as error:
        raise _no_receipt(name) from error
    if not isinstance(facts, Mapping) or facts.get("kind") != KIND:
        raise _no_receipt(name)
    version = facts.get("format")
    if isinstance(version, int) and version > FORMAT:
        raise ReceiptError(
            _("“{file}” was made by a newer version of this program. Install that to read it.").format(
                file=name
            )
        )
    if not _is_shaped(facts):
        raise _no_receipt(name)
    return Receipt(facts, _signer(name, facts))


def _is_shaped(facts: Mapping[str, Any]) -> bool:
    number = facts.get("submission")
    return (
        all(isinstance(facts.get(key), str) and is_plain(facts[key]) for key in _TEXTS)
        and isinstance(number, int)
        and not isinstance(number, bool)
        and number > 0
        and facts["decision"] in {each.value for each in ReceiptDecision}
        and len(facts["words"]) <= LONGEST_WORDS
    )


def is_plain(words: str) -> bool:
    """Whether words hold nothing but what can be read: a terminal would obey other characters."""
    return not _CONTROL.search(words)


def _signer(name: str, facts: Mapping[str, Any]) -> bytes | None:
    """Whose signature it has. A receipt that names a key must have its signature, and the other way round."""
    key, signature = facts.get("key"), read_signature(facts)
    if key is None and signature is None:
        return None
    public_key = read_key_line(key)
    if signature is None or public_key is None or not is_signed(public_key, signature, signed_bytes(facts)):
        raise ReceiptError(
            _(
                "“{file}” is not the receipt that was signed: it was changed, or its signature was. Ask for"
                " it again."
            ).format(file=name)
        )
    return public_key


def _no_receipt(name: str) -> ReceiptError:
    return ReceiptError(
        _("“{file}” is no receipt. Choose the file that came for your package.").format(file=name)
    )
