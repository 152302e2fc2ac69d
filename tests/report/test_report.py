from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.formdef.model import ListDefinition
from desktop_app.report.changes import Change, inverse
from desktop_app.report.report import Report, Row, RowList, UnknownPlaceError, WrongValueError
from desktop_app.runtime.errors import DeskError
from tests.support.report_content import everything
from tests.support.small_form import EVERY_TYPE, FIRST_ROW, SECOND_ROW, empty_report, filling, small_form

ROW = f"T1.planned/{FIRST_ROW}"


CHANGES = [
    Change("#status", "draft", "ready"),
    Change("#language", "en", "fr"),
    Change("#cycle", "2013", "2015"),
    Change("cover.authority", "Ministry of Justice", "Ministry of the Interior"),
    Change("cover.authority", "Ministry of Justice", None),
    Change("cover.authority#confidential", True, None),
    Change("T1.planned#confidential", None, True),
    Change("cover.date#state", "not_available", "not_applicable"),
    Change("cover.date#state", "not_available", None),
    Change("T2.undertaken#state", "no_action_taken", None),
    Change("T2.planned#state", None, "confidential"),
    Change("T1.goals", ["T1.G1"], ["T1.G1", "T1.G2"]),
    Change(ROW, {"position": 1024}, {"position": 4096}),
    Change(ROW, {"position": 1024}, None),
    *(Change(f"{ROW}/{code}", value, None) for code, value in EVERY_TYPE.items()),
    Change(f"{ROW}/budget", 12.5, 0),
    Change(f"{ROW}/public", True, False),
    Change(f"{ROW}/timeframe#state", None, "not_available"),
    Change(f"T1.planned/{SECOND_ROW}/timeframe#state", "not_applicable", None),
    Change(f"T1.planned/{SECOND_ROW}#confidential", True, None),
    Change(f"{ROW}/budget#confidential", None, True),
    Change("unplaced/1", {"text": "Words of nobody", "near": "T1"}, None),
    Change("unplaced/2", None, {"text": "More <b>words</b>", "near": ""}),
]


@pytest.fixture
def report() -> Report:
    report = empty_report()
    for change in filling():
        report.apply(change)
    return report


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: f"{change.path}={change.new}")
def test_every_kind_of_change_is_made_and_taken_back(report: Report, change: Change) -> None:
    before = everything(report)
    assert report.plain(change.path) == change.old
    report.apply(change)
    assert report.plain(change.path) == change.new
    assert everything(report) != before
    report.apply(change.inverse())
    assert everything(report) == before


def test_a_report_is_what_its_changes_made_of_it(report: Report) -> None:
    other = empty_report()
    for change in filling():
        other.apply(Change(change.path, other.plain(change.path), change.new))
    assert everything(other) == everything(report)
    assert everything(report) != everything(empty_report())


def test_all_changes_taken_back_leave_an_empty_report(report: Report) -> None:
    for change in inverse(filling()):
        report.apply(change)
    left = everything(report)
    # Rows are never forgotten: what is left of these is blank and in the bin.
    assert [row for _state, _rows, bin in left["lists"].values() for row in bin] == [
        (FIRST_ROW, 1024, {}, {}, set()),
        (SECOND_ROW, 2048, {}, {}, set()),
    ]
    left["lists"] = {path: (state, rows, []) for path, (state, rows, _bin) in left["lists"].items()}
    assert left == everything(empty_report())


def test_a_row_in_the_bin_keeps_its_answers_and_comes_back_with_them(report: Report) -> None:
    row_list = report.lists["T1.planned"]
    row = row_list.row(FIRST_ROW)
    report.apply(Change(ROW, {"position": 1024}, None))
    assert row_list.row(FIRST_ROW) is None
    assert report.plain(ROW) is None
    assert report.plain(f"{ROW}/budget") == 12.5
    assert row_list.find(FIRST_ROW) is row_list.bin[FIRST_ROW] is row
    report.apply(Change(ROW, None, {"position": 3000}))
    assert [row.id for row in row_list.rows] == [SECOND_ROW, FIRST_ROW]
    assert not row_list.bin


@pytest.mark.parametrize(
    "path",
    [
        "",
        "#forms",
        "#id",
        "#number",
        "cover",
        "cover.colour",
        "cover.colour#state",
        "cover.colour#confidential",
        "cover#confidential",
        "cover.authority#colour",
        "cover.authority/r1",
        "T9.planned#state",
        "T9.planned/r1",
        "T1.planned",
        f"{ROW}/colour",
        f"{ROW}/colour#state",
        f"{ROW}/colour#confidential",
        f"{ROW}#state",
        f"{ROW}#colour",
        f"{ROW}/budget/more",
        "T1.planned/",
        "unplaced",
        "unplaced/1/text",
    ],
)
def test_a_place_the_form_does_not_have_is_named_in_the_sentence(report: Report, path: str) -> None:
    before = everything(report)
    for new in ("confidential", True, {"position": 5}):
        with pytest.raises(UnknownPlaceError) as error:
            report.apply(Change(path, None, new))
        assert error.value.sentence == f"The form has no place called “{path}”."
        assert error.value.path == path
    assert everything(report) == before


