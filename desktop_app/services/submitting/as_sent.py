"""What was submitted, put together again as it was: the same package, today and in ten years.

The answers are kept as they were sent. Review comments and removed rows, of which the workbook tells, follow
from the log up to the step that submitted them. The only clock is the one that stands in the submission.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop_app.formdef.library import FormLibrary
from desktop_app.formdef.model import Form
from desktop_app.report.content import content_bytes
from desktop_app.report.plain import report_from_plain, report_to_plain
from desktop_app.report.receipts import FiledReceipt, receipts_of
from desktop_app.report.report import Report, UnknownPlaceError, WrongValueError
from desktop_app.report.submissions import TakenBack, amended_by_the_next, submissions_of
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.services.form_versions import find_form

if TYPE_CHECKING:
    from desktop_app.exchange.sending import Previous, Sending
    from desktop_app.storage.protection import Key
    from desktop_app.storage.reader import ReportReader
    from desktop_app.storage.submitted import StoredSubmission


class NoSubmissionError(DeskError):
    """There is no submission of that number in the file."""


class SubmissionChangedError(DeskError):
    """A submission cannot be put together as it was: its form is not here, or is another by now."""


@dataclass(frozen=True, slots=True)
class Submission:
    """A submission as people see it. ``at`` is UTC; ``amendment_of`` the submission that it replaces.

    ``taken_back``: why, by whom and when it was; None for one that stands. ``is_here``: what was sent is in
    the file; not so after it was lost with a damaged file.
    """

    number: int
    at: str
    who: str
    checksum: str
    amendment_of: int | None
    taken_back: TakenBack | None
    receipts: tuple[FiledReceipt, ...]
    is_here: bool = True

    def to_plain(self) -> dict[str, Any]:
        """It in JSON."""
        back = self.taken_back
        return {
            "number": self.number,
            "at": self.at,
            "who": self.who,
            "checksum": self.checksum,
            "amendment_of": self.amendment_of,
            "here": self.is_here,
            "taken_back": None if back is None else {"reason": back.reason, "who": back.who, "at": back.at},
            "receipts": [
                {
                    "decision": each.decision,
                    "words": each.words,
                    "who": each.who,
                    "at": each.at,
                    "filed_by": each.filed_by,
                    "filed_at": each.filed_at,
                }
                for each in self.receipts
            ],
        }


def submissions(report: Report) -> list[Submission]:
    """The submissions of the report, oldest first, each with its receipts."""
    return [
        Submission(
            each.number,
            each.at,
            each.who,
            each.checksum,
            each.amendment_of,
            each.taken_back,
            tuple(receipts_of(report, each.number)),
            each.is_here,
        )
        for each in submissions_of(report)
    ]


@dataclass(frozen=True, slots=True)
class Sent:
    """A submission, ready to be written as a package: the report as it was, and what goes with it.

    ``to_reviewers``: sentences on what is said to reviewers by now and is not in it.
    """

    report: Report
    sending: Sending
    notices: tuple[str, ...] = ()
    to_reviewers: tuple[str, ...] = ()


def sent(
    file: ReportReader, report: Report, number: int, library: FormLibrary, *, key: Key | None = None
) -> Sent:
    """Submission ``number`` of ``report`` as it was. NoSubmissionError, SubmissionChangedError.

    To be asked where the file is read; attached files are read from it later, one by one.
    """
    from desktop_app.exchange.sending import Sending

    stored = _stored(file, report, number)
    plain = json.loads(stored.text)
    frozen = report_from_plain(plain, _form_of(file, plain, number, library))
    frozen.number = report.number
    notices = (*_add_what_was_said(file, report, frozen, stored), *_taken_back_notice(report, number))
    if hashlib.sha256(content_bytes(report_to_plain(frozen))).hexdigest() != stored.checksum:
        raise _changed(number, plain)
    sending = Sending(
        submission=number,
        submitted_at=stored.at,
        submitted_by=stored.who,
        previous=_previous(file, report.id, _amended(report, number)),
        attachments=_attachments(file, report.id, key),
    )
    return Sent(frozen, sending, notices)


def draft_sending(file: ReportReader, report: Report, *, key: Key | None = None) -> Sending:
    """What the package of a draft is besides its answers: also compared with what it would amend."""
    from desktop_app.exchange.sending import Sending

    previous = _previous(file, report.id, amended_by_the_next(report))
    return Sending(previous=previous, attachments=_attachments(file, report.id, key))


def _stored(file: ReportReader, report: Report, number: int) -> StoredSubmission:
    stored = file.submission(report.id, number)
    if stored is None:
        sentence = (
            _(
                "What was submitted as submission {number} of report {report} is not in “{file}” any more: it"
                " was lost when the file was damaged. Look for it in a backup."
            )
            if str(number) in report.submissions
            else _("There is no submission {number} of report {report} in “{file}”.")
        )
        raise NoSubmissionError(sentence.format(number=number, report=report.number, file=file.path.name))
    return stored


def _form_of(file: ReportReader, plain: Mapping[str, Any], number: int, library: FormLibrary) -> Form:
    """The very form that was answered. MissingFormError, FormError, SubmissionChangedError."""
    asked = plain["form"]
    form = find_form(library, file.path.name, asked["id"], asked["version"], asked["hash"]).form
    if (form.version, form.hash) != (asked["version"], asked["hash"]):
        raise _changed(number, plain)
    return form


def _changed(number: int, plain: Mapping[str, Any]) -> SubmissionChangedError:
    return SubmissionChangedError(
        _(
            "Submission {number} answers version {version} of the form, which is not here as it was then."
            " Its package can only be made again with the same form: ask whoever gave it to you."
        ).format(number=number, version=plain["form"]["version"])
    )


def _amended(report: Report, number: int) -> int | None:
    """What its receiver holds before it: the newest before it that was not taken back."""
    record = report.submissions.get(str(number))
    return record.amendment_of if record is not None else None


def _taken_back_notice(report: Report, number: int) -> tuple[str, ...]:
    """What whoever exports it again must know; the package is the one that was sent, and does not say it."""
    record = report.submissions.get(str(number))
    if record is None or record.taken_back is None:
        return ()
    words = _("Submission {number} was taken back on {day}: {reason}")
    back = record.taken_back
    return (words.format(number=number, day=back.at[:10], reason=back.reason),)


def _add_what_was_said(
    file: ReportReader, report: Report, frozen: Report, stored: StoredSubmission
) -> tuple[str, ...]:
    """Comments, removed rows and earlier submissions as they were known then.

    ``report`` knows of the submissions when the history is lost.
    """
    known = {number: each for number, each in report.submissions.items() if each.number <= stored.number}
    try:
        past = file.report_after(frozen.id, stored.operation, frozen.form)
    except (UnknownPlaceError, WrongValueError):
        # The history was lost when the file was saved from damage: only the answers are still as they were.
        frozen.submissions = known
        return (_("What reviewers had said by then is not known any more, so it is not in the workbook."),)
    frozen.comments = past.comments
    frozen.submissions = past.submissions
    for path, row_list in past.lists.items():
        frozen.lists[path].bin = row_list.bin
    return ()


def _previous(file: ReportReader, report_id: str, number: int | None) -> Previous | None:
    from desktop_app.exchange.sending import Previous

    stored = file.submission(report_id, number) if number is not None else None
    return None if stored is None else Previous(stored.number, stored.checksum, json.loads(stored.text))


def _attachments(file: ReportReader, report_id: str, key: Key | None) -> Callable[[str], bytes]:
    from desktop_app.services.attachments import attachment_bytes

    return attachment_bytes(file.path, report_id, key=key)
