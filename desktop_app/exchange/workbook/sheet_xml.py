"""The rows of a sheet as the XML of the file, a piece at a time, so that no sheet is ever whole in memory.

openpyxl writes what stands above and below the rows. What it would write for the rows themselves, and
what this module writes, is the same XML; a test compares the two.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import compress, count
from operator import is_not
from typing import Protocol

from openpyxl.compat import safe_string

from desktop_app.exchange.workbook.cells import escaped, runs_right_to_left
from desktop_app.exchange.workbook.naming import letters
from desktop_app.exchange.workbook.plan import Cell, Content, Look, RowPlan, SheetPlan, Tone, Words
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
    has_links = sheet.table is None or sheet.links > 0
    for index, row in enumerate(sheet.rows, start=1):
        if row.cells or row.height is not None:
            piece = rows.xml(index, row)
            pieces.append(piece)
            if has_links:
                columns = (sheet.links,) if sheet.links else row.cells
                _note_links(index, row, columns, links)
            size += len(piece)
        if row_written is not None:
            row_written()
        if size > _PIECE:
            yield "".join(pieces).encode()
            pieces, size = [], 0
    pieces.append("</sheetData>")
    yield "".join(pieces).encode()


def _note_links(index: int, row: RowPlan, columns: Iterable[int], links: dict[str, tuple[str, int]]) -> None:
    for column in columns:
        cell = row.cells.get(column)
        if cell is not None and cell.sheet is not None:
            links[f"{letters(column)}{index}"] = (cell.sheet, cell.row)


class _Rows:
    """Makes the XML of rows. A cell that is the same as in the row above is not made again."""

    def __init__(self, styles: StyleIds) -> None:
        self._styles = styles
        self._known: dict[tuple[Look, bool, bool, bool], int] = {}
        self._columns: list[int] = []
        self._cells: list[Cell] = []
        self._parts: list[str] = []
        self._next: list[str] = []
        """The columns and cells of the row above; what stands before, between and after its numbers; what
        of that begins the cell behind each."""

    def xml(self, index: int, row: RowPlan) -> str:
        columns, cells = list(row.cells), list(row.cells.values())
        if columns != self._columns:
            columns = sorted(columns)
            cells = [row.cells[column] for column in columns]
            if columns != self._columns:
                self._begin(columns)
        parts, following = self._parts, self._next
        for position in compress(count(), map(is_not, cells, self._cells)):
            parts[position + 1] = self._content(cells[position]) + following[position]
        self._cells = cells
        number = str(index)
        return f'<row r="{number}"{_height(row.height, row.grows)}>{number.join(parts)}</row>'

    def _begin(self, columns: list[int]) -> None:
        """Rows of other cells than before."""
        begun = [f'<c r="{letters(column)}' for column in columns]
        self._columns, self._cells = columns, [_NO_CELL] * len(columns)
        self._parts = ["".join(begun[:1]), *("" for _column in columns)]
        self._next = [*begun[1:], ""]

    def _content(self, cell: Cell) -> str:
        """What follows the number in a cell's place."""
        content = cell.content
        if isinstance(content, tuple):
            if len(content) == 1 and not (piece := content[0]).marks and piece.tone is Tone.SAME:
                text = piece.text
                number = self._style(cell, True, not text.isascii() and runs_right_to_left(content))
                words = f"<is>{text_element(escaped(text))}</is>" if text else ""
            else:
                number = self._style(cell, True, runs_right_to_left(content))
                words = _words_xml(content, cell.look)
            return f'" s="{number}" t="inlineStr">{words}</c>'
        if content is None:
            return f'" s="{self._style(cell, False)}" t="n"/>'
        return f'" s="{self._style(cell, False)}" t="n"><v>{_number(content)}</v></c>'

    def _style(self, cell: Cell, quoted: bool, right_to_left: bool = False) -> int:
        """The number of the cell's style."""
        key = (cell.look, cell.rule, quoted, right_to_left)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._styles.number(*key)
        return found


_NO_CELL = Cell(None)
"""Stands above the first row."""


@lru_cache(maxsize=1024)
def _height(points: float | None, grows: bool) -> str:
    """What a row's element says of its height."""
    if points is None:
        return ""
    return f' ht="{safe_string(points)}"' + ("" if grows else ' customHeight="1"')


def _words_xml(words: Words, look: Look) -> str:
    """Words in several pieces, or with formats: text whatever they begin with."""
    if is_rich(words):
        return f"<is>{runs_xml(words, look)}</is>"
    text = "".join(piece.text for piece in words)
    return f"<is>{text_element(escaped(text))}</is>" if text else ""


def _number(content: Content) -> str:
    if isinstance(content, datetime.date):
        return str((content - DAY_ZERO).days)
    return str(safe_string(content))
