from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment

from desktop_app.exchange.workbook.traces import LAYOUT_PART
from tests.support.returned_workbooks import changed, read_bytes
from tests.support.workbooks import COMMITMENTS, planned_action, report_of, row_id, written


def change_words(workbook: Workbook) -> None:
    for row in workbook["T1"].iter_rows():
        for cell in row:
            if "New standard procedures" in str(cell.value):
                cell.value = "Changed on the sheet of the section"


def as_laid_out_otherwise(workbook: Workbook) -> None:
    for row in workbook["_meta"].iter_rows():
        if row[0].value == LAYOUT_PART and row[1].value == "T1":
            row[2].value = "0" * 16


def without_layouts(workbook: Workbook) -> None:
    for row in workbook["_meta"].iter_rows():
        if row[0].value == LAYOUT_PART:
            for cell in row:
                cell.value = None


@pytest.mark.parametrize("laid_out", [as_laid_out_otherwise, without_layouts])
def test_sheets_that_another_version_laid_out_are_not_taken_for_changed(
    laid_out: Callable[[Workbook], None], tmp_path: Path
) -> None:
    def change(workbook: Workbook) -> None:
        change_words(workbook)
        laid_out(workbook)

    returned = read_bytes(tmp_path, changed(change))
    assert returned.edits == ()
    [sentence] = returned.unknown
    assert sentence.startswith("Another version of this program laid out the sheets")


def test_sheets_of_this_version_are_compared(tmp_path: Path) -> None:
    returned = read_bytes(tmp_path, changed(change_words))
    assert [edit.found for edit in returned.edits] == ["Changed on the sheet of the section"]
    assert returned.unknown == ()


def cell_with(workbook: Workbook, sheet: str, words: str) -> Cell:
    """The only cell of a sheet that holds these words."""
    [found] = [cell for row in workbook[sheet].iter_rows() for cell in row if words in str(cell.value)]
    assert isinstance(found, Cell)
    return found


def planned(number: int, section: str = "T1", **values: Any) -> list[tuple[str, Any]]:
    """Changes that add a planned action."""
    return [(path.replace("T1.", f"{section}."), value) for path, value in planned_action(number, **values)]


def test_the_same_words_in_two_sections_are_told_apart_by_the_sheet(tmp_path: Path) -> None:
    """A country plans one memorandum under two targets."""
    memorandum = "A memorandum of understanding with the providers."
    data = written(
        report_of(
            COMMITMENTS,
            *planned(1, "T2", description=memorandum),
            *planned(2, "T4", description=memorandum),
        )
    )

    def change(workbook: Workbook) -> None:
        cell = cell_with(workbook, "T4", memorandum)
        cell.value = "A signed memorandum of understanding with the providers."
        cell_with(workbook, "T2", memorandum).comment = Comment("By when?", "Zoë")

    returned = read_bytes(tmp_path, changed(change, data))
    assert [edit.path for edit in returned.edits] == [f"T4.planned/{row_id(2)}/description"]
    assert [note.key for note in returned.notes] == [f"T2.planned/{row_id(1)}"]


def test_the_same_words_twice_in_a_section_are_told_apart_by_their_order(tmp_path: Path) -> None:
    training = "A training of all prosecutors."
    data = written(
        report_of(COMMITMENTS, *(each for n in (1, 2, 3) for each in planned(n, description=training)))
    )

    def change(workbook: Workbook) -> None:
        cells = [cell for row in workbook["T1"].iter_rows() for cell in row if cell.value == training]
        cells[1].comment = Comment("The second one", "Zoë")
        cells[2].value = "A training of all judges."

    returned = read_bytes(tmp_path, changed(change, data))
    assert [edit.path for edit in returned.edits] == [f"T1.planned/{row_id(3)}/description"]
    # One of the three is gone, so nobody can tell any more which of them was noted.
    assert [note.key for note in returned.notes] == [None]

    def only_note(workbook: Workbook) -> None:
        cells = [cell for row in workbook["T1"].iter_rows() for cell in row if cell.value == training]
        cells[1].comment = Comment("The second one", "Zoë")

    returned = read_bytes(tmp_path, changed(only_note, data))
    assert [note.key for note in returned.notes] == [f"T1.planned/{row_id(2)}"]


@pytest.mark.parametrize("now", ["Till June 2014", "Till June 2014\nby 31 Dec 2013, not confirmed"])
def test_a_timeframe_on_a_sheet_to_read_is_the_answer_without_its_reading(now: str, tmp_path: Path) -> None:
    frame = {"text": "Till December 2013", "edtf": "../2013-12", "confirmed": False}
    data = written(report_of(COMMITMENTS, *planned(1, description="A hotline for reports.", timeframe=frame)))

    def change(workbook: Workbook) -> None:
        cell_with(workbook, "T1", "Till December 2013").value = now

    [edit] = read_bytes(tmp_path, changed(change, data)).edits
    assert edit.path == f"T1.planned/{row_id(1)}/timeframe"
    assert (edit.official, edit.found) == ("Till December 2013", "Till June 2014")
