"""Reading a finished workbook again, and comparing it cell by cell with what was planned.

Words, numbers and dates are read by openpyxl, as a reader's program reads them; formats and the exact
characters from the sheets' XML.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lxml import etree
from openpyxl import load_workbook

from desktop_app.exchange.workbook.cells import escaped
from desktop_app.exchange.workbook.naming import letters
from desktop_app.exchange.workbook.plan import (
    Cell,
    Content,
    SheetPlan,
    Typing,
    Validation,
    WorkbookPlan,
    words_of,
)
from desktop_app.exchange.workbook.rich import is_rich, piece_format
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

Format = tuple[bool, bool, bool, bool, bool, float, str]


class ReadBackError(DeskError):
    """A workbook that was just written does not read as it was meant. It is not kept."""


def check_workbook(data: bytes, plan: WorkbookPlan) -> None:
    """ReadBackError, naming the first place, when the workbook ``data`` is not what was planned."""
    differences = compare(data, plan)
    if differences:
        raise ReadBackError(
            _(
                "The workbook does not read as it was written: {place}. Nothing was exported; try again."
            ).format(place=differences[0])
        )


def compare(workbook: Path | bytes, plan: WorkbookPlan) -> list[str]:
    """The places that differ, such as ``T1!B5``; none when every cell is as planned."""
    data = workbook.read_bytes() if isinstance(workbook, Path) else workbook
    try:
        found = list(_words_read(data, plan))
        found += [place for place in _formats_read(data, plan) if place not in found]
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, etree.XMLSyntaxError) as error:
        return [f"{type(error).__name__}: {error}"]
    return found


def _place(sheet: SheetPlan, row: int, column: int) -> str:
    return f"{sheet.name}!{letters(column)}{row}"


def _words_read(data: bytes, plan: WorkbookPlan) -> Iterator[str]:
    """The places whose content openpyxl reads differently."""
    opened = load_workbook(io.BytesIO(data), read_only=True)
    try:
        if opened.sheetnames != [sheet.name for sheet in plan.sheets]:
            yield ", ".join(opened.sheetnames)
            return
        for sheet in plan.sheets:
            worksheet = opened[sheet.name]
            worksheet.reset_dimensions()
            yield from _sheet_words_read(worksheet, sheet)
    finally:
        opened.close()


def _sheet_words_read(worksheet: Any, sheet: SheetPlan) -> Iterator[str]:
    read = list(worksheet.iter_rows(values_only=True))
    for index, row in enumerate(sheet.rows, start=1):
        values = read[index - 1] if index <= len(read) else ()
        for column in range(1, max((*row.cells, len(values)), default=0) + 1):
            cell = row.cells.get(column)
            value = values[column - 1] if column <= len(values) else None
            if value != _expected(cell.content if cell else None):
                yield _place(sheet, index, column)
    for index in range(len(sheet.rows) + 1, len(read) + 1):
        yield _place(sheet, index, 1)


def _expected(content: Content) -> str | int | float | datetime.datetime | None:
    """What openpyxl gives for a cell: the characters as they stand in the file, days as moments."""
    if isinstance(content, tuple):
        return (
            "".join(escaped(piece.text) for piece in content)
            if is_rich(content)
            else escaped(words_of(content))
        )
    if isinstance(content, datetime.date):
        return datetime.datetime.combine(content, datetime.time())
    return content


def _formats_read(data: bytes, plan: WorkbookPlan) -> Iterator[str]:
    """The places that are no text though they should be, or whose pieces have other formats."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for number, sheet in enumerate(plan.sheets, start=1):
            content = archive.read(f"xl/worksheets/sheet{number}.xml")
            yield from _sheet_formats_read(content, sheet)


def _sheet_formats_read(content: bytes, sheet: SheetPlan) -> Iterator[str]:
    wanted = {
        f"{letters(column)}{row}": cell
        for row, column, cell in sheet.cells()
        if isinstance(cell.content, tuple)
    }
    columns = {index: (width, index in sheet.hidden_columns) for index, width in enumerate(sheet.widths, 1)}
    rules = [_rule_expected(validation) for validation in sheet.validations]
    tags = [f"{_MAIN}{name}" for name in ("c", "col", "dataValidation")]
    for _event, element in etree.iterparse(io.BytesIO(content), tag=tags, resolve_entities=False):
        if element.tag == tags[0]:
            cell = wanted.pop(element.get("r", ""), None)
            if cell is not None and not _is_as_planned(element, cell):
                yield f"{sheet.name}!{element.get('r')}"
        elif element.tag == tags[1]:
            yield from (f"{sheet.name}!{letters(index)}" for index in _columns_off(element, columns))
        elif rule := _rule_read(element):
            if rule not in rules:
                yield f"{sheet.name}!{rule[3]}"
            else:
                rules.remove(rule)
        element.clear()
    yield from (f"{sheet.name}!{place}" for place in wanted)
    yield from (f"{sheet.name}!{letters(index)}" for index in columns)
    yield from (f"{sheet.name}!{rule[3]}" for rule in rules)


def _columns_off(element: etree._Element, columns: dict[int, tuple[float, bool]]) -> Iterator[int]:
    """The columns that are wider, narrower, shown or hidden otherwise; takes what it has seen out."""
    found = (float(element.get("width", "0")), element.get("hidden") in ("1", "true"))
    for index in range(int(element.get("min", "0")), int(element.get("max", "0")) + 1):
        if columns.pop(index, None) != found:
            yield index


Rule = tuple[str, str, str, str, bool, tuple[str, str], tuple[str, str]]
"""Type, operator, formula, places, whether a blank will do, prompt and error of a rule for typing."""


def _rule_expected(planned: Validation) -> Rule:
    type_, operator, formula = {
        Typing.REFUSED: ("custom", "", "FALSE"),
        Typing.LISTED: ("list", "", planned.source),
        Typing.DAY: ("date", "greaterThanOrEqual", "36526"),
    }[planned.typing]
    blank = planned.typing is not Typing.REFUSED
    return type_, operator, formula, " ".join(planned.places), blank, planned.prompt, planned.error


def _rule_read(element: etree._Element) -> Rule:
    found = element.attrib
    return (
        found.get("type", ""),
        found.get("operator", ""),
        element.findtext(f"{_MAIN}formula1", ""),
        found.get("sqref", ""),
        found.get("allowBlank") in ("1", "true"),
        (found.get("promptTitle", ""), found.get("prompt", "")),
        (found.get("errorTitle", ""), found.get("error", "")),
    )


def _is_as_planned(element: etree._Element, cell: Cell) -> bool:
    if element.get("t") != "inlineStr" or not isinstance(cell.content, tuple):
        return False
    container = element.find(f"{_MAIN}is")
    if container is None:
        return False
    if not is_rich(cell.content):
        return container.findtext(f"{_MAIN}t") == escaped(words_of(cell.content))
    runs = [(run.findtext(f"{_MAIN}t"), _format_of(run)) for run in container.iterfind(f"{_MAIN}r")]
    return runs == [(escaped(piece.text), piece_format(piece, cell.look)) for piece in cell.content]


def _format_of(run: etree._Element) -> Format | None:
    properties = run.find(f"{_MAIN}rPr")
    if properties is None:
        return None
    values: Mapping[str, Any] = {etree.QName(each).localname: each.attrib for each in properties}
    return (
        "b" in values,
        "i" in values,
        "strike" in values,
        "u" in values,
        values.get("vertAlign", {}).get("val") == "superscript",
        float(values["sz"]["val"]),
        values["color"]["rgb"].removeprefix("FF"),
    )
