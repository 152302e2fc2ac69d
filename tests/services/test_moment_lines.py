"""Moments as lines of a list."""

from __future__ import annotations

from desktop_app.report.changes import OperationKind
from desktop_app.services.history import Moment
from desktop_app.services.moment_lines import LineKind, first_choice, moment_lines


def moment(seq: int, sitting: str, day: str = "26", kind: OperationKind = OperationKind.EDIT) -> Moment:
    at = f"2026-11-{day}T10:0{seq}:00.000Z"
    return Moment(seq, at, "Ana", sitting, kind, "named" if kind is OperationKind.RESTORE_POINT else "", ())


def day_of(at: str) -> object:
    return at[:10]


def test_days_and_sittings_have_lines_of_their_own() -> None:
    moments = [moment(4, "b"), moment(3, "a"), moment(2, "a", day="25"), moment(1, "a", day="25")]
    lines = moment_lines(moments, day_of)
    assert [line.kind for line in lines] == [
        LineKind.NOW,
        LineKind.DAY,
        LineKind.SITTING,
        LineKind.MOMENT,
        LineKind.SITTING,
        LineKind.MOMENT,
        LineKind.DAY,
        LineKind.SITTING,
        LineKind.MOMENT,
        LineKind.MOMENT,
    ]
    assert lines[7].count == 2
    assert (lines[7].first.seq, lines[7].moment.seq) == (1, 2)
    assert [line.can_be_chosen for line in lines[:4]] == [True, False, False, True]


def test_a_restore_point_stands_out() -> None:
    lines = moment_lines([moment(1, "a", kind=OperationKind.RESTORE_POINT)], day_of)
    assert lines[-1].kind is LineKind.RESTORE_POINT


def test_without_moments_there_is_no_line() -> None:
    assert moment_lines([], day_of) == []
    assert first_choice([]) is None


def test_the_last_restore_point_is_compared_with_first() -> None:
    point = moment(2, "a", kind=OperationKind.RESTORE_POINT)
    assert first_choice([moment(4, "b"), moment(3, "a"), point, moment(1, "a")]) == point


def test_else_the_beginning_of_the_last_sitting() -> None:
    assert first_choice([moment(4, "b"), moment(3, "b"), moment(2, "a"), moment(1, "a")]) == moment(2, "a")
    assert first_choice([moment(2, "a"), moment(1, "a")]) == moment(1, "a")
