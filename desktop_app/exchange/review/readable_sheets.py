"""Official words that were changed on the readable sheets of the sections.

Their rows have no keys, so they are laid beside the rows as they were written, in order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher

from desktop_app.exchange.review.grid import Grid, Sheet
from desktop_app.exchange.review.official import Official
from desktop_app.exchange.review.returned import ReturnedEdit
from desktop_app.exchange.review.words import normal, same
from desktop_app.exchange.workbook.naming import COVER
from desktop_app.exchange.workbook.plan import SheetPlan, words_of
from desktop_app.runtime.i18n import _

_MOST_ROWS = 4_000

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
    matcher = SequenceMatcher(None, written, found, autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "replace" and last - first == end - start:
            for old, new, row in zip(written[first:last], found[start:end], numbers[start:end], strict=True):
                yield from _cell_changes(sheet, row, old, new, path_of, unknown)
        elif kind == "insert":
            for row, new in zip(numbers[start:end], found[start:end], strict=True):
                _say_added(sheet, row, new, unknown)
        elif kind == "replace":
            unknown.append(
                _("{place}: rows were added, taken out or changed here. Nothing is taken from that.").format(
                    place=sheet.place(numbers[start], 1)
                )
            )


def _words(cells: Sequence[tuple[int, str]]) -> tuple[tuple[int, str], ...]:
    return tuple((column, normal(words)) for column, words in sorted(cells) if normal(words))


def _cell_changes(
    sheet: Sheet,
    row: int,
    old: tuple[tuple[int, str], ...],
    new: tuple[tuple[int, str], ...],
    path_of: PathOf,
    unknown: list[str],
) -> Iterator[ReturnedEdit]:
    written, found = dict(old), dict(new)
    owners = {path for words in written.values() if (path := path_of(words)) is not None}
    for column in sorted(written.keys() | found.keys()):
        before, after = written.get(column, ""), found.get(column, "")
        if same(before, after):
            continue
        if len(owners) == 1:
            yield ReturnedEdit(next(iter(owners)), "", before, after, sheet.place(row, column))
        else:
            sentence = _("{place}: “{before}” was changed to “{after}”. Nothing is taken from that.")
            unknown.append(
                sentence.format(place=sheet.place(row, column), before=before[:200], after=after[:200])
            )


def _say_added(sheet: Sheet, row: int, new: tuple[tuple[int, str], ...], unknown: list[str]) -> None:
    words = " · ".join(words for _column, words in new)
    sentence = _(
        "{place}: “{words}” was added here. Nothing is taken from that; write it on the sheet Review."
    )
    unknown.append(sentence.format(place=sheet.place(row, new[0][0]), words=words[:300]))
