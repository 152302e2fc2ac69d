"""The bytes of attached files: put in, read in pieces, and taken out when they are removed for good.

A file that nothing names any more is kept as long as the log could bring it back, which is always, unless
it was removed for good.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from desktop_app.report.changes import utc_now
from desktop_app.report.paths import ATTACHED
from desktop_app.storage.log import changes_at, read_log
from desktop_app.storage.records import AttachmentFacts, attachment_digest

if TYPE_CHECKING:
    from sqlite_utils import Database

    from desktop_app.storage.hand_overs import KeptAttachment

PIECE = 1024 * 1024
"""Bytes that are read or written at a time."""


def attach(db: Database, number: int, kept: KeptAttachment) -> None:
    """Keep the bytes with the report of this number; the very same bytes once."""
    there = db.execute("SELECT 1 FROM attachments WHERE report = ? AND sha256 = ?", (number, kept.sha256))
    if there.fetchone() is not None:
        return
    document, at = kept.document, utc_now()
    digest = attachment_digest(number, kept.sha256, document.name, document.media_type, at)
    facts = (number, kept.sha256, document.name, document.media_type, at, digest)
    statement = (
        "INSERT INTO attachments (report, sha256, name, media_type, at, digest, content)"
        " VALUES (?, ?, ?, ?, ?, ?, {content})"
    )
    if not _knows_pieces(db.conn):
        db.execute(statement.format(content="?"), (*facts, document.content))
        return
    # Piece by piece: bound as one value SQLite would copy it twice.
    size = len(document.content)
    place = db.execute(statement.format(content=f"zeroblob({size})"), facts).lastrowid
    assert place is not None
    view = memoryview(document.content)
    with db.conn.blobopen("attachments", "content", place) as blob:
        for start in range(0, size, PIECE):
            blob.write(view[start : start + PIECE])


def _knows_pieces(connection: object) -> bool:
    """Python's own SQLite does; SQLCipher's takes and gives a value as a whole."""
    return isinstance(connection, sqlite3.Connection)


def attachments_of(connection: sqlite3.Connection, report: int) -> list[AttachmentFacts]:
    """What is known of the files kept with the report of this number, their bytes apart; by name."""
    rows = connection.execute(
        "SELECT sha256, name, media_type, length(content), at FROM attachments WHERE report = ?"
        " ORDER BY name, sha256",
        (report,),
    )
    return [AttachmentFacts(*row) for row in rows]


def pieces(connection: sqlite3.Connection, report: int, sha256: str) -> Iterator[bytes]:
    """The bytes of one file, a piece at a time; KeyError when it is not there."""
    found = connection.execute(
        "SELECT rowid FROM attachments WHERE report = ? AND sha256 = ?", (report, sha256)
    ).fetchone()
    if found is None:
        raise KeyError(sha256)
    yield from pieces_at(connection, found[0])


def pieces_at(connection: sqlite3.Connection, place: int) -> Iterator[bytes]:
    """The bytes of the file in the line ``place`` of the table, a piece at a time."""
    if not _knows_pieces(connection):
        yield connection.execute("SELECT content FROM attachments WHERE rowid = ?", (place,)).fetchone()[0]
        return
    with connection.blobopen("attachments", "content", place, readonly=True) as blob:
        while piece := blob.read(PIECE):
            yield piece


def sha256_at(connection: sqlite3.Connection, place: int) -> str:
    """The checksum of the bytes in the line ``place`` of the table, in hexadecimal."""
    found = hashlib.sha256()
    for piece in pieces_at(connection, place):
        found.update(piece)
    return found.hexdigest()


def attached_once(connection: sqlite3.Connection, report: int, path: str) -> list[str]:
    """The paths of all files that go, or once went, with the place at ``path`` or what stands in it."""
    found = connection.execute(
        "SELECT DISTINCT path FROM changes JOIN operations ON operations.seq = changes.operation"
        f" WHERE path > '{ATTACHED}/' AND path < '{ATTACHED}0' AND operations.report = ? ORDER BY path",
        (report,),
    ).fetchall()
    return [each for (each,) in found if _went_with(connection, report, each, path)]


def _went_with(connection: sqlite3.Connection, report: int, attached: str, path: str) -> bool:
    abouts = (_about(change.new.value()) for _seq, change in changes_at(connection, report, attached))
    return any(about == path or about.startswith(f"{path}/") for about in abouts)


def _about(plain: Any) -> str:
    about = plain.get("path") if isinstance(plain, dict) else None
    return about if isinstance(about, str) else ""


def forget_unnamed(db: Database, number: int, report_id: str) -> None:
    """Take the bytes out that neither the log nor a submission of the report names any more.

    To be called in the transaction of a removal for good, behind it.
    """
    kept = db.execute("SELECT sha256 FROM attachments WHERE report = ?", [number])
    unnamed = {sha256 for (sha256,) in kept}
    for words in _words(db.conn, number, report_id) if unnamed else ():
        unnamed = {sha256 for sha256 in unnamed if sha256 not in words}
        if not unnamed:
            break
    for sha256 in sorted(unnamed):
        db.execute("DELETE FROM attachments WHERE report = ? AND sha256 = ?", [number, sha256])


def _words(connection: sqlite3.Connection, number: int, report_id: str) -> Iterator[str]:
    """All that may name a file: what was submitted, what is being typed, and everything that ever was."""
    for table, column in (("submissions", "content"), ("open_edits", "value")):
        for (words,) in connection.execute(f"SELECT {column} FROM {table} WHERE report = ?", (number,)):
            yield words or ""
    for entry in read_log(connection, report_id):
        for change in entry.changes:
            yield from (side.text for side in (change.old, change.new) if side.text)
