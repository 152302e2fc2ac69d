"""A flat table and the sheet it fills: one record a row, the header in the first, nothing merged."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from desktop_app.exchange.workbook.cells import fits, plain, split
from desktop_app.exchange.workbook.columns import Column
from desktop_app.exchange.workbook.heights import row_height
from desktop_app.exchange.workbook.naming import Names, header, table_name
from desktop_app.exchange.workbook.plan import Cell, Content, Look, Page, RowPlan, SheetPlan, TablePlan
from desktop_app.runtime.i18n import _

_PAGE_WIDTH = 260.0
"""Characters side by side on one printed page before the type gets too small to read."""

Record = Mapping[str, Content]


@dataclass(frozen=True, slots=True)
class FlatTable:
    """Records of one kind, by column code. ``keys`` names each record for good, such as by its row id."""

    sheet: str
    about: str
    columns: tuple[Column, ...]
    records: tuple[Record, ...]
    keys: tuple[str, ...] = field(default=())

    def map_columns(self, change: Callable[[Column], Column]) -> FlatTable:
        """The table with every column changed."""
        return replace(self, columns=tuple(change(column) for column in self.columns))


def finished(table: FlatTable) -> FlatTable:
    """The table as it is written: long texts go on in further columns, headers are unique."""
    names = Names()
    return _continued(table).map_columns(
        lambda column: replace(column, label=header(names, column.label))
    )


def _continued(table: FlatTable) -> FlatTable:
    """Texts too long for a cell in columns ``<code>_2`` and so on."""
    records = [dict(record) for record in table.records]
    columns: list[Column] = []
    for column in table.columns:
        columns.append(column)
        most = 1
        for record in records:
            content = record.get(column.code)
            if not isinstance(content, tuple) or fits(content):
                continue
            parts = split(content)
            record.update((_part_code(column, number), part) for number, part in enumerate(parts, start=1))
            most = max(most, len(parts))
        columns.extend(_part_column(column, number) for number in range(2, most + 1))
    return replace(table, columns=tuple(columns), records=tuple(records))


def _part_code(column: Column, number: int) -> str:
    return column.code if number == 1 else f"{column.code}_{number}"


def _part_column(column: Column, number: int) -> Column:
    label = _("{label} ({number})").format(label=column.label, number=number)
    return replace(column, code=_part_code(column, number), label=label)


def table_sheet(table: FlatTable) -> SheetPlan:
    """The sheet of a finished table."""
    columns = table.columns
    widths = tuple(column.width for column in columns)
    head = {
        index: Cell(plain(column.label), Look.DATA_HEAD) for index, column in enumerate(columns, start=1)
    }
    rows = [RowPlan(head, row_height(head, widths))]
    rows.extend(_record_row(record, columns, widths) for record in table.records)
    if not table.records:
        rows.append(RowPlan({}))  # Excel takes no table without a row for records
    return SheetPlan(
        name=table.sheet,
        title=table.about,
        rows=tuple(rows),
        widths=widths,
        page=Page.LANDSCAPE,
        pages_wide=math.ceil(sum(widths) / _PAGE_WIDTH),
        frozen=(1, 1),
        repeated=1,
        table=TablePlan(table_name(table.sheet), len(columns), len(rows)),
    )


def _record_row(record: Record, columns: tuple[Column, ...], widths: tuple[float, ...]) -> RowPlan:
    cells = {
        index: Cell(record.get(column.code), _look(column, record.get(column.code)), rule=True)
        for index, column in enumerate(columns, start=1)
    }
    return RowPlan(cells, row_height(cells, widths))


def _look(column: Column, content: Content) -> Look:
    """Words in a column of numbers or dates are set as words."""
    if isinstance(content, tuple) and column.look in (Look.DATA_NUMBER, Look.DATA_DATE):
        return Look.DATA
    return column.look
