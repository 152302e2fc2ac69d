"""Reading one sheet of a finished workbook row by row, and comparing it with its plan.

The XML is read with lxml, which has no part in writing it, and no sheet is ever whole in memory.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any

from lxml import etree

from desktop_app.exchange.workbook.cells import escaped, runs_right_to_left
from desktop_app.exchange.workbook.naming import letters
from desktop_app.exchange.workbook.plan import (
    Cell,
    RowPlan,
    SheetPlan,
    Typing,
    Validation,
    Words,
    words_of,
)
from desktop_app.exchange.workbook.rich import is_rich, piece_format

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ROW, _COLUMN, _RULE = f"{MAIN}row", f"{MAIN}col", f"{MAIN}dataValidation"
_IS, _TEXT, _RUN, _VALUE = f"{MAIN}is", f"{MAIN}t", f"{MAIN}r", f"{MAIN}v"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_DAY_ZERO = datetime.date(1899, 12, 30)

Format = tuple[bool, bool, bool, bool, bool, float, str]


def place(sheet: SheetPlan, row: int, column: int) -> str:
    """A cell by sheet, column and row, such as ``T1!B5``."""
    return f"{sheet.name}!{letters(column)}{row}"


class SheetReading:
    """One sheet against its plan. ``styles``: the style of each look, the same in all sheets."""

    def __init__(
        self, sheet: SheetPlan, styles: dict[object, str], row_read: Callable[[], object] | None = None
    ) -> None:
        """``row_read`` is called for each row."""
        self._sheet = sheet
        self._styles = styles
        self._row_read = row_read
        self._above: dict[int, tuple[Cell, str]] = {}
        self._letters = {index: letters(index) for index in range(1, len(sheet.widths) + 1)}
        self._widths = {
            index: (width, index in sheet.hidden_columns) for index, width in enumerate(sheet.widths, 1)
        }
        self._rules = [_rule_expected(validation) for validation in sheet.validations]

    def differences(self, part: IO[bytes]) -> Iterator[str]:
        """The places that are not as planned; ``part`` is the sheet's XML."""
        planned = enumerate(self._sheet.rows, start=1)
        last = 0
        for _event, element in etree.iterparse(part, tag=(_ROW, _COLUMN, _RULE), resolve_entities=False):
            if element.tag == _ROW:
                index = int(element.get("r", "0"))
                yield from self._row_off(element, index, planned, last)
                last = index
            elif element.tag == _COLUMN:
                yield from map(self._column, _columns_off(element, self._widths))
            else:
                yield from self._rule_off(element)
            _forget(element)
        for index, row in planned:
            yield from self._missing(index, row)
        yield from map(self._column, self._widths)
        yield from (f"{self._sheet.name}!{rule[3]}" for rule in self._rules)

    def _column(self, index: int) -> str:
        return f"{self._sheet.name}!{letters(index)}"

    def _row_off(
        self, element: etree._Element, index: int, planned: Iterator[tuple[int, RowPlan]], last: int
    ) -> Iterator[str]:
        """A row of the file, and planned rows before it that are not there."""
        if index <= last:
            yield place(self._sheet, index, 1)
            return
        for number, row in planned:
            if self._row_read is not None:
                self._row_read()
            if number == index:
                yield from self._cells_off(element, index, row.cells)
                return
            yield from self._missing(number, row)
        yield from self._cells_off(element, index, {})

    def _missing(self, index: int, row: RowPlan) -> Iterator[str]:
        for column, cell in row.cells.items():
            if cell.content is not None:
                yield place(self._sheet, index, column)

    def _cells_off(self, row: etree._Element, index: int, cells: Mapping[int, Cell]) -> Iterator[str]:
        found = {element.get("r"): element for element in row}
        for column, cell in cells.items():
            element = found.pop(f"{self._letters[column]}{index}", None)
            if element is None:
                if cell.content is not None:
                    yield place(self._sheet, index, column)
            elif not (self._has_its_style(element, column, cell) and _is_as_planned(element, cell)):
                yield place(self._sheet, index, column)
        for reference, element in found.items():
            if len(element):
                yield f"{self._sheet.name}!{reference}"

    def _has_its_style(self, element: etree._Element, column: int, cell: Cell) -> bool:
        """Whether the cell is set as all of its look. The same cell as in the row above is seen at once."""
        number = element.get("s", "")
        above = self._above.get(column)
        if above is not None and above[0] is cell:
            return above[1] == number
        self._above[column] = (cell, number)
        words = cell.content if isinstance(cell.content, tuple) else None
        key = (cell.look, cell.rule, words is not None, runs_right_to_left(words or ()))
        return self._styles.setdefault(key, number) == number

    def _rule_off(self, element: etree._Element) -> Iterator[str]:
        rule = _rule_read(element)
        if rule in self._rules:
            self._rules.remove(rule)
        else:
            yield f"{self._sheet.name}!{rule[3]}"


def _forget(element: etree._Element) -> None:
    """Let go of an element and of all before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


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
        element.findtext(f"{MAIN}formula1", ""),
        found.get("sqref", ""),
        found.get("allowBlank") in ("1", "true"),
        (found.get("promptTitle", ""), found.get("prompt", "")),
        (found.get("errorTitle", ""), found.get("error", "")),
    )


def _is_as_planned(element: etree._Element, cell: Cell) -> bool:
    content = cell.content
    if content is None:
        return len(element) == 0
    if isinstance(content, tuple):
        return element.get("t") == "inlineStr" and len(element) == 1 and _are_words(element[0], content, cell)
    if element.get("t", "n") != "n" or len(element) != 1 or element[0].tag != _VALUE:
        return False
    number = (content - _DAY_ZERO).days if isinstance(content, datetime.date) else content
    return float(element[0].text or "nan") == number


def _are_words(container: etree._Element, words: Words, cell: Cell) -> bool:
    if container.tag != _IS:
        return False
    if not is_rich(words):
        return len(container) == 1 and _text_of(container[0]) == escaped(words_of(words))
    runs = [(_text_of(run.find(_TEXT)), _format_of(run)) for run in container.iterfind(_RUN)]
    return runs == [(escaped(piece.text), piece_format(piece, cell.look)) for piece in words]


def _text_of(element: etree._Element | None) -> str | None:
    """The characters as a reader's program takes them; none where it would drop white space."""
    if element is None or element.tag != _TEXT:
        return None
    text = element.text or ""
    return text if text == text.strip() or element.get(_SPACE) == "preserve" else None


def _format_of(run: etree._Element) -> Format | None:
    properties = run.find(f"{MAIN}rPr")
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
