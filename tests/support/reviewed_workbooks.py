"""Workbooks as reviewers send them back: the program's own, written in with openpyxl."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.services.exporting import export_file

DECISION, COMMENT, QUESTION = "Decision", "Comment", "Question to the country"
REVIEWER, DATE, KIND = "Reviewer", "Date of review", "Kind of comment"


def exported_workbook(path: Path, folder: Path) -> bytes:
    """The workbook in the package of the report file at ``path``."""
    with zipfile.ZipFile(export_file(path, folder=folder, replace=True).path) as package:
        return package.read("report.xlsx")


def reviewed(data: bytes, target: Path, *steps: Callable[[Workbook], None]) -> Path:
    """Writes the workbook in ``data`` to ``target`` after ``steps``."""
    workbook = load_workbook(io.BytesIO(data))
    for step in steps:
        step(workbook)
    workbook.save(target)
    return target


def says(key: str, said: Mapping[str, str]) -> Callable[[Workbook], None]:
    """A reviewer fills in columns, by their headers, of the row that stands for the place ``key``."""

    def step(workbook: Workbook) -> None:
        sheet = workbook["Review"]
        for header, words in said.items():
            sheet.cell(_row(sheet, key), _columns(sheet)[header]).value = words

    return step


def rewords(key: str, old: str, new: str) -> Callable[[Workbook], None]:
    """A reviewer changes official words of the place ``key``."""

    def step(workbook: Workbook) -> None:
        sheet = workbook["Review"]
        cell = sheet.cell(_row(sheet, key), _columns(sheet)["Official words"])
        assert old in str(cell.value)
        cell.value = str(cell.value).replace(old, new)

    return step


def adds_action(section: str, kind: str, words: str) -> Callable[[Workbook], None]:
    """A colleague writes a new row below the actions."""

    def step(workbook: Workbook) -> None:
        sheet, columns = workbook["Actions"], _columns(workbook["Actions"])
        row = sheet.max_row + 1
        for header, value in (("Section: code", section), ("List: code", kind), ("Description", words)):
            sheet.cell(row, columns[header]).value = value

    return step


def cell_of(data: bytes, key: str, header: str) -> str:
    """What stands on the sheet for reviews in the row of the place ``key``."""
    sheet = load_workbook(io.BytesIO(data))["Review"]
    return str(sheet.cell(_row(sheet, key), _columns(sheet)[header]).value or "")


def _columns(sheet: Worksheet) -> dict[str, int]:
    return {str(cell.value): number for number, cell in enumerate(sheet[1], start=1)}


def _row(sheet: Worksheet, key: str) -> int:
    keys = [cells[0].value for cells in sheet.iter_rows()]
    return keys.index(key) + 1
