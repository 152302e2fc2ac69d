"""Accepted warnings: what is kept of one, and to which problem it belongs."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.formdef.model import Level
from desktop_app.report.accepted import (
    AcceptedProblem,
    acceptance_of,
    accepted_path,
    can_be_accepted,
    read_accepted,
    write_accepted,
)
from desktop_app.report.changes import Change, new_id
from desktop_app.report.plain import ShapeError, report_from_plain, report_to_plain
from desktop_app.report.problems import Problem
from desktop_app.report.report import WrongValueError
from tests.support.small_form import filled_report

WARNING = Problem("timeframe_missing", Level.WARNING, "T1.planned/x/timeframe", "There is no timeframe.")
words = st.text(min_size=1)
acceptances = st.builds(
    AcceptedProblem,
    path=words,
    code=words,
    reason=words,
    who=st.text(),
    at=st.text(),
    more=st.dictionaries(st.sampled_from(["seen", "kind"]), st.integers() | st.text()),
)


@given(acceptances)
def test_it_is_read_as_it_was_written(accepted: AcceptedProblem) -> None:
    plain = json.loads(json.dumps(write_accepted(accepted)))
    assert read_accepted(plain) == accepted
    assert write_accepted(read_accepted(plain)) == plain


@pytest.mark.parametrize("plain", [None, "words", [], {}, {"path": "a", "code": ""}, {"code": 7}])
def test_what_is_none_is_refused(plain: object) -> None:
    with pytest.raises(ValueError, match="expected"):
        read_accepted(plain)


def test_only_a_warning_can_be_accepted() -> None:
    for level in Level:
        problem = Problem("x", level, "cover.authority", "Something.")
        assert can_be_accepted(problem) is (level is Level.WARNING)


def test_it_belongs_to_the_problem_of_its_path_and_code_and_the_last_reason_counts() -> None:
    mine = AcceptedProblem(WARNING.path, WARNING.code, "First", "Ana", "2026-01-01T00:00:00Z")
    again = AcceptedProblem(WARNING.path, WARNING.code, "Then", "Ana", "2026-02-01T00:00:00Z")
    elsewhere = AcceptedProblem("T2.planned/y/timeframe", WARNING.code, "Other place")
    other = AcceptedProblem(WARNING.path, "too_long", "Other problem")
    assert acceptance_of(WARNING, [mine, again, elsewhere, other]) == again
    assert acceptance_of(WARNING, [elsewhere, other]) is None
    error = Problem(WARNING.code, Level.ERROR, WARNING.path, WARNING.sentence)
    assert acceptance_of(error, [mine]) is None


def test_acceptances_travel_in_the_content_in_one_order_and_come_back() -> None:
    one, other = filled_report(), filled_report()
    other.id = one.id
    assert "accepted" not in report_to_plain(one)
    kept = [AcceptedProblem("cover.date", "b", "So it is"), AcceptedProblem("cover.authority", "a", "Right")]
    for accepted in kept:
        one.apply(Change(accepted_path(new_id()), None, write_accepted(accepted)))
    for accepted in reversed(kept):
        other.apply(Change(accepted_path(new_id()), None, write_accepted(accepted)))
    plain = report_to_plain(one)
    assert plain["accepted"] == report_to_plain(other)["accepted"]
    assert [each["path"] for each in plain["accepted"]] == ["cover.authority", "cover.date"]
    back = report_from_plain(json.loads(json.dumps(plain)), one.form)
    assert report_to_plain(back) == plain


def test_damaged_ones_are_said_to_be() -> None:
    plain = report_to_plain(filled_report())
    with pytest.raises(ShapeError, match="accepted"):
        report_from_plain({**plain, "accepted": {}}, filled_report().form)
    with pytest.raises(WrongValueError, match="an accepted problem was expected"):
        report_from_plain({**plain, "accepted": ["words"]}, filled_report().form)
