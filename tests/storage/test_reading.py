from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desktop_app.report.changes import Change
from desktop_app.report.report import Report, UnknownPlaceError, WrongValueError
from desktop_app.storage import reading
from desktop_app.storage.records import from_json
from desktop_app.storage.report_file import ReportFile
from tests.support.report_files import make_file
from tests.support.small_form import FIRST_ROW


def both(path: Path, report: Report) -> tuple[Report, Report]:
    """The report read in one go, and built of its content."""
    with ReportFile.open(path, "read") as file:
        summary, connection = file.reports()[0], file._open_connection
        content = reading.stored_content(connection, summary)
        return (
            reading.stored_report(connection, summary, report.form),
            reading.build_report(summary, content, report.form),
        )


def test_a_report_read_in_one_go_is_what_its_content_says(path: Path, report: Report) -> None:
    quick, built = both(path, report)
    assert quick == built
    for list_path, row_list in built.lists.items():
        assert [row.id for row in quick.lists[list_path].rows] == [row.id for row in row_list.rows]
        assert list(quick.lists[list_path].bin) == list(row_list.bin)


def test_rows_stand_in_their_order_however_they_lie_in_the_table(tmp_path: Path, report: Report) -> None:
    list_path = next(entry for entry, rows in report.lists.items() if rows.rows)
    for number, row_id in enumerate(("b", "c", "a", "d")):
        # The last two stand at the same place: their names decide.
        report.apply(Change(f"{list_path}/{row_id}", None, {"position": 9_000 + min(number, 2)}))
    for row_id in ("z", "y"):
        report.apply(Change(f"{list_path}/{row_id}", None, {"position": 9_999}))
        report.apply(Change(f"{list_path}/{row_id}", {"position": 9_999}, None))
    quick, built = both(make_file(tmp_path / "order.adesk", report), report)
    assert [row.id for row in quick.lists[list_path].rows][-4:] == ["b", "c", "a", "d"]
    assert list(quick.lists[list_path].bin) == list(built.lists[list_path].bin)
    assert quick == built


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ('{"no_such_field": "x"}', UnknownPlaceError),
        ('{"description": 5}', WrongValueError),
        ('{"description": "<x>"}', WrongValueError),
        ("[]", ValueError),
        ("{", ValueError),
        ("[" * 100_000, ValueError),
    ],
)
def test_what_cannot_be_read_is_told_in_both_ways(
    path: Path, report: Report, answers: str, error: type[Exception]
) -> None:
    with ReportFile.open(path, "write") as file:
        connection = file._open_connection
        connection.execute("UPDATE rows SET answers = ? WHERE id = ?", (answers, FIRST_ROW))
        summary = file.reports()[0]
        with pytest.raises(error):
            reading.stored_report(connection, summary, report.form)
        with pytest.raises(error):
            reading.build_report(summary, reading.stored_content(connection, summary), report.form)


@pytest.mark.parametrize("value", [None, "", "ä", {"a": [1, 2.5, True, None]}, [], 0])
@pytest.mark.parametrize("around", ["", " ", "\n\t"])
def test_json_is_read_as_the_standard_library_reads_it(value: Any, around: str) -> None:
    assert from_json(f"{around}{json.dumps(value)}{around}") == value


@pytest.mark.parametrize("words", ["", "{", "1 2", "nonsense", '"a" b', "[" * 100_000])
def test_what_is_no_json_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        from_json(words)
    assert from_json(None) is None
