"""Words typed on sheets that have no records: the cover, lists that explain, what changed, sheets added."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from desktop_app.exchange.review.grid import Grid, Sheet
from desktop_app.exchange.review.hidden_sheet import is_hidden_sheet
from desktop_app.exchange.review.locating import Located, locate_changes
from desktop_app.exchange.review.official import Official
from desktop_app.exchange.review.returned import ReturnedNote
from desktop_app.exchange.review.words import normal
from desktop_app.exchange.workbook.fingerprints import words_fingerprint
from desktop_app.exchange.workbook.naming import CHANGES
from desktop_app.exchange.workbook.traces import cell_mark
from desktop_app.runtime.i18n import _

_MOST_WORDS = 300
"""Characters of a sheet that was added, in the sentence that tells of it."""


def notes_of_others(
    grid: Grid, located: Collection[Located], official: Official, unknown: list[str]
) -> Iterator[ReturnedNote]:
    """What stands on them and was not there when the workbook went out. ``unknown``: takes the sentences."""
    readable = _readable(official)
    for sheet in grid.sheets:
        if not sheet.rows or is_hidden_sheet(sheet) or any(each.sheet is sheet for each in located):
            continue
        changes = locate_changes(sheet, official)
        name = _known(sheet, official)
        if changes is not None and changes.table.sheet == CHANGES:
            yield from _of_changes(changes)
        elif name:
            yield from _of_explaining(sheet, name, official)
        elif readable is not None and sheet.name.casefold() not in readable:
            _say_added(sheet, unknown)


def _readable(official: Official) -> set[str] | None:
    """The names of all sheets as they went out, in small letters; None where they are not known."""
    if official.plan is None:
        return None
    names = {sheet.name.casefold() for sheet in official.plan.sheets}
    return names if official.hidden.marks else names | {CHANGES.casefold()}


def _known(sheet: Sheet, official: Official) -> str:
    """The sheet without records that it is, whatever it is called now; empty for none."""
    marks = official.hidden.marks
    named = next((name for name in marks if name.casefold() == sheet.name.casefold()), "")
    if named or not marks:
        return named
    found = [cell_mark(value.words) for cells in sheet.rows.values() for value in cells.values()]
    shares = {name: sum(each in known for each in found) for name, known in marks.items()}
    best = max(shares, key=lambda name: shares[name])
    return best if 2 * shares[best] > len(found) else ""


def _of_explaining(sheet: Sheet, name: str, official: Official) -> Iterator[ReturnedNote]:
    """The cells that were not there, each a note; what was there counts as often as it was."""
    left = official.hidden.marks[name].copy()
    for row, cells in sorted(sheet.rows.items()):
        for column, value in sorted(cells.items()):
            if not normal(value.words):
                continue
            mark = cell_mark(value.words)
            if left[mark] > 0:
                left[mark] -= 1
            else:
                yield _note(sheet, name, row, column, value.words)


def _of_changes(located: Located) -> Iterator[ReturnedNote]:
    """Of the sheet that says what changed only the marks of its records are known."""
    marks = set(located.table.fingerprints.values())
    labels = {" ".join(label.split()).casefold() for _code, label in located.table.columns}
    codes = {column: code for code, column in located.columns.items()}
    for row, cells in sorted(located.sheet.rows.items()):
        typed = [column for column, value in cells.items() if column not in codes and normal(value.words)]
        if row <= located.row:
            typed = [
                column
                for column, value in cells.items()
                if normal(value.words) and " ".join(value.words.split()).casefold() not in labels
            ]
        else:
            record = {codes[column]: value.words for column, value in cells.items() if column in codes}
            typed += [column for column, code in codes.items() if code in _typed_in(record, marks)]
        for column in sorted(typed):
            yield _note(located.sheet, CHANGES, row, column, cells[column].words)


def _typed_in(record: dict[str, str], marks: set[str]) -> set[str]:
    """The one cell without which the record is as it went out; all of them where there is none."""
    filled = {code: words for code, words in record.items() if normal(words)}
    if not filled or words_fingerprint(filled) in marks:
        return set()
    for code in filled:
        if words_fingerprint({each: words for each, words in filled.items() if each != code}) in marks:
            return {code}
    return set(filled)


def _note(sheet: Sheet, name: str, row: int, column: int, words: str) -> ReturnedNote:
    return ReturnedNote(
        sheet=name,
        key=None,
        column=None,
        author="",
        words=words,
        at="",
        thread_of=None,
        cell=sheet.place(row, column),
        is_aside=True,
        told=_(
            "It stands on the sheet “{sheet}”, which holds no answers. Choose it to keep the words as a "
            "comment on the report as a whole."
        ).format(sheet=sheet.name),
    )


def say_what_is_struck(grid: Grid, official: Official, unknown: list[str]) -> None:
    """A sentence for each cell with words struck through, which the program itself does on one sheet only."""
    sentence = _(
        "{place}: “{words}” is struck through. Nothing was taken out by that; "
        "take it out of the answer where it is to go."
    )
    for sheet in grid.sheets:
        if not sheet.struck or is_hidden_sheet(sheet):
            continue
        changes = locate_changes(sheet, official)
        if changes is not None and changes.table.sheet == CHANGES:
            continue
        for row, column, words in sheet.struck:
            told = words if len(words) <= _MOST_WORDS else words[:_MOST_WORDS] + "…"
            unknown.append(sentence.format(place=sheet.place(row, column), words=told))


def _say_added(sheet: Sheet, unknown: list[str]) -> None:
    words = " · ".join(
        value.words
        for _row, cells in sorted(sheet.rows.items())
        for _column, value in sorted(cells.items())
        if normal(value.words)
    )
    if words:
        more = "…" if len(words) > _MOST_WORDS else ""
        sentence = _(
            "The sheet “{sheet}” was added to the workbook, or has another name than when it was sent. "
            "Its cells were not read; copy from it what is to be kept. It begins: “{words}”."
        )
        unknown.append(sentence.format(sheet=sheet.name, words=words[:_MOST_WORDS] + more))
