"""The rows of a sheet as the XML of the file, a piece at a time, so that no sheet is ever whole in memory.

openpyxl writes what stands above and below the rows. What it would write for the rows themselves, and
what this module writes, is the same XML; a test compares the two.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from openpyxl.compat import safe_string

from desktop_app.exchange.workbook.cells import escaped, runs_right_to_left
from desktop_app.exchange.workbook.naming import letters
from desktop_app.exchange.workbook.plan import Cell, Content, Look, RowPlan, SheetPlan, Words
from desktop_app.exchange.workbook.rich import is_rich, runs_xml
from desktop_app.exchange.workbook.xml_text import text_element

DAY_ZERO = datetime.date(1899, 12, 30)
"""The day from which Excel counts, if none counted before ``columns.FIRST_DAY`` is asked for."""
_PIECE = 256 * 1024
"""Characters of a piece, about."""


class StyleIds(Protocol):
    """Says by which number the file knows a style."""

    def number(self, look: Look, rule: bool, quoted: bool, right_to_left: bool = False) -> int:
        """The number of a look, with a hairline below or not, for words that stay words or not.

        ``right_to_left``: the words run that way, whatever the sheet does.
        """
        ...


def extent(sheet: SheetPlan) -> str:
    """The range from a sheet's first cell to its last, such as ``A1:H9``; ``A1:A1`` without any."""
    if sheet.table is not None:
        filled = len(sheet.rows) if sheet.rows[-1].cells else len(sheet.rows) - 1
        return f"A1:{letters(sheet.table.columns)}{filled}"
    left = right = first = last = 0
    for index, row in enumerate(sheet.rows, start=1):  # long sheets make theirs one after the other
        if row.cells:
            first, last = first or index, index
            left, right = min(left or min(row.cells), *row.cells), max(right, *row.cells)
    return f"{letters(left)}{first}:{letters(right)}{last}" if first else "A1:A1"


def rows_xml(
    sheet: SheetPlan,
    styles: StyleIds,
    links: dict[str, tuple[str, int]],
    row_written: Callable[[], object] | None = None,
) -> Iterator[bytes]:
    """The element ``sheetData`` in pieces. ``links`` gets the sheet and row that each linking cell leads to.

    ``row_written`` is called for each row.
    """
    rows = _Rows(styles)
    pieces, size = ["<sheetData>"], 0
    for index, row in enumerate(sheet.rows, start=1):
        if row.cells or row.height is not None:
            piece = rows.xml(index, row)
            pieces.append(piece)
            if sheet.table is None or sheet.links:
                columns = (sheet.links,) if sheet.links else row.cells
                links.update(_links(index, row, columns))
            size += len(piece)
        if row_written is not None:
            row_written()
        if size > _PIECE:
            yield "".join(pieces).encode()
            pieces, size = [], 0
    pieces.append("</sheetData>")
    yield "".join(pieces).encode()


def _links(index: int, row: RowPlan, columns: Iterable[int]) -> Iterator[tuple[str, tuple[str, int]]]:
    for column in columns:
        cell = row.cells.get(column)
        if cell is not None and cell.sheet is not None:
            yield f"{letters(column)}{index}", (cell.sheet, cell.row)


class _Rows:
    """Makes the XML of rows. A cell that is the same as in the row above is not made again."""

    def __init__(self, styles: StyleIds) -> None:
        self._styles = styles
        self._known: dict[tuple[Look, bool, bool, bool], int] = {}
        self._columns: list[int] = []
        self._cells: list[Cell] = []
        self._parts: list[str] = []
        """The columns and cells of the row above, and what stands before, between and after its numbers."""

    def xml(self, index: int, row: RowPlan) -> str:
        height = "" if row.height is None else f' ht="{safe_string(row.height)}"'
        if height and not row.grows:
            height += ' customHeight="1"'
        columns = sorted(row.cells)
        cells = [row.cells[column] for column in columns]
        if columns != self._columns:
            self._begin(columns, cells)
        above, parts = self._cells, self._parts
        for position, cell in enumerate(cells):
            if cell is not above[position]:
                parts[position + 1] = self._rest(cell, columns, position)
        self._cells = cells
        number = str(index)
        return f'<row r="{number}"{height}>{number.join(parts)}</row>'

    def _begin(self, columns: list[int], cells: list[Cell]) -> None:
        """Rows of other cells than before."""
        self._columns, self._cells = columns, cells
        rests = [self._rest(cell, columns, position) for position, cell in enumerate(cells)]
        self._parts = [f'<c r="{letters(columns[0])}' if columns else "", *rests]

    def _rest(self, cell: Cell, columns: list[int], position: int) -> str:
        """What follows the number in a cell's place, up to the next one's."""
        rest = self._content(cell)
        return f'{rest}<c r="{letters(columns[position + 1])}' if position + 1 < len(columns) else rest

    def _content(self, cell: Cell) -> str:
        content = cell.content
        if content is None:
            return f'" s="{self._style(cell, False)}" t="n"/>'
        if isinstance(content, tuple):
            number = self._style(cell, True, runs_right_to_left(content))
            return f'" s="{number}" t="inlineStr">{_words_xml(content, cell.look)}</c>'
        return f'" s="{self._style(cell, False)}" t="n"><v>{_number(content)}</v></c>'

    def _style(self, cell: Cell, quoted: bool, right_to_left: bool = False) -> int:
        """The number of the cell's style."""
        key = (cell.look, cell.rule, quoted, right_to_left)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._styles.number(*key)
        return found


def _words_xml(words: Words, look: Look) -> str:
    """The one way for words into a cell: they are text whatever they begin with."""
    if is_rich(words):
        return f"<is>{runs_xml(words, look)}</is>"
    text = words[0].text if len(words) == 1 else "".join(piece.text for piece in words)
    return f"<is>{text_element(escaped(text))}</is>" if text else ""


def _number(content: Content) -> str:
    if isinstance(content, datetime.date):
        return str((content - DAY_ZERO).days)
    return str(safe_string(content))
