from __future__ import annotations

import json
from typing import Any

import pytest

from desktop_app.report.changes import Change
from desktop_app.report.plain import (
    POSITION_STEP,
    ShapeError,
    canonical_bytes,
    changes_of_report,
    report_from_plain,
    report_to_plain,
)
from desktop_app.report.report import Report, UnknownPlaceError, WrongValueError
from desktop_app.report.rules import irrelevant_paths
from tests.support.report_content import everything
from tests.support.small_form import (
    EVERY_TYPE,
    FIRST_ROW,
    SECOND_ROW,
    empty_report,
    filled_report,
    small_form,
)
from tests.support.toml_forms import ACTION, report_of, toml_form


def test_the_shape_of_a_report() -> None:
    """As the commands print it: keys may be added, never changed."""
    report = filled_report()
    plain = report_to_plain(report)
    assert plain == {
        "form": {"id": "small-form", "version": "1.0", "hash": "0" * 64},
        "id": report.id,
        "country": "AL",
        "cycle": "2013",
        "language": "en",
        "status": "draft",
        "answers": {
            "cover.authority": "Ministry of Justice",
            "cover.country": "AL",
            "T1.goals": ["T1.G1"],
        },
        "states": {"cover.date": "not_available"},
        "confidential": ["cover.authority"],
        "unplaced": {"1": {"text": "Words of nobody", "near": "T1"}},
        "lists": {
            "T1.undertaken": {"state": None, "rows": []},
            "T1.planned": {
                "state": None,
                "rows": [
                    {"id": FIRST_ROW, "values": EVERY_TYPE},
                    {
                        "id": SECOND_ROW,
                        "values": {"description": "= not a formula"},
                        "states": {"timeframe": "not_applicable"},
                        "confidential": [""],
                    },
                ],
            },
            "T2.undertaken": {"state": "no_action_taken", "rows": []},
            "T2.planned": {"state": None, "rows": []},
        },
    }


def test_optional_parts_are_there_only_when_needed() -> None:
    assert report_to_plain(empty_report()).keys() == {
        "form", "id", "country", "cycle", "language", "status", "answers", "lists",
    }  # fmt: skip


def test_a_report_comes_back_as_it_was() -> None:
    report = filled_report()
    plain = json.loads(canonical_bytes(report_to_plain(report)))
    back = report_from_plain(plain, report.form)
    assert everything(back) == everything(report)
    assert (back.id, back.number) == (report.id, 0)
    assert report_to_plain(back) == plain


def test_the_rows_of_the_bin_do_not_travel() -> None:
    report = filled_report()
    report.apply(Change(f"T1.planned/{FIRST_ROW}", {"position": 1024}, None))
    rows = report_to_plain(report)["lists"]["T1.planned"]["rows"]
    assert [row["id"] for row in rows] == [SECOND_ROW]


def test_the_changes_of_a_report_make_it() -> None:
    report = filled_report()
    other = Report(report.id, report.form, "AL", "2013", "en")
    for change in changes_of_report(report):
        assert change.old is None
        other.apply(change)
    assert everything(other) == everything(report)


def test_rows_stand_apart_by_one_step() -> None:
    report = empty_report()
    for position in (1, 2, 3):
        report.apply(Change(f"T1.planned/{position}", None, {"position": position}))
    back = report_from_plain(report_to_plain(report), report.form)
    assert [row.position for row in back.lists["T1.planned"].rows] == [
        POSITION_STEP, 2 * POSITION_STEP, 3 * POSITION_STEP,
    ]  # fmt: skip


def test_the_canonical_bytes() -> None:
    assert canonical_bytes({"b": "ë", "a": [1]}) == '{\n  "a": [\n    1\n  ],\n  "b": "ë"\n}\n'.encode()


CONDITIONAL = toml_form(
    ACTION
    + """
[[row.action.field]]
code = "reason"
type = "text"
relevant = "list == 'planned' and country == 'NO'"
states = ["not_available"]
[list.planned]
row = "action"
[[section]]
code = "A"
lists = ["planned"]
[[section.goal]]
code = "A.G1"
[[section.field]]
code = "has_law"
type = "yes_no"
[[section.field]]
code = "law"
type = "text"
relevant = "has_law == True"
[[section.field]]
code = "victims"
type = "number"
goal = "A.G1"
"""
)


