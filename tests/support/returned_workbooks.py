"""Workbooks as they come back: opened, changed as reviewers change them, saved again."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.exchange.review.read import read_returned
from desktop_app.exchange.review.returned import ReturnedWorkbook
from desktop_app.formdef.library import FormLibrary
from tests.support.workbooks import FORMS, example_workbook

LIBRARY = FormLibrary([FORMS])
RESAVED = Path(__file__).resolve().parents[1] / "data" / "workbooks"


def read_bytes(
    folder: Path, data: bytes, name: str = "report.xlsx", library: FormLibrary | None = LIBRARY
) -> ReturnedWorkbook:
    """What comes of reading ``data`` as a file."""
    path = folder / name
    path.write_bytes(data)
    return read_returned(path, library)


def changed(change: Callable[[Workbook], None], data: bytes | None = None) -> bytes:
    """The example's workbook, or ``data``, after ``change``, saved by openpyxl with its formats kept."""
    workbook = load_workbook(io.BytesIO(data or example_workbook()), rich_text=True)
    change(workbook)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def columns(workbook: Workbook, sheet: str) -> dict[str, int]:
    """Column numbers of a flat sheet by code, as its hidden names say."""
    start = f"col.{sheet}."
    found = {}
    for name, defined in workbook.defined_names.items():
        if name.startswith(start):
            place = str(defined.attr_text).rpartition("!")[2].replace("$", "")
            found[name[len(start) :]] = load_column(place)
    return found


def load_column(place: str) -> int:
    """The number of the column of a cell such as ``B5``."""
    number = 0
    for letter in place.rstrip("0123456789"):
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def row_of(worksheet: Worksheet, column: int, words: str) -> int:
    """The row in which the column holds these words."""
    for row in range(1, worksheet.max_row + 1):
        if str(worksheet.cell(row, column).value) == words:
            return row
    raise AssertionError(f"nothing says {words}")


def write(workbook: Workbook, key: str, sheet: str = "Review", **values: Any) -> None:
    """Type into the row with this key, by column code."""
    places = columns(workbook, "Review")
    worksheet = workbook[sheet]
    row = row_of(worksheet, places["key"], key)
    for code, value in values.items():
        worksheet.cell(row, places[code]).value = value


def permute_rows(worksheet: Worksheet, order: Callable[[list[int]], list[int]], first: int = 2) -> None:
    """Give the rows from ``first`` on another order, as sorting does; whole rows move."""
    rows = list(range(first, worksheet.max_row + 1))
    values = {row: [cell.value for cell in worksheet[row]] for row in rows}
    for row, source in zip(rows, order(rows), strict=True):
        for column, value in enumerate(values[source], start=1):
            worksheet.cell(row, column).value = value


def move_names(
    workbook: Workbook, sheet: str, place: Callable[[int, int], tuple[int, int] | None], to: str | None = None
) -> None:
    """Let the hidden names of a sheet's headers go where their cells went, as Excel does."""
    start = f"col.{sheet}."
    for name, defined in list(workbook.defined_names.items()):
        if not name.startswith(start):
            continue
        cell = str(defined.attr_text).rpartition("!")[2].replace("$", "")
        column, row = load_column(cell), int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        moved = place(row, column)
        if moved is None:
            defined.attr_text = "#REF!"
        else:
            title = quote_sheetname(to or sheet)
            defined.attr_text = f"{title}!${get_column_letter(moved[1])}${moved[0]}"


def with_parts(data: bytes, parts: Mapping[str, bytes | None]) -> bytes:
    """The zip with some parts added, replaced or, for None, taken out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            if content is not None:
                new.writestr(name, content)
    return stream.getvalue()


def part(data: bytes, name: str) -> bytes:
    """One part of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def sheet_part(data: bytes, sheet: str) -> str:
    """The name of the part that holds a sheet of a workbook that openpyxl or this program wrote."""
    names = load_workbook(io.BytesIO(data), read_only=True).sheetnames
    return f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"
