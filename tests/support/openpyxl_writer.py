"""A plan written the way openpyxl writes: the yardstick for what the program streams.

The small parts are made by the program itself; rows, styles of cells and links are openpyxl's work.
"""

from __future__ import annotations

import datetime
import io
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles.colors import Color
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.exchange.workbook.cells import escaped, runs_right_to_left
from desktop_app.exchange.workbook.naming import address
from desktop_app.exchange.workbook.plan import Cell, Content, Look, Piece, SheetPlan, WorkbookPlan, words_of
from desktop_app.exchange.workbook.rich import is_rich, piece_format
from desktop_app.exchange.workbook.styles import STYLES
from desktop_app.exchange.workbook.write import Palette, add_sheet, empty_workbook


class _GrowingRow(RowDimension):
    """A row with a height that is not for good: openpyxl knows no such rows."""

    customHeight = False


class _Styles:
    """Each style made once and shared by its cells: the fastest way there is in openpyxl."""

    def __init__(self, workbook: Workbook, right_to_left: bool) -> None:
        self._palette = Palette(workbook, right_to_left)
        self._made: dict[tuple[Look, bool, bool, bool], Any] = {}

    def style(self, look: Look, rule: bool, quoted: bool, right_to_left: bool = False) -> Any:
        key = (look, rule, quoted, right_to_left)
        if key not in self._made:
            self._made[key] = self._palette.style(*key)
        return self._made[key]


def openpyxl_bytes(plan: WorkbookPlan) -> bytes:
    """The xlsx file of a plan as openpyxl saves it."""
    workbook = empty_workbook(plan)
    palette = _Styles(workbook, plan.right_to_left)
    for sheet in plan.sheets:
        worksheet = add_sheet(workbook, sheet, plan)
        for index, row in enumerate(sheet.rows, start=1):
            if row.height is not None:
                kind = _GrowingRow if row.grows else RowDimension
                worksheet.row_dimensions[index] = kind(worksheet, index=index, ht=row.height)
        for row_index, column, cell in sheet.cells():
            _write(worksheet, row_index, column, cell, palette)
    workbook.worksheets[0].sheet_view.tabSelected = True
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def write_only_workbook(plan: WorkbookPlan) -> Workbook:
    """The same cells in openpyxl's write-only mode, not saved yet; without rules, tables and links."""
    workbook = Workbook(write_only=True)
    palette = _Styles(workbook, plan.right_to_left)
    for sheet in plan.sheets:
        _append(workbook.create_sheet(sheet.name), sheet, palette)
    return workbook


def _write(worksheet: Worksheet, row: int, column: int, cell: Cell, palette: _Styles) -> None:
    written = _filled(SheetCell(worksheet, row=row, column=column), cell, palette)
    worksheet._cells[row, column] = written
    if cell.sheet is not None:
        place = f"{get_column_letter(column)}{row}"
        written._hyperlink = Hyperlink(ref=place, location=address(cell.sheet, cell.row))


def _append(worksheet: Any, sheet: SheetPlan, palette: _Styles) -> None:
    for row in sheet.rows:
        cells: list[Any] = [None] * max(row.cells, default=0)
        for column, cell in row.cells.items():
            cells[column - 1] = _filled(SheetCell(worksheet, row=1, column=1), cell, palette)
        worksheet.append(cells)


def _filled(written: Any, cell: Cell, palette: _Styles) -> Any:
    """Values go in as they are: openpyxl's usual way may change their type."""
    content = cell.content
    words = content if isinstance(content, tuple) else ()
    written._style = palette.style(cell.look, cell.rule, bool(words), runs_right_to_left(words))
    written._value = _value(content, cell.look)
    written.data_type = "s" if isinstance(content, tuple) else "n"
    if isinstance(content, datetime.date):
        written.data_type = "d"
    return written


def _value(content: Content, look: Look) -> Any:
    if isinstance(content, tuple):
        if not is_rich(content):
            return escaped(words_of(content))
        return CellRichText([TextBlock(_font(piece, look), escaped(piece.text)) for piece in content])
    if isinstance(content, datetime.date):
        return datetime.datetime.combine(content, datetime.time())
    return content


def _font(piece: Piece, look: Look) -> InlineFont:
    bold, italic, strike, underline, raised, size, colour = piece_format(piece, look)
    return InlineFont(
        rFont=STYLES[look].family,
        family=2,
        b=bold or None,
        i=italic or None,
        strike=strike or None,
        u="single" if underline else None,
        vertAlign="superscript" if raised else None,
        sz=size,
        color=Color(rgb="FF" + colour),
    )
