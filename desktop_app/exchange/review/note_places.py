"""Which goal, row or answer a note is about: by the record of its row, or by the words it stands on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from desktop_app.exchange.review.grid import Grid, Sheet, SheetNote
from desktop_app.exchange.review.keys import MatchedRow
from desktop_app.exchange.review.locating import Located
from desktop_app.exchange.review.official import Official, OfficialTable, is_review
from desktop_app.exchange.review.paths_of_records import record_path
from desktop_app.exchange.review.references import cell_name
from desktop_app.exchange.review.returned import ReturnedNote
from desktop_app.exchange.review.words import normal
from desktop_app.exchange.workbook.answer_tables import ANSWER
from desktop_app.exchange.workbook.review_entries import KINDS_BESIDE
from desktop_app.formdef.model import Section
from desktop_app.report.paths import read_path

_TELLING = 12
"""Shorter words are no sign of a record."""
_SEARCHES = 500
_REVIEWED = ("words", "timeframe")

Matched = Sequence[tuple[Located, Sequence[MatchedRow]]]
Rank = Callable[[], tuple[int, int]]
"""Which of the cells of a sheet that hold the same words it is, from 0, and how many those are."""


class RecordWords:
    """The records by the words that stand for them.

    Looking for a part of the words takes as long as all of them, so it is done so often at most.
    """

    def __init__(self, tables: Matched, official: Official) -> None:
        self._words = _words_of_records(tables, official)
        self._searches = _SEARCHES
        sections = official.report.form.sections if official.report is not None else ()
        self._sheets = dict(_sheets_of(sections, frozenset()))

    def path_of(self, text: str, sheet: str = "", rank: Rank | None = None) -> str | None:
        """The one record that these words, or a part of them, stand for; None where it is not sure.

        ``sheet``: the one of the section on which they stand. ``rank`` tells records with the same words
        apart, which stand there in the order of the report.
        """
        text = normal(text)
        if len(text) < _TELLING:
            return None
        found = self._words.get(text)
        if found is None and self._searches > 0:
            self._searches -= 1
            # A goal stands behind its number; a long answer in several parts.
            found = dict.fromkeys(
                key
                for each, keys in self._words.items()
                if text.endswith(each) or (len(text) > 2 * _TELLING and text in each)
                for key in keys
            )
            rank = None
        paths = list(found or ())
        if len(paths) > 1:
            paths = [path for path in paths if sheet in self._sheets.get(read_path(path).section, ())]
        if len(paths) > 1 and rank is not None and self._searches > 0:
            self._searches -= 1
            number, count = rank()
            paths = paths[number : number + 1] if count == len(paths) else []
        return paths[0] if len(paths) == 1 else None


def notes(grid: Grid, tables: Matched, official: Official, words: RecordWords) -> Iterator[ReturnedNote]:
    """Every note and comment with its place; ``words``: those that tell a record."""
    for sheet in grid.sheets:
        of_sheet = [
            (located, {each.row: each.key for each in rows})
            for located, rows in tables
            if located.sheet is sheet
        ]
        for note in sheet.notes:
            key, column = (
                _in_table(note, *of_sheet[0], official) if of_sheet else (_by_words(sheet, note, words), None)
            )
            yield _returned(sheet, note, key, column)


def _returned(sheet: Sheet, note: SheetNote, key: str | None, column: str | None) -> ReturnedNote:
    return ReturnedNote(
        sheet=sheet.name,
        key=key,
        column=column,
        author=note.author,
        words=note.words,
        at=note.at,
        thread_of=note.thread_of or None,
        cell=f"{sheet.name}!{cell_name(note.row, note.column)}",
        id=note.id,
        resolved=note.resolved,
        beside=sheet.value(note.row, note.column).words,
    )


def _in_table(
    note: SheetNote, located: Located, rows: Mapping[int, str | None], official: Official
) -> tuple[str | None, str | None]:
    column = next((code for code, number in located.columns.items() if number == note.column), None)
    key = rows.get(note.row)
    return (record_path(official, located.table, key) if key else None), column


def _sheets_of(sections: Sequence[Section], around: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """The sheets on which a section can stand: its own, and those of the sections around it."""
    for section in sections:
        sheets = around | {section.code}
        yield section.code, sheets
        yield from _sheets_of(section.sections, sheets)


def _words_of_records(tables: Matched, official: Official) -> dict[str, dict[str, None]]:
    """Keys by the words that stand for them: those of the sheet for reviews first, then any long answer."""
    found: dict[str, dict[str, None]] = {}
    for name, table in official.tables.items():
        for key, record in table.records.items():
            if is_review(table) and record.get("kind") in KINDS_BESIDE:
                continue  # they begin with words of the form, which stand in several places
            path = record_path(official, table, key)
            for code, words in record.items():
                if len(words) >= _TELLING and _is_answer(table, code):
                    found.setdefault(normal(words), {})[path] = None
        if not table.records:
            for located, rows in tables:
                if located.table.sheet == name and is_review(table):
                    for each in rows:
                        words = normal(located.value(each.row, "words").words)
                        is_beside = located.value(each.row, "kind").words in KINDS_BESIDE
                        if each.key and len(words) >= _TELLING and not is_beside:
                            found.setdefault(words, {})[each.key] = None
    return found


def _is_answer(table: OfficialTable, code: str) -> bool:
    """Whether the country's own words, or a goal's, stand in the column; not what many records share."""
    source = table.sources.get(code, "")
    return code in _REVIEWED if is_review(table) else "." in source or source == ANSWER


def _by_words(sheet: Sheet, note: SheetNote, words: RecordWords) -> str | None:
    """The one record whose words stand in the row, the noted cell's counting first."""
    cells = sheet.rows.get(note.row, {})
    for column in sorted(cells, key=lambda each: each != note.column):
        text = cells[column].words
        path = words.path_of(text, sheet.name, partial(_rank, sheet, note.row, normal(text)))
        if path is not None:
            return path
    return None


def _rank(sheet: Sheet, row: int, text: str) -> tuple[int, int]:
    """The ``Rank`` of the row among those that hold the words."""
    rows = [
        each
        for each in sorted(sheet.rows)
        if any(normal(value.words) == text for value in sheet.rows[each].values())
    ]
    return rows.index(row), len(rows)