def conditional_report(country: str = "AL") -> Report:
    report = report_of(CONDITIONAL, country)
    for path, new in {
        "A.law": "Law 1",
        "A.law#confidential": True,
        "A.victims": 5,
        "A.planned/r1": {"position": 1},
        "A.planned/r1/description": "Action",
        "A.planned/r1/reason": "Because",
        "A.planned/r1/reason#confidential": True,
    }.items():
        report.apply(Change(path, None, new))
    return report


def test_answers_that_are_not_asked_for_stay_out_with_all_that_is_said_of_them() -> None:
    report = conditional_report()
    report.apply(Change("A.has_law", None, False))
    before = everything(report)
    plain = report_to_plain(report, without=irrelevant_paths(report))
    assert plain["answers"] == {"A.has_law": False}
    assert "confidential" not in plain
    assert plain["lists"]["A.planned"]["rows"] == [{"id": "r1", "values": {"description": "Action"}}]
    assert everything(report) == before


def test_a_state_that_is_not_asked_for_stays_out() -> None:
    report = conditional_report()
    report.apply(Change("A.planned/r1/reason", "Because", None))
    report.apply(Change("A.planned/r1/reason#state", None, "not_available"))
    (row,) = report_to_plain(report, without=irrelevant_paths(report))["lists"]["A.planned"]["rows"]
    assert row == {"id": "r1", "values": {"description": "Action"}}


def test_what_is_asked_for_stays() -> None:
    report = conditional_report("NO")
    report.apply(Change("A.goals", None, ["A.G1"]))
    assert irrelevant_paths(report) == frozenset()
    assert report_to_plain(report, without=irrelevant_paths(report)) == report_to_plain(report)


EMPTY: dict[str, Any] = {"country": "AL", "cycle": "2013", "answers": {}, "lists": {}}


def test_what_may_be_missing() -> None:
    report = report_from_plain(EMPTY, small_form())
    assert (report.language, report.status) == ("en", "draft")
    assert len(report.id) == 36
    one = {"lists": {"T1.planned": {"rows": [{"values": {}}, {"id": None, "values": {}}]}}}
    ids = {row.id for row in report_from_plain({**EMPTY, **one}, small_form()).lists["T1.planned"].rows}
    assert len(ids) == 2


def rows(*rows: Any, path: str = "T1.planned", **more: Any) -> dict[str, Any]:
    return {**EMPTY, "lists": {path: {"rows": list(rows), **more}}}


ROW = {"id": "r1", "values": {}}


@pytest.mark.parametrize(
    ("plain", "sentence"),
    [
        ({}, "The part “country” of the report is missing."),
        ({**EMPTY, "country": ""}, "The part “country” of the report is missing."),
        ({**EMPTY, "cycle": 2013}, "The part “cycle” of the report is missing."),
        ({**EMPTY, "id": 5}, "The part “id” of the report is missing."),
        ({**EMPTY, "status": None}, "The part “status” of the report is missing."),
        ({**EMPTY, "answers": []}, "The part “answers” of the report is missing."),
        ({**EMPTY, "lists": None}, "The part “lists” of the report is missing."),
        ({**EMPTY, "states": ["cover.date"]}, "The part “states” of the report is missing."),
        ({**EMPTY, "states": {"cover.date": "gone"}}, "The state of “cover.date” is not known."),
        ({**EMPTY, "states": {"cover.date": ["gone"]}}, "The state of “cover.date” is not known."),
        ({**EMPTY, "confidential": "cover.date"}, "The report is damaged: confidential."),
        ({**EMPTY, "confidential": [5]}, "The report is damaged: confidential."),
        ({**EMPTY, "unplaced": ["words"]}, "The part “unplaced” of the report is missing."),
        ({**EMPTY, "lists": {"T1.planned": []}}, "The list “T1.planned” is damaged."),
        ({**EMPTY, "lists": {"T1.planned": {}}}, "The list “T1.planned” is damaged."),
        ({**EMPTY, "lists": {"T1.planned": {"rows": {}}}}, "The list “T1.planned” is damaged."),
        (rows(state="gone"), "The state of “T1.planned” is not known."),
        (rows("r1"), "The report is damaged: row 1 of “T1.planned”."),
        (rows(ROW, {"id": "r2"}), "The report is damaged: row 2 of “T1.planned”."),
        (rows({**ROW, "values": []}), "The report is damaged: row 1 of “T1.planned”."),
        (rows({**ROW, "states": []}), "The report is damaged: row 1 of “T1.planned”."),
        (rows({**ROW, "confidential": {}}), "The report is damaged: row 1 of “T1.planned”."),
        (rows({**ROW, "states": {"law": "gone"}}), "The state of “T1.planned/r1/law” is not known."),
        *(
            (rows({**ROW, "id": wrong}), "Row 1 of the list “T1.planned” has a wrong or repeated id.")
            for wrong in ("", 0, 5, "a/b", "a#state", ["r1"])
        ),
        (rows(ROW, ROW), "Row 2 of the list “T1.planned” has a wrong or repeated id."),
        (
            {**EMPTY, "lists": {"T1.planned": {"rows": [ROW]}, "T2.planned": {"rows": [ROW]}}},
            "Row 1 of the list “T2.planned” has a wrong or repeated id.",
        ),
    ],
)  # fmt: skip
def test_a_wrong_shape_is_told_in_a_sentence(plain: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ShapeError) as error:
        report_from_plain(plain, small_form())
    assert error.value.sentence == sentence


