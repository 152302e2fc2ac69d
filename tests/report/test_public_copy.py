"""PUBLIC-1 what is marked confidential is not in the copy, and the copy says how much and where
PUBLIC-2 nothing that was said or attached there, and nothing that was not written for the public, is in it
PUBLIC-3 what is not confidential is in it, and the report itself stays as it is
"""

from __future__ import annotations

import pytest

from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import State
from desktop_app.report.changes import Change
from desktop_app.report.plain import report_to_plain
from desktop_app.report.public_copy import public_copy, public_copy_words
from desktop_app.report.report import Report
from desktop_app.report.state_words import empty_words
from tests.support.report_content import everything
from tests.support.small_form import BINNED_ROW, FIRST_ROW, SECOND_ROW, empty_report, filled_report
from tests.support.workbooks import report_of

FIRST, SECOND = f"T1.planned/{FIRST_ROW}", f"T1.planned/{SECOND_ROW}"


def changed(*changes: tuple[str, object]) -> Report:
    report = filled_report()
    for path, value in changes:
        report.apply(Change(path, None, value))
    return report


# PUBLIC-1


def test_marked_answers_and_rows_are_left_out_and_counted() -> None:
    copy = public_copy(filled_report())
    assert copy.left_out == 2
    assert copy.report.left_out == {"T1.planned": 1, "cover.authority": 1}
    assert "cover.authority" not in copy.report.answers
    assert [row.id for row in copy.report.lists["T1.planned"].rows] == [FIRST_ROW]
    assert not copy.report.confidential


def test_a_marked_field_of_a_row_is_left_out_and_the_row_stays() -> None:
    copy = public_copy(changed((f"{FIRST}/budget#confidential", True)))
    row = copy.report.lists["T1.planned"].row(FIRST_ROW)
    assert row is not None
    assert "budget" not in row.values
    assert "victims" in row.values
    assert copy.report.left_out is not None
    assert copy.report.left_out[f"{FIRST}/budget"] == 1


def test_a_marked_list_is_left_out_with_its_state() -> None:
    copy = public_copy(changed(("T1.planned#confidential", True), ("T2.undertaken#confidential", True)))
    assert copy.report.lists["T1.planned"].rows == []
    assert copy.report.lists["T2.undertaken"].state is None
    assert copy.report.left_out == {"T1.planned": 2, "T2.undertaken": 1, "cover.authority": 1}


def test_what_stands_beside_the_state_confidential_is_left_out_and_the_state_stays() -> None:
    report = changed(
        ("T1.planned#state", "confidential"),
        ("cover.date", "2013-05-02"),
        ("cover.date#state", "confidential"),
        (f"{FIRST}/timeframe#state", "confidential"),
    )
    copy = public_copy(report).report
    assert (copy.lists["T1.planned"].state, copy.lists["T1.planned"].rows) == (State.CONFIDENTIAL, [])
    assert ("cover.date" in copy.answers, copy.states["cover.date"]) == (False, State.CONFIDENTIAL)
    assert copy.left_out == {"T1.planned": 2, "cover.authority": 1, "cover.date": 1}


def test_a_field_that_says_confidential_loses_its_answer() -> None:
    copy = public_copy(changed((f"{FIRST}/timeframe#state", "confidential"))).report
    row = copy.lists["T1.planned"].row(FIRST_ROW)
    assert row is not None
    assert (row.values.get("timeframe"), row.states["timeframe"]) == (None, State.CONFIDENTIAL)


def test_a_mark_beside_nothing_leaves_nothing_out() -> None:
    report = empty_report()
    report.apply(Change("cover.authority#confidential", None, True))
    report.apply(Change("T1.planned#confidential", None, True))
    assert public_copy(report).left_out == 0


