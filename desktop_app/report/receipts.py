"""Receipts: what was returned for a package that was sent, kept with the submission it is about.

A receipt is a place of the report, ``receipt/<id>``. It is no part of ``data.json``.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol

from desktop_app.report.paths import RECEIPT
from desktop_app.report.values import Plain
from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.i18n import _


class ReceiptDecision(StrEnum):
    """What the secretariat says in a receipt. The codes stand in its file and are never translated."""

    RECEIVED = "received"
    CORRECTION_REQUESTED = "correction_requested"


def receipt_decision_words(code: str) -> str:
    """The words for what a receipt says; a code that is not known stands for itself."""
    return {
        ReceiptDecision.RECEIVED.value: _("Received"),
        ReceiptDecision.CORRECTION_REQUESTED.value: _("Correction requested"),
    }.get(code, code)


@dataclass(frozen=True, slots=True)
class FiledReceipt:
    """A receipt filed with its submission. ``signed`` is the whole receipt as it was read, signature and all.

    ``filed_at`` is UTC.
    """

    submission: int
    signed: Mapping[str, Plain]
    filed_by: str = ""
    filed_at: str = ""

    @property
    def decision(self) -> str:
        """A code of ``ReceiptDecision``, or one that only a later program knows."""
        return self._text("decision")

    @property
    def words(self) -> str:
        """What the secretariat wrote, in plain text."""
        return self._text("words")

    @property
    def who(self) -> str:
        """Who made the receipt."""
        return self._text("who")

    @property
    def at(self) -> str:
        """When it was made, as it says."""
        return self._text("at")

    @property
    def asks_correction(self) -> bool:
        """Whether the report was returned for correction."""
        return self.decision == ReceiptDecision.CORRECTION_REQUESTED

    @property
    def is_signed(self) -> bool:
        """Whether it carries a signature; it was verified when the receipt was filed."""
        return bool(self._text("signature"))

    def _text(self, key: str) -> str:
        found = self.signed.get(key)
        return found if isinstance(found, str) else ""


def write_receipt(receipt: FiledReceipt) -> dict[str, Plain]:
    """It in JSON, as it stands in the log."""
    return {
        "submission": receipt.submission,
        "signed": dict(receipt.signed),
        "filed_by": receipt.filed_by,
        "filed_at": receipt.filed_at,
    }


def read_receipt(plain: Plain) -> FiledReceipt:
    """It of its JSON. ValueError says what was expected."""
    signed = plain.get("signed") if isinstance(plain, Mapping) else None
    if not isinstance(plain, Mapping) or not isinstance(signed, Mapping):
        raise ValueError(_("a receipt was expected"))
    number, filed = plain.get("submission"), [plain.get("filed_by", ""), plain.get("filed_at", "")]
    if not isinstance(number, int) or isinstance(number, bool):
        raise ValueError(_("the number of a submission was expected"))
    if not all(isinstance(text, str) for text in filed):
        raise ValueError(_("words were expected"))
    return FiledReceipt(number, signed, *filed)


def receipt_path(receipt_id: str) -> str:
    """The path of a receipt."""
    return f"{RECEIPT}/{receipt_id}"


class HasReceipts(Protocol):
    """What receipts are filed with: a report."""

    @property
    def receipts(self) -> Mapping[str, FiledReceipt]:
        """By their ids."""


def receipts_of(report: HasReceipts, number: int) -> list[FiledReceipt]:
    """The receipts of the submission with this number, in the order they were filed."""
    found = (each for each in report.receipts.values() if each.submission == number)
    return sorted(found, key=lambda each: (each.filed_at, each.at))


def receipt_words(receipt: FiledReceipt) -> str:
    """The receipt for a person to read, a line for each part of it."""
    head = [
        _("Submission {number}").format(number=receipt.submission),
        receipt_decision_words(receipt.decision),
        receipt.who,
        receipt.at[:10],
    ]
    return "\n".join(filter(None, [" · ".join(filter(None, head)), receipt.words]))
