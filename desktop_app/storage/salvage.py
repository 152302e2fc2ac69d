"""All lines that can still be read in a damaged report file, put into sound tables in memory.

The damaged file is never touched: it is copied first, with what SQLite left beside it. Each table is
read from both ends and then line by line, past what cannot be read; where that is not all, the pages
of a file that is not protected are read one by one. Which of the lines are right is asked later, in
``rebuilding``.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import struct
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.storage.carving import CarvedRecord, carve, carve_keys, page_size_of
from desktop_app.storage.connection import Connection, connect
from desktop_app.storage.errors import CannotReadError, FileMissingError
from desktop_app.storage.format import APPLICATION_ID
from desktop_app.storage.salvaged_keys import Keys, note_key, read_keys
from desktop_app.storage.sqlite import sqlite_errors

if TYPE_CHECKING:
    from desktop_app.storage.protection import Key

_MAGIC = b"SQLite format 3\x00"
_HEADER = 100
_MOST_LOOKUPS = 200_000
_MOST_PADDING = 1_000_000
_BEHIND_THE_END = 2_000
"""How many numbers are tried behind the last line that could be read, when the end cannot be reached."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a sound report file: its columns in order, with type and whether each must be there."""

    name: str
    columns: tuple[str, ...]
    types: tuple[str, ...]
    required: tuple[bool, ...]
    defaults: tuple[str, ...]
    """In SQL, what lines have that an earlier format wrote without the column."""
    alias: int | None
    """Which column is the rowid itself, and so is not in the record."""

    def fits(self, record: CarvedRecord) -> bool:
        """Whether the record could be a line of this table, written now or by an earlier format."""
        missing = len(self.columns) - len(record.columns)
        if missing < 0 or "" in self.defaults[len(record.columns) :]:
            return False
        return all(
            value is None if index == self.alias else self._fits(index, value)
            for index, value in enumerate(record.columns)
        )

    def line(self, record: CarvedRecord) -> tuple[Any, ...]:
        """The record as a line of this table."""
        added = (None if default == "NULL" else b"" for default in self.defaults[len(record.columns) :])
        values = [*record.columns, *added]
        if self.alias is not None:
            values[self.alias] = record.rowid
        return tuple(values)

    def _fits(self, index: int, value: object) -> bool:
        if value is None:
            return not self.required[index]
        return isinstance(value, {"TEXT": str, "INTEGER": int, "BLOB": bytes}.get(self.types[index], object))


@dataclass(slots=True)
class Salvage:
    """What was read. ``lines`` holds it in the tables of the present format, in memory."""

    lines: sqlite3.Connection
    incomplete: set[str] = field(default_factory=set)
    """Tables of which lines may be missing: they could not be read to the end from either side, or only page
    by page, or hold what is no line of them, or their indexes name other lines than there are."""
    without_end: set[str] = field(default_factory=set)
    """Tables of which the last line could not be reached: there may have been more."""

    keys: Keys = field(default_factory=lambda: Keys())

    @property
    def log_has_end(self) -> bool:
        """Whether nothing can have stood behind the last step of the log that was read."""
        return self.keys.is_whole or not self.without_end & {"operations", "changes"}


def read_lines(path: Path, key: Key | None, ends: contextlib.ExitStack) -> Salvage:
    """Read what can be read. ``ends`` closes it. FileMissingError, CannotReadError; what a key has to say."""
    copy = _copy(path, ends)
    salvage = Salvage(_sound_tables(ends))
    tables = tables_of(salvage.lines)
    connection = _open(copy, key)
    try:
        for table in tables:
            _read_table(connection, table, salvage)
    finally:
        if connection is not None:
            connection.close()
    content = copy.read_bytes()
    if salvage.incomplete and content.startswith(_MAGIC):
        _carve_into(content, tables, salvage)
        for columns in carve_keys(content):
            note_key(columns, salvage.keys)
    return salvage


def tables_of(connection: sqlite3.Connection) -> list[Table]:
    """The tables of a sound report file."""
    names = [
        row[0]
        for row in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'"
            " AND name NOT LIKE 'sqlite%' ORDER BY rootpage"
        )
    ]
    return [_table(connection, name) for name in names]


