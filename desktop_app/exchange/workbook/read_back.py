"""Reading a finished workbook again, and comparing it cell by cell with what was planned.

Every cell, whatever the size of the workbook, is compared in the sheets' XML: characters, numbers, days,
formats, and that cells of one look have one style. openpyxl, as a reader's program, reads the first
``SAMPLE`` rows of each sheet too, which is all of the sheets of a usual report.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO
from xml.parsers import expat

from lxml import etree
from openpyxl import load_workbook

from desktop_app.exchange.workbook.cells import escaped
from desktop_app.exchange.workbook.plan import Content, SheetPlan, WorkbookPlan, words_of
from desktop_app.exchange.workbook.rich import is_rich
from desktop_app.exchange.workbook.sheet_reading import SheetReading, place
from desktop_app.exchange.workbook.xml_rows import MAIN
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _

SAMPLE = 200
"""Rows of each sheet that openpyxl reads."""


class ReadBackError(DeskError):
    """A workbook that was just written does not read as it was meant. It is not kept."""


def check_workbook(
    workbook: BinaryIO, plan: WorkbookPlan, row_read: Callable[[], object] | None = None
) -> None:
    """ReadBackError, naming the first place, when the ``workbook`` is not what was planned.

    ``row_read`` is called for each row.
    """
    differences = compare(workbook, plan, row_read)
    if differences:
        raise ReadBackError(
            _(
                "The workbook does not read as it was written: {place}. Nothing was exported; try again."
            ).format(place=differences[0])
        )


def compare(
    workbook: Path | bytes | BinaryIO, plan: WorkbookPlan, row_read: Callable[[], object] | None = None
) -> list[str]:
    """The places that differ, such as ``T1!B5``; none when every cell is as planned."""
    if isinstance(workbook, Path):
        with workbook.open("rb") as opened:
            return compare(opened, plan, row_read)
    stream = io.BytesIO(workbook) if isinstance(workbook, bytes) else workbook
    try:
        found = list(_read_by_openpyxl(stream, plan))
        found += [each for each in _read_as_xml(stream, plan, row_read) if each not in found]
    except (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        etree.XMLSyntaxError,
        expat.ExpatError,
    ) as error:
        return [f"{type(error).__name__}: {error}"]
    return found


# Every cell, from the XML.


def _read_as_xml(
    stream: BinaryIO, plan: WorkbookPlan, row_read: Callable[[], object] | None
) -> Iterator[str]:
    styles: dict[object, str] = {}
    with zipfile.ZipFile(stream) as archive:
        names = etree.fromstring(archive.read("xl/workbook.xml")).iter(f"{MAIN}sheet")
        if [each.get("name") for each in names] != [sheet.name for sheet in plan.sheets]:
            return  # openpyxl has found that already
        for number, sheet in enumerate(plan.sheets, start=1):
            with archive.open(f"xl/worksheets/sheet{number}.xml") as part:
                yield from SheetReading(sheet, styles, row_read).differences(part)


# A sample, by a reader's program.


def _read_by_openpyxl(stream: BinaryIO, plan: WorkbookPlan) -> Iterator[str]:
    """The places in the first rows whose content openpyxl reads differently."""
    opened = load_workbook(stream, read_only=True)
    try:
        if opened.sheetnames != [sheet.name for sheet in plan.sheets]:
            yield ", ".join(opened.sheetnames)
            return
        for sheet in plan.sheets:
            worksheet = opened[sheet.name]
            worksheet.reset_dimensions()
            yield from _sample_off(worksheet, sheet)
    finally:
        opened.close()


def _sample_off(worksheet: Any, sheet: SheetPlan) -> Iterator[str]:
    read = worksheet.iter_rows(max_row=SAMPLE, values_only=True)
    planned = (row.cells for row in sheet.rows)
    for index, values in enumerate(read, start=1):
        cells = next(planned, {})
        for column in range(1, max((*cells, len(values)), default=0) + 1):
            cell = cells.get(column)
            value = values[column - 1] if column <= len(values) else None
            if value != _expected(cell.content if cell else None):
                yield place(sheet, index, column)


def _expected(content: Content) -> str | int | float | datetime.datetime | None:
    """What openpyxl gives for a cell: the characters as they stand in the file, days as moments."""
    if isinstance(content, tuple):
        if is_rich(content):
            return "".join(escaped(piece.text) for piece in content)
        return escaped(words_of(content))
    if isinstance(content, datetime.date):
        return datetime.datetime.combine(content, datetime.time())
    return content
