from __future__ import annotations

from typing import Any

import pytest

from desktop_app.report.changes import Change
from desktop_app.report.problem_book import ProblemBook
from desktop_app.report.progress import Progress, Stage, section_progress
from tests.support.toml_forms import ACTION, report_of, toml_form

FORM = toml_form(
    ACTION
    + """
required = true
[list.planned]
row = "action"
required = true
states = ["no_action_taken"]
[list.notes]
row = "action"
[[section]]
code = "cover"
[[section.field]]
code = "country"
type = "choice"
choices = "countries"
respondent = true
[[section.field]]
code = "remark"
type = "text"
[[section.field]]
code = "date"
type = "date"
required = "hint"
supplement = true
[[section]]
code = "A"
lists = ["planned", "notes"]
[[section.goal]]
code = "A.G1"
[[section.field]]
code = "phase"
type = "number"
required = "warning"
maximum = 4
states = ["not_available"]
[[section.field]]
code = "reason"
type = "text"
required = true
relevant = "phase == 4"
[[section.field]]
code = "victims"
type = "number"
required = true
goal = "A.G1"
[[section.section]]
code = "A.part"
[[section.section.field]]
code = "part"
type = "text"
required = "hint"
"""
)


def progress(code: str, changes: dict[str, Any]) -> Progress:
    report = report_of(FORM)
    for path, new in changes.items():
        report.apply(Change(path, None, new))
    book = ProblemBook(report)
    section = FORM.section(code)
    assert section is not None
    return section_progress(
        report, section, [p for part in section.walk() for p in book.of_section(part.code)]
    )


ROW = {"A.planned/r1": {"position": 1}}
WRITTEN = {**ROW, "A.planned/r1/description": "Train"}
# Goals, phase, planned, and the question of the part below; victims are asked for when the goal is chosen,
# the reason as long as the phase is not known to be another one than 4.
FULL: dict[str, Any] = {**WRITTEN, "A.phase": 3, "A.goals": ["A.G1"], "A.victims": 5, "A.part.part": "x"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, Progress(Stage.EMPTY, 0, 5)),
        ({"A.phase": 3}, Progress(Stage.PARTIAL, 1, 4)),
        ({"A.phase": 4}, Progress(Stage.PARTIAL, 1, 5)),
        ({"A.phase#state": "not_available"}, Progress(Stage.PARTIAL, 1, 5)),
        ({"A.part.part": "x"}, Progress(Stage.PARTIAL, 1, 5)),
        ({"A.planned#state": "no_action_taken"}, Progress(Stage.PARTIAL, 1, 4)),
        ({"A.notes/n1": {"position": 1}, "A.notes/n1/description": "x"}, Progress(Stage.PARTIAL, 0, 5)),
        ({"A.goals": ["A.G1"]}, Progress(Stage.PARTIAL, 1, 6)),
        (FULL, Progress(Stage.COMPLETE, 5, 5)),
        ({**FULL, "A.planned/r1/description": None}, Progress(Stage.PARTIAL, 5, 5)),
        ({**FULL, "A.phase": 5}, Progress(Stage.PROBLEM, 5, 5)),
        ({"A.phase": 5}, Progress(Stage.PROBLEM, 1, 4)),
    ],
)
def test_how_far_a_section_has_come(changes: dict[str, Any], expected: Progress) -> None:
    assert progress("A", changes) == expected


def test_a_section_where_nothing_must_be_answered() -> None:
    assert progress("cover", {}) == Progress(Stage.EMPTY, 0, 0)
    assert progress("cover", {"cover.remark": "x"}) == Progress(Stage.COMPLETE, 0, 0)


def test_where_nothing_was_done_no_goal_is_asked_for() -> None:
    nothing: dict[str, Any] = {"A.planned#state": "no_action_taken"}
    assert progress("A", nothing) == Progress(Stage.PARTIAL, 1, 4)
    assert progress("A", {**nothing, "A.goals": ["A.G1"]}).asked == 6, "with the victims of that goal"
    row = {"A.notes/n1": {"position": 1}, "A.notes/n1/description": "x"}
    assert progress("A", {**nothing, **row}).asked == 5


def test_a_part_counts_for_itself() -> None:
    assert progress("A.part", {"A.phase": 3}) == Progress(Stage.EMPTY, 0, 1)
    assert progress("A.part", {"A.part.part": "x"}) == Progress(Stage.COMPLETE, 1, 1)
