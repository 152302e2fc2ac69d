"""Further things people do to a workbook before it comes back: each comes in right, or is told."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.views import BookView
from openpyxl.worksheet.views import SheetView

from desktop_app.report.report import Report
from desktop_app.runtime.errors import DeskError
from desktop_app.services.review import read_workbook
from tests.support.reviewed import LIBRARY, Reviewed, said, told, written_in


def test_cells_merged_over_several_rows(reviewed: Reviewed, report: Report) -> None:
    """Excel keeps the words of the first cell alone, which stand on the first of the rows."""
    expected = written_in(reviewed, 3)
    letter = get_column_letter(reviewed.column("Review", "review_comment"))
    reviewed.sheet("Review").merge_cells(f"{letter}3:{letter}6")
    held = reviewed.held_for(report)
    assert said(held) == expected and not told(held)


def test_official_cells_merged(reviewed: Reviewed, report: Report) -> None:
    """The words that merging threw away are offered as a change, and nothing is taken over by itself."""
    expected = written_in(reviewed, 3)
    letter = get_column_letter(reviewed.column("Review", "words"))
    reviewed.sheet("Review").merge_cells(f"{letter}4:{letter}5")
    held = reviewed.held_for(report)
    assert said(held) == expected
    (emptied,) = held.suggestions
    assert emptied.found == "" and "The cell was emptied." in emptied.told
    assert emptied.id not in held.proposed(suggestions=True)


def test_the_sheet_copied_within_the_workbook(reviewed: Reviewed, report: Report) -> None:
    """What is typed into the copy counts as well; what both say counts once."""
    expected = written_in(reviewed, 3)
    copy = reviewed.book.copy_worksheet(reviewed.sheet("Review"))
    copy.title = "Review (2)"
    copy.cell(7, reviewed.column("Review", "review_comment")).value = "Typed into the copy"
    expected[reviewed.key(7)] = ["Typed into the copy"]
    held = reviewed.held_for(report)
    assert said(held) == expected and not held.suggestions and not held.new_rows


def test_the_sheet_for_reviews_deleted(reviewed: Reviewed, report: Report) -> None:
    reviewed.note("Actions", reviewed.cell("Actions", 3, "description").coordinate, "Still a note")
    del reviewed.book["Review"]
    held = reviewed.held_for(report)
    assert [words for found in said(held).values() for words in found] == ["Still a note"]
    assert "The sheet “Review” is not in the workbook. Notes and other sheets were read." in told(held)


def test_a_sheet_protected_by_a_password(reviewed: Reviewed, report: Report) -> None:
    """The protection of a sheet locks typing; whoever has the file can read all of it."""
    expected = written_in(reviewed, 3, 7)
    reviewed.sheet("Review").protection.set_password("secret")
    reviewed.sheet("Review").protection.enable()
    reviewed.book.security.lockStructure = True
    held = reviewed.held_for(report)
    assert said(held) == expected and not told(held)


def test_columns_hidden_and_grouped(reviewed: Reviewed, report: Report) -> None:
    expected = written_in(reviewed, 3)
    sheet = reviewed.sheet("Review")
    sheet.column_dimensions["A"].hidden = False
    for code in ("words", "review_comment"):
        sheet.column_dimensions[get_column_letter(reviewed.column("Review", code))].hidden = True
    sheet.column_dimensions.group("H", "L", hidden=True)
    held = reviewed.held_for(report)
    assert said(held) == expected and not told(held)


def test_sheets_in_another_order(reviewed: Reviewed, report: Report) -> None:
    expected = written_in(reviewed, 3)
    reviewed.book.move_sheet("Review", -len(reviewed.book.sheetnames))
    reviewed.book.move_sheet("_meta", -3)
    held = reviewed.held_for(report)
    assert said(held) == expected and not told(held)


def test_a_comment_filled_down(reviewed: Reviewed, report: Report) -> None:
    """Each row was meant: the same words on three rows are three comments."""
    for row in (3, 4, 5):
        reviewed.comment(row, "See the general remark", reviewer="Zoë")
    held = reviewed.held_for(report)
    assert said(held) == {reviewed.key(row): ["See the general remark"] for row in (3, 4, 5)}


def test_a_row_pasted_twice_as_it_is(reviewed: Reviewed, report: Report) -> None:
    expected = written_in(reviewed, 3)
    last = reviewed.sheet("Review").max_row
    for target in (last + 1, last + 2):
        reviewed.copy_row("Review", 3, target)
    held = reviewed.held_for(report)
    assert said(held) == expected and not held.new_rows


def test_found_and_replaced_in_official_words(reviewed: Reviewed, report: Report) -> None:
    """In all sheets at once: one suggestion for each answer, and none is taken over by itself."""
    written_in(reviewed, 3)
    for name in ("Review", "Actions", "T1", "T2", "T3", "T4"):
        for cells in reviewed.sheet(name).iter_rows():
            for cell in cells:
                if isinstance(cell.value, str) and "Interpol" in cell.value:
                    cell.value = cell.value.replace("Interpol", "INTERPOL")
    held = reviewed.held_for(report)
    assert held.suggestions and len({each.path for each in held.suggestions}) == len(held.suggestions)
    for each in held.suggestions:
        assert each.found == each.official.replace("Interpol", "INTERPOL")
    assert not {each.id for each in held.suggestions} & held.proposed()


def test_found_and_replaced_in_the_keys_as_well(reviewed: Reviewed, report: Report) -> None:
    """Rows whose hidden keys are spoilt are matched by their words, and that is said."""
    expected = written_in(reviewed, 3, 7)
    sheet, column = reviewed.sheet("Review"), reviewed.column("Review", "key")
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, column).value = str(sheet.cell(row, column).value).replace("planned", "foreseen")
    held = reviewed.held_for(report)
    assert said(held) == expected
    assert "matched by its words" in told(held) or "matched by their words" in told(held)


def test_a_line_with_a_total_below(reviewed: Reviewed, report: Report) -> None:
    """Words on a row of nobody's are about the whole report, not about an action near by."""
    expected = written_in(reviewed, 3)
    last = reviewed.sheet("Review").max_row + 2
    reviewed.comment(last, "Total: 1 comment")
    held = reviewed.held_for(report)
    assert said(held) == {**expected, "": ["Total: 1 comment"]}


