"""Whole copies of a report file, made beside its writer and trusted only when every part of them was read.

SQLite's own backup copies the pages of one moment. A copy of a damaged file is as damaged as the
file, and a full disk may leave an empty database that opens without a word; so a copy is a backup
only after ``verify_copy``.
"""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.errors import DeskError
from desktop_app.storage.connection import close, connect, one_moment
from desktop_app.storage.drafts import drafts_digests
from desktop_app.storage.errors import DamagedFileError, said_in_words
from desktop_app.storage.format import FORMAT
from desktop_app.storage.log import Head, read_head
from desktop_app.storage.opening import connect_to_read
from desktop_app.storage.reading import summaries
from desktop_app.storage.records import ReportSummary
from desktop_app.storage.report_file import ReportFile
from desktop_app.storage.sqlite import sqlite_errors
from desktop_app.storage.verifying import verify_chain

if TYPE_CHECKING:
    from desktop_app.storage.protection import Key


@dataclass(frozen=True, slots=True)
class Content:
    """What a report file or a copy of it holds. ``file_id`` stays the same whatever the file is called."""

    file_id: str
    head: Head
    reports: tuple[ReportSummary, ...]
    drafts: tuple[bytes, ...] = ()
    """The digests of unfinished comments, of which the log knows nothing."""

    @property
    def countries(self) -> frozenset[str]:
        """Whose reports these are; one, or none while there is no report."""
        return frozenset(summary.country for summary in self.reports)


def copy_whole(path: Path, new: Path, key: Key | None = None) -> None:
    """Copy the report file at ``path``, as it is at one moment, into the empty file ``new``.

    A program that writes the file meanwhile waits only as long as the pages are read: a tenth of a
    second for 30 MB. Nothing is flushed to disk and nothing is checked but the structure of the source.
    Raises what ``ReportFile.open`` raises; CannotWriteError.
    """
    with contextlib.ExitStack() as ends:
        source, _format = connect_to_read(path, path, ends, key)
        ends.callback(source.close)
        with said_in_words(new):
            # A copy of a protected file is protected by the same key.
            target = connect(new, "rw", None if isinstance(source, sqlite3.Connection) else key)
            try:
                # The copy counts only once it is flushed and verified as a whole, so each write need not be.
                with target.schema_open():
                    target.execute("PRAGMA journal_mode = OFF")
                    target.execute("PRAGMA synchronous = OFF")
                # Reading has begun before, and waited for a writer if it had to: the copy itself would
                # wait for ever.
                with one_moment(source):
                    source.execute("SELECT count(*) FROM sqlite_master").fetchone()
                    source.backup(target)
            finally:
                target.close()


def verify_copy(copy: Path, path: Path, key: Key | None = None) -> Content:
    """Read all of a finished copy: its pages, its log and what follows from it. ``path``: what it is called.

    DamagedFileError with what was found, and what ``ReportFile.open`` raises. Of a newer format only the
    pages can be checked here.
    """
    with contextlib.ExitStack() as ends:
        connection, file_format = connect_to_read(copy, path, ends, key)
        ends.callback(connection.close)
        with said_in_words(path), one_moment(connection):
            if [row[0] for row in connection.execute("PRAGMA integrity_check(1)")] != ["ok"]:
                raise DamagedFileError(path)
            if file_format <= FORMAT:
                damages = verify_chain(connection)
                if damages:
                    raise DamagedFileError(path, [damage.sentence for damage in damages])
            return _content(connection)


def read_content(path: Path, key: Key | None = None, *, is_at_rest: bool = False) -> Content | None:
    """What a report file holds, read quickly and beside a writer; None when that cannot be told.

    ``is_at_rest``: nobody writes the file, as nobody writes a backup.
    """
    try:
        connection = connect(path, "ro&immutable=1" if is_at_rest else "ro", key)
    except _unreadable():
        return None
    try:
        with one_moment(connection):
            return _content(connection)
    except _unreadable():
        return None
    finally:
        connection.close()


def read_content_or_say(path: Path, key: Key | None = None) -> Content:
    """What a report file holds, after a crash too; raises what ``ReportFile.open`` raises."""
    with ReportFile.open(path, "read", key=key), contextlib.ExitStack() as ends:
        connection, _format = connect_to_read(path, path, ends, key)
        ends.callback(connection.close)
        with said_in_words(path), one_moment(connection):
            return _content(connection)


def settle(path: Path, key: Key | None = None) -> None:
    """Let SQLite take back what a crash left half written, if it can. With the file's lock held."""
    with contextlib.suppress(*_unreadable()):
        connection = connect(path, "rw", key)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        finally:
            close(connection, wrote=True)


def _unreadable() -> tuple[type[Exception], ...]:
    """What a damaged file, or one without its key, has to say when it is asked what it holds."""
    return (DeskError, ValueError, TypeError, *sqlite_errors())


def _content(connection: sqlite3.Connection) -> Content:
    found = connection.execute("SELECT value FROM meta WHERE key = 'file'").fetchone()
    file_id = str(found[0]) if found else ""
    drafts = tuple(drafts_digests(connection))
    return Content(file_id, read_head(connection), tuple(summaries(connection)), drafts)
