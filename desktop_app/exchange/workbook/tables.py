"""A flat table and the sheet it fills: one record a row, the header in the first, nothing merged."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from desktop_app.exchange.workbook.cells import fits, plain, split
from desktop_app.exchange.workbook.columns import WHOLE_TEXT, Column
from desktop_app.exchange.workbook.common_columns import PROGRAM
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
    words_of,
)
from desktop_app.exchange.workbook.styles import STYLES
from desktop_app.exchange.workbook.table_rows import Record, table_rows
from desktop_app.runtime.i18n import _

_NARROW = 8.0
_LONGEST_CODE = 42.0
_BUTTON = 2.0
"""Room for the button of the filter beside a header's words."""
_GAP = 0.5
"""Room at the end of words, which programs measure a little wider or narrower."""
_HEADER_LINES = 3
"""Lines that a header takes at most, or its words would stand in a heap beside those of the next."""
_UPRIGHT_WIDTH = 125.0
"""Characters side by side on a page that stands upright before the type gets too small to read."""
_WHOLE_TEXT_WIDTH = 12.0
_MIDDLE = {
    Look.DATA: Look.MIDDLE,
    Look.DATA_CODE: Look.MIDDLE_CODE,
    Look.DATA_NUMBER: Look.MIDDLE_NUMBER,
}
_MOST_LINKS = 60_000
"""Links of a sheet; Excel takes 65,530, and the words beside a long text say the same without one."""

Place = tuple[str, int]
"""A sheet and one of its rows."""


@dataclass(frozen=True, slots=True)
class FlatTable:
    """Records of one kind, by column code. ``keys`` names each record for good, such as by its row id.

    ``frozen``: how many columns stay in sight; ``repeated``: how many stand on every printed page, if more.
    ``short``: the records are, so that their words stand in the middle between two lines.
    ``page_ends``: the columns after which a printed page ends, where that matters. ``path_of``: the place
    in the report of the record of a number, counted from 0. ``fingerprints`` of the records are known
    when it is finished.
    """

    sheet: str
    about: str
    columns: tuple[Column, ...]
    records: Sequence[Record]
    keys: tuple[str, ...] = field(default=())
    frozen: int = 1
    repeated: int = 0
    short: bool = False
    page_ends: tuple[str, ...] = ()
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
    shown = (column for column in table.columns if not column.aside)
    table = replace(table, columns=(*shown, *(column for column in table.columns if column.aside)))
    survey = _Survey(table, record_seen)
    if survey.counts:
        table = _continued(table, survey.counts)
        survey = _Survey(table, None)
    widths = survey.widths
    if survey.cut and places:
        table = _with_places(table, survey, places)
        widths[WHOLE_TEXT] = _WHOLE_TEXT_WIDTH
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


def _fitted_width(column: Column, longest: float) -> float:
    """As wide as the records need, words up to the column's own width; wide enough for each word above.

    What others write in has its width whatever it holds so far. ``longest``: the width of its records.
    """
    if column.open:
        return column.width
    style = STYLES[Look.DATA_HEAD]
    words = max((one_line_width(word, style) for word in column.label.split()), default=0.0)
    head = max(words, one_line_width(column.label, style) / _HEADER_LINES) + _BUTTON
    needed = max(min(longest, _most(column)), min(head, _LONGEST_CODE), min(_NARROW, column.width))
    return float(math.ceil(needed + _GAP))


def _most(column: Column) -> float:
    """How wide a column gets for its records."""
    return _LONGEST_CODE if column.look is Look.DATA_CODE else column.width


class _Survey:
    """What one walk over the records shows, however many they are.

    ``counts``: in how many parts the longest text of a column stands, where any is too long for one cell.
    ``widths``: how wide each column must be for its longest record to stand on one line, until that is
    enough. ``cut``: the numbers of records with a text that is too long for a row, and ``cut_columns``
    those with such texts. The fingerprints of the records are made on the same walk.
    """

    def __init__(self, table: FlatTable, record_seen: Callable[[], object] | None) -> None:
        self.counts: dict[str, int] = {}
        self.widths = dict.fromkeys((column.code for column in table.columns), 0.0)
        self.fingerprints: list[bytes] = []
        self.cut: set[int] = set()
        self.cut_columns: set[str] = set()
        self._columns = {
            column.code: (STYLES[column.look], 0.0 if column.open else _most(column))
            for column in table.columns
        }
        self._last: dict[str, Content] = {}
        self._last_cut: set[str] = set()
        marks = Fingerprints(table.columns)
        for number, record in enumerate(table.records):
            if self._look_at(record):
                self.cut.add(number)
            self.fingerprints.append(marks.of(record))
            if record_seen is not None:
                record_seen()

    def _look_at(self, record: Record) -> bool:
        """Whether a text of the record is too long for a row."""
        last, found = self._last, False
        for code, content in record.items():
            if content is None or code not in self._columns:
                continue
            if last.get(code) is content:
                found = found or code in self._last_cut
                continue
            last[code] = content
            if isinstance(content, tuple) and not fits(content):
                self.counts[code] = max(self.counts.get(code, 1), len(split(content)))
            style, most = self._columns[code]
            if self.widths[code] < most:
                self.widths[code] = max(self.widths[code], one_line_width(words_of(content), style))
            if isinstance(content, tuple) and is_cut(words_of(content), most, style):
                self._last_cut.add(code)
                found = True
            else:
                self._last_cut.discard(code)
        self.cut_columns |= self._last_cut
        return found


def _continued(table: FlatTable, counts: Mapping[str, int]) -> FlatTable:
    """Texts too long for a cell in columns ``<code>_2`` and so on, as many as ``counts`` says."""
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
    return replace(column, code=code, label=label)


def _with_places(table: FlatTable, survey: _Survey, places: Mapping[str, Place]) -> FlatTable:
    """The table with a column behind the last long text that says where all of it can be read."""
    assert table.path_of is not None
    found = {number: places[path] for number in survey.cut if (path := table.path_of(number)) in places}
    sentence = _("Too long for a row. All of it: sheet {sheet}, row {row}")
    words = {place: plain(sentence.format(sheet=place[0], row=place[1])) for place in found.values()}
    links = {words_of(words[place]): place for _number, place in sorted(found.items())[:_MOST_LINKS]}
    column = Column(
        WHOLE_TEXT, _("Whole text"), Look.DATA_LINK, _WHOLE_TEXT_WIDTH, source=PROGRAM, links=links
    )
    last = max(index for index, each in enumerate(table.columns) if each.code in survey.cut_columns)
    records = table.records

    def record(number: int) -> Record:
        place = found.get(number)
        return records[number] if place is None else {**records[number], WHOLE_TEXT: words[place]}

    return replace(
        table,
        columns=(*table.columns[: last + 1], column, *table.columns[last + 1 :]),
        records=lazily(range(len(records)), record),
    )


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
    repeated = max(table.repeated, table.frozen)
    ends = tuple(codes.index(code) + 1 for code in table.page_ends) or column_ends(shown, page, repeated)
    first = RowPlan(head, row_height(head, widths))
    rows = table_rows(first, table.records, columns)
    return SheetPlan(
        name=table.sheet,
        title=table.about,
        rows=rows,
        widths=widths,
        page=page,
        printed=printed if printed < len(columns) else 0,
        page_ends=ends,
        frozen=(1, table.frozen),
        repeated=(1, repeated),
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
