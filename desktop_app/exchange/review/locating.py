"""Finding the flat tables in a returned workbook, whatever became of names, headers and places.

In this order: the hidden names of the headers, which move with their columns; the words of a header row
that is recognised; the ids of a named table's columns; columns whose words are those of known records.
Some programs move columns and leave the names behind: where headers contradict names, headers are believed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from desktop_app.exchange.review.grid import NOTHING, Grid, Sheet, SheetTable, Value
from desktop_app.exchange.review.hidden_sheet import is_hidden_sheet
from desktop_app.exchange.review.official import WITHOUT_KEY, Official, OfficialTable
from desktop_app.exchange.workbook.naming import CHANGES, COVER, table_name
from desktop_app.exchange.workbook.review_entries import KEY
from desktop_app.exchange.workbook.row_tables import ROW_ID

_ROWS_WITH_HEADER = 60
"""So many rows may have been put above a header."""
_SAMPLE = 200
_FEW = 3
_KEY_CODES = (KEY, ROW_ID, "goal", "reference")
_NOT_READ = WITHOUT_KEY | {CHANGES, COVER}
_LONG_KEY = 20
"""Characters of an id; shorter keys, such as codes, stand on other sheets too."""


@dataclass
class Located:
    """A table in a returned sheet. ``columns``: column number by code; ``row``: the header's, 0 for none.

    ``left_behind``: its hidden names, and perhaps its named table, did not move with the columns.
    """

    sheet: Sheet
    table: OfficialTable
    row: int
    columns: dict[str, int] = field(default_factory=dict)
    left_behind: bool = False
    header_is_gone: bool = False
    """Its header was deleted; the first record stands behind ``row`` all the same."""

    @property
    def key_code(self) -> str:
        """The code of the column that names a record for good."""
        codes = self.table.codes
        return next((code for code in _KEY_CODES if code in codes), "")

    def rows(self) -> Iterator[int]:
        """The rows below the header with something in the table's columns, headers pasted in left out.

        And those above it with the key of a record: the header was sorted in among them.
        """
        taken = set(self.columns.values())
        labels = dict(self.table.columns)
        for row in sorted(self.sheet.rows):
            is_above = row <= self.row and not self.is_of_record(row)
            if is_above or taken.isdisjoint(self.sheet.rows[row]):
                continue
            repeated = sum(
                self.value(row, code).words == labels.get(code) for code in self.columns if labels.get(code)
            )
            if repeated < max(_FEW, len(self.columns) // 2):
                yield row

    def is_of_record(self, row: int) -> bool:
        """Whether the key of a record that was sent stands in the row."""
        key = self.value(row, self.key_code).words.strip()
        return bool(key) and (key in self.table.fingerprints or key in self.table.records)

    def value(self, row: int, code: str) -> Value:
        """A record's content in a column."""
        column = self.columns.get(code)
        return NOTHING if column is None else self.sheet.value(row, column)

    def place(self, row: int, code: str) -> str:
        """How a sentence names a record's cell; the row's first when the column is gone."""
        return self.sheet.place(row, self.columns.get(code, min(self.columns.values(), default=1)))


def locate(grid: Grid, official: Official) -> list[Located]:
    """Every flat table of the workbook, a copied one as often as it is there."""
    found: list[Located] = []
    for sheet in grid.sheets:
        if not sheet.rows or sheet.name in _NOT_READ or is_hidden_sheet(sheet) or _is_not_read(sheet):
            continue
        located = (
            _by_names(sheet, grid, official)
            or _by_headers(sheet, official)
            or _by_table(sheet, official)
            or _by_keys(sheet, official)
        )
        if located is not None and located.table.sheet not in _NOT_READ:
            _complete(located)
            _leave_no_record_out(located)
            found.append(located)
    return found


def _leave_no_record_out(located: Located) -> None:
    """Where the header was deleted, the first record stands in its place."""
    if located.is_of_record(located.row):
        located.row -= 1
        located.header_is_gone = True


