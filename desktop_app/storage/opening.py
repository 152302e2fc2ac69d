"""How a report file is connected to, for reading and for writing, and how one found it."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from desktop_app.storage.connection import Connection, connect, one_moment
from desktop_app.storage.errors import NotAReportFileError, said_in_words
from desktop_app.storage.format import FORMAT, check_structure
from desktop_app.storage.log import Head, read_head


@dataclass(frozen=True, slots=True)
class Found:
    """Which file it is, whatever its name, the end of its log, and the format it has."""

    id: str
    head: Head
    format: int = FORMAT


def connect_to_write(at: Path, path: Path) -> tuple[Connection, Found]:
    """A connection to the file at ``at``, called ``path`` in messages; its structure is checked.

    Raises what ``check_structure`` raises, CannotWriteError, FileInUseError.
    """
    with said_in_words(path):
        connection = connect(at, "rw")
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


def connect_to_read(at: Path, path: Path, ends: contextlib.ExitStack) -> tuple[Connection, int]:
    """A connection that writes nothing, beside a writer or not, and the file's format, which may be newer.

    What the connection needs until it is closed is put on ``ends``.

    Raises what ``check_structure`` raises, CannotWriteError, FileInUseError.
    """
    with said_in_words(path):
        connection = _connect_as_it_is(at, ends)
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


def _connect_as_it_is(at: Path, ends: contextlib.ExitStack) -> Connection:
    connection = connect(at, "ro")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        if error.sqlite_errorcode != sqlite3.SQLITE_READONLY_ROLLBACK:
            raise
        return connect(_copy_with_journal(at, ends), "rw")
    except BaseException:
        connection.close()
        raise
    return connection


def _copy_with_journal(at: Path, ends: contextlib.ExitStack) -> Path:
    """A crash left half a write and the journal that takes it back; reading may not do that in place."""
    import shutil
    import tempfile

    folder = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="alliance-desk-")))
    for suffix in ("-journal", ""):
        shutil.copyfile(at.with_name(at.name + suffix), folder / f"copy{suffix}")
    return folder / "copy"
