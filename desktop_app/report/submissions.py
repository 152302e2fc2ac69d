"""What a report knows of its submissions: their numbers, when and by whom, and which were taken back.

A submission is a place of the report, ``submission/<number>``, so that the log, history and backups hold it.
What was submitted, the content, is kept beside it for ever and read only when it is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from desktop_app.report.paths import SUBMISSION
from desktop_app.report.values import Plain
from desktop_app.runtime.dataclass import dataclass, field
from desktop_app.runtime.i18n import _


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
    ``amended_because``: what the amendment that was begun on it is about; empty where nobody said.
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
    amended_because: str = ""
    more: Mapping[str, Plain] = field(default_factory=dict, hash=False)


_KEYS = frozenset(
    {"number", "at", "who", "checksum", "amendment_of", "taken_back", "is_here", "amended_because"}
)


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
        **({"amended_because": submission.amended_because} if submission.amended_because else {}),
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
        amended_because=_text(plain.get("amended_because", "")),
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


class Submitted(Protocol):
    """What is submitted: a report."""

    @property
    def submissions(self) -> Mapping[str, SubmissionRecord]:
        """By their ids."""


def submissions_of(report: Submitted) -> list[SubmissionRecord]:
    """The submissions of the report, oldest first."""
    return sorted(report.submissions.values(), key=lambda each: each.number)


def last_submission(report: Submitted) -> SubmissionRecord | None:
    """The newest submission, taken back or not; None when there was none yet."""
    found = submissions_of(report)
    return found[-1] if found else None


def standing_submission(report: Submitted) -> SubmissionRecord | None:
    """The newest submission that was not taken back: it is amended next, and what is new is told from it."""
    standing = [each for each in submissions_of(report) if each.taken_back is None]
    return standing[-1] if standing else None


def amended_by_the_next(report: Submitted) -> int | None:
    """The number of the submission that the next one amends."""
    standing = standing_submission(report)
    return standing.number if standing else None


def taken_back_before(report: Submitted, number: int | None = None) -> tuple[int, ...]:
    """The submissions before ``number`` that were taken back; of all for None, the draft.

    It is known for good once ``number`` is submitted: only the newest can be taken back.
    """
    back = (each.number for each in submissions_of(report) if each.taken_back is not None)
    return tuple(each for each in back if number is None or each < number)


def taken_back_words(numbers: Iterable[int]) -> str:
    """Such as "Submission 2" or "Submission 2, Submission 3"."""
    return ", ".join(_("Submission {number}").format(number=each) for each in numbers)


def amendment_words(report: Submitted, number: int | None = None) -> str:
    """What submission ``number`` is about as an amendment, in the country's words; None is the draft."""
    record = report.submissions.get(str(number))
    amended = amended_by_the_next(report) if number is None else record.amendment_of if record else None
    before = report.submissions.get(str(amended))
    return before.amended_because if before else ""


def submission_words(submission: SubmissionRecord) -> str:
    """The submission for a person to read, beside its number; a line for each part of it."""
    words = [_("Content checksum {checksum}").format(checksum=submission.checksum)]
    if submission.taken_back is not None:
        words.append(_("Taken back: {reason}").format(reason=submission.taken_back.reason))
    if submission.amended_because:
        words.append(_("Amended: {reason}").format(reason=submission.amended_because))
    return "\n".join(words)
