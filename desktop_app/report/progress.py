"""How far a section has come: what the outline shows beside each name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from desktop_app.formdef.model import GOALS_CODE, Level, Section
from desktop_app.report.problems import Problem
from desktop_app.report.report import Report


class Stage(Enum):
    """Told apart by shape and word, not by colour alone."""

    EMPTY = "empty"
    PARTIAL = "partial"
    COMPLETE = "complete"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Progress:
    """``answered`` of ``asked`` parts of a section have an answer; optional questions do not count."""

    stage: Stage
    answered: int
    asked: int


def section_progress(report: Report, section: Section, problems: Iterable[Problem]) -> Progress:
    """The progress of a section and all below it. ``problems``: those of the section and its parts."""
    answered = asked = 0
    for part in section.walk():
        part_answered, part_asked = _count(report, part)
        answered += part_answered
        asked += part_asked
    if any(
        problem.level is Level.ERROR and problem.code not in ("list_blank", "required")
        for problem in problems
    ):
        stage = Stage.PROBLEM
    elif answered == 0:
        stage = Stage.EMPTY
    else:
        stage = Stage.COMPLETE if answered >= asked else Stage.PARTIAL
    return Progress(stage, answered, asked)


def _count(report: Report, section: Section) -> tuple[int, int]:
    answered = asked = 0
    for question in section.questions:
        path = section.field_path(question)
        counts = question.code == GOALS_CODE or question.required is not None
        if question.respondent or not counts:
            continue
        asked += 1
        answered += path in report.answers or path in report.states
    for entry in section.lists:
        row_list = report.lists[entry.path]
        asked += 1
        answered += bool(row_list.rows) or row_list.state is not None
    return answered, asked
