"""Reading one sheet of a finished workbook row by row, and comparing it with its plan: every cell of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any

from lxml import etree

from desktop_app.exchange.workbook.cells import escaped, runs_right_to_left
from desktop_app.exchange.workbook.naming import letters
from desktop_app.exchange.workbook.plan import Cell, RowPlan, SheetPlan, Typing, Validation, Words, words_of
from desktop_app.exchange.workbook.rich import is_rich, piece_format
from desktop_app.exchange.workbook.xml_rows import MAIN, ReadCell, ReadRow, SheetXml, characters

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TEXT, _KEPT_TEXT, _TEXT_END = "<is><t>", '<is><t xml:space="preserve">', "</t></is>"
_VALUE, _VALUE_END = "<v>", "</v>"
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
        self._above: dict[int, tuple[Cell, ReadCell]] = {}
        self._letters = {index: letters(index) for index in range(1, len(sheet.widths) + 1)}
        self._widths = {
            index: (width, index in sheet.hidden_columns) for index, width in enumerate(sheet.widths, 1)
        }
        self._rules = [_rule_expected(validation) for validation in sheet.validations]

    def differences(self, part: IO[bytes]) -> Iterator[str]:
        """The places that are not as planned; ``part`` is the sheet's XML."""
        planned = enumerate(self._sheet.rows, start=1)
        last = 0
        sheet = SheetXml(part)
        for found in sheet.rows():
            yield from self._row_off(found, planned, last)
            last = found.number
        for index, row in planned:
            yield from self._missing(index, row)
        for column in sheet.columns():
            yield from map(self._column, _columns_off(column, self._widths))
        for rule in sheet.rules():
            yield from self._rule_off(rule)
        yield from map(self._column, self._widths)
        yield from (f"{self._sheet.name}!{rule[3]}" for rule in self._rules)

    def _column(self, index: int) -> str:
        return f"{self._sheet.name}!{letters(index)}"

    def _row_off(self, found: ReadRow, planned: Iterator[tuple[int, RowPlan]], last: int) -> Iterator[str]:
        """A row of the file, and planned rows before it that are not there."""
        if found.number <= last or found.rest:
            yield place(self._sheet, found.number, 1)
            return
        for number, row in planned:
            if self._row_read is not None:
                self._row_read()
            if number == found.number:
                yield from self._cells_off(found, row.cells)
                return
            yield from self._missing(number, row)
        yield from self._cells_off(found, {})

    def _missing(self, index: int, row: RowPlan) -> Iterator[str]:
        for column, cell in row.cells.items():
            if cell.content is not None:
                yield place(self._sheet, index, column)

    def _cells_off(self, row: ReadRow, cells: Mapping[int, Cell]) -> Iterator[str]:
        found, above_by_column = row.cells, self._above
        for column, cell in cells.items():
            read = found.pop(f"{self._letters[column]}{row.number}", None)
            if read is None:
                if cell.content is not None:
                    yield place(self._sheet, row.number, column)
                continue
            above = above_by_column.get(column)
            if above is not None and above[0] is cell and above[1] == read:
                continue  # the same cell as in the row above, which was compared
            if self._has_its_style(read[0] or "", cell) and _is_as_planned(read, cell):
                above_by_column[column] = (cell, read)
            else:
                yield place(self._sheet, row.number, column)
        for reference, (_style, _type, content) in found.items():
            if content:
                yield f"{self._sheet.name}!{reference}"

    def _has_its_style(self, number: str, cell: Cell) -> bool:
        """Whether the cell is set as all of its look."""
        words = cell.content if isinstance(cell.content, tuple) else None
        key = (cell.look, cell.rule, words is not None, runs_right_to_left(words or ()))
        return self._styles.setdefault(key, number) == number

    def _rule_off(self, found: etree._Element) -> Iterator[str]:
        rule = _rule_read(found)
        if rule in self._rules:
            self._rules.remove(rule)
        else:
            yield f"{self._sheet.name}!{rule[3]}"


def _columns_off(read: etree._Element, columns: dict[int, tuple[float, bool]]) -> Iterator[int]:
    """The columns that are wider, narrower, shown or hidden otherwise; takes what it has seen out."""
    found = (float(read.get("width", "0")), read.get("hidden") in ("1", "true"))
    for index in range(int(read.get("min", "0")), int(read.get("max", "0")) + 1):
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


def _is_as_planned(read: ReadCell, cell: Cell) -> bool:
    _style, kind, found = read
    content = cell.content
    if content is None or not found:
        return content is None and not found
    if isinstance(content, tuple):
        return kind == "inlineStr" and _are_words(found, content, cell)
    if kind not in ("n", None) or not (found.startswith(_VALUE) and found.endswith(_VALUE_END)):
        return False
    number = (content - _DAY_ZERO).days if isinstance(content, datetime.date) else content
    return float(found[len(_VALUE) : -len(_VALUE_END)]) == number


def _are_words(found: str, words: Words, cell: Cell) -> bool:
    if is_rich(words):
        runs = [(_text_of(run), _format_of(run)) for run in etree.fromstring(found).iterfind("r")]
        return runs == [(escaped(piece.text), piece_format(piece, cell.look)) for piece in words]
    begin = _TEXT if found.startswith(_TEXT) else _KEPT_TEXT
    text = found.removeprefix(begin).removesuffix(_TEXT_END)
    if len(text) != len(found) - len(begin) - len(_TEXT_END) or "<" in text:
        return False
    read = characters(text)
    return read == escaped(words_of(words)) and (begin is _KEPT_TEXT or read == read.strip())


def _text_of(run: etree._Element) -> str | None:
    """The characters as a reader's program takes them; none where it would drop white space."""
    element = run.find("t")
    if element is None:
        return None
    text = element.text or ""
    return text if text == text.strip() or element.get(_SPACE) == "preserve" else None


def _format_of(run: etree._Element) -> Format | None:
    properties = run.find("rPr")
    if properties is None:
        return None
    values: Mapping[str, Any] = {str(each.tag): each.attrib for each in properties}
    return (
        "b" in values,
        "i" in values,
        "strike" in values,
        "u" in values,
        values.get("vertAlign", {}).get("val") == "superscript",
        float(values["sz"]["val"]),
        values["color"]["rgb"].removeprefix("FF"),
    )
