"""Filing a receipt: bound to the submission it is about, and to no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.report.changes import Change, new_id, utc_now
from desktop_app.report.receipts import FiledReceipt, receipt_path, write_receipt
from desktop_app.report.report import Report
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.services.entry_session import EntrySession

if TYPE_CHECKING:
    from desktop_app.exchange.proof.receipts import Receipt


class OtherReceiptError(DeskError):
    """A receipt is not about a submission of this report. The sentence says what it is about."""


def file_receipt(session: EntrySession, receipt: Receipt) -> str:
    """Keep a receipt with its submission. Returns its id, also of one that is filed already.

    ``receipt``: as it was read and verified. OtherReceiptError; ReadOnlyError.
    """
    report, signed = session.report, receipt.signed
    _refuse_other(report, receipt)
    for key, filed in report.receipts.items():
        if dict(filed.signed) == dict(signed):
            return key
    receipt_id = new_id()
    filed = FiledReceipt(receipt.submission, dict(signed), session.who, utc_now())
    session.file_receipt(Change(receipt_path(receipt_id), None, write_receipt(filed)))
    return receipt_id


def is_filed(report: Report, receipt: Receipt) -> bool:
    """Whether the very same receipt is filed already."""
    return any(dict(filed.signed) == dict(receipt.signed) for filed in report.receipts.values())


def _refuse_other(report: Report, receipt: Receipt) -> None:
    country, cycle = receipt.signed.get("country"), receipt.signed.get("cycle")
    if country != report.country:
        raise OtherReceiptError(
            _("This receipt is for {other}, not for {country}.").format(other=country, country=report.country)
        )
    if receipt.report != report.id:
        raise OtherReceiptError(
            _(
                "This receipt is about another report of {country} (cycle {cycle})."
                " Open that report to file it."
            ).format(country=report.country, cycle=cycle)
        )
    submission = report.submissions.get(str(receipt.submission))
    if submission is None:
        raise OtherReceiptError(
            _("This receipt is about submission {number}, which this report does not have.").format(
                number=receipt.submission
            )
        )
    if receipt.content != submission.checksum:
        raise OtherReceiptError(
            _(
                "This receipt is about other content than what was sent as submission {number}:"
                " the content checksums are not the same."
            ).format(number=receipt.submission)
        )
