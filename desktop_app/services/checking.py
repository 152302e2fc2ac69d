"""Check a report file: the problems with the words for their places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.formdef.model import Level
from desktop_app.report.accepted import acceptance_of
from desktop_app.report.places import place_name
from desktop_app.report.problems import Problem, level_words
from desktop_app.report.report import Report
from desktop_app.report.validation import check_report
from desktop_app.services.reports import read_report

if TYPE_CHECKING:
    from desktop_app.storage.protection import Key


@dataclass(frozen=True, slots=True)
class FoundProblem:
    """A problem with the words for its place. ``reason``: why it was accepted, empty when it was not."""

    code: str
    level: Level
    path: str
    where: str
    sentence: str
    reason: str = ""

    @property
    def level_words(self) -> str:
        """The level for a person."""
        return level_words(self.level)

    def to_plain(self) -> dict[str, str]:
        """The problem in JSON; ``accepted`` only where it was."""
        plain = {
            "code": self.code,
            "level": self.level.value,
            "path": self.path,
            "where": self.where,
            "sentence": self.sentence,
        }
        return {**plain, "accepted": self.reason} if self.reason else plain


@dataclass(frozen=True, slots=True)
class Checked:
    """All problems of a report, and how many of each level."""

    problems: tuple[FoundProblem, ...]
    counts: Mapping[str, int]


def check(path: Path, number: int | None = None, *, key: Key | None = None) -> Checked:
    """Check report ``number`` (the newest for None) of the file; nothing is written."""
    return checked(read_report(path, number, key=key))


def checked(report: Report) -> Checked:
    """Check a report in memory."""
    found = tuple(
        found_problem(report, problem)
        for problem in sorted(check_report(report), key=lambda problem: problem.weight)
    )
    counts = {level.value: sum(problem.level is level for problem in found) for level in Level}
    return Checked(found, counts)


def found_problem(report: Report, problem: Problem) -> FoundProblem:
    """The problem as it is told."""
    accepted = acceptance_of(problem, report.accepted.values())
    where = place_name(report, problem.path)
    reason = accepted.reason if accepted is not None else ""
    return FoundProblem(problem.code, problem.level, problem.path, where, problem.sentence, reason)
