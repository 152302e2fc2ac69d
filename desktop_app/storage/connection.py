"""One way to open a SQLite database: settings, limits, and a guard against what a foreign file might try.

The settings were chosen by replaying power cuts: with ``journal_mode=TRUNCATE`` and
``synchronous=EXTRA`` no cut damaged a file or took back a commit that had returned.
"""

from __future__ import annotations

import contextlib
import functools
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from desktop_app.runtime.half_characters import has_half
from desktop_app.storage import held_files
from desktop_app.storage.errors import (
    MAX_LENGTH,
    ProtectionMissingError,
    UnusableNameError,
    WrongPassphraseError,
)
from desktop_app.storage.format import is_plain
from desktop_app.storage.sqlite import code_of, sqlite_errors

if TYPE_CHECKING:
    from desktop_app.storage.protection import Key

    _AnyConnection = sqlite3.Connection
else:
    # Of either SQLite library: the guard stands in front of both.
    _AnyConnection = object

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


class _Guarded(_AnyConnection):
    """Nothing in the file can attach, load, or change the schema.

    Tables and views are made only inside ``schema_open``.
    """

    _schema_is_open = False
    _may_attach = False
    _held: held_files.Identity | None = None

    def hold(self, path: Path) -> None:
        """Remember that this connection has the file at ``path`` open, until it is closed."""
        self._held = held_files.hold(path)

    def close(self) -> None:
        """Close the connection, and what was kept open for its sake."""
        super().close()
        held, self._held = self._held, None
        held_files.let_go(held)

    @contextlib.contextmanager
    def schema_open(self) -> Iterator[None]:
        """Let our own fixed statements change tables and views while the block runs."""
        self._schema_is_open = True
        try:
            yield
        finally:
            self._schema_is_open = False

    @contextlib.contextmanager
    def free_to_vacuum(self) -> Iterator[None]:
        """Let VACUUM run in the block: it attaches a database of its own and makes all tables there."""
        self._may_attach = True
        limited = isinstance(self, sqlite3.Connection)
        if limited:
            self.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 1)
        try:
            with self.schema_open():
                yield
        finally:
            if limited:
                self.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, _LIMITS[sqlite3.SQLITE_LIMIT_ATTACHED])
            self._may_attach = False

    def guard(self) -> None:
        """Begin to refuse."""
        self.set_authorizer(self._judge)

    def _judge(
        self, action: int, first: str | None, second: str | None, _base: str | None, _cause: str | None
    ) -> int:
        if action in _NEVER:
            return sqlite3.SQLITE_OK if self._may_attach else sqlite3.SQLITE_DENY
        if action == sqlite3.SQLITE_FUNCTION:
            return sqlite3.SQLITE_DENY if second in _FUNCTIONS_NEVER else sqlite3.SQLITE_OK
        if self._schema_is_open:
            return sqlite3.SQLITE_OK
        if action in _SCHEMA:
            return sqlite3.SQLITE_DENY
        if action == sqlite3.SQLITE_PRAGMA and second is not None and first not in _PRAGMAS_THAT_ONLY_ASK:
            return sqlite3.SQLITE_OK if first in _PRAGMAS_TO_SET else sqlite3.SQLITE_DENY
        return sqlite3.SQLITE_OK


class Connection(_Guarded, sqlite3.Connection):
    """A guarded connection."""


@functools.cache
def _protected_connection() -> type[Connection]:
    """The same over SQLCipher, which has the methods of Python's own connection that are used here."""
    from sqlcipher3 import dbapi2

    class ProtectedConnection(_Guarded, dbapi2.Connection):  # type: ignore[misc]
        """A guarded connection to a protected file.

        SQLCipher has no ``setlimit``. What is in the file was put there by someone with its key; what is
        put into it is held to the length that an ordinary file would hold too.
        """

        def execute(self, sql: str, parameters: Any = (), /) -> Any:
            return super().execute(sql, _refuse_too_large(parameters))

        def executemany(self, sql: str, parameters: Iterable[Any], /) -> Any:
            return super().executemany(sql, map(_refuse_too_large, parameters))

    def _refuse_too_large(parameters: Any) -> Any:
        for value in parameters.values() if isinstance(parameters, dict) else parameters:
            if isinstance(value, str | bytes) and len(value) > MAX_LENGTH:
                error = dbapi2.DataError("string or blob too big")
                error.sqlite_errorcode = sqlite3.SQLITE_TOOBIG
                error.sqlite_errorname = "SQLITE_TOOBIG"
                raise error
        return parameters

    return cast(type[Connection], ProtectedConnection)


def connect(path: Path, mode: OpenMode, key: Key | None = None) -> Connection:
    """A guarded connection in autocommit, for use in this thread alone. What ``sqlite_errors`` has.

    With a ``key``, a protected file is opened, and an empty file becomes a protected one; for an ordinary
    file the key is not needed and not used. WrongPassphraseError, ProtectionMissingError, UnusableNameError.
    """
    if has_half(str(path)):
        raise UnusableNameError(path)
    connection = _connect_plain(path, mode) if key is None else _connect_with_key(path, mode, key)
    try:
        connection.hold(path)
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}")
        if mode == "rw":
            for setting in _SETTINGS_TO_WRITE:
                connection.execute(f"PRAGMA {setting}")
        connection.guard()
    except UnicodeDecodeError as error:
        connection.close()
        raise _damaged_schema() from error
    except BaseException:
        connection.close()
        raise
    return connection


def _damaged_schema() -> sqlite3.DatabaseError:
    """What SQLite says of a damaged list of tables, where its own words hold the damaged bytes."""
    error = sqlite3.DatabaseError("malformed database schema")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    error.sqlite_errorname = "SQLITE_CORRUPT"
    return error


def _connect_plain(path: Path, mode: OpenMode) -> Connection:
    connection = sqlite3.connect(
        _uri(path, mode), uri=True, timeout=BUSY_SECONDS, isolation_level=None, factory=Connection
    )
    for category, limit in _LIMITS.items():
        connection.setlimit(category, limit)
    return connection


def _connect_with_key(path: Path, mode: OpenMode, key: Key) -> Connection:
    try:
        return _connect_protected(path, mode, key)
    except (WrongPassphraseError, ProtectionMissingError):
        # Looked at only now: to read a file beside SQLite takes away the locks it has on it here.
        if is_plain(path):
            return _connect_plain(path, mode)
        raise


def _connect_protected(path: Path, mode: OpenMode, key: Key) -> Connection:
    try:
        from sqlcipher3 import dbapi2
    except ImportError as error:
        raise ProtectionMissingError(path) from error
    connection = cast(
        Connection,
        dbapi2.connect(
            _uri(path, mode),
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            factory=_protected_connection(),
        ),
    )
    try:
        # Else SQLCipher writes to the terminal when a key does not fit.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = {key.as_sql()}")
        # So that a later SQLCipher opens it too. That SQLCipher wipes its keys from memory needs no setting;
        # to have it wipe all else (cipher_memory_security) is no use while Python holds the answers.
        connection.execute("PRAGMA cipher_compatibility = 4")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite_errors() as error:
        connection.close()
        if code_of(error) == sqlite3.SQLITE_NOTADB:
            raise WrongPassphraseError(path, is_recovery_key=key.is_recovery_key) from error
        raise
    return connection


def _uri(path: Path, mode: OpenMode) -> str:
    return f"{path.absolute().as_uri()}?mode={mode}"


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