def locate_changes(sheet: Sheet, official: Official) -> Located | None:
    """The table that says what changed, where the sheet has it."""
    table = official.table(CHANGES)
    if table is None:
        return None
    only = Official({CHANGES: table}, official.names)
    located = _by_headers(sheet, only) or _by_table(sheet, only)
    if located is not None:
        _complete(located)
    return located


def _is_not_read(sheet: Sheet) -> bool:
    return any(_is_named(each, name) for each in sheet.tables for name in _NOT_READ)


def _is_named(each: SheetTable, sheet: str) -> bool:
    """Whether it is the table of that sheet, or a copy of it, which gets a number behind its name."""
    return re.fullmatch(re.escape(table_name(sheet)) + r"_?\d*", each.name, re.IGNORECASE) is not None


def _by_names(sheet: Sheet, grid: Grid, official: Official) -> Located | None:
    places = [
        (official.names[name], row, column)
        for name, (title, row, column) in grid.names.items()
        if title.casefold() == sheet.name.casefold() and name in official.names
    ]
    if not places:
        return None
    [(table, _count)] = Counter(table for (table, _code), _row, _column in places).most_common(1)
    [(row, _count)] = Counter(row for (each, _code), row, _column in places if each == table).most_common(1)
    columns = {code: column for (each, code), at, column in places if each == table and at == row}
    found = official.table(table)
    return _checked(Located(sheet, found, row, columns), official) if found is not None else None


def _checked(named: Located, official: Official) -> Located:
    """The table as its names say, or as its headers do where those stand elsewhere than the names."""
    table, cells = named.table, named.sheet.rows.get(named.row, {})
    labels = {code: _plain(label) for code, label in table.columns}
    heads = {column: _plain(value.words) for column, value in cells.items()}
    agreed = {
        column for code, column in named.columns.items() if heads.get(column) in (labels[code], _plain(code))
    }
    if len(agreed) == len(named.columns):
        return named
    counts = Counter(heads.values())
    headed = _headed(table, {words: column for column, words in heads.items() if counts[words] == 1})
    moved = [
        column
        for code, column in named.columns.items()
        if column not in agreed and headed.get(code, column) != column
    ]
    if not moved:
        other = _by_headers(named.sheet, official) if not agreed else None
        return other if other is not None and other.table is table else named
    # A column that was put in or taken out leaves what stands before it where it was.
    settled = max((column for column in agreed if column < min(moved)), default=0)
    kept = {code: column for code, column in named.columns.items() if column <= settled}
    return Located(named.sheet, table, named.row, {**headed, **kept}, left_behind=True)


