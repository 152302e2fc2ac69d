"""Columns whose hidden names did not move with them, as libraries leave them that write workbooks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.exchange.review.returned import ReturnedWorkbook
from desktop_app.report.changes import Change
from tests.support.returned_workbooks import changed, columns, move_names, permute_rows, read_bytes, write
from tests.support.workbooks import example, opened, written

GOAL = "T1.goals/T1.G1"
SAID = {
    "review_decision": "Accepted",
    "review_comment": "Well done",
    "review_question": "Which agency?",
    "review_reviewer": "Ana",
    "review_kind": "internal",
}


def commented(change: Callable[[Worksheet, dict[str, int]], None]) -> bytes:
    """A workbook in which one goal is commented on before its columns are changed."""

    def work(workbook: Workbook) -> None:
        write(workbook, GOAL, **SAID)
        change(workbook["Review"], columns(workbook, "Review"))

    return changed(work)


def put_in(sheet: Worksheet, column: int, header: str = "My priority") -> None:
    """A column of somebody's own; openpyxl moves neither names nor tables."""
    sheet.insert_cols(column)
    sheet.cell(1, column).value = header
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, column).value = "P1"


def the_goal(returned: ReturnedWorkbook) -> tuple[str | None, str, str, str, str]:
    [found] = [each for each in returned.reviews if each.key == GOAL]
    assert found.not_understood == ()
    return found.decision, found.comment, found.question, found.reviewer, found.kind


ALL = ("accepted", "Well done", "Which agency?", "Ana", "internal")


@pytest.mark.parametrize("keeps_table", [True, False])
@pytest.mark.parametrize(
    "before", ["reference", "review_decision", "review_comment", "review_kind", "thread"]
)
def test_headers_are_believed_where_names_stayed_behind(
    before: str, keeps_table: bool, tmp_path: Path
) -> None:
    def change(sheet: Worksheet, places: dict[str, int]) -> None:
        put_in(sheet, places[before])
        if not keeps_table:
            sheet.tables.clear()

    returned = read_bytes(tmp_path, commented(change))
    assert the_goal(returned) == ALL
    assert len(returned.reviews) == 1
    assert returned.edits == () and returned.unknown == ()
    assert {note.words for note in returned.notes} == {"My priority: P1"}


def test_a_renamed_header_is_told_by_its_neighbours(tmp_path: Path) -> None:
    def change(sheet: Worksheet, places: dict[str, int]) -> None:
        sheet.cell(1, places["review_comment"]).value = "Remarks by the secretariat"
        put_in(sheet, places["review_decision"])

    returned = read_bytes(tmp_path, commented(change))
    assert the_goal(returned) == ALL
    assert returned.unknown == ()


def test_a_column_taken_out_shifts_no_other(tmp_path: Path) -> None:
    def change(sheet: Worksheet, places: dict[str, int]) -> None:
        sheet.delete_cols(places["review_decision"])

    returned = read_bytes(tmp_path, commented(change))
    assert the_goal(returned) == (None, *ALL[1:])
    [sentence] = returned.unknown
    assert "which column is “Decision”" in sentence


def test_rows_put_in_above_leave_the_names_behind(tmp_path: Path) -> None:
    def change(sheet: Worksheet, _places: dict[str, int]) -> None:
        sheet.insert_rows(1, 3)

    assert the_goal(read_bytes(tmp_path, commented(change))) == ALL


def test_what_nobody_can_tell_is_said_and_not_guessed(tmp_path: Path) -> None:
    def change(sheet: Worksheet, places: dict[str, int]) -> None:
        sheet.cell(1, places["review_comment"]).value = "Remarks by the secretariat"
        put_in(sheet, places["review_comment"])

    returned = read_bytes(tmp_path, commented(change))
    assert the_goal(returned) == ("accepted", "", *ALL[2:])
    [sentence] = returned.unknown
    assert sentence.startswith("On the sheet “Review” nobody can tell which column is “Comment”")
    assert "Remarks by the secretariat: Well done" in {note.words for note in returned.notes}


