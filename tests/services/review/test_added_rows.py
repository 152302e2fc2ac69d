"""Rows that a colleague added: by hand, or as a copy of another row of which some cells were written anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desktop_app.exchange.review.words import QUOTED
from desktop_app.report.report import Report
from desktop_app.report.status import Status, frozen_words
from desktop_app.report.timeframe.value import Timeframe
from desktop_app.services.importing import import_document
from desktop_app.services.review.items import NewRow
from tests.support.reviewed import Reviewed

COPIED = 4
"""A planned action of the first target, until September 2013, that serves its goal."""


def added(
    reviewed: Reviewed, report: Report, *rows: dict[str, Any], is_copy: bool = False
) -> dict[str, NewRow]:
    """The rows with these cells by their description."""
    first = reviewed.sheet("Actions").max_row + 1
    for number, cells in enumerate(rows, start=first):
        if is_copy:
            reviewed.copy_row("Actions", COPIED, number)
        reviewed.write("Actions", number, **cells)
    found = reviewed.held_for(report).new_rows
    assert len(found) == len(rows)
    return {each.words.partition(" · ")[0]: each for each in found}


def kept(row: NewRow) -> str:
    """The words of the row that no question took."""
    return row.rest.comment.words if row.rest is not None else ""


def test_of_a_copied_row_what_was_written_anew_counts(reviewed: Reviewed, report: Report) -> None:
    rows = added(
        reviewed,
        report,
        {"description": "Later", "timeframe": "Till March 2016"},
        {"description": "Elsewhere", "section_title": "Target 2", "goals_labels": "Goal 2.2; Goal 2.1"},
        {"description": "By codes", "section": "T2", "list": "undertaken", "goals": None},
        {"description": "Torn", "section": "T2", "section_title": "Target 3"},
        is_copy=True,
    )
    assert rows["Later"].values["timeframe"] == Timeframe("Till March 2016", "../2016-03")
    assert (rows["Later"].rest, rows["Later"].told) == (None, ())
    assert rows["Elsewhere"].list_path == "T2.planned"
    assert rows["Elsewhere"].values["goals"] == ("T2.G2", "T2.G1")
    assert rows["By codes"].list_path == "T2.undertaken"
    assert rows["Torn"].list_path == ""
    assert "the codes of this row name another section or list than the words" in rows["Torn"].obstacle
    assert "Target 3" in kept(rows["Torn"])


def test_words_beside_an_answer_that_say_something_else_are_kept_and_told(
    reviewed: Reviewed, report: Report
) -> None:
    where = {"section": "T1", "list": "planned"}
    rows = added(
        reviewed,
        report,
        {**where, "description": "Days", "timeframe": "by end of June", "timeframe_to": "2015-12-31"},
        {**where, "description": "Same", "timeframe": "Till June 2015", "timeframe_to": "30.6.2015"},
        {**where, "description": "Read", "timeframe": "Till June 2015", "timeframe_reading": "../2013-09"},
        {**where, "description": "Goals", "goals": "T1.G1", "goals_labels": "Goal 2.2"},
        {**where, "description": "Goal", "goals": "T1.G1", "goals_labels": "Goal 1.1"},
        {**where, "description": "List", "list_title": "Actions ALREADY UNDERTAKEN"},
    )
    assert "Timeframe: to: 2015-12-31" in kept(rows["Days"])
    assert rows["Days"].told == (
        "Timeframe: to: “2015-12-31” says something else than the answer. It was kept in a comment.",
    )
    assert rows["Read"].values["timeframe"] == Timeframe("Till June 2015", "../2015-06")
    assert "../2013-09" in kept(rows["Read"]) and "“../2013-09”" in rows["Read"].told[0]
    assert rows["Goals"].values["goals"] == ("T1.G1",) and "Goal 2.2" in kept(rows["Goals"])
    assert [rows[each].rest for each in ("Same", "Goal")] == [None, None]
    assert rows["List"].list_path == "" and "ALREADY UNDERTAKEN" in kept(rows["List"])


def test_a_confirmed_reading_is_believed(reviewed: Reviewed, report: Report) -> None:
    cells = {"timeframe": "Till June 2015", "timeframe_reading": "../2015-09", "timeframe_confirmed": "yes"}
    rows = added(reviewed, report, {"section": "T1", "list": "planned", "description": "Known", **cells})
    assert rows["Known"].values["timeframe"] == Timeframe("Till June 2015", "../2015-09")
    assert rows["Known"].rest is None


def test_of_a_workbook_of_a_submitted_report_the_rows_are_told_by_their_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, report: Report
) -> None:
    monkeypatch.setenv("ALLIANCE_DESK_BACKUPS", str(tmp_path / "backups"))
    report.status = Status.SUBMITTED
    filled = Reviewed(tmp_path, report)
    last = filled.sheet("Actions").max_row + 1
    filled.write("Actions", last, section="T1", list="planned", description="A fresh row")
    done = import_document(tmp_path / "new.adesk", filled.saved())
    assert "Target 1, planned actions: A fresh row" in done.notices
    assert frozen_words(Status.SUBMITTED) in done.notices


@pytest.mark.parametrize("cells", [{"section": "T2", "list": "planned"}, {}])
def test_of_a_long_row_the_line_to_choose_it_by_says_that_more_follows(
    reviewed: Reviewed, report: Report, cells: dict[str, str]
) -> None:
    words = "Train prosecutors in the regions. " * 20
    (row,) = added(reviewed, report, {"description": words, **cells}).values()
    assert row.words.endswith("…")
    assert len(row.words) <= QUOTED
    whole = row.values["description"].plain_text() if row.values else kept(row)  # type: ignore[union-attr]
    assert words.strip() in whole


def test_words_that_are_no_answer_are_quoted_with_a_mark_where_more_follows(
    reviewed: Reviewed, report: Report
) -> None:
    frame = "when the regions are ready " * 20
    cells = {"description": "Train", "section": "T2", "list": "planned"}
    (row,) = added(reviewed, report, {**cells, "goals": frame}).values()
    (told,) = (each for each in row.told if "none of the options" in each)
    assert "…”" in told
    assert frame.strip() in kept(row)