def _by_headers(sheet: Sheet, official: Official) -> Located | None:
    best: tuple[int, int, OfficialTable, dict[str, int]] | None = None
    for row in sorted(sheet.rows)[:_ROWS_WITH_HEADER]:
        heads: dict[str, int] = {}
        for column, value in sorted(sheet.rows[row].items()):
            heads.setdefault(_plain(value.words), column)
        for table in official.tables.values():
            columns = _headed(table, heads)
            needed = max(_FEW, len(table.columns) // 2)
            if len(columns) >= needed and (best is None or len(columns) > best[0]):
                best = (len(columns), row, table, columns)
    return Located(sheet, best[2], best[1], best[3]) if best is not None else None


def _headed(table: OfficialTable, heads: dict[str, int]) -> dict[str, int]:
    """The columns whose headers say their labels, else their codes."""
    columns = {code: heads[_plain(label)] for code, label in table.columns if _plain(label) in heads}
    taken = set(columns.values())
    for code in table.codes:
        if code not in columns and heads.get(_plain(code), 0) not in (0, *taken):
            columns[code] = heads[_plain(code)]
    return columns


def _by_table(sheet: Sheet, official: Official) -> Located | None:
    for each in sheet.tables:
        for table in official.tables.values():
            if _is_named(each, table.sheet):
                return Located(sheet, table, each.row, _by_ids(each, table))
    return None


def _by_ids(each: SheetTable, table: OfficialTable) -> dict[str, int]:
    codes = table.codes
    return {
        codes[number - 1]: each.column + index
        for index, (number, _name) in enumerate(each.columns)
        if 1 <= number <= len(codes)
    }


def _by_keys(sheet: Sheet, official: Official) -> Located | None:
    """A sheet of which only the keys are known: the column in which they stand says which table it is."""
    best: tuple[int, int, OfficialTable] | None = None
    counts: Counter[tuple[str, int]] = Counter()
    for cells in list(sheet.rows.values())[:_SAMPLE]:
        for column, value in cells.items():
            for table in official.tables.values():
                if len(value.words) >= _LONG_KEY and value.words in table.fingerprints:
                    counts[table.sheet, column] += 1
    for (name, column), count in counts.items():
        if best is None or count > best[0]:
            best = (count, column, official.tables[name])
    if best is None:
        return None
    table = best[2]
    first = min(
        (row for row, cells in sheet.rows.items() if cells.get(best[1], NOTHING).words in table.fingerprints),
        default=1,
    )
    located = Located(sheet, table, first - 1)
    located.columns[located.key_code] = best[1]
    return located


def _complete(located: Located) -> None:
    """Columns with renamed headers: by the table's ids, what stands in them, their neighbours."""
    missing = [code for code in located.table.codes if code not in located.columns]
    if not missing:
        return
    if not located.left_behind:
        _by_label(located, missing)
    for each in located.sheet.tables:
        if each.row == located.row and not located.left_behind:
            _take(located, _by_ids(each, located.table), missing)
    _by_content(located, missing)
    _by_offset(located, missing)


def _take(located: Located, columns: dict[str, int], missing: list[str]) -> None:
    taken = set(located.columns.values())
    for code in list(missing):
        column = columns.get(code)
        if column is not None and column not in taken:
            located.columns[code] = column
            taken.add(column)
            missing.remove(code)


def _by_label(located: Located, missing: list[str]) -> None:
    heads = {_plain(value.words): column for column, value in located.sheet.rows.get(located.row, {}).items()}
    labels = dict(located.table.columns)
    _take(
        located,
        {code: heads[_plain(labels[code])] for code in missing if _plain(labels[code]) in heads},
        missing,
    )


def _by_content(located: Located, missing: list[str]) -> None:
    """A column is the one whose official words stand in it."""
    records = located.table.records
    if not records or located.key_code not in located.columns:
        return
    rows = [
        (row, record)
        for row in list(located.rows())[:_SAMPLE]
        if (record := records.get(located.value(row, located.key_code).words)) is not None
    ]
    taken = set(located.columns.values())
    free = {column for row, _record in rows for column in located.sheet.rows[row]} - taken
    found: dict[str, int] = {}
    for code in missing:
        scores = {
            column: sum(
                bool(record.get(code)) and located.sheet.value(row, column).words == record.get(code)
                for row, record in rows
            )
            for column in free
        }
        best = max(scores, key=lambda column: scores[column], default=0)
        wanted = sum(bool(record.get(code)) for _row, record in rows)
        if best and wanted and scores[best] * 2 > wanted:
            found[code] = best
            free.discard(best)
    _take(located, found, missing)


def _by_offset(located: Located, missing: list[str]) -> None:
    """What is still missing stands between the same neighbours as before, when those have kept together."""
    codes = located.table.codes
    for code in list(missing):
        index = codes.index(code)
        before = next((each for each in reversed(codes[:index]) if each in located.columns), None)
        after = next((each for each in codes[index + 1 :] if each in located.columns), None)
        if before is None:
            continue
        # At the end of the table two columns before that have kept together must do.
        other = after or next(
            (each for each in reversed(codes[: codes.index(before)]) if each in located.columns), None
        )
        if other is None or (after is None and located.left_behind):
            continue
        step = codes.index(other) - codes.index(before)
        if located.columns[other] - located.columns[before] == step:
            _take(located, {code: located.columns[before] + index - codes.index(before)}, missing)


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()


def missing_columns(located: Located) -> Iterable[str]:
    """Headers of the columns that are not there any more."""
    return (label for code, label in located.table.columns if code not in located.columns)
