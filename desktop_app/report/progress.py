"""How far a section has come: what the outline shows beside each name."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from desktop_app.formdef.model import GOALS_CODE, Field, Level, Section
from desktop_app.report.problems import Problem
from desktop_app.report.report import Report
from desktop_app.report.rules import is_relevant, section_names, takes_up_nothing
from desktop_app.runtime.dataclass import dataclass


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


def is_optional(question: Field) -> bool:
    """Whether the window says beside a question that it may stay empty."""
    return question.supplement and question.required in (None, Level.HINT)


def section_progress(report: Report, section: Section, problems: Iterable[Problem]) -> Progress:
    """The progress of a section and all below it.

    ``problems``: those of the section and its parts; the errors of these are enough.
    """
    parts = [_count(report, part) for part in section.walk()]
    answered, asked = sum(part.answered for part in parts), sum(part.asked for part in parts)
    errors = {problem.code for problem in problems if problem.level is Level.ERROR}
    if errors - _MISSING:
        stage = Stage.PROBLEM
    elif not any(part.is_begun for part in parts):
        stage = Stage.EMPTY
    else:
        stage = Stage.COMPLETE if answered >= asked and not errors else Stage.PARTIAL
    return Progress(stage, answered, asked)


_MISSING = frozenset({"list_blank", "required"})
"""Codes of the problems that only say that something is not there yet."""


@dataclass(frozen=True, slots=True)
class _Count:
    """``is_begun``: something is answered, optional questions too."""

    answered: int
    asked: int
    is_begun: bool


def _count(report: Report, section: Section) -> _Count:
    answered = asked = 0
    is_begun = False
    names = section_names(report, section)
    for question in section.questions:
        path = section.field_path(question)
        if question.respondent or not is_relevant(report, section, question, names):
            continue
        is_answered = path in report.answers or path in report.states
        is_begun = is_begun or is_answered
        if question.code == GOALS_CODE and not is_answered and takes_up_nothing(report, section):
            continue
        if question.code == GOALS_CODE or (question.required is not None and not is_optional(question)):
            asked += 1
            answered += is_answered
    for entry in section.lists:
        row_list = report.lists[entry.path]
        is_answered = bool(row_list.rows) or row_list.state is not None
        is_begun = is_begun or is_answered
        if entry.required is not None or entry.min_rows:
            asked += 1
            answered += is_answered
    return _Count(answered, asked, is_begun)
