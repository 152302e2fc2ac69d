"""A flat table and the sheet it fills: one record a row, the header in the first, nothing merged."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from desktop_app.exchange.workbook.cells import fits, plain, split
from desktop_app.exchange.workbook.columns import WHOLE_TEXT, Column
from desktop_app.exchange.workbook.fingerprints import Fingerprints
from desktop_app.exchange.workbook.heights import is_cut, one_line_width, row_height
from desktop_app.exchange.workbook.lazily import lazily
from desktop_app.exchange.workbook.naming import Names, column_name, header, table_name
from desktop_app.exchange.workbook.paper import column_ends
from desktop_app.exchange.workbook.plan import (
    Cell,
    Content,
    Look,
    Page,
    RowPlan,
    SheetPlan,
    TablePlan,
    Words,
    words_of,
)
from desktop_app.exchange.workbook.styles import STYLES
from desktop_app.exchange.workbook.table_rows import Record, table_rows
from desktop_app.exchange.workbook.whole_texts import Place, whole_texts
from desktop_app.runtime.i18n import _

_NARROW = 8.0
_LONGEST_CODE = 42.0
_BUTTON = 2.0
"""Room for the button of the filter, which stands below at the end of a header."""
_GAP = 0.5
"""Room at the end of words, which programs measure a little wider or narrower."""
_LEAST_HEADER = 40.0
"""Points of the row of headers, so that the button stands below a line of words."""
_HEADER_LINES = 3
"""Lines that a header takes at most, or its words would stand in a heap beside those of the next."""
_UPRIGHT_WIDTH = 125.0
"""Characters side by side on a page that stands upright before the type gets too small to read."""
_MIDDLE = {
    Look.DATA: Look.MIDDLE,
    Look.DATA_CODE: Look.MIDDLE_CODE,
    Look.DATA_NUMBER: Look.MIDDLE_NUMBER,
}
_SURELY_SHOWN = 12
"""So many characters, line feeds or not, are never too long for a row."""


@dataclass(frozen=True, slots=True)
class FlatTable:
    """Records of one kind, by column code. ``keys`` names each record for good, such as by its row id.

    ``frozen``: how many columns stay in sight, and stand on every printed page. ``short``: the records are,
    so that their words stand in the middle between two lines. ``readable``: the columns whose texts stand on
    the sheets of sections too, and ``path_of``: the path of the record of a number, counted from 0.
    ``fingerprints`` of the records are known when it is finished.
    """

    sheet: str
    about: str
    columns: tuple[Column, ...]
    records: Sequence[Record]
    keys: tuple[str, ...] = field(default=())
    frozen: int = 1
    short: bool = False
    readable: frozenset[str] = frozenset()
    path_of: Callable[[int], str] | None = None
    fingerprints: tuple[bytes, ...] = field(default=())

    def map_columns(self, change: Callable[[Column], Column]) -> FlatTable:
        """The table with every column changed."""
        return replace(self, columns=tuple(change(column) for column in self.columns))


def finished(
    table: FlatTable,
    record_seen: Callable[[], object] | None = None,
    places: Mapping[str, Place] | None = None,
) -> FlatTable:
    """The table as it is written: long texts go on in further columns, headers are unique.

    ``record_seen`` is called for each record. ``places``: where what is at a path can be read, for records
    with texts that are too long for a row.
    """
    names = Names()
    table = _with_aside_last(table)
    survey = _Survey(table, record_seen)
    if survey.counts:
        table = _with_aside_last(_continued(table, survey.counts))
        survey = _Survey(table, None)
    widths = survey.widths
    if survey.cut and places is not None:
        column, contents = whole_texts(survey.cut, table.readable, table.path_of, places)
        table = _with_column(table, column, contents, survey.cut)
        widths[WHOLE_TEXT] = column.width
    fitted = table.map_columns(
        lambda column: replace(
            column,
            label=header(names, column.label),
            width=_fitted_width(column, widths[column.code]),
            fits=not column.open and widths[column.code] < _most(column),
            look=_MIDDLE.get(column.look, column.look) if table.short else column.look,
        )
    )
    return replace(fitted, fingerprints=tuple(survey.fingerprints))


def _with_aside_last(table: FlatTable) -> FlatTable:
    shown = (column for column in table.columns if not column.aside)
    return replace(table, columns=(*shown, *(column for column in table.columns if column.aside)))


def _with_column(
    table: FlatTable, column: Column, contents: Mapping[int, Words], cut: Mapping[int, frozenset[str]]
) -> FlatTable:
    """The table with a column behind the last long text, which says where all of it can be read.

    It is printed where that text is.
    """
    records, codes = table.records, [each.code for each in table.columns]
    found = frozenset().union(*cut.values())
    shown = {each.code for each in table.columns if not each.aside}
    places = found & table.readable or found & shown or found
    last = max(index for index, code in enumerate(codes) if code in places)
    column = replace(column, aside=table.columns[last].aside)

    def record(number: int) -> Record:
        words = contents.get(number)
        return records[number] if words is None else {**records[number], column.code: words}

    return replace(
        table,
        columns=(*table.columns[: last + 1], column, *table.columns[last + 1 :]),
        records=lazily(range(len(records)), record),
    )


def _fitted_width(column: Column, longest: float) -> float:
    """As wide as the records need, words up to the column's own width; wide enough for each word above.

    What others write in has its width whatever it holds so far. ``longest``: the width of its records.
    """
    if column.open:
        return column.width
    style = STYLES[Look.DATA_HEAD]
    words = max((one_line_width(word, style) for word in column.label.split()), default=0.0)
    head = max(words, (one_line_width(column.label, style) + _BUTTON) / _HEADER_LINES)
    needed = max(min(longest, _most(column)), min(head, _LONGEST_CODE), min(_NARROW, column.width))
    return float(math.ceil(needed + _GAP))


def _most(column: Column) -> float:
    """How wide a column gets for its records."""
    return _LONGEST_CODE if column.look is Look.DATA_CODE else column.width


class _Survey:
    """What one walk over the records shows, however many they are.

    ``counts``: in how many parts the longest text of a column stands, where any is too long for one cell.
    ``widths``: how wide each column must be for its longest record to stand on one line, until that is
    enough. ``cut``: the columns with a text that is too long for a row, by the number of the record. The
    fingerprints of the records are made on the same walk.
    """

    def __init__(self, table: FlatTable, record_seen: Callable[[], object] | None) -> None:
        self.counts: dict[str, int] = {}
        self.widths = dict.fromkeys((column.code for column in table.columns), 0.0)
        self.fingerprints: list[bytes] = []
        self.cut: dict[int, frozenset[str]] = {}
        self._columns = {
            column.code: (STYLES[column.look], 0.0 if column.open else _most(column))
            for column in table.columns
        }
        self._last: dict[str, Content] = {}
        self._last_cut: frozenset[str] = frozenset()
        marks = Fingerprints(table.columns)
        for number, record in enumerate(table.records):
            self._look_at(record)
            if self._last_cut and (cut := self._last_cut.intersection(record)):
                self.cut[number] = cut
            self.fingerprints.append(marks.of(record))
            if record_seen is not None:
                record_seen()

    def _look_at(self, record: Record) -> None:
        last = self._last
        for code, content in record.items():
            if content is None or last.get(code) is content or code not in self._columns:
                continue
            last[code] = content
            (style, most), text = self._columns[code], words_of(content)
            if self.widths[code] < most:
                self.widths[code] = max(self.widths[code], one_line_width(text, style))
            if not isinstance(content, tuple):
                continue
            if not fits(content):
                self.counts[code] = max(self.counts.get(code, 1), len(split(content)))
            if len(text) > _SURELY_SHOWN and is_cut(text, most, style):
                self._last_cut |= {code}
            elif code in self._last_cut:
                self._last_cut -= {code}


def _continued(table: FlatTable, counts: Mapping[str, int]) -> FlatTable:
    """Texts too long for a cell in columns ``<code>_2`` and so on, as many as ``counts`` says.

    They stand aside: a row shows the beginning of such a text, and says where all of it can be read.
    """
    columns: list[Column] = []
    further: dict[str, list[str]] = {}
    taken = {column.code for column in table.columns}
    for column in table.columns:
        new = [_part_column(column, number, taken) for number in range(2, counts.get(column.code, 1) + 1)]
        columns += [column, *new]
        if new:
            further[column.code] = [column.code, *(each.code for each in new)]
    records = lazily(table.records, lambda record: _split_up(record, further))
    return replace(table, columns=tuple(columns), records=records)


def _split_up(record: Record, further: Mapping[str, list[str]]) -> Record:
    parts = {code: content for code, content in record.items() if code not in further}
    for code, codes in further.items():
        content = record.get(code)
        found = split(content) if isinstance(content, tuple) else [content]
        parts.update(zip(codes, found, strict=False))
    return parts


def _part_column(column: Column, number: int, taken: set[str]) -> Column:
    code = f"{column.code}_{number}"
    while code in taken:
        code = f"{code}_part"
    taken.add(code)
    label = _("{label} ({number})").format(label=column.label, number=number)
    return replace(column, code=code, label=label, aside=True)


def table_sheet(table: FlatTable) -> SheetPlan:
    """The sheet of a finished table."""
    columns = table.columns
    widths = tuple(column.width for column in columns)
    head = {
        index: Cell(plain(column.label), Look.OPEN_HEAD if column.open else Look.DATA_HEAD)
        for index, column in enumerate(columns, start=1)
    }
    names, codes = Names(), [column.code for column in columns]
    printed = sum(not column.aside for column in columns)
    shown = [0.0 if column.hidden else column.width for column in columns[:printed]]
    page = Page.PORTRAIT if sum(shown) <= _UPRIGHT_WIDTH else Page.LANDSCAPE
    first = RowPlan(head, max(row_height(head, widths), _LEAST_HEADER))
    rows = table_rows(first, table.records, columns)
    return SheetPlan(
        name=table.sheet,
        title=table.about,
        rows=rows,
        widths=widths,
        page=page,
        printed=printed if printed < len(columns) else 0,
        page_ends=column_ends(shown, page, table.frozen),
        frozen=(1, table.frozen),
        repeated=(1, table.frozen),
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
        links=codes.index(WHOLE_TEXT) + 1 if WHOLE_TEXT in codes else 0,
    )
