"""The sheets as the limited process found them, checked before anything is done with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from desktop_app.exchange.review.reasons import damaged
from desktop_app.exchange.review.references import cell_name, place_of, split_reference

_KINDS = frozenset("ndfbe")


@dataclass(frozen=True, slots=True)
class Value:
    """A cell's content. ``kind``: empty for words, else the letter that ``cell_values`` gives it."""

    words: str
    kind: str = ""

    @property
    def is_formula(self) -> bool:
        """Whether it would be calculated."""
        return self.kind == "f"


NOTHING = Value("")


@dataclass(frozen=True, slots=True)
class SheetNote:
    """A note or comment with its place."""

    row: int
    column: int
    id: str
    author: str
    words: str
    at: str
    thread_of: str
    resolved: bool


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A named table: where its header stands, and the ids and names of its columns."""

    name: str
    row: int
    column: int
    columns: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. ``cut``: it had more rows than were kept.

    ``struck``: row, column and words of cells in which words are struck through.
    """

    name: str
    rows: dict[int, dict[int, Value]]
    tables: tuple[SheetTable, ...]
    notes: tuple[SheetNote, ...]
    cut: bool
    struck: tuple[tuple[int, int, str], ...] = ()

    def value(self, row: int, column: int) -> Value:
        """What a cell holds."""
        return self.rows.get(row, {}).get(column, NOTHING)

    def place(self, row: int, column: int) -> str:
        """How a sentence names a cell."""
        return f"{self.name}!{cell_name(row, column)}"


@dataclass(frozen=True, slots=True)
class Grid:
    """The whole workbook. ``names``: the hidden names of headers with sheet, row and column."""

    sheets: tuple[Sheet, ...]
    names: dict[str, tuple[str, int, int]]
    seen: frozenset[str]


def read_grid(name: str, plain: Any) -> Grid:
    """The workbook in what the limited process reported of the file ``name``. ReturnedError."""
    try:
        return Grid(
            sheets=tuple(_sheet(each) for each in plain["sheets"]),
            names={str(key): place for key, reference in plain["names"] if (place := place_of(reference))},
            seen=frozenset(str(each) for each in plain["seen"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise damaged(name) from error


def _sheet(plain: Any) -> Sheet:
    rows: dict[int, dict[int, Value]] = {}
    for row, cells in plain["rows"]:
        rows.setdefault(int(row), {}).update((int(column), _value(value)) for column, value in cells)
    return Sheet(
        name=str(plain["name"]),
        rows=rows,
        tables=tuple(_table(each) for each in plain["tables"]),
        notes=tuple(_notes(plain["notes"])),
        cut=bool(plain["cut"]),
        struck=tuple((int(row), int(column), str(words)) for row, column, words in plain.get("struck", ())),
    )


def _value(plain: Any) -> Value:
    if isinstance(plain, str):
        return Value(plain)
    kind, words = plain
    if kind not in _KINDS:
        raise ValueError(kind)
    return Value(str(words), kind)


def _table(plain: Any) -> SheetTable:
    row, column = split_reference(str(plain["ref"]))
    columns = tuple((int(number), str(name)) for number, name in plain["columns"])
    return SheetTable(str(plain["name"]), row, column, columns)


def _notes(plain: Any) -> Iterator[SheetNote]:
    for each in plain:
        row, column = split_reference(str(each["place"]))
        yield SheetNote(
            row,
            column,
            str(each["id"]),
            str(each["author"]),
            str(each["words"]),
            str(each["at"]),
            str(each["thread_of"]),
            bool(each["resolved"]),
        )
