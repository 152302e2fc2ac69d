"""The rows of a flat table's sheet, made from its records one after the other."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, overload

from desktop_app.exchange.workbook.cells import plain
from desktop_app.exchange.workbook.columns import Column
from desktop_app.exchange.workbook.heights import (
    CUT_HEIGHT,
    cell_height,
    fitting_height,
    possible_height,
)
from desktop_app.exchange.workbook.lazily import KEPT
from desktop_app.exchange.workbook.plan import Cell, Content, Look, RowPlan, words_of

Record = Mapping[str, Content]

_AS_WORDS = {
    Look.DATA_NUMBER: Look.DATA,
    Look.MIDDLE_NUMBER: Look.MIDDLE,
    Look.DATA_DATE: Look.DATA,
    Look.OPEN_DATE: Look.OPEN,
}
"""Words in a column of numbers or dates are set as words."""
_LINES_TO_WRITE = "\n\n."
"""Lines that a row has at least in which people write."""


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
        self._grows = any(column.open for column in columns)
        self._heights = array("H")
        """Of the records walked so far: whole points, as the most a row can have."""

    def __len__(self) -> int:
        """How many rows, with that of the headers."""
        return len(self._records) + 1

    def __iter__(self) -> Iterator[RowPlan]:
        """Make them one after the other."""
        yield self._head
        cells, heights, grows = _RowCells(self._columns), self._heights, self._grows
        for number, record in enumerate(self._records):
            if number < len(heights):
                yield _planned(cells.row(record), float(heights[number]), grows)
                continue
            row = cells.measured(record, grows)
            heights.append(int(row.height or 0))
            yield row

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
        return _RowCells(self._columns).measured(self._records[position - 1], self._grows)


class _RowCells:
    """Makes the cells of one row after the other. The same content as in the row above is the same cell."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = {column.code: _ColumnCells(index, column) for index, column in enumerate(columns, 1)}
        self._blank = {each.index: each.blank for each in self._columns.values()}
        lowest = [cell_height(each.blank, 1.0) for each in self._columns.values()]
        if any(column.open for column in columns):
            lowest.append(fitting_height(Cell(plain(_LINES_TO_WRITE), Look.OPEN)))
        self._lowest = max(lowest, default=0.0)

    def row(self, record: Record) -> dict[int, Cell]:
        """The cells of a record by column; those without content are the same in all rows."""
        row = self._blank.copy()
        for code, content in record.items():
            if content is not None and (column := self._columns.get(code)) is not None:
                row[column.index] = column.cell if content is column.content else column.made(content)
        return row

    def measured(self, record: Record, grows: bool) -> RowPlan:
        """The same with the height that the row needs."""
        row, columns, highest = self._blank.copy(), self._columns, self._lowest
        for code, content in record.items():
            if content is not None and (column := columns.get(code)) is not None:
                row[column.index] = column.cell if content is column.content else column.made(content)
                if column.height is None:
                    column.height = column.measured()
                if column.height > highest:
                    highest = column.height
        return _planned(row, possible_height(highest), grows)


def _planned(cells: dict[int, Cell], height: float, grows: bool) -> RowPlan:
    """The row. One that is cut keeps its height: LibreOffice prints others over the rule below them."""
    return RowPlan(cells, height, grows=grows and height != CUT_HEIGHT)


class _ColumnCells:
    """The cell of one column that was made last, and how high it must be, once it was measured."""

    def __init__(self, index: int, column: Column) -> None:
        self.index, self._look = index, column.look
        self._width, self._fits, self._links = column.width, column.fits, column.links
        self._words_look = _AS_WORDS.get(column.look, column.look)
        self.blank = self.cell = Cell(None, column.look)
        self.content: Content = None
        self.height: float | None = None

    def made(self, content: Content) -> Cell:
        """A cell with this content, kept until there is another."""
        self.content, self.height = content, None
        look = self._words_look if isinstance(content, tuple) else self._look
        if self._links:
            sheet, row = self._links.get(words_of(content), (None, 1))
            self.cell = Cell(content, look, sheet=sheet, row=row)
        else:
            self.cell = Cell(content, look)
        return self.cell

    def measured(self) -> float:
        """How high the cell must be that was made last."""
        return fitting_height(self.cell) if self._fits else cell_height(self.cell, self._width)
