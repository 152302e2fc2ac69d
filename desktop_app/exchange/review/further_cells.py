"""Words that somebody typed beside or above a table: in a column of their own, in a row over the header."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop_app.exchange.review.keys import MatchedRow
from desktop_app.exchange.review.locating import Located
from desktop_app.exchange.review.official import Official
from desktop_app.exchange.review.paths_of_records import record_path
from desktop_app.exchange.review.returned import ReturnedNote
from desktop_app.exchange.review.unasked import aside
from desktop_app.exchange.review.words import normal, quoted, same
from desktop_app.runtime.i18n import _


def further_notes(located: Located, rows: Sequence[MatchedRow], official: Official) -> Iterator[ReturnedNote]:
    """The words as notes on the records beside which they stand."""
    known = set(located.columns.values())
    for column in sorted({each for row in rows for each in located.sheet.rows.get(row.row, {})} - known):
        header = located.sheet.value(located.row, column).words if located.row else ""
        cells = [(row, located.sheet.value(row.row, column).words) for row in rows]
        cells = [
            (row, words)
            for row, words in cells
            if normal(words) and not _is_official(located, row, words, official)
        ]
        for row, words in cells:
            key = record_path(official, located.table, row.key) if row.key else None
            said = f"{' '.join(header.split())}: {words}" if header.strip() else words
            yield aside(located, row.row, column, key, said)


def say_what_is_above(located: Located, unknown: list[str]) -> None:
    """Tell what stands above the header: it belongs to no record."""
    for row in sorted(located.sheet.rows):
        if row < located.row and not located.is_of_record(row):
            for column, value in sorted(located.sheet.rows[row].items()):
                if normal(value.words):
                    sentence = _("{place}: “{words}” stands above the table and is no comment on any row.")
                    place = located.sheet.place(row, column)
                    unknown.append(sentence.format(place=place, words=quoted(value.words)))


def _is_official(located: Located, row: MatchedRow, words: str, official: Official) -> bool:
    """Whether it is a cell of a column that could not be told by its header."""
    record = located.table.records.get(row.key or "", {})
    said = official.hidden.said.get(row.key or "", {})
    return any(known and same(known, words) for known in (*record.values(), *said.values()))
