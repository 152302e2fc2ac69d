from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from desktop_app.exchange.workbook.traces import LAYOUT_PART
from tests.support.returned_workbooks import changed, read_bytes


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
