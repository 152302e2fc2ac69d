"""Official words that were changed on the readable sheets of the sections.

Their rows have no keys, so they are laid beside the rows as they were written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from desktop_app.exchange.review.grid import Grid, Sheet
from desktop_app.exchange.review.note_places import RecordWords
from desktop_app.exchange.review.official import Official
from desktop_app.exchange.review.paths_of_records import answer_in_words
from desktop_app.exchange.review.returned import ReturnedEdit, ReturnedNote
from desktop_app.exchange.review.words import normal, same
from desktop_app.exchange.workbook.naming import COVER
from desktop_app.exchange.workbook.plan import SheetPlan, words_of
from desktop_app.exchange.workbook.traces import MOST_COMPARED, layout_mark
from desktop_app.runtime.i18n import _

RowWords = tuple[tuple[int, str], ...]
"""The words of a row by column."""


def readable_edits(
    grid: Grid, official: Official, words: RecordWords, notes: list[ReturnedNote], unknown: list[str]
) -> Iterator[ReturnedEdit]:
    """Changed words on the readable sheets. ``words``: what tells whose they were; ``notes``: takes those
    that belong to no known record.
    """
    if official.plan is None:
        if official.report is not None:
            unknown.append(
                _("So long a report is compared on its tables only, not on the sheets of its sections.")
            )
        return
    others = 0
    for planned in official.plan.sheets:
        if planned.table is not None or planned.hidden or planned.name == COVER:
            continue
        is_other = official.hidden.layouts.get(planned.name) != layout_mark(planned)
        for sheet in grid.sheets:
            if sheet.name.casefold() == planned.name.casefold():
                if is_other:
                    others += 1
                else:
                    yield from _changes(sheet, planned, _Owners(words, official, planned), notes, unknown)
    if others:
        unknown.append(
            _(
                "Another version of this program laid out the sheets of the sections. They were not compared "
                "with what was sent; the tables were."
            )
        )


def _changes(
    sheet: Sheet, planned: SheetPlan, owners: _Owners, notes: list[ReturnedNote], unknown: list[str]
) -> Iterator[ReturnedEdit]:
    numbers = sorted(sheet.rows)
    if sheet.cut or len(numbers) > MOST_COMPARED or len(planned.rows) > MOST_COMPARED:
        unknown.append(
            _("The sheet “{sheet}” is too long to be compared with what was sent; the tables were.").format(
                sheet=sheet.name
            )
        )
        return
    found = [_words([(column, value.words) for column, value in sheet.rows[row].items()]) for row in numbers]
    yield from _Beside(sheet, planned.name, owners, notes).changes(owners.written, found, numbers)


class _Owners:
    """The rows of a sheet as they were written, and whose words stand in each."""

    def __init__(self, records: RecordWords, official: Official, planned: SheetPlan) -> None:
        self._records, self._official, self._name = records, official, planned.name
        self.written: list[RowWords] = [
            words
            for row in planned.rows
            if (words := _words([(column, words_of(cell.content)) for column, cell in row.cells.items()]))
        ]

    def of_row(self, number: int) -> set[str]:
        """The records whose words stand in the row with this number; more than one where it is not sure."""
        found = (
            self._records.path_of(words, self._name, partial(self._rank, number, words))
            for _column, words in self.written[number]
        )
        return {path for path in found if path is not None}

    def _rank(self, number: int, words: str) -> tuple[int, int]:
        rows = [each for each, row in enumerate(self.written) if words in (cell for _column, cell in row)]
        return rows.index(number), len(rows)

    def edit(self, owner: str, before: str, after: str, cell: str) -> ReturnedEdit:
        """The changed cell, of the one answer of its record that stood there where there is one."""
        path, before, after = answer_in_words(self._official, owner, before, after)
        return ReturnedEdit(path, "", before, after, cell)


class _Beside:
    """Rows as they were written beside those that came back; only what is on one side alone is looked at.

    A changed row stands behind the same unchanged row on both sides. That takes as long as there are rows,
    whatever they hold.
    """

    def __init__(self, sheet: Sheet, name: str, owners: _Owners, notes: list[ReturnedNote]) -> None:
        self._sheet = sheet
        self._name = name
        self._owners = owners
        self._notes = notes

    def changes(
        self, written: Sequence[RowWords], found: Sequence[RowWords], numbers: Sequence[int]
    ) -> Iterator[ReturnedEdit]:
        """The changed cells of rows that can be told."""
        old = _behind(written, range(len(written)), Counter(found))
        new = _behind(found, numbers, Counter(written))
        for anchor, rows in new.items():
            before = old.get(anchor, [])
            if len(before) == len(rows):
                for (place, was), (number, now) in zip(before, rows, strict=True):
                    yield from self._cells(number, self._owners.of_row(place), was, now)
            else:
                # Rows were added or taken out just there: what stood in none of them was typed.
                known = {words for _number, was in before for _column, words in was}
                for number, now in rows:
                    self._keep(number, [each for each in now if each[1] not in known])

    def _cells(self, number: int, owners: set[str], was: RowWords, now: RowWords) -> Iterator[ReturnedEdit]:
        """``owners``: the records whose words stood in the row."""
        written, found = dict(was), dict(now)
        for column in sorted(written.keys() | found.keys()):
            before, after = written.get(column, ""), found.get(column, "")
            if same(before, after) or (number == 1 and column > 1 and not after):
                continue  # the names of columns in the first row are no words of the report
            place = self._sheet.place(number, column)
            if len(owners) == 1:
                yield self._owners.edit(next(iter(owners)), before, after, place)
            else:
                self._keep(number, [(column, after)] if after else [], before)

    def _keep(self, number: int, typed: Sequence[tuple[int, str]], before: str = "") -> None:
        """Keep words that are no answer as a note on the section. ``before``: what stood there."""
        if not typed:
            return
        words = " · ".join(words for _column, words in typed)
        if before:
            words = _("“{before}” was changed to “{after}”.").format(before=before, after=words)
        note = ReturnedNote(
            sheet=self._name,
            key=None,
            column=None,
            author="",
            words=words,
            at="",
            thread_of=None,
            cell=self._sheet.place(number, typed[0][0]),
            is_aside=True,
            told=_(
                "It stands on a sheet that is there for reading, so it cannot be brought in as an answer. "
                "Choose it to keep the words as a comment."
            ),
        )
        self._notes.append(note)


def _behind(
    rows: Sequence[RowWords], numbers: Sequence[int], other: Counter[RowWords]
) -> dict[RowWords, list[tuple[int, RowWords]]]:
    """The rows that the other side has not, by the row before them that it has."""
    found: dict[RowWords, list[tuple[int, RowWords]]] = {}
    anchor: RowWords = ()
    for number, row in zip(numbers, rows, strict=True):
        if other[row] > 0:
            other[row] -= 1
            anchor = row
        else:
            found.setdefault(anchor, []).append((number, row))
    return found


def _words(cells: Sequence[tuple[int, str]]) -> RowWords:
    return tuple((column, normal(words)) for column, words in sorted(cells) if normal(words))