@pytest.mark.parametrize("path", ["", "#forms", "cover", "T9.planned/r1", "T1.planned", f"{ROW}/colour"])
def test_nothing_is_read_from_a_place_the_form_does_not_have(report: Report, path: str) -> None:
    with pytest.raises(UnknownPlaceError):
        report.plain(path)
    with pytest.raises(UnknownPlaceError):
        report.value(path)


@pytest.mark.parametrize(
    ("path", "new"),
    [
        ("T1.planned/nobody/budget", 7),
        ("T1.planned/nobody/budget#state", "confidential"),
        ("T1.planned/nobody#confidential", True),
    ],
)
def test_a_row_that_never_was_holds_nothing_and_takes_nothing(report: Report, path: str, new: object) -> None:
    assert report.plain(path) is None
    with pytest.raises(UnknownPlaceError):
        report.apply(Change(path, None, new))


@pytest.mark.parametrize(
    "path", ["T9.planned/r1", "T1.planned/r1/gone", "T1.planned/nobody/budget", "cover.gone"]
)
def test_removing_for_good_may_name_a_place_of_an_earlier_form(report: Report, path: str) -> None:
    before = deepcopy(report.lists), dict(report.answers)
    report.apply(Change(path, None, None))
    assert (report.lists, report.answers) == before
    for change in (Change(path, "x", None), Change(path, None, "x")):
        with pytest.raises(DeskError):
            report.apply(change)


@pytest.mark.parametrize("path", ["#note", "source/1"])
def test_what_stands_in_the_log_alone_changes_no_report(report: Report, path: str) -> None:
    before = deepcopy(report.lists), dict(report.answers)
    report.apply(Change(path, None, "Words about an operation"))
    assert report.plain(path) is None
    assert (report.lists, report.answers) == before


@pytest.mark.parametrize(
    ("path", "new", "reason"),
    [
        ("cover.authority", 5, "a text was expected"),
        ("cover.authority", "<b>open", "The text cannot be read: <b> at character 1 is never closed"),
        (f"{ROW}/budget", "5", "a number was expected"),
        (f"{ROW}/timeframe", {"text": 5}, "A timeframe needs its words as “text”"),
        ("cover.date#state", "unknown", "a state was expected"),
        ("T2.planned#state", 5, "a state was expected"),
        ("T1.planned#confidential", "yes", "true or null was expected"),
        ("T1.planned#confidential", False, "true or null was expected"),
        (ROW, 1024, "a position was expected"),
        (ROW, {}, "a position was expected"),
        (ROW, {"position": "1"}, "a position was expected"),
        (ROW, {"position": True}, "a position was expected"),
        ("#status", None, "words were expected"),
        ("unplaced/1", "words", "words were expected"),
        ("unplaced/1", {"near": "T1"}, "words were expected"),
        ("unplaced/1", {"text": "a", "near": 5}, "words were expected"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(report: Report, path: str, new: Any, reason: str) -> None:
    before = everything(report)
    with pytest.raises(WrongValueError) as error:
        report.apply(Change(path, None, new))
    assert error.value.sentence == f"The answer at “{path}” cannot be read: {reason}."
    assert everything(report) == before


def test_rows_come_in_the_working_order(report: Report) -> None:
    report.apply(Change("T2.planned/b", None, {"position": 1}))
    report.apply(Change("T1.undertaken/a", None, {"position": 9}))
    assert [(section.code, row_list.definition.code, row.id) for section, row_list, row in report.rows()] == [
        ("T1", "undertaken", "a"),
        ("T1", "planned", FIRST_ROW),
        ("T1", "planned", SECOND_ROW),
        ("T2", "planned", "b"),
    ]


def entry_of(list_path: str) -> ListDefinition:
    found = small_form().list_at(list_path)
    assert found is not None
    return found[1]


_PLACINGS = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.none() | st.integers(0, 6)), max_size=30)


@given(_PLACINGS)
def test_a_list_of_rows_is_always_in_order(placings: list[tuple[str, int | None]]) -> None:
    """Compared with the plainest way to keep rows: all of them in one place, sorted when looked at."""
    row_list = RowList(entry_of("T1.planned"))
    placed: dict[str, int | None] = {}
    for row_id, position in placings:
        row_list.place(row_id, position)
        placed[row_id] = position
        standing = sorted((place, key) for key, place in placed.items() if place is not None)
        assert [(row.position, row.id) for row in row_list.rows] == standing
        assert row_list.bin.keys() == {key for key, place in placed.items() if place is None}
        for key in "abcdefgh":
            row, found = row_list.row(key), row_list.find(key)
            assert (row.id if row else None) == (key if placed.get(key) is not None else None)
            assert (found.id if found else None) == (key if key in placed else None)
            index = row_list.index(key)
            assert index == next((i for i, (_place, each) in enumerate(standing) if each == key), None)


def test_rows_filled_in_from_outside_are_found() -> None:
    row_list = RowList(entry_of("T1.planned"), rows=[Row("a", 1), Row("b", 2)])
    assert row_list.row("b") is row_list.rows[1]
    row_list.rows.append(Row("c", 3))
    assert row_list.index("c") == 2
    row_list.place("c", 0)
    assert [row.id for row in row_list.rows] == ["c", "a", "b"]