def _table(connection: sqlite3.Connection, name: str) -> Table:
    found = connection.execute(f'PRAGMA table_info("{name}")').fetchall()
    keys = [index for index, column in enumerate(found) if column[5]]
    alias = keys[0] if len(keys) == 1 and found[keys[0]][2] == "INTEGER" else None
    return Table(
        name,
        tuple(column[1] for column in found),
        tuple(column[2] for column in found),
        tuple(bool(column[3]) or bool(column[5]) for column in found),
        tuple(column[4] or ("" if column[3] or column[5] else "NULL") for column in found),
        alias,
    )


def _sound_tables(ends: contextlib.ExitStack) -> sqlite3.Connection:
    from desktop_app.storage import writing

    connection = sqlite3.connect(":memory:", isolation_level=None)
    ends.callback(connection.close)
    writing.lay_out(writing.database(connection))
    connection.execute("DELETE FROM meta")
    return connection


def _copy(path: Path, ends: contextlib.ExitStack) -> Path:
    """A copy to work on, with the journal a crash may have left, and mended where that needs no guess."""
    folder = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="alliance-desk-")))
    copy = folder / "copy"
    try:
        shutil.copyfile(path, copy)
        for suffix in ("-journal", "-wal"):
            with contextlib.suppress(FileNotFoundError):
                shutil.copyfile(path.with_name(path.name + suffix), folder / f"copy{suffix}")
    except FileNotFoundError as error:
        raise FileMissingError(path) from error
    except OSError as error:
        raise CannotReadError(path, error.strerror or str(error)) from error
    return copy


class _Source:
    """The copy, read statement by statement.

    After one damaged page SQLCipher reads nothing any more, be it sound; then the copy is opened anew.
    """

    def __init__(self, copy: Path, key: Key | None, connection: Connection) -> None:
        self._copy, self._key, self._connection = copy, key, connection

    def execute(self, statement: str, values: tuple[Any, ...] = ()) -> Iterator[Any]:
        """The lines of the answer, as far as they can be read."""
        try:
            yield from self._connection.execute(statement, values)
        except sqlite_errors():
            again = _try_to_open(self._copy, self._key) if self._key is not None else None
            if again is not None:
                self._connection.close()
                self._connection = again
            raise

    def close(self) -> None:
        """Read nothing more."""
        self._connection.close()


def _open(copy: Path, key: Key | None) -> _Source | None:
    """The copy, opened as it is, or mended; None when SQLite can do nothing with it."""
    connection = _try_to_open(copy, key)
    if connection is None and key is None:
        _mend(copy)
        connection = _try_to_open(copy, key)
    return _Source(copy, key, connection) if connection is not None else None


def _try_to_open(copy: Path, key: Key | None) -> Connection | None:
    try:
        connection = connect(copy, "rw", key)
    except sqlite_errors():
        return None
    try:
        # Damaged text is looked at line by line, and must not end the reading of a table.
        connection.text_factory = bytes
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite_errors():
        connection.close()
        return None
    return connection


