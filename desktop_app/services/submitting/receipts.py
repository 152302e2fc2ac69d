"""Filing a receipt: bound to the submission it is about, and to no other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop_app.report.changes import Change, new_id, utc_now
from desktop_app.report.receipts import FiledReceipt, receipt_path, write_receipt
from desktop_app.report.report import Report
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.services.entry_session import EntrySession


class OtherReceiptError(DeskError):
    """A receipt is not about a submission of this report. The sentence says what it is about."""


def file_receipt(session: EntrySession, signed: Mapping[str, Any]) -> str:
    """Keep a receipt with its submission. Returns its id, also of one that is filed already.

    ``signed``: the whole receipt as it was read and verified. OtherReceiptError; ReadOnlyError.
    """
    report = session.report
    _refuse_other(report, signed)
    for key, filed in report.receipts.items():
        if dict(filed.signed) == dict(signed):
            return key
    receipt_id = new_id()
    filed = FiledReceipt(int(signed["submission"]), dict(signed), session.who, utc_now())
    session.file_receipt(Change(receipt_path(receipt_id), None, write_receipt(filed)))
    return receipt_id


def _refuse_other(report: Report, signed: Mapping[str, Any]) -> None:
    if signed.get("country") != report.country:
        raise OtherReceiptError(
            _("This receipt is for {other}, not for {country}.").format(
                other=signed.get("country"), country=report.country
            )
        )
    if signed.get("report") != report.id:
        raise OtherReceiptError(
            _(
                "This receipt is about another report of {country} (cycle {cycle})."
                " Open that report to file it."
            ).format(country=report.country, cycle=signed.get("cycle"))
        )
    number = signed.get("submission")
    submission = report.submissions.get(str(number))
    if submission is None:
        raise OtherReceiptError(_no_such(number))
    if signed.get("content") != submission.checksum:
        raise OtherReceiptError(
            _(
                "This receipt is about other content than what was sent as submission {number}:"
                " the content checksums are not the same."
            ).format(number=number)
        )


def _no_such(number: object) -> str:
    if number is None:
        return _("This receipt is about a draft, so there is no submission to file it with.")
    return _("This receipt is about submission {number}, which this report does not have.").format(
        number=number
    )
