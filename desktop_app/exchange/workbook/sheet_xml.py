"""The rows of a sheet as the XML of the file, a piece at a time, so that no sheet is ever whole in memory.

openpyxl writes what stands above and below the rows. What it would write for the rows themselves, and
what this module writes, is the same XML; a test compares the two.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
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
    filled_rows = [(index, row.cells) for index, row in enumerate(sheet.rows, start=1) if row.cells]
    if not filled_rows:
        return "A1:A1"
    left = min(min(cells) for _index, cells in filled_rows)
    right = max(max(cells) for _index, cells in filled_rows)
    return f"{letters(left)}{filled_rows[0][0]}:{letters(right)}{filled_rows[-1][0]}"


def rows_xml(
    sheet: SheetPlan,
    styles: StyleIds,
    links: dict[str, str],
    row_written: Callable[[], object] | None = None,
) -> Iterator[bytes]:
    """The element ``sheetData`` in pieces. ``links`` gets the sheet that each linking cell leads to.

    ``row_written`` is called for each row.
    """
    rows = _Rows(styles)
    columns = rows.columns
    pieces, size = ["<sheetData>"], 0
    for index, row in enumerate(sheet.rows, start=1):
        if row.cells or row.height is not None:
            piece = rows.xml(index, row)
            pieces.append(piece)
            size += len(piece)
        for column, cell in row.cells.items():
            if cell.sheet is not None:
                links[f"{columns[column]}{index}"] = cell.sheet
        if row_written is not None:
            row_written()
        if size > _PIECE:
            yield "".join(pieces).encode()
            pieces, size = [], 0
    pieces.append("</sheetData>")
    yield "".join(pieces).encode()


class Columns(dict[int, str]):
    """The letters of columns, each found once."""

    def __missing__(self, column: int) -> str:
        self[column] = letters(column)
        return self[column]


class _Rows:
    """Makes the XML of rows. A cell that is the same as in the row above is not made again."""

    def __init__(self, styles: StyleIds) -> None:
        self.columns = Columns()
        self._styles = styles
        self._above: dict[int, tuple[Cell, str]] = {}

    def xml(self, index: int, row: RowPlan) -> str:
        height = "" if row.height is None else f' ht="{safe_string(row.height)}" customHeight="1"'
        cells = [
            f'<c r="{self.columns[column]}{index}"{self._rest(column, cell)}'
            for column, cell in _in_order(row.cells)
        ]
        return f'<row r="{index}"{height}>{"".join(cells)}</row>'

    def _rest(self, column: int, cell: Cell) -> str:
        above = self._above.get(column)
        if above is not None and above[0] is cell:
            return above[1]
        rest = _rest_of_cell(cell, self._styles)
        self._above[column] = (cell, rest)
        return rest


def _in_order(cells: Mapping[int, Cell]) -> list[tuple[int, Cell]]:
    return sorted(cells.items())


def _rest_of_cell(cell: Cell, styles: StyleIds) -> str:
    """What follows a cell's place."""
    content = cell.content
    if content is None:
        return f' s="{styles.number(cell.look, cell.rule, False)}" t="n"/>'
    if isinstance(content, tuple):
        style = styles.number(cell.look, cell.rule, True, runs_right_to_left(content))
        return f' s="{style}" t="inlineStr">{_words_xml(content, cell.look)}</c>'
    style = styles.number(cell.look, cell.rule, False)
    return f' s="{style}" t="n"><v>{_number(content)}</v></c>'


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
