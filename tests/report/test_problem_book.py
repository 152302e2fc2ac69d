from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from desktop_app.formdef.model import Level
from desktop_app.report.changes import Change
from desktop_app.report.problem_book import ROWS_AT_ONCE, ProblemBook
from desktop_app.report.problems import Problem
from desktop_app.report.report import Report
from desktop_app.report.validation import check_report
from tests.support.toml_forms import ACTION, report_of, toml_form

FORM = toml_form(
    ACTION
    + """
required = true
unique = true
[[row.action.field]]
code = "goals"
type = "choices"
choices = "goals"
[[row.action.field]]
code = "when"
type = "timeframe"
[[row.action.check]]
code = "in_the_past"
level = "warning"
field = "when"
when = "ends(when) < answer('cover.date')"
[list.planned]
row = "action"
required = true
[list.undertaken]
row = "action"
[[section]]
code = "cover"
[[section.field]]
code = "date"
type = "date"
required = "hint"
[[section]]
code = "A"
lists = ["planned", "undertaken"]
[[section.goal]]
code = "A.G1"
[[section.check]]
code = "many"
level = "hint"
when = "count(planned) > 2"
[[section.section]]
code = "A.part"
[[section.section.field]]
code = "remark"
type = "text"
required = "warning"
[[check]]
code = "late"
level = "error"
field = "A.part.remark"
when = "cycle == '2099'"
"""
)

START: dict[str, Any] = {
    "A.goals": ["A.G1"],
    "A.planned/r1": {"position": 1},
    "A.planned/r1/description": "Train",
    "A.planned/r2": {"position": 2},
    "A.undertaken/r3": {"position": 1},
    "unplaced/7": {"text": "Words"},
}


class Edited:
    """A report and its book, edited one change at a time."""

    def __init__(self) -> None:
        self.report: Report = report_of(FORM)
        for path, new in START.items():
            self.report.apply(Change(path, None, new))
        self.book = ProblemBook(self.report)

    def make(self, path: str, new: Any) -> None:
        self.report.apply(Change(path, self.report.plain(path), new))
        self.book.check_again([path])


@pytest.fixture
def edited() -> Edited:
    return Edited()


STEPS: list[tuple[str, Any]] = [
    ("A.planned/r2/description", "Train"),
    ("A.planned/r2/description", "Plan"),
    ("A.planned/r2/goals", ["A.G1"]),
    ("A.goals", None),
    ("A.planned/r1/when", {"text": "Till May 2013", "edtf": "../2013-05"}),
    ("cover.date", "2013-06-01"),
    ("A.planned/r4", {"position": 3}),
    ("A.planned/r4", {"position": 0}),
    ("A.planned/r1", None),
    ("A.planned/r2", None),
    ("A.planned/r4", None),
    ("A.planned#state", "no_action_taken"),
    ("A.undertaken/r3/description", "Done"),
    ("unplaced/7", None),
    ("A.part.remark", "x"),
    ("A.part.remark", None),
    ("A.part.remark#state", "confidential"),
    ("#cycle", "2099"),
    ("#cycle", "2013"),
    ("#status", "ready"),
]


def test_after_every_change_the_book_is_as_if_all_had_been_checked(edited: Edited) -> None:
    for path, new in STEPS:
        edited.make(path, new)
        expected = check_report(edited.report)
        assert edited.book.problems() == expected, path
        assert edited.book.counts() == Counter(problem.level for problem in expected)
        for level in Level:
            assert edited.book.of_level(level) == [each for each in expected if each.level is level], path


def test_the_problems_of_a_section_are_its_own(edited: Edited) -> None:
    edited.make("#cycle", "2099")
    book = edited.book
    assert {problem.code for problem in book.of_section("cover")} == {"required"}
    assert [problem.path for problem in book.of_section("A")] == [
        "A.planned/r2/description",
        "A.undertaken/r3/description",
    ]
    # What the form as a whole says of a field belongs to the field's section.
    assert [problem.code for problem in book.of_section("A.part")] == ["late", "required"]
    assert [problem.code for problem in book.of_section("A.part", Level.ERROR)] == ["late"]
    assert [problem.code for problem in book.of_section("A.part", Level.WARNING)] == ["required"]
    assert book.of_section("Z") == []


