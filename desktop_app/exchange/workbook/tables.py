"""A flat table and the sheet it fills: one record a row, the header in the first, nothing merged."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from desktop_app.exchange.workbook.cells import fits, plain, split
from desktop_app.exchange.workbook.columns import Column
from desktop_app.exchange.workbook.heights import one_line_width, row_height
from desktop_app.exchange.workbook.naming import Names, column_name, header, table_name
from desktop_app.exchange.workbook.plan import (
    Cell,
    Content,
    Look,
    Page,
    RowPlan,
    SheetPlan,
    TablePlan,
    words_of,
)
from desktop_app.exchange.workbook.styles import STYLES
from desktop_app.runtime.i18n import _

_NARROW = 13.0
_LONGEST_CODE = 42.0
_BUTTON = 2.5
"""Room for the button of the filter beside a header's words."""
_UPRIGHT_WIDTH = 150.0
_PAGE_WIDTH = 200.0
"""Characters side by side on one printed page before the type gets too small to read."""

Record = Mapping[str, Content]


@dataclass(frozen=True, slots=True)
class FlatTable:
    """Records of one kind, by column code. ``keys`` names each record for good, such as by its row id.

    ``frozen``: how many columns stay in sight.
    """

    sheet: str
    about: str
    columns: tuple[Column, ...]
    records: tuple[Record, ...]
    keys: tuple[str, ...] = field(default=())
    frozen: int = 1

    def map_columns(self, change: Callable[[Column], Column]) -> FlatTable:
        """The table with every column changed."""
        return replace(self, columns=tuple(change(column) for column in self.columns))


def finished(table: FlatTable) -> FlatTable:
    """The table as it is written: long texts go on in further columns, headers are unique."""
    names = Names()
    continued = _continued(table)
    return continued.map_columns(
        lambda column: replace(
            column, label=header(names, column.label), width=_fitted_width(column, continued.records)
        )
    )


def _fitted_width(column: Column, records: tuple[Record, ...]) -> float:
    """As wide as the records need, words up to the column's own width; wide enough for each word above.

    What others write in has its width whatever it holds so far.
    """
    style = STYLES[column.look]
    if column.open:
        return column.width
    longest = max(
        (one_line_width(words_of(record.get(column.code)), style) for record in records), default=0.0
    )
    most = _LONGEST_CODE if column.look is Look.DATA_CODE else column.width
    words = (one_line_width(word, STYLES[Look.DATA_HEAD]) + _BUTTON for word in column.label.split())
    needed = max(min(longest, most), min(max(words, default=0.0), _LONGEST_CODE), min(_NARROW, column.width))
    return float(math.ceil(needed))


def _continued(table: FlatTable) -> FlatTable:
    """Texts too long for a cell in columns ``<code>_2`` and so on."""
    records = [dict(record) for record in table.records]
    columns: list[Column] = []
    taken = {column.code for column in table.columns}
    for column in table.columns:
        parts = [_parts(record.get(column.code)) for record in records]
        further = [
            _part_column(column, number, taken) for number in range(2, max(map(len, parts), default=1) + 1)
        ]
        columns += [column, *further]
        if further:
            for record, split_up in zip(records, parts, strict=True):
                record.update(zip((each.code for each in (column, *further)), split_up, strict=False))
    return replace(table, columns=tuple(columns), records=tuple(records))


def _parts(content: Content) -> list[Content]:
    if not isinstance(content, tuple) or fits(content):
        return [content]
    return list(split(content))


def _part_column(column: Column, number: int, taken: set[str]) -> Column:
    code = f"{column.code}_{number}"
    while code in taken:
        code = f"{code}_part"
    taken.add(code)
    label = _("{label} ({number})").format(label=column.label, number=number)
    return replace(column, code=code, label=label)


def table_sheet(table: FlatTable) -> SheetPlan:
    """The sheet of a finished table."""
    columns = table.columns
    widths = tuple(column.width for column in columns)
    head = {
        index: Cell(plain(column.label), Look.OPEN_HEAD if column.open else Look.DATA_HEAD)
        for index, column in enumerate(columns, start=1)
    }
    names = Names()
    shown = sum(column.width for column in columns if not column.hidden)
    rows = [RowPlan(head, row_height(head, widths))]
    rows.extend(_record_row(record, columns, widths) for record in table.records)
    if not table.records:
        rows.append(RowPlan({}))  # Excel takes no table without a row for records
    return SheetPlan(
        name=table.sheet,
        title=table.about,
        rows=tuple(rows),
        widths=widths,
        page=Page.PORTRAIT if shown <= _UPRIGHT_WIDTH else Page.LANDSCAPE,
        pages_wide=math.ceil(shown / _PAGE_WIDTH),
        frozen=(1, table.frozen),
        repeated=1,
        grid=True,
        table=TablePlan(
            table_name(table.sheet),
            len(columns),
            len(rows),
            {
                index: column_name(names, table.sheet, column.code)
                for index, column in enumerate(columns, start=1)
            },
        ),
        hidden_columns=frozenset(index for index, column in enumerate(columns, start=1) if column.hidden),
    )


def _record_row(record: Record, columns: tuple[Column, ...], widths: tuple[float, ...]) -> RowPlan:
    cells = {
        index: Cell(record.get(column.code), _look(column, record.get(column.code)))
        for index, column in enumerate(columns, start=1)
    }
    return RowPlan(cells, row_height(cells, widths))


def _look(column: Column, content: Content) -> Look:
    """Words in a column of numbers or dates are set as words."""
    if isinstance(content, tuple) and column.look in (Look.DATA_NUMBER, Look.DATA_DATE):
        return Look.DATA
    if isinstance(content, tuple) and column.look is Look.OPEN_DATE:
        return Look.OPEN
    return column.look
