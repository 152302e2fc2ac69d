"""Bringing a report file of an older format up to date: all at once, or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Database

from desktop_app import __version__
from desktop_app.storage.connection import Connection
from desktop_app.storage.errors import DamagedFileError, said_in_words
from desktop_app.storage.log import read_head
from desktop_app.storage.migrations import steps
from desktop_app.storage.reading import stored_content, summaries
from desktop_app.storage.verifying import verify_chain
from desktop_app.storage.writing import database

Apply = Callable[[Database], object]


def upgrade(connection: Connection, path: Path, apply: Apply = steps.apply) -> None:
    """Make a file of an older format one of the present format, in one transaction.

    What is damaged is left as it is. Log and content are verified before and after, and must be the same;
    else everything is taken back. DamagedFileError, CannotWriteError, FileInUseError; what ``apply``, which
    makes the steps that the file has not had yet, raises.
    """
    with said_in_words(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            _refuse_damaged(connection, path)
            before = _content(connection)
            with connection.schema_open():
                apply(database(connection))
            connection.execute("UPDATE meta SET value = ? WHERE key = 'program'", (__version__,))
            _refuse_damaged(connection, path)
            if _content(connection) != before:
                raise DamagedFileError(path)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _refuse_damaged(connection: sqlite3.Connection, path: Path) -> None:
    damages = verify_chain(connection)
    if damages:
        raise DamagedFileError(path, [damage.sentence for damage in damages])


def _content(connection: sqlite3.Connection) -> list[object]:
    """All answers of all reports, and the end of the log, which stands for the whole of it."""
    found: list[object] = [read_head(connection)]
    for summary in summaries(connection):
        content = stored_content(connection, summary)
        found.append((summary, content.properties, content.answers, content.rows))
    return found
