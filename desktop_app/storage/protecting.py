"""Write a report file anew under another key, or under none: a whole new file, compared with the old one.

SQLCipher could change the key of a file in place; a power cut in the middle of that may leave a file
that neither key opens. So the file is copied, table by table, and the copy is read again.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.storage.backups import verify_copy
from desktop_app.storage.connection import connect, one_moment
from desktop_app.storage.errors import DamagedFileError, said_in_words
from desktop_app.storage.opening import connect_to_read
from desktop_app.storage.sqlite import column_number

if TYPE_CHECKING:
    from desktop_app.storage.protection import Key

_SCHEMA = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
_NUMBERS = ("application_id", "user_version")
"""What stands in the header of a file beside its tables."""


def copy_under_key(path: Path, new: Path, key: Key | None, new_key: Key | None) -> None:
    """Copy the report file at ``path``, which ``key`` opens, into the empty file ``new``, under ``new_key``.

    Nothing is flushed to disk. Raises what ``ReportFile.open`` raises; CannotWriteError.
    """
    with _at_one_moment(path, path, key) as source, said_in_words(new):
        target = connect(new, "rw", new_key)
        try:
            with target.schema_open():
                # The copy counts only once it is flushed and compared as a whole.
                target.execute("PRAGMA journal_mode = OFF")
                target.execute("PRAGMA synchronous = OFF")
                target.execute("BEGIN")
                target.execute("PRAGMA defer_foreign_keys = ON")
                _copy_all(source, target, path)
                target.execute("COMMIT")
        finally:
            target.close()


def check_same(new: Path, path: Path, new_key: Key | None, key: Key | None) -> None:
    """Make sure that ``new`` is sound and holds what the report file at ``path`` holds, to the last row.

    DamagedFileError.
    """
    verify_copy(new, path, new_key)
    with _at_one_moment(path, path, key) as one, _at_one_moment(new, path, new_key) as other:
        if _digest_of_all(one) != _digest_of_all(other):
            raise DamagedFileError(path)


@contextlib.contextmanager
def _at_one_moment(at: Path, path: Path, key: Key | None) -> Iterator[sqlite3.Connection]:
    with contextlib.ExitStack() as ends:
        connection, _format = connect_to_read(at, path, ends, key)
        ends.callback(connection.close)
        with said_in_words(path), one_moment(connection):
            yield connection


def _copy_all(source: sqlite3.Connection, target: sqlite3.Connection, path: Path) -> None:
    for kind, name, sql in source.execute(_SCHEMA).fetchall():
        if name.startswith("sqlite_") or kind == "trigger" or not sql.startswith("CREATE "):
            raise DamagedFileError(path)
        target.execute(sql)
        if kind == "table":
            rows = source.execute(f"SELECT * FROM {_quoted(name)}")
            marks = ", ".join("?" * len(rows.description))
            target.executemany(f"INSERT INTO {_quoted(name)} VALUES ({marks})", rows)
    for number in _NUMBERS:
        value = column_number(source.execute(f"PRAGMA {number}").fetchone()[0])
        target.execute(f"PRAGMA {number} = {value}")


def _digest_of_all(connection: sqlite3.Connection) -> dict[str, object]:
    """The schema, the numbers in the header, and a digest of the rows of each table, in any order."""
    schema = connection.execute(_SCHEMA).fetchall()
    found: dict[str, object] = {"": sorted(map(repr, schema))}
    for number in _NUMBERS:
        found[f"PRAGMA {number}"] = column_number(connection.execute(f"PRAGMA {number}").fetchone()[0])
    for kind, name, _sql in schema:
        if kind == "table":
            rows = connection.execute(f"SELECT * FROM {_quoted(name)}")
            found[name] = sum(int.from_bytes(hashlib.sha256(repr(row).encode()).digest()) for row in rows)
    return found


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