@pytest.mark.parametrize(
    ("plain", "path"),
    [
        ({**EMPTY, "answers": {"cover.colour": "red"}}, "cover.colour"),
        ({**EMPTY, "answers": {"#status": "submitted"}}, "#status"),
        ({**EMPTY, "answers": {"unplaced/1": {"text": "words"}}}, "unplaced/1"),
        ({**EMPTY, "answers": {"T1.planned/r1": {"position": 1}}}, "T1.planned/r1"),
        ({**EMPTY, "answers": {"cover.date#state": "not_available"}}, "cover.date#state"),
        ({**EMPTY, "states": {"cover.colour": "not_available"}}, "cover.colour#state"),
        ({**EMPTY, "confidential": ["cover.colour"]}, "cover.colour#confidential"),
        ({**EMPTY, "confidential": ["T1.planned/r1"]}, "T1.planned/r1"),
        ({**EMPTY, "unplaced": {"a/b": {"text": "words"}}}, "unplaced/a/b"),
        ({**EMPTY, "unplaced": {"": {"text": "words"}}}, "unplaced/"),
        (rows(path="T9.planned", state="confidential"), "T9.planned#state"),
        (rows(ROW, path="T9.planned"), "T9.planned/r1"),
        (rows({**ROW, "values": {"colour": "red"}}), "T1.planned/r1/colour"),
        (rows({**ROW, "values": {"law#state": "confidential"}}), "T1.planned/r1/law#state"),
        (rows({**ROW, "states": {"": "confidential"}}), "T1.planned/r1/#state"),
        (rows({**ROW, "confidential": ["colour"]}), "T1.planned/r1/colour#confidential"),
        (rows({**ROW, "confidential": ["law/more"]}), "T1.planned/r1/law/more"),
    ],
)
def test_a_place_the_form_does_not_have_is_named(plain: dict[str, Any], path: str) -> None:
    with pytest.raises(UnknownPlaceError) as error:
        report_from_plain(plain, small_form())
    assert error.value.sentence == f"The form has no place called “{path}”."


@pytest.mark.parametrize(
    ("plain", "path"),
    [
        ({**EMPTY, "answers": {"cover.date": "tomorrow"}}, "cover.date"),
        (rows({**ROW, "values": {"budget": "much"}}), "T1.planned/r1/budget"),
        ({**EMPTY, "unplaced": {"1": "words"}}, "unplaced/1"),
        ({**EMPTY, "unplaced": {"1": {"text": "<b>"}}}, "unplaced/1"),
    ],
)
def test_a_value_that_does_not_fit_is_told_with_its_place(plain: dict[str, Any], path: str) -> None:
    with pytest.raises(WrongValueError) as error:
        report_from_plain(plain, small_form())
    assert error.value.sentence.startswith(f"The answer at “{path}” cannot be read: ")


def test_reading_what_was_written_changes_nothing() -> None:
    plain = report_to_plain(filled_report())
    assert report_to_plain(report_from_plain(plain, small_form())) == plain
