"""Problems that were accepted: a warning that is right as it stands, and the reason why, in writing.

The reason travels with the report. When the problem is no longer there, its acceptance is ignored, not
deleted: it counts again should the problem come back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from desktop_app.formdef.model import Level
from desktop_app.report.paths import ACCEPTED
from desktop_app.report.problems import Problem
from desktop_app.report.values import Plain
from desktop_app.runtime.dataclass import dataclass, field
from desktop_app.runtime.i18n import _


@dataclass(frozen=True, slots=True)
class AcceptedProblem:
    """A problem somebody accepted. ``path`` and ``code`` are the problem's; ``at`` is UTC, ISO 8601.

    ``more`` is what a later program has written beside these.
    """

    path: str
    code: str
    reason: str
    who: str = ""
    at: str = ""
    more: Mapping[str, Plain] = field(default_factory=dict, hash=False)


_KEYS = ("path", "code", "reason", "who", "at")


def write_accepted(accepted: AcceptedProblem) -> dict[str, Plain]:
    """It in JSON, as it stands in the log and in ``data.json``."""
    return {**accepted.more, **{key: getattr(accepted, key) for key in _KEYS}}


def read_accepted(plain: Plain) -> AcceptedProblem:
    """It of its JSON. ValueError says what was expected."""
    if not isinstance(plain, Mapping):
        raise ValueError(_("an accepted problem was expected"))
    texts = {key: plain.get(key, "") for key in _KEYS}
    if not all(isinstance(text, str) for text in texts.values()) or not texts["code"]:
        raise ValueError(_("words were expected"))
    more = {key: value for key, value in plain.items() if key not in _KEYS}
    return AcceptedProblem(**texts, more=more)


def accepted_path(accepted_id: str) -> str:
    """The path of an accepted problem."""
    return f"{ACCEPTED}/{accepted_id}"


def can_be_accepted(problem: Problem) -> bool:
    """Only a warning can: an error is to be mended, and a hint asks for nothing."""
    return problem.level is Level.WARNING


def acceptance_of(problem: Problem, accepted: Iterable[AcceptedProblem]) -> AcceptedProblem | None:
    """How the problem was accepted, the last time if more than once; None when it was not."""
    if not can_be_accepted(problem):
        return None
    found = [each for each in accepted if (each.path, each.code) == (problem.path, problem.code)]
    return max(found, key=lambda each: each.at) if found else None


def open_problems(problems: Iterable[Problem], accepted: Collection[AcceptedProblem]) -> list[Problem]:
    """The problems that nobody accepted."""
    if not accepted:
        return list(problems)
    settled = {(each.path, each.code) for each in accepted}
    return [each for each in problems if not (can_be_accepted(each) and (each.path, each.code) in settled)]
