"""Official cells of the flat sheets that are not as they were written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from desktop_app.exchange.review.keys import NOT_OFFICIAL, MatchedRow
from desktop_app.exchange.review.locating import Located
from desktop_app.exchange.review.official import Official, OfficialTable
from desktop_app.exchange.review.paths_of_records import field_path, record_path
from desktop_app.exchange.review.returned import ReturnedEdit
from desktop_app.exchange.review.words import same
from desktop_app.runtime.i18n import _

_CONVERTED = "dnb"
_VALUE = re.compile(r"\s*|-?\d+(\.\d+)?|\d{4}-\d{2}-\d{2}")
"""What was a number or a day before, or nothing: nobody's words were made one of."""


def whole_words(located: Located, row: int) -> dict[str, str]:
    """The words of a row by column code, texts that go on in further columns in one piece."""
    continued = located.table.continued()
    further = {code for codes in continued.values() for code in codes}
    return {
        code: located.value(row, code).words
        + "".join(located.value(row, each).words for each in continued.get(code, ()))
        for code in located.table.codes
        if code in located.columns and code not in further
    }


def _official_words(table: OfficialTable, key: str) -> dict[str, str]:
    continued = table.continued()
    further = {code for codes in continued.values() for code in codes}
    record = table.records[key]
    return {
        code: record.get(code, "") + "".join(record.get(each, "") for each in continued.get(code, ()))
        for code in table.codes
        if code not in further
    }


def edits(
    located: Located, rows: Sequence[MatchedRow], official: Official, unknown: list[str]
) -> Iterator[ReturnedEdit]:
    """The changed cells of a table's rows. ``unknown``: takes what changed nobody knows where."""
    table = located.table
    doubtful = _doubtful_columns(located, rows)
    compared = any(each.whole for each in rows) or table.planned == table.fingerprints
    for each in rows:
        if each.whole or each.key is None:
            continue
        if each.key not in table.records or not compared:
            if each.key in table.fingerprints:
                sentence = _(
                    "{place}: official words of this row were changed, but not which: "
                    "the report's form, or its hidden copy, is not at hand."
                )
                unknown.append(sentence.format(place=located.place(each.row, located.key_code)))
            continue
        yield from _edits_of_row(located, each, official, doubtful)


def _edits_of_row(
    located: Located, matched: MatchedRow, official: Official, doubtful: frozenset[str]
) -> Iterator[ReturnedEdit]:
    assert matched.key is not None
    found, labels = whole_words(located, matched.row), dict(located.table.columns)
    behind = _official_words(located.table, matched.behind) if matched.behind is not None else {}
    for code, words in _official_words(located.table, matched.key).items():
        if code in NOT_OFFICIAL or code in doubtful or code == located.key_code or code not in found:
            continue
        if not same(words, found[code]) and not (code in behind and same(behind[code], found[code])):
            value = located.value(matched.row, code)
            yield ReturnedEdit(
                path=field_path(official, located.table, matched.key, code),
                column=code,
                official=words,
                found=found[code],
                cell=located.place(matched.row, code),
                converted=value.kind != "" and value.kind in _CONVERTED and not _VALUE.fullmatch(words),
                label=labels.get(code, ""),
            )


def _doubtful_columns(located: Located, rows: Sequence[MatchedRow]) -> frozenset[str]:
    """Columns that the program writes otherwise today: untouched rows hold other words there."""
    table = located.table
    found: set[str] = set()
    if table.planned == table.fingerprints:
        return frozenset()
    for each in rows:
        record = table.records.get(each.key or "") if each.whole else None
        if record is not None and table.planned.get(each.key or "") != table.fingerprints.get(each.key or ""):
            found.update(
                code
                for code in table.codes
                if not same(record.get(code, ""), located.value(each.row, code).words)
            )
    return frozenset(found)


def missing_records(
    tables: Sequence[tuple[Located, Sequence[MatchedRow]]], official: Official
) -> Iterator[tuple[str, str]]:
    """Sheet and path of every official record that stands in none of the tables of its sheet."""
    for name, table in official.tables.items():
        of_sheet = [rows for located, rows in tables if located.table.sheet == name]
        seen = {each.key for rows in of_sheet for each in rows if each.key}
        seen |= {key for rows in of_sheet for each in rows for key in each.among}
        keys = table.fingerprints or table.records
        if any(located.table.sheet == name for located, _rows in tables):
            yield from ((name, record_path(official, table, key)) for key in keys if key not in seen)
