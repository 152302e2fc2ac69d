"""The rows of a flat table's sheet, made from its records one after the other."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, overload

from desktop_app.exchange.workbook.columns import Column
from desktop_app.exchange.workbook.heights import cell_height
from desktop_app.exchange.workbook.lazily import KEPT
from desktop_app.exchange.workbook.plan import MAX_ROW_HEIGHT, Cell, Content, Look, RowPlan

Record = Mapping[str, Content]

_AS_WORDS = {Look.DATA_NUMBER: Look.DATA, Look.DATA_DATE: Look.DATA, Look.OPEN_DATE: Look.OPEN}
"""Words in a column of numbers or dates are set as words."""


def table_rows(head: RowPlan, records: Sequence[Record], columns: Sequence[Column]) -> Sequence[RowPlan]:
    """The row of headers, then one for each record; few are kept, many made anew on every walk."""
    if not records:
        return (head, RowPlan({}))  # Excel takes no table without a row for records
    rows = TableRows(head, records, columns)
    return tuple(rows) if len(records) <= KEPT else rows


class TableRows(Sequence[RowPlan]):
    """The row of headers and the rows of the records. Heights are estimated on the first walk only."""

    def __init__(self, head: RowPlan, records: Sequence[Record], columns: Sequence[Column]) -> None:
        """No row is made yet."""
        self._head = head
        self._records = records
        self._columns = columns
        self._heights = array("H")
        """Of the records walked so far: whole points, as ``MAX_ROW_HEIGHT`` is."""

    def __len__(self) -> int:
        """How many rows, with that of the headers."""
        return len(self._records) + 1

    def __iter__(self) -> Iterator[RowPlan]:
        """Make them one after the other."""
        yield self._head
        cells = [_ColumnCells(column) for column in self._columns]
        for number, record in enumerate(self._records):
            row = {index: each.cell(record) for index, each in enumerate(cells, start=1)}
            if number == len(self._heights):
                self._heights.append(_height(cells))
            yield RowPlan(row, float(self._heights[number]))

    @overload
    def __getitem__(self, index: int) -> RowPlan: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[RowPlan, ...]: ...

    def __getitem__(self, index: int | slice) -> Any:
        """Make one row, or some."""
        if isinstance(index, slice):
            return tuple(self[each] for each in range(*index.indices(len(self))))
        position = range(len(self))[index]
        if position == 0:
            return self._head
        cells = [_ColumnCells(column) for column in self._columns]
        record = self._records[position - 1]
        row = {column: each.cell(record) for column, each in enumerate(cells, start=1)}
        return RowPlan(row, float(_height(cells)))


def _height(cells: Sequence[_ColumnCells]) -> int:
    """Points for the row whose cells were made last."""
    return min(math.ceil(max((each.height() for each in cells), default=0.0)), int(MAX_ROW_HEIGHT))


class _ColumnCells:
    """Makes the cells of one column. The same content as in the row above is the same cell."""

    def __init__(self, column: Column) -> None:
        self._code, self._look, self._width = column.code, column.look, column.width
        self._words_look = _AS_WORDS.get(column.look, column.look)
        self._cell = Cell(None, column.look)
        self._height: float | None = None

    def cell(self, record: Record) -> Cell:
        content = record.get(self._code)
        if content is not self._cell.content:
            look = self._words_look if isinstance(content, tuple) else self._look
            self._cell = Cell(content, look)
            self._height = None
        return self._cell

    def height(self) -> float:
        if self._height is None:
            self._height = cell_height(self._cell, self._width)
        return self._height
