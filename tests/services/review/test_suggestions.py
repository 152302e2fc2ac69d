"""Changed cells that stand for no answer of their own: which column it was, and no more than was changed."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from desktop_app.report.report import Report
from tests.support.reviewed import Reviewed
from tests.support.workbooks import report_of


def test_only_the_cell_that_was_changed_is_told_with_its_column(reviewed: Reviewed, report: Report) -> None:
    for row in range(2, reviewed.sheet("Goals").max_row + 1):
        if reviewed.cell("Goals", row, "list_undertaken").value == 0:
            break
    else:
        raise AssertionError("every goal is served")
    reviewed.write("Goals", row, goal_short="Another name")
    [found] = reviewed.held_for(report).suggestions
    assert found.found == "Another name"
    assert found.where.endswith(", Goal") and found.kept.where == found.where


def test_an_answer_in_several_columns_is_told_with_its_column(reviewed: Reviewed, report: Report) -> None:
    row = reviewed.row_of("Actions", "list", "planned")
    reviewed.write("Actions", row, timeframe_to="2031-05-31", description="All new words")
    parts = {found.found: found.where for found in reviewed.held_for(report).suggestions}
    assert parts["2031-05-31"].endswith(", Timeframe: to")
    assert parts["All new words"].endswith(", Description")


def typed_beside(folder: Path, report: Report, path: str, **words: object) -> Reviewed:
    """The workbook of the report after somebody typed into the row of a single answer."""
    reviewed = Reviewed(folder, report)
    reviewed.write("Answers", reviewed.row_of("Answers", "reference", path), **words)
    return reviewed


@pytest.mark.parametrize(
    ("path", "answer", "typed", "value"),
    [
        ("cover.date", "2013-06-05", "12 June 2013", datetime.date(2013, 6, 12)),
        ("cover.date", None, datetime.date(2013, 6, 12), datetime.date(2013, 6, 12)),
        ("cover.languages", ["en"], "English; Albanian", ("en", "sq")),
        ("cover.languages", None, "Albanian", ("sq",)),
        ("T1.victims_identified", {"2012": 5, "2013": 7}, "6", {"2012": 6, "2013": 7}),
    ],
)
def test_an_answer_typed_where_it_stands_in_words_is_read(
    path: str, answer: object, typed: object, value: object, tmp_path: Path
) -> None:
    """Nobody looks for the columns of codes to the right, which say the same."""
    report = report_of("ga-commitments", *([(path, answer)] if answer is not None else []))
    [found] = typed_beside(tmp_path, report, path, value=typed).held_for(report).suggestions
    assert (found.path, found.obstacle, found.value, found.is_stale) == (path, "", value, False)
    assert not found.told


def test_codes_count_where_words_were_changed_as_well(tmp_path: Path) -> None:
    report = report_of("ga-commitments", ("cover.languages", ["en"]))
    reviewed = typed_beside(tmp_path, report, "cover.languages", value="German", codes="fr")
    held = {found.found: found for found in reviewed.held_for(report).suggestions}
    assert held["fr"].value == ("fr",)
    assert held["German"].obstacle.startswith("This column says what another column")


def test_the_goals_of_a_row_can_be_written_in_words(reviewed: Reviewed, report: Report) -> None:
    row = reviewed.row_of("Actions", "section", "T2")
    reviewed.write("Actions", row, goals_labels="Goal 2.2")
    [found] = reviewed.held_for(report).suggestions
    assert (found.obstacle, found.value) == ("", ("T2.G2",))


def test_why_nothing_is_answered_is_chosen_in_the_report(tmp_path: Path) -> None:
    report = report_of("ga-commitments", ("T4.undertaken#state", "no_action_taken"))
    reviewed = typed_beside(tmp_path, report, "cover.contact", state_label="Confidential")
    row = reviewed.row_of("Lists", "reference", "T4.undertaken")
    reviewed.write("Lists", row, state_label="Not applicable to our country")
    held = reviewed.held_for(report).suggestions
    assert [found.obstacle for found in held] == [
        "Why something is not answered is chosen in the report itself. Change it there."
    ] * 2


def test_a_number_that_was_changed_was_made_of_nobodys_words(reviewed: Reviewed, report: Report) -> None:
    reviewed.write("Lists", 2, rows=99)
    reviewed.write("Answers", reviewed.row_of("Answers", "reference", "cover.contact"), value=12)
    told = {found.found: found.told for found in reviewed.held_for(report).suggestions}
    assert told["99"] == ()
    assert all("was made of" not in words for words in told["12"])


def test_a_part_of_an_answer_on_a_sheet_to_read_is_for_the_report(reviewed: Reviewed, report: Report) -> None:
    sheet = reviewed.sheet("T1")
    [cell] = [each for row in sheet.iter_rows() for each in row if str(each.value) == "Goal 1.1\nChosen"]
    cell.value = "Goal 1.1\nNot chosen"
    [found] = reviewed.held_for(report).suggestions
    assert found.obstacle.startswith("No answer stands in this cell alone")


def test_the_same_answer_in_other_words_is_no_suggestion(tmp_path: Path) -> None:
    report = report_of("ga-commitments", ("cover.languages", ["en"]), ("cover.date", "2013-06-12"))
    reviewed = typed_beside(tmp_path, report, "cover.languages", value="en")
    reviewed.write("Answers", reviewed.row_of("Answers", "reference", "cover.date"), value="12.6.2013")
    assert not reviewed.held_for(report).suggestions
