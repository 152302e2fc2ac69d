"""Some columns sorted, others not: comments stand beside the words they were typed beside."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from tests.support.returned_workbooks import changed, columns, read_bytes, row_of, write
from tests.support.workbooks import COMMITMENTS, example, planned_action, report_of, row_id, written

REPORT = example()
GOAL = "T1.goals/T1.G1"
ROW = f"T1.planned/{REPORT.lists['T1.planned'].rows[2].id}"
LAST = "review_kind"


def sort_some(workbook: Workbook, sheet: str, first: str, last: str) -> None:
    """Sort the rows below the header in these columns alone, by the first of them."""
    places, worksheet = columns(workbook, sheet), workbook[sheet]
    numbers = range(places[first], places[last] + 1)
    rows = range(2, worksheet.max_row + 1)
    blocks = [[worksheet.cell(row, column).value for column in numbers] for row in rows]
    blocks.sort(key=lambda block: str(block[0]), reverse=True)
    for row, block in zip(rows, blocks, strict=True):
        for column, value in zip(numbers, block, strict=True):
            worksheet.cell(row, column).value = value


def test_comments_stay_with_the_words_that_were_sorted_along_with_them(tmp_path: Path) -> None:
    def work(workbook: Workbook) -> None:
        write(workbook, GOAL, review_comment="About the goal", review_reviewer="Zoë")
        write(workbook, ROW, review_comment="About the third action")
        sort_some(workbook, "Review", "words", LAST)

    returned = read_bytes(tmp_path, changed(work))
    assert {each.key: each.comment for each in returned.reviews} == {
        GOAL: "About the goal",
        ROW: "About the third action",
    }
    assert not returned.edits and not returned.missing and not returned.notes
    assert any("the words were sorted apart from the hidden key" in each for each in returned.remarks)


def test_in_the_table_of_actions_nothing_was_changed_by_it(tmp_path: Path) -> None:
    returned = read_bytes(
        tmp_path, changed(lambda book: sort_some(book, "Actions", "description", "timeframe"))
    )
    assert not returned.edits and not returned.missing
    assert all(each.key for each in returned.records)
    assert any("sorted apart" in each for each in returned.remarks)


def test_rows_with_the_same_words_are_not_guessed(tmp_path: Path) -> None:
    words = ("Act on judges", "Act on judges", "Open a hotline", "Write a law")
    changes = [each for number, said in enumerate(words) for each in planned_action(number, description=said)]

    def work(workbook: Workbook) -> None:
        write(workbook, f"T1.planned/{row_id(0)}", review_comment="Which judges?")
        write(workbook, f"T1.planned/{row_id(3)}", review_comment="When?")
        sort_some(workbook, "Review", "words", LAST)

    returned = read_bytes(tmp_path, changed(work, written(report_of(COMMITMENTS, *changes))))
    assert {each.key: each.comment for each in returned.reviews} == {
        None: "Which judges?",
        f"T1.planned/{row_id(3)}": "When?",
    }
    assert any("several rows have the same words. Nobody can tell" in each for each in returned.unknown)
    assert not returned.missing and not returned.notes


def test_words_copied_from_a_row_that_still_has_them_are_a_change(tmp_path: Path) -> None:
    other = f"T1.planned/{REPORT.lists['T1.planned'].rows[1].id}"

    def work(workbook: Workbook) -> None:
        places, worksheet = columns(workbook, "Review"), workbook["Review"]
        copied = worksheet.cell(row_of(worksheet, places["key"], other), places["words"]).value
        worksheet.cell(row_of(worksheet, places["key"], ROW), places["words"]).value = copied
        write(workbook, ROW, review_comment="The same as before?")

    returned = read_bytes(tmp_path, changed(work))
    assert [each.key for each in returned.reviews] == [ROW]
    assert [each.path for each in returned.edits] == [f"{ROW}/description"]
    assert not returned.unknown


def test_a_row_that_was_reworded_after_all_but_the_keys_were_sorted(tmp_path: Path) -> None:
    def work(workbook: Workbook) -> None:
        places, worksheet = columns(workbook, "Review"), workbook["Review"]
        words = worksheet.cell(row_of(worksheet, places["key"], ROW), places["words"]).value
        sort_some(workbook, "Review", "reference", "goals")
        row = row_of(worksheet, places["words"], str(words))
        worksheet.cell(row, places["words"]).value = "Quite other words of a reviewer"
        worksheet.cell(row, places["review_comment"]).value = "Say it so"

    returned = read_bytes(tmp_path, changed(work))
    assert [(each.key, each.comment) for each in returned.reviews] == [(ROW, "Say it so")]
    assert [each.path for each in returned.edits] == [f"{ROW}/description"]
    assert any("the hidden key of this row belongs to another one" in each for each in returned.remarks)


def test_of_columns_that_were_sorted_without_the_words_it_is_told(tmp_path: Path) -> None:
    def work(workbook: Workbook) -> None:
        write(workbook, ROW, review_comment="About the third action")
        sort_some(workbook, "Review", "timeframe", LAST)

    returned = read_bytes(tmp_path, changed(work))
    assert [each.comment for each in returned.reviews] == ["About the third action"]
    told = "On the sheet “Review” some columns were sorted and others were not."
    assert [each for each in returned.remarks if each.startswith(told)]