def test_an_answer_that_gives_a_confidential_one_away_is_left_out() -> None:
    changes = (
        ("T1.goals", ["T1.G1"]),
        ("T1.victims_identified", {"2012": 5}),
        ("T1.goals#confidential", True),
    )
    copy = public_copy(report_of("ga-commitments", *changes))
    assert copy.report.answers == {}
    assert copy.report.left_out == {"T1.goals": 1, "T1.victims_identified": 1}


def test_what_is_not_asked_is_in_no_copy_and_is_not_counted() -> None:
    copy = public_copy(report_of("ga-commitments", ("T1.victims_identified", {"2012": 5})))
    assert (copy.report.answers, copy.left_out) == ({}, 0)


# PUBLIC-2


@pytest.mark.parametrize(
    ("about", "is_public"),
    [
        (FIRST, True),
        (f"{FIRST}/budget", True),
        (f"{FIRST}/victims", False),
        (SECOND, False),
        (f"{SECOND}/description", False),
        (f"T1.planned/{BINNED_ROW}", False),
        ("cover.authority", False),
        ("cover.date", False),
        ("T1.planned", True),
        ("T1.goals", True),
        ("T2.undertaken", False),
        ("T2.planned", False),
        ("elsewhere.field", False),
    ],
)
def test_files_go_with_what_they_belong_to(about: str, is_public: bool) -> None:
    file = {"path": about, "name": "law.pdf", "sha256": "b" * 64, "size": 7}
    report = changed(
        ("attached/1", file),
        (f"{FIRST}/victims#confidential", True),
        ("cover.date#state", "confidential"),
        ("T2.undertaken#confidential", True),
        ("T2.planned#state", "confidential"),
    )
    assert list(public_copy(report).report.attached) == (["1"] if is_public else [])


def test_only_answers_are_for_the_public() -> None:
    report = changed(
        ("comment/1", {"about": FIRST, "words": "Why?", "kind": "official"}),
        ("accepted/1", {"path": "T1.goals", "code": "x", "reason": "Because"}),
        (SECOND, None),
    )
    assert report.comments
    assert report.accepted
    copy = public_copy(report).report
    assert (copy.comments, copy.accepted, copy.unplaced, copy.receipts, copy.submissions) == ({},) * 5
    assert all(row_list.bin == {} for row_list in copy.lists.values())


# PUBLIC-3


def test_what_is_public_stays_and_so_does_the_report() -> None:
    report = filled_report()
    before = everything(report)
    copy = public_copy(report).report
    assert everything(report) == before
    assert report.left_out is None
    assert copy.lists["T1.planned"].rows[0] == report.lists["T1.planned"].rows[0]
    assert copy.lists["T1.planned"].rows[0] is not report.lists["T1.planned"].rows[0]
    assert copy.states == report.states
    assert copy.answers["T1.goals"] == ("T1.G1",)
    assert (copy.id, copy.country, copy.cycle, copy.language, copy.status) == (
        report.id,
        report.country,
        report.cycle,
        report.language,
        report.status,
    )


def test_data_says_that_it_is_a_public_copy() -> None:
    plain = report_to_plain(public_copy(filled_report()).report)
    assert (plain["public"], plain["left_out"]) == (True, {"T1.planned": 1, "cover.authority": 1})
    assert report_to_plain(public_copy(empty_report()).report)["left_out"] == {}
    assert not {"public", "left_out"} & report_to_plain(filled_report()).keys()


def test_the_copy_says_in_words_what_it_leaves_out() -> None:
    report = filled_report()
    labels = Labels(report.form, "en")
    copy = public_copy(report).report
    assert public_copy_words(copy, labels) == (
        "2 entries are confidential and left out of this public copy. (cover: 1, T1: 1)"
    )
    assert public_copy_words(report, labels) == ""
    assert "nothing is left out" in public_copy_words(public_copy(empty_report()).report, labels)
    assert empty_words(copy, "cover.authority", None, labels) == "Confidential, not in this public copy"
    assert empty_words(copy, "cover.date", State.NOT_AVAILABLE, labels) == "Information not available"
    assert empty_words(copy, "T2.planned", None, labels) == "Not answered"