def test_two_windows_on_the_workbook(reviewed: Reviewed, report: Report) -> None:
    """Excel saves a view of each window."""
    expected = written_in(reviewed, 3)
    reviewed.book.views.append(BookView(activeTab=2))
    for sheet in reviewed.book.worksheets:
        sheet.views.sheetView.append(SheetView(workbookViewId=1, zoomScale=80))
    held = reviewed.held_for(report)
    assert said(held) == expected and not told(held)


def test_only_formats_changed(reviewed: Reviewed, report: Report) -> None:
    """Colours and sizes are for the reader; they are no change of the words."""
    expected = written_in(reviewed, 3)
    for cells in reviewed.sheet("Review").iter_rows(min_row=2, max_row=9):
        for cell in cells:
            cell.fill = PatternFill("solid", fgColor="FFFF00")
            cell.font = Font(size=20, bold=True)
    reviewed.sheet("Review").freeze_panes = "D5"
    reviewed.sheet("Review").row_dimensions[3].height = 200
    held = reviewed.held_for(report)
    assert said(held) == expected and not told(held) and not held.suggestions


def test_the_sheet_saved_as_csv(reviewed: Reviewed, tmp_path: Path) -> None:
    """Nothing can be matched by then; the sentence says what to send instead."""
    written_in(reviewed, 3)
    path = tmp_path / "report.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(reviewed.sheet("Review").values)
    with pytest.raises(DeskError, match=r"report\.csv.*CSV"):
        read_workbook(path, LIBRARY)
