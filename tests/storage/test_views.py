from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.formdef.model import Field, FieldType
from desktop_app.report.report import Report
from desktop_app.storage.report_file import ReportFile
from desktop_app.storage.views import view_name
from tests.support.report_files import edit, make_file
from tests.support.small_form import FIRST_ROW, SECOND_ROW, empty_report, small_form, with_field


def rows_of(path: Path, view: str, trusted: bool) -> list[dict[str, object]]:
    """What a person sees in a SQLite browser, whether it trusts the file or not."""
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA trusted_schema = {'ON' if trusted else 'OFF'}")
    connection.row_factory = sqlite3.Row
    rows = [dict(row) for row in connection.execute(f"SELECT * FROM {view}")]
    connection.close()
    return rows


@pytest.mark.parametrize("trusted", [True, False])
def test_each_list_can_be_read_without_the_program(path: Path, trusted: bool) -> None:
    first, second = rows_of(path, "small_form_planned", trusted)
    assert first == {
        "report_number": 1,
        "country": "AL",
        "cycle": "2013",
        "section": "T1",
        "place": 1,
        "description": "Vepra të turpshme, <b>bold</b><note>Article 108.</note>",
        "goals": "T1.G1, T1.G2",
        "timeframe": "Till December 2013",
        "budget": 12.5,
        "victims": "2012: 5, 2013: 7",
        "adopted": "2013-05-02",
        "public": "yes",
        "phase": "second",
        "law": "The law https://example.org/law",
        "annex": "annex.pdf",
        "row_id": FIRST_ROW,
    }
    assert (second["place"], second["timeframe"], second["goals"]) == (2, "(not_applicable)", None)
    assert rows_of(path, "small_form_undertaken", trusted) == []


def test_removed_rows_are_not_shown(path: Path, report: Report) -> None:
    with ReportFile.open(path, "write") as file:
        file.record(edit(report, f"T1.planned/{FIRST_ROW}", None))
    assert [(row["place"], row["row_id"]) for row in rows_of(path, "small_form_planned", True)] == [
        (1, SECOND_ROW)
    ]


def test_a_new_version_of_the_form_adds_its_columns(path: Path) -> None:
    newer = with_field(small_form("2.0"), Field("remark", FieldType.TEXT, "action.remark"))
    report = empty_report(newer)
    with ReportFile.open(path, "write") as file:
        file.add_report(report)
        file.record(edit(report, "T2.planned/x", {"position": 1}))
        file.record(edit(report, "T2.planned/x/remark", "New"))
        file.add_report(empty_report())
    rows = rows_of(path, "small_form_planned", False)
    assert [(row["report_number"], row["section"], row["remark"]) for row in rows] == [
        (1, "T1", None),
        (1, "T1", None),
        (2, "T2", "New"),
    ]
    assert "description" in rows[0]


def test_a_field_called_like_one_of_our_columns_keeps_its_own(tmp_path: Path) -> None:
    report = empty_report(with_field(small_form(), Field("country", FieldType.TEXT, "action.country")))
    path = make_file(tmp_path / "a.adesk", report)
    with ReportFile.open(path, "write") as file:
        file.record(edit(report, "T1.planned/x", {"position": 1}))
        file.record(edit(report, "T1.planned/x/country", "Kosovo*"))
        file.add_report(empty_report(report.form))
    (row,) = rows_of(path, "small_form_planned", True)
    assert (row["country"], row["country_answer"]) == ("AL", "Kosovo*")


@pytest.mark.parametrize("form_id", ["open", "sqlite", "2nd-form", "O'Neil", 'a"b'])
def test_no_name_of_a_form_is_in_the_way(tmp_path: Path, form_id: str) -> None:
    """One whose view would be called like a table, one SQLite keeps for itself, one it would not take."""
    section = small_form().sections[1]
    lists = (replace(section.lists[0], code="edits", path="T1.edits"),)
    form = replace(
        small_form(),
        id=form_id,
        sections=(replace(section, lists=lists),),
        _sections={},
        _lists={},
        _fields={},
    )
    report = empty_report(form)
    path = make_file(tmp_path / "a.adesk", report)
    with ReportFile.open(path, "write") as file:
        file.record(edit(report, "T1.edits/x", {"position": 1}))
        assert file.open_edits() == []
        assert file.verify_chain() == []
    name = view_name(form_id, "edits")
    (row,) = rows_of(path, "open_edits_list" if name == "open_edits" else name, True)
    assert row["row_id"] == "x"


def test_a_code_that_is_none_never_reaches_the_database(tmp_path: Path) -> None:
    """The form loader refuses such codes; should one slip through, nothing is made of it."""
    evil = Field('x"; DROP TABLE rows; --', FieldType.TEXT, "action.x")
    with pytest.raises(ValueError, match="DROP TABLE"):
        make_file(tmp_path / "a.adesk", empty_report(with_field(small_form(), evil)))
    assert list(tmp_path.iterdir()) == []