def test_two_columns_with_the_same_header_are_not_guessed(tmp_path: Path) -> None:
    def change(sheet: Worksheet, places: dict[str, int]) -> None:
        put_in(sheet, places["review_decision"], "Comment")

    returned = read_bytes(tmp_path, commented(change))
    # Its neighbours on both sides are where they belong, so they tell which of the two it is.
    assert the_goal(returned) == ALL


def test_a_name_is_believed_where_only_headers_were_renamed(tmp_path: Path) -> None:
    def change(sheet: Worksheet, places: dict[str, int]) -> None:
        sheet.tables.clear()
        for code in SAID:
            sheet.cell(1, places[code]).value = f"Column of {places[code]}"

    returned = read_bytes(tmp_path, commented(change))
    assert the_goal(returned) == ALL
    assert returned.unknown == ()


def test_a_kind_that_is_none_is_internal_to_be_safe(tmp_path: Path) -> None:
    def change(sheet: Worksheet, places: dict[str, int]) -> None:
        for row in range(2, sheet.max_row + 1):
            if sheet.cell(row, places["key"]).value == GOAL:
                sheet.cell(row, places["review_kind"]).value = "confidential"

    [found] = read_bytes(tmp_path, commented(change)).reviews
    assert found.kind == "internal"
    assert found.not_understood == (("review_kind", "confidential"),)


def test_a_row_that_was_removed_comes_back_with_its_comment(tmp_path: Path) -> None:
    report = example()
    [about, other] = [f"T1.planned/{row.id}" for row in report.lists["T1.planned"].rows[:2]]
    said = {
        "about": about, "kind": "official", "decision": None, "words": "By when?", "question": None,
        "reviewer": "Ana", "date": None, "status": "open", "answers": None, "source": None,
    }  # fmt: skip
    report.apply(Change(about, report.plain(about), None))
    report.apply(Change("comment/c1", None, said))
    untouched = read_bytes(tmp_path, written(report))
    assert (untouched.reviews, untouched.edits, untouched.unknown) == ((), (), ())
    assert untouched.missing == ()

    def answer(workbook: Workbook) -> None:
        write(workbook, about, review_comment="Why removed?")
        write(workbook, other, words="Other words")

    returned = read_bytes(tmp_path, changed(answer, written(report)))
    assert [(each.key, each.comment) for each in returned.reviews] == [(about, "Why removed?")]
    assert [each.found for each in returned.edits] == ["Other words"]
    assert returned.unknown == ()


@pytest.mark.parametrize("names_are_lost", [False, True])
def test_where_the_header_was_deleted_the_first_record_is_none(names_are_lost: bool, tmp_path: Path) -> None:
    def work(workbook: Workbook) -> None:
        write(workbook, GOAL, **SAID)
        workbook["Review"].delete_rows(1)
        if names_are_lost:
            move_names(workbook, "Review", lambda row, column: (row - 1, column) if row > 1 else None)

    data = changed(work)
    assert str(opened(data)["Review"]["A1"].value) == GOAL
    returned = read_bytes(tmp_path, data)
    assert the_goal(returned) == ALL
    assert not returned.missing and not returned.edits
    assert "On the sheet “Review” the header is gone. The columns were told by where they stand." in (
        returned.remarks
    )


def test_a_header_that_was_sorted_in_among_the_records_leaves_none_of_them_out(tmp_path: Path) -> None:
    def work(workbook: Workbook) -> None:
        write(workbook, GOAL, **SAID)
        sheet = workbook["Review"]
        permute_rows(sheet, lambda rows: sorted(rows, key=lambda row: row == 1), first=1)
        permute_rows(sheet, lambda rows: [*rows[:20], rows[-1], *rows[20:-1]], first=1)

    data = changed(work)
    assert str(opened(data)["Review"]["A21"].value) == "Key: do not change"
    returned = read_bytes(tmp_path, data)
    assert the_goal(returned) == ALL
    assert not (returned.missing or returned.edits or returned.unknown)
