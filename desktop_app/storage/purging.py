"""Removing for good: what a person entered by mistake leaves every page of the file.

Digests stay, so the chain of the log holds and says that something was there; what it was cannot be
found again, because the salts go with the values.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from desktop_app.report.paths import KEPT_BY_ID, PlaceKind, read_path
from desktop_app.storage.connection import Connection
from desktop_app.storage.sqlite import name_of, sqlite_errors

if TYPE_CHECKING:
    from sqlite_utils import Database

_logger = logging.getLogger(__name__)

_REMNANTS = "remnants"
"""Set in the file's facts while pages may still hold bytes of what was removed."""


def purge(db: Database, report: int, paths: Iterable[str]) -> None:
    """Remove every logged value and open edit at ``paths`` of the report with this number.

    For a row, also those of all that it held; for an original document, its content. To be called in the
    transaction that records the removal.
    """
    for path in paths:
        place = read_path(path)
        if place.kind is PlaceKind.SOURCE:
            db.execute(
                "UPDATE sources SET content = x'' WHERE number = ? AND report = ?", (place.row, report)
            )
        elif place.kind is PlaceKind.ANSWER or place.kind in KEPT_BY_ID:
            _purge_changes(db, report, path)
        elif place.kind is PlaceKind.ROW:
            for each in logged_below(db.conn, report, path):
                _purge_changes(db, report, each)
    db.execute(f"INSERT OR REPLACE INTO meta (key, value) VALUES ('{_REMNANTS}', '1')")


def _purge_changes(db: Database, report: int, path: str) -> None:
    db.execute(
        "UPDATE changes SET old = NULL, old_salt = NULL, new = NULL, new_salt = NULL,"
        " kept_before = NULL, kept_behind = NULL"
        " WHERE path = ? AND operation IN (SELECT seq FROM operations WHERE report = ?)",
        (path, report),
    )
    db.execute("DELETE FROM open_edits WHERE path = ? AND report = ?", (path, report))


def logged_below(connection: sqlite3.Connection, report: int, row: str) -> Iterator[str]:
    """The paths of all answers that the log or an open edit has of a row."""
    found = connection.execute(
        "SELECT path FROM changes JOIN operations ON operations.seq = changes.operation"
        " WHERE path > :row || '/' AND path < :row || '0' AND operations.report = :report"
        " UNION SELECT path FROM open_edits"
        " WHERE path > :row || '/' AND path < :row || '0' AND report = :report",
        {"row": row, "report": report},
    ).fetchall()
    return (path for (path,) in found if read_path(path).kind is PlaceKind.ANSWER)


def has_remnants(connection: sqlite3.Connection) -> bool:
    """Whether pages of the file may still hold bytes of what was removed for good."""
    return connection.execute(f"SELECT 1 FROM meta WHERE key = '{_REMNANTS}'").fetchone() is not None


def wipe_remnants(connection: Connection) -> None:
    """Write the file anew, so that no page of it holds bytes of what was removed for good.

    SQLite blanks what it deletes, but not what it moves between pages. It is tried again when the file is
    next opened, should it not work now: the removal itself is on disk.
    """
    try:
        with connection.free_to_vacuum():
            connection.execute("VACUUM")
        connection.execute(f"DELETE FROM meta WHERE key = '{_REMNANTS}'")
    except sqlite_errors() as error:
        _logger.warning("a file was not written anew after a removal: %s", name_of(error))
