"""What a report knows of its submissions: their numbers, when and by whom, and which were taken back.

A submission is a place of the report, ``submission/<number>``, so that the log, history and backups hold it.
What was submitted, the content, is kept beside it for ever and read only when it is needed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from desktop_app.report.paths import SUBMISSION
from desktop_app.report.values import Plain
from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.i18n import _

if TYPE_CHECKING:
    from desktop_app.report.report import Report


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Why, by whom and when (UTC) a submission was taken back."""

    reason: str
    who: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class SubmissionRecord:
    """A frozen, numbered state of a report. ``at`` is UTC; ``checksum`` the content checksum.

    ``amendment_of``: the newest submission before it that was not taken back, None where there is none.
    ``is_here``: what was submitted is in this file; not of one that could not be saved when the file was
    damaged. ``more`` is what a later program has written beside these.
    """

    number: int
    at: str
    who: str
    checksum: str
    amendment_of: int | None = None
    taken_back: TakenBack | None = None
    is_here: bool = True
    more: Mapping[str, Plain] = field(default_factory=dict, hash=False)


_KEYS = frozenset({"number", "at", "who", "checksum", "amendment_of", "taken_back", "is_here"})


def write_submission(submission: SubmissionRecord) -> dict[str, Plain]:
    """It in JSON, as it stands in the log."""
    back = submission.taken_back
    return {
        **submission.more,
        "number": submission.number,
        "at": submission.at,
        "who": submission.who,
        "checksum": submission.checksum,
        "amendment_of": submission.amendment_of,
        "taken_back": None if back is None else {"reason": back.reason, "who": back.who, "at": back.at},
        **({} if submission.is_here else {"is_here": False}),
    }


def read_submission(plain: Plain) -> SubmissionRecord:
    """It of its JSON. ValueError says what was expected."""
    if not isinstance(plain, Mapping):
        raise ValueError(_("a submission was expected"))
    amended = plain.get("amendment_of")
    return SubmissionRecord(
        number=_number(plain.get("number")),
        at=_text(plain.get("at", "")),
        who=_text(plain.get("who", "")),
        checksum=_text(plain.get("checksum", "")),
        amendment_of=None if amended is None else _number(amended),
        taken_back=_taken_back(plain.get("taken_back")),
        is_here=plain.get("is_here") is not False,
        more={key: value for key, value in plain.items() if key not in _KEYS},
    )


def _taken_back(plain: Plain) -> TakenBack | None:
    if plain is None:
        return None
    if not isinstance(plain, Mapping):
        raise ValueError(_("words were expected"))
    return TakenBack(*(_text(plain.get(key, "")) for key in ("reason", "who", "at")))


def _number(plain: Plain) -> int:
    if not isinstance(plain, int) or isinstance(plain, bool) or plain < 1:
        raise ValueError(_("the number of a submission was expected"))
    return plain


def _text(plain: Plain) -> str:
    if not isinstance(plain, str):
        raise ValueError(_("words were expected"))
    return plain


def submission_path(number: int) -> str:
    """The path of the submission with this number."""
    return f"{SUBMISSION}/{number}"


def submissions_of(report: Report) -> list[SubmissionRecord]:
    """The submissions of the report, oldest first."""
    return sorted(report.submissions.values(), key=lambda each: each.number)


def last_submission(report: Report) -> SubmissionRecord | None:
    """The newest submission, taken back or not; None when there was none yet."""
    found = submissions_of(report)
    return found[-1] if found else None


def amended_by_the_next(report: Report) -> int | None:
    """The submission that the next one amends: the newest that still stands."""
    standing = [each.number for each in submissions_of(report) if each.taken_back is None]
    return standing[-1] if standing else None


def submission_words(submission: SubmissionRecord) -> str:
    """The submission for a person to read, beside its number; a line for each part of it."""
    words = [_("Content checksum {checksum}").format(checksum=submission.checksum)]
    if submission.taken_back is not None:
        words.append(_("Taken back: {reason}").format(reason=submission.taken_back.reason))
    return "\n".join(words)
