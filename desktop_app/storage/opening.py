"""How a report file is connected to, for reading and for writing, and how one found it."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from desktop_app.runtime.dataclass import dataclass
from desktop_app.storage.connection import Connection, connect, one_moment
from desktop_app.storage.errors import NotAReportFileError, ProtectedFileError, said_in_words
from desktop_app.storage.format import FORMAT, check_structure, is_protected
from desktop_app.storage.log import Head, read_head
from desktop_app.storage.sqlite import code_of, operational_errors, sqlite_errors

if TYPE_CHECKING:
    from desktop_app.storage.protection import Key


@dataclass(frozen=True, slots=True)
class Found:
    """Which file it is, whatever its name, the end of its log, and the format it has."""

    id: str
    head: Head
    format: int = FORMAT


def connect_to_write(at: Path, path: Path, key: Key | None = None) -> tuple[Connection, Found]:
    """A connection to the file at ``at``, called ``path`` in messages; its structure is checked.

    Raises what ``check_structure`` raises, CannotWriteError, FileInUseError, WrongPassphraseError.
    """
    with said_in_words(path), _protection_said(at, path, key):
        connection = connect(at, "rw", key)
        try:
            with one_moment(connection):
                file_format = check_structure(connection, path)
                file_id = connection.execute("SELECT value FROM meta WHERE key = 'file'").fetchone()
                found = Found(str(file_id), read_head(connection), file_format)
            # SQLite opens what it may not write without a word, and complains only when it should write,
            # be it nothing.
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("DELETE FROM meta WHERE key IS NULL")
            connection.execute("ROLLBACK")
        except BaseException:
            connection.close()
            raise
    return connection, found


def connect_to_read(
    at: Path, path: Path, ends: contextlib.ExitStack, key: Key | None = None
) -> tuple[Connection, int]:
    """A connection that writes nothing, beside a writer or not, and the file's format, which may be newer.

    What the connection needs until it is closed is put on ``ends``.

    Raises what ``check_structure`` raises, CannotWriteError, FileInUseError, WrongPassphraseError.
    """
    with said_in_words(path), _protection_said(at, path, key):
        connection = _connect_as_it_is(at, ends, key)
        try:
            with one_moment(connection):
                file_format = check_structure(connection, path, newer=True)
        except BaseException:
            connection.close()
            raise
    return connection, file_format


def refuse_foreign(path: Path) -> NoReturn:
    """Say what is the matter with a SQLite file that does not call itself a report file.

    It is not touched, nor is anything made beside it. DamagedFileError when it has all the tables of
    one, else NotAReportFileError.
    """
    with said_in_words(path):
        connection = connect(path, "ro&immutable=1")
        try:
            check_structure(connection, path)
        finally:
            connection.close()
    raise NotAReportFileError(path)


@contextlib.contextmanager
def _protection_said(at: Path, path: Path, key: Key | None) -> Iterator[None]:
    """Without its key a protected file is no database, which is not to be called damage."""
    try:
        yield
    except sqlite_errors() as error:
        if key is None and code_of(error) == sqlite3.SQLITE_NOTADB and is_protected(at):
            raise ProtectedFileError(path) from error
        raise


def _connect_as_it_is(at: Path, ends: contextlib.ExitStack, key: Key | None) -> Connection:
    connection = None
    try:
        connection = connect(at, "ro", key)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException as error:
        if connection is not None:
            connection.close()
        if not _needs_rollback(error):
            raise
        return connect(_copy_with_journal(at, ends), "rw", key)
    return connection


def _needs_rollback(error: BaseException) -> bool:
    # SQLCipher says only that it may not write; one who reads is told that for no other reason.
    return isinstance(error, operational_errors()) and code_of(error) in (
        sqlite3.SQLITE_READONLY_ROLLBACK,
        sqlite3.SQLITE_READONLY,
    )


def _copy_with_journal(at: Path, ends: contextlib.ExitStack) -> Path:
    """A crash left half a write and the journal that takes it back; reading may not do that in place."""
    import shutil
    import tempfile

    folder = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="alliance-desk-")))
    for suffix in ("-journal", ""):
        shutil.copyfile(at.with_name(at.name + suffix), folder / f"copy{suffix}")
    return folder / "copy"
