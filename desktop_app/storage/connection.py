"""One way to open a SQLite database: settings, limits, and a guard against what a foreign file might try.

The settings were chosen by replaying power cuts: with ``journal_mode=TRUNCATE`` and
``synchronous=EXTRA`` no cut damaged a file or took back a commit that had returned.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from desktop_app.storage.errors import MAX_LENGTH

OpenMode = Literal["ro", "rw", "ro&immutable=1"]
"""SQLite's words: read, write, or look at a file without making anything beside it."""

BUSY_SECONDS = 5.0
"""How long to wait for another program that is reading or writing at this very moment."""

_SETTINGS = (
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "mmap_size = 0",
    "foreign_keys = ON",
    "temp_store = MEMORY",
)
_SETTINGS_TO_WRITE = (
    "secure_delete = ON",
    "journal_mode = TRUNCATE",
    "synchronous = EXTRA",
)
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: MAX_LENGTH,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 1_000_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 500,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 100,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 50,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 10,
}

_NEVER = frozenset({sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH})
_SCHEMA = frozenset(
    {
        sqlite3.SQLITE_CREATE_INDEX,
        sqlite3.SQLITE_CREATE_TABLE,
        sqlite3.SQLITE_CREATE_TEMP_INDEX,
        sqlite3.SQLITE_CREATE_TEMP_TABLE,
        sqlite3.SQLITE_CREATE_TEMP_TRIGGER,
        sqlite3.SQLITE_CREATE_TEMP_VIEW,
        sqlite3.SQLITE_CREATE_TRIGGER,
        sqlite3.SQLITE_CREATE_VIEW,
        sqlite3.SQLITE_CREATE_VTABLE,
        sqlite3.SQLITE_DROP_INDEX,
        sqlite3.SQLITE_DROP_TABLE,
        sqlite3.SQLITE_DROP_TEMP_INDEX,
        sqlite3.SQLITE_DROP_TEMP_TABLE,
        sqlite3.SQLITE_DROP_TEMP_TRIGGER,
        sqlite3.SQLITE_DROP_TEMP_VIEW,
        sqlite3.SQLITE_DROP_TRIGGER,
        sqlite3.SQLITE_DROP_VIEW,
        sqlite3.SQLITE_DROP_VTABLE,
        sqlite3.SQLITE_ALTER_TABLE,
    }
)
_PRAGMAS_THAT_ONLY_ASK = frozenset({"table_info", "table_xinfo", "index_list", "index_info", "index_xinfo",
                                    "foreign_key_list", "quick_check", "integrity_check"})  # fmt: skip
_PRAGMAS_TO_SET = frozenset({"recursive_triggers", "busy_timeout", "journal_mode"})
_FUNCTIONS_NEVER = frozenset({"load_extension", "fts3_tokenizer", "readfile", "writefile", "edit"})


class Connection(sqlite3.Connection):
    """A guarded connection: nothing in the file can attach, load, or change the schema.

    Tables and views are made only inside ``schema_open``.
    """

    _schema_is_open = False

    @contextlib.contextmanager
    def schema_open(self) -> Iterator[None]:
        """Let our own fixed statements change tables and views while the block runs."""
        self._schema_is_open = True
        try:
            yield
        finally:
            self._schema_is_open = False

    def guard(self) -> None:
        """Begin to refuse."""
        self.set_authorizer(self._judge)

    def _judge(
        self, action: int, first: str | None, second: str | None, _base: str | None, _cause: str | None
    ) -> int:
        if action in _NEVER:
            return sqlite3.SQLITE_DENY
        if action == sqlite3.SQLITE_FUNCTION:
            return sqlite3.SQLITE_DENY if second in _FUNCTIONS_NEVER else sqlite3.SQLITE_OK
        if self._schema_is_open:
            return sqlite3.SQLITE_OK
        if action in _SCHEMA:
            return sqlite3.SQLITE_DENY
        if action == sqlite3.SQLITE_PRAGMA and second is not None and first not in _PRAGMAS_THAT_ONLY_ASK:
            return sqlite3.SQLITE_OK if first in _PRAGMAS_TO_SET else sqlite3.SQLITE_DENY
        return sqlite3.SQLITE_OK


def connect(path: Path, mode: OpenMode) -> Connection:
    """A guarded connection in autocommit, for use in this thread alone. sqlite3.Error."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        factory=Connection,
    )
    try:
        for category, limit in _LIMITS.items():
            connection.setlimit(category, limit)
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}")
        if mode == "rw":
            for setting in _SETTINGS_TO_WRITE:
                connection.execute(f"PRAGMA {setting}")
        connection.guard()
    except BaseException:
        connection.close()
        raise
    return connection


@contextlib.contextmanager
def one_moment(connection: sqlite3.Connection) -> Iterator[None]:
    """All reads of the block see the file as it is at one moment."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        # Nothing was written; a failed read may have ended it already.
        connection.rollback()


def close(connection: sqlite3.Connection, *, wrote: bool) -> None:
    """Close; after writing, take away the emptied journal, so that one file remains."""
    try:
        if wrote:
            connection.execute("PRAGMA journal_mode = DELETE")
    finally:
        connection.close()
