"""Official words that were changed on the readable sheets of the sections.

Their rows have no keys, so they are laid beside the rows as they were written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from desktop_app.exchange.review.grid import Grid, Sheet
from desktop_app.exchange.review.official import Official
from desktop_app.exchange.review.returned import ReturnedEdit
from desktop_app.exchange.review.words import normal, same
from desktop_app.exchange.workbook.naming import COVER
from desktop_app.exchange.workbook.plan import SheetPlan, words_of
from desktop_app.runtime.i18n import _

_MOST_ROWS = 4_000

RowWords = tuple[tuple[int, str], ...]
"""The words of a row by column."""
PathOf = Callable[[str], str | None]
"""The record whose official words these are, None where that is not sure."""


def readable_edits(
    grid: Grid, official: Official, path_of: PathOf, unknown: list[str]
) -> Iterator[ReturnedEdit]:
    """Changed words on the readable sheets. ``unknown``: takes those that belong to no known record."""
    if official.plan is None:
        if official.report is not None:
            unknown.append(
                _("So long a report is compared on its tables only, not on the sheets of its sections.")
            )
        return
    for planned in official.plan.sheets:
        if planned.table is not None or planned.hidden or planned.name == COVER:
            continue
        for sheet in grid.sheets:
            if sheet.name.casefold() == planned.name.casefold():
                yield from _changes(sheet, planned, path_of, unknown)


def _changes(sheet: Sheet, planned: SheetPlan, path_of: PathOf, unknown: list[str]) -> Iterator[ReturnedEdit]:
    numbers = sorted(sheet.rows)
    if sheet.cut or len(numbers) > _MOST_ROWS or len(planned.rows) > _MOST_ROWS:
        unknown.append(
            _("The sheet “{sheet}” is too long to be compared with what was sent; the tables were.").format(
                sheet=sheet.name
            )
        )
        return
    found = [_words([(column, value.words) for column, value in sheet.rows[row].items()]) for row in numbers]
    written = [
        words
        for row in planned.rows
        if (words := _words([(column, words_of(cell.content)) for column, cell in row.cells.items()]))
    ]
    yield from _Beside(sheet, path_of, unknown).changes(written, found, numbers)


class _Beside:
    """Rows as they were written beside those that came back; only what is on one side alone is looked at.

    A changed row stands behind the same unchanged row on both sides. That takes as long as there are rows,
    whatever they hold.
    """

    def __init__(self, sheet: Sheet, path_of: PathOf, unknown: list[str]) -> None:
        self._sheet = sheet
        self._path_of = path_of
        self._unknown = unknown

    def changes(
        self, written: Sequence[RowWords], found: Sequence[RowWords], numbers: Sequence[int]
    ) -> Iterator[ReturnedEdit]:
        """The changed cells of rows that can be told."""
        old = _behind(written, range(len(written)), Counter(found))
        new = _behind(found, numbers, Counter(written))
        for anchor, rows in new.items():
            before = old.get(anchor, [])
            if len(before) == len(rows):
                for (_number, was), (number, now) in zip(before, rows, strict=True):
                    yield from self._cells(number, was, now)
            elif not before:
                for number, now in rows:
                    self._say_added(number, now)
            else:
                sentence = _(
                    "{place}: rows were added, taken out or changed here. Nothing is taken from that."
                )
                self._unknown.append(sentence.format(place=self._sheet.place(rows[0][0], 1)))

    def _cells(self, number: int, was: RowWords, now: RowWords) -> Iterator[ReturnedEdit]:
        written, found = dict(was), dict(now)
        owners = {path for words in written.values() if (path := self._path_of(words)) is not None}
        for column in sorted(written.keys() | found.keys()):
            before, after = written.get(column, ""), found.get(column, "")
            if same(before, after) or (number == 1 and column > 1 and not after):
                continue  # the names of columns in the first row are no words of the report
            place = self._sheet.place(number, column)
            if len(owners) == 1:
                yield ReturnedEdit(next(iter(owners)), "", before, after, place)
            else:
                sentence = _("{place}: “{before}” was changed to “{after}”. Nothing is taken from that.")
                self._unknown.append(sentence.format(place=place, before=before[:200], after=after[:200]))

    def _say_added(self, number: int, now: RowWords) -> None:
        words = " · ".join(words for _column, words in now)
        sentence = _(
            "{place}: “{words}” was added here. Nothing is taken from that; write it on the sheet Review."
        )
        place = self._sheet.place(number, now[0][0] if now else 1)
        self._unknown.append(sentence.format(place=place, words=words[:300]))


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