def test_the_problems_of_a_row(edited: Edited) -> None:
    assert [problem.path for problem in edited.book.of_row("r2")] == ["A.planned/r2/description"]
    assert edited.book.of_row("r1") == []
    edited.make("A.planned/r2", None)
    assert edited.book.of_row("r2") == []


@pytest.mark.parametrize(
    ("path", "codes"),
    [
        ("cover.date", ["required"]),
        ("A.planned/r2/description", ["required"]),
        ("A.planned/r2", []),
        ("A.planned/r1/description", []),
        ("A.planned", []),
        ("A", ["many"]),
        ("A.part.remark", ["late", "required"]),
        ("unplaced/7", ["unplaced"]),
        ("Z.nothing", []),
    ],
)
def test_the_problems_at_a_path(edited: Edited, path: str, codes: list[str]) -> None:
    edited.make("A.planned/r4", {"position": 3})
    edited.make("A.planned/r5", {"position": 4})
    edited.make("#cycle", "2099")
    assert [problem.code for problem in edited.book.at(path)] == codes


def test_a_blank_list_is_found_at_its_path(edited: Edited) -> None:
    for row in ("r1", "r2"):
        edited.make(f"A.planned/{row}", None)
    (problem,) = edited.book.at("A.planned")
    assert (problem.code, problem.level) == ("list_blank", Level.ERROR)


def test_what_is_handed_out_can_be_changed_without_harm(edited: Edited) -> None:
    expected = edited.book.problems()
    for found in (edited.book.problems(), edited.book.of_section("A"), edited.book.of_row("r2")):
        found.append(Problem("x", Level.ERROR, "", ""))
    edited.book.counts()[Level.ERROR] += 5
    assert edited.book.problems() == expected
    assert edited.book.counts() == Counter(problem.level for problem in expected)


def test_nothing_is_checked_before_somebody_asks(edited: Edited) -> None:
    book = edited.book
    assert not book.is_complete
    assert not book.is_checked("A")
    assert [problem.code for problem in book.at("A.part.remark")] == ["required"]
    assert book.is_checked("A.part")
    assert [problem.path for problem in book.of_row("r3")] == ["A.undertaken/r3/description"]
    assert not book.is_checked("A")
    assert len(book.of_section("A")) == 2
    assert book.is_checked("A")
    assert not book.is_complete
    book.problems()
    assert book.is_complete


def test_it_is_checked_in_steps_with_the_section_shown_before_the_others(edited: Edited) -> None:
    book = edited.book
    known = []
    for _step in book.check_on("A.part"):
        known.append([code for code in ("cover", "A", "A.part") if book.is_checked(code)])
    assert known[0] == ["A.part"]
    assert known[-1] == ["cover", "A", "A.part"]
    assert book.is_complete
    assert book.problems() == check_report(edited.report)


@pytest.mark.parametrize("taken", [1, 2, 3])
@pytest.mark.parametrize(("path", "new"), [step for step in STEPS if step != ("A.part.remark", None)])
def test_the_report_may_be_edited_between_two_steps(
    edited: Edited, taken: int, path: str, new: object
) -> None:
    steps = edited.book.check_on()
    for _number in range(taken):
        next(steps)
    edited.make(path, new)
    for _step in steps:
        pass
    assert edited.book.is_complete
    assert edited.book.problems() == check_report(edited.report)


def test_very_many_rows_are_checked_a_few_at_a_time(edited: Edited) -> None:
    rows = 3 * ROWS_AT_ONCE
    for number in range(rows):
        edited.report.apply(Change(f"A.undertaken/x{number}", None, {"position": number}))
    book = ProblemBook(edited.report)
    before, most = 0, 0
    for _nothing in book.check_on():
        # What is known of each row, without having it checked.
        known = len(book._of_rows)
        before, most = known, max(most, known - before)
    assert before > rows
    assert 0 < most <= ROWS_AT_ONCE


def test_what_is_known_is_not_checked_again(edited: Edited) -> None:
    edited.book.problems()
    edited.make("A.planned/r1/description", "Teach")
    assert edited.book.is_checked("cover")
    assert not edited.book.is_checked("A")
    assert list(edited.book.check_on()) == [None, None]
    assert edited.book.is_complete
