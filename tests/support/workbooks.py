"""Workbooks of reports for tests: made for real, opened again, read as a person reads them."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from lxml import etree
from openpyxl import Workbook, load_workbook

from desktop_app.exchange.workbook import WorkbookPlan, plan_workbook, workbook_bytes
from desktop_app.formdef.library import FormLibrary
from desktop_app.formdef.model import Form
from desktop_app.report.changes import Change
from desktop_app.report.example import read_example
from desktop_app.report.plain import canonical_bytes, report_to_plain
from desktop_app.report.report import Report

FORMS = Path(__file__).resolve().parents[2] / "forms"
COMMITMENTS = "ga-commitments"
_LIBRARY = FormLibrary([FORMS])
_NUMBERED = re.compile("_x([0-9A-Fa-f]{4})_")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def form(form_id: str = COMMITMENTS) -> Form:
    """A form that ships."""
    return _LIBRARY.form(form_id)


def example() -> Report:
    """The example of the first form."""
    return read_example(form())


def report_of(form_id: str, *changes: tuple[str, Any], country: str = "AL", language: str = "en") -> Report:
    """A report of a form with some answers, always of the same id."""
    report = Report("11111111-1111-4111-8111-111111111111", form(form_id), country, "2013", language)
    for path, value in changes:
        report.apply(Change(path, None, value))
    return report


def row_id(number: int) -> str:
    """A fixed id for a row."""
    return f"{number:08d}-0000-4000-8000-000000000000"


def planned_action(number: int, **values: Any) -> list[tuple[str, Any]]:
    """Changes that add a planned action to the first target of the commitments form."""
    path = f"T1.planned/{row_id(number)}"
    return [
        (path, {"position": number * 1024}),
        *((f"{path}/{code}", value) for code, value in values.items()),
    ]


def plan_of(report: Report) -> WorkbookPlan:
    """The plan of a report's workbook."""
    return plan_workbook(report, canonical_bytes(report_to_plain(report)))


def written(report: Report) -> bytes:
    """The bytes of a report's workbook."""
    return workbook_bytes(plan_of(report))


@cache
def example_workbook() -> bytes:
    """The bytes of the example's workbook, made once."""
    return written(example())


def opened(data: bytes) -> Workbook:
    """A workbook as openpyxl opens it."""
    return load_workbook(io.BytesIO(data))


def records(data: bytes, sheet: str) -> list[dict[str, Any]]:
    """The records of a flat sheet by header, rows without anything left out."""
    rows = list(opened(data)[sheet].iter_rows(values_only=True))
    head = [str(name) for name in rows[0]]
    found = [dict(zip(head, row, strict=True)) for row in rows[1:]]
    return [record for record in found if any(value is not None for value in record.values())]


def reader_text(text: str) -> str:
    """What Excel shows for the characters of a file: numbered characters resolved."""
    return _NUMBERED.sub(lambda found: chr(int(found[1], 16)), text)


@lru_cache(maxsize=8)
def sheet_tree(data: bytes, sheet: str) -> etree._Element:
    """The XML of one sheet."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        workbook = etree.fromstring(archive.read("xl/workbook.xml"))
        names = [each.get("name") for each in workbook.iter(f"{MAIN}sheet")]
        return etree.fromstring(archive.read(f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"))


def cell_element(data: bytes, sheet: str, place: str) -> etree._Element:
    """The XML of one cell."""
    found = sheet_tree(data, sheet).find(f".//{MAIN}c[@r='{place}']")
    assert found is not None, f"there is no cell {place}"
    return found


def column_places(data: bytes, sheet: str, header: str) -> list[str]:
    """The cells below the header of one column of a flat sheet."""
    first, *rest = sheet_tree(data, sheet).iter(f"{MAIN}row")
    [letter] = [str(cell.get("r"))[:-1] for cell in first if shown_text(cell) == header]
    return [f"{letter}{row.get('r')}" for row in rest]


def shown_text(element: etree._Element) -> str:
    """What Excel shows of a cell's words: each piece on its own, white space only where it is protected."""
    parts = []
    for text in element.iter(f"{MAIN}t"):
        protected = text.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
        characters = text.text or ""
        parts.append(reader_text(characters if protected else characters.strip(" \t\n")))
    return "".join(parts)