def _mend(copy: Path) -> None:
    """Pad what was cut, and write the part of the first page again that is the same in all report files."""
    content = bytearray(copy.read_bytes())
    if len(content) < _HEADER:
        return
    is_headless = not content.startswith(_MAGIC)
    size = 4096 if is_headless else page_size_of(bytes(content))
    content += bytes(-len(content) % size)
    said = 0 if is_headless else int.from_bytes(content[28:32]) * size
    if len(content) < said < 4 * len(content) + _MOST_PADDING:
        content += bytes(said - len(content))
    if is_headless:
        content[0:_HEADER] = bytes(_HEADER)
        content[0:24] = _MAGIC + struct.pack(">HBBBBBB", size, 1, 1, 0, 64, 32, 32)
        content[44:48] = (4).to_bytes(4)
        content[56:60] = (1).to_bytes(4)
        content[68:72] = APPLICATION_ID.to_bytes(4)
    content[28:32] = (len(content) // size).to_bytes(4)
    # The file counts as last changed by a program that knew its size.
    content[92:96] = content[24:28]
    copy.write_bytes(content)
    for suffix in ("-journal", "-wal"):
        copy.with_name(copy.name + suffix).unlink(missing_ok=True)


# Line by line


def _read_table(connection: _Source | None, table: Table, salvage: Salvage) -> None:
    lines: dict[int, tuple[Any, ...]] = {}
    select = None if connection is None else _select(connection, table)
    if connection is None or select is None:
        salvage.incomplete.add(table.name)
        salvage.without_end.add(table.name)
        return
    if not _scan(connection, f"{select} ORDER BY rowid", lines):
        salvage.incomplete.add(table.name)
        first, backwards = max(lines, default=0), dict[int, tuple[Any, ...]]()
        _scan(connection, f"{select} ORDER BY rowid DESC", backwards)
        if not backwards:
            salvage.without_end.add(table.name)
        last = min(backwards, default=first + _BEHIND_THE_END)
        lines |= backwards
        _look_up(connection, select, range(first + 1, min(last, first + _MOST_LOOKUPS)), lines)
    are_alike = read_keys(connection, table.name, table.columns, lines, salvage.keys)
    if not (_put(salvage.lines, table, lines.values()) and are_alike):
        salvage.incomplete.add(table.name)


def _select(connection: _Source, table: Table) -> str | None:
    """The statement that reads the columns the file has; None when it has no such table."""
    try:
        there = {_text(row[1]) for row in connection.execute(f'PRAGMA table_info("{table.name}")')}
    except sqlite_errors():
        return None
    if not there:
        return None
    columns = ", ".join(
        f'"{name}"' if name in there else default or "NULL"
        for name, default in zip(table.columns, table.defaults, strict=True)
    )
    # Indexes may be damaged where the table is sound.
    return f'SELECT rowid, {columns} FROM "{table.name}" NOT INDEXED'


def _scan(connection: _Source, statement: str, lines: dict[int, tuple[Any, ...]]) -> bool:
    """Read as far as it goes; whether that was to the end."""
    try:
        for rowid, *columns in connection.execute(statement):
            _keep(lines, rowid, columns)
    except sqlite_errors():
        return False
    return True


def _look_up(connection: _Source, select: str, wanted: range, lines: dict[int, tuple[Any, ...]]) -> None:
    for rowid in wanted:
        with contextlib.suppress(*sqlite_errors()):
            for _rowid, *columns in connection.execute(f"{select} WHERE rowid = ?", (rowid,)):
                _keep(lines, rowid, columns)


def _keep(lines: dict[int, tuple[Any, ...]], rowid: int, columns: list[Any]) -> None:
    # A line with bytes that are no text is a line that cannot be read.
    with contextlib.suppress(UnicodeDecodeError):
        lines[rowid] = tuple(columns)


def _text(value: object) -> str:
    return value.decode("utf-8", errors="replace") if isinstance(value, bytes) else str(value)


def _put(lines: sqlite3.Connection, table: Table, values: Any) -> bool:
    """Add lines that are not there yet, those that fit the table; whether all of them were added."""
    marks = ", ".join("?" for column in table.columns)
    is_all = True
    for line in values:
        typed = _typed(table, line)
        added = 0
        # The first line with a key counts; what breaks the table's rules is no line of it.
        if typed is not None:
            with contextlib.suppress(sqlite3.Error):
                statement = f'INSERT OR IGNORE INTO "{table.name}" VALUES ({marks})'
                added = lines.execute(statement, typed).rowcount
        is_all = is_all and added == 1
    return is_all


def _typed(table: Table, line: tuple[Any, ...]) -> tuple[Any, ...] | None:
    """The line with its texts as texts; None when one is none."""
    typed = []
    for kind, value in zip(table.types, line, strict=True):
        if kind == "TEXT" and isinstance(value, bytes):
            try:
                value = value.decode("utf-8")
            except UnicodeDecodeError:
                return None
        typed.append(value)
    return tuple(typed)


# Page by page


def _carve_into(content: bytes, tables: list[Table], salvage: Salvage) -> None:
    wanted = [table for table in tables if table.name in salvage.incomplete]
    for record in carve(content):
        # The tables that have exactly so many columns first: earlier formats had fewer.
        fitting = sorted(
            (table for table in wanted if table.fits(record)),
            key=lambda table: len(table.columns) - len(record.columns),
        )
        if fitting:
            _put(salvage.lines, fitting[0], [fitting[0].line(record)])
