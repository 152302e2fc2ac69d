"""Before a working copy is worked on: what it and its place hold, and what follows from that."""

from __future__ import annotations

import contextlib
import glob
import hashlib
import shutil
import sqlite3
import uuid
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.report.changes import utc_now
from desktop_app.runtime.files import flush_to_disk, move_into_place, writing_error
from desktop_app.storage.connection import close, one_moment
from desktop_app.storage.copy_record import CopyRecord, Fingerprint, Version, copy_folders
from desktop_app.storage.copy_steps import CopyStep, Met, choose_step
from desktop_app.storage.drafts import has_own_drafts
from desktop_app.storage.errors import (
    CannotReadError,
    DamagedFileError,
    FileInUseError,
    FileMissingError,
    NotAReportFileError,
    said_in_words,
)
from desktop_app.storage.format import look_at
from desktop_app.storage.lock import FileLock
from desktop_app.storage.log import has_link, read_head
from desktop_app.storage.opening import connect_to_read, connect_to_write, refuse_foreign

if TYPE_CHECKING:
    from desktop_app.storage.protection import Key

JOURNALS = ("-journal", "-wal")
"""What SQLite keeps beside a file in the middle of a write."""


def version_of(at: Path, path: Path, key: Key | None) -> Version:
    """What the report file at ``at`` holds; nobody has it open. Called ``path`` in messages.

    What ``ReportFile.open`` raises.
    """
    fingerprint = _fingerprint(at, path)
    with contextlib.ExitStack() as ends:
        connection, _format = connect_to_read(at, path, ends, key)
        ends.callback(connection.close)
        with said_in_words(path), one_moment(connection):
            found = connection.execute("SELECT value FROM meta WHERE key = 'file'").fetchone()
            file_id = str(found[0]) if found else ""
            return Version(fingerprint, file_id, read_head(connection), _content(connection))


def _content(connection: sqlite3.Connection) -> str:
    """SHA-256 over everything in the tables, however the pages lie."""
    digest = hashlib.sha256(repr(connection.execute("PRAGMA user_version").fetchone()).encode())
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    ).fetchall()
    for (name,) in tables:
        digest.update(f"\n{name}\n".encode(errors="surrogatepass"))
        for row in connection.execute('SELECT * FROM "{}"'.format(name.replace('"', '""'))):
            digest.update(repr(row).encode(errors="surrogatepass"))
    return digest.hexdigest()


def _fingerprint(at: Path, path: Path) -> Fingerprint:
    try:
        found = Fingerprint.of(at)
    except OSError as error:
        raise CannotReadError(path, error.strerror or str(error)) from error
    if found is None:
        raise FileMissingError(path)
    return found


def settle(
    copy: Path, place: Path, record: CopyRecord | None, who: str, own_name: Path, key: Key | None
) -> CopyRecord:
    """Bring working copy and record into order with what stands at the place now; the place is only read.

    ``copy`` may exist or not. ``own_name`` is where the work goes when somebody else has changed the file.
    What ``ReportFile.open`` raises, FileMissingError, CannotReadError.
    """
    if record is not None and record.base is None and copy.is_file():
        # The person's own version has not got its file yet.
        return record
    target = record.target if record is not None else place
    incoming = copy.with_name(f".{copy.name}.in")
    try:
        theirs = _fetch(target, incoming, key)
        if not copy.is_file() or _set_aside_if_damaged(copy, place, key):
            step = CopyStep.TAKE
        else:
            step = choose_step(record, _meet(copy, incoming, theirs, target, key))
        known = record or CopyRecord(place, place, who, utc_now(), None)
        if step is CopyStep.PART:
            settled = replace(known, target=own_name, base=None, pending=None)
        else:
            settled = replace(known, base=theirs, pending=None, device=target.parent.stat().st_dev)
        if step is CopyStep.TAKE:
            # Before the record: work on a copy that no record knows is kept, never the other way round.
            move_into_place(incoming, copy, replace=True)
    except (DamagedFileError, NotAReportFileError):
        if record is None or not copy.is_file() or not _has_work(copy, record, key):
            raise
        # What stands there now is no version to go on with, but it is left to be looked at.
        settled = replace(record, target=own_name, base=None, pending=None)
    except OSError as error:
        raise CannotReadError(target, error.strerror or str(error)) from error
    finally:
        incoming.unlink(missing_ok=True)
    settled.save(copy.parent)
    return settled


def _fetch(place: Path, incoming: Path, key: Key | None) -> Version:
    """Copy the file at the place whole, and make sure that the copy is what was there. OSError."""
    if not look_at(place, has_key=key is not None):
        refuse_foreign(place)
    _sweep(place)
    if any(place.with_name(f"{place.name}{end}").exists() for end in JOURNALS):
        # A crash left half a write there; SQLite takes it back, under the lock that is held.
        connection, _found = connect_to_write(place, place, key)
        close(connection, wrote=True)
    try:
        shutil.copyfile(place, incoming)
        flush_to_disk(incoming)
    except OSError as error:
        if not place.exists():
            raise FileMissingError(place) from error
        if not incoming.exists() or incoming.stat().st_size < place.stat().st_size:
            raise writing_error(error, incoming) from error
        raise
    theirs = version_of(incoming, place, key)
    if Fingerprint.of(place) != theirs.fingerprint:
        # Another program writes it at this very moment.
        raise FileInUseError(place)
    return theirs


def _sweep(place: Path) -> None:
    """Take away what a crash in the middle of writing back has left; the lock of the file is held."""
    for purpose in ("new", "clock"):
        for left in place.parent.glob(f".{glob.escape(place.name)}*.{purpose}-????????"):
            with contextlib.suppress(OSError):
                left.unlink()


def _meet(copy: Path, incoming: Path, theirs: Version, target: Path, key: Key | None) -> Met:
    own = version_of(copy, target, key)
    with contextlib.ExitStack() as ends:
        mine, _format = connect_to_read(copy, target, ends, key)
        ends.callback(mine.close)
        other, _format = connect_to_read(incoming, target, ends, key)
        ends.callback(other.close)
        with said_in_words(target):
            has_own_head = has_link(other, own.head)
            has_open_edits = mine.execute("SELECT 1 FROM open_edits").fetchone() is not None
            has_open_edits = has_open_edits or has_own_drafts(mine, other)
    return Met(own, theirs, has_own_head, has_open_edits)


def _has_work(copy: Path, record: CopyRecord, key: Key | None) -> bool:
    return record.base is None or version_of(copy, record.place, key).content != record.base.content


def _set_aside_if_damaged(copy: Path, place: Path, key: Key | None) -> bool:
    try:
        # Asked first: without its key a protected copy looks damaged.
        look_at(copy, has_key=key is not None)
        version_of(copy, place, key)
    except (DamagedFileError, NotAReportFileError):
        aside = copy.with_name(f"damaged {uuid.uuid4().hex[:8]} {copy.name}")
        move_into_place(copy, aside)
        return True
    return False


def moved_here(place: Path, folder: Path, who: str) -> Path | None:
    """The folder of a working copy of this very file whose drive now goes by another name, made to fit.

    A stick gets another letter, a share is mounted elsewhere: the file at ``place`` has the very bytes
    that were left at the old place, and the old place is not there.
    """
    for home, record in copy_folders(folder):
        if record.has_conflict or record.base is None or record.place.exists():
            continue
        try:
            is_same = record.is_known(Fingerprint.of(place))
            lock = FileLock.take(home / "place.json", who) if is_same else None
        except (OSError, FileInUseError):
            continue
        if lock is None:
            continue
        try:
            copy = home / record.place.name
            if copy.is_file() and copy.name != place.name:
                move_into_place(copy, home / place.name)
            device = place.parent.stat().st_dev
            replace(record, place=place, target=place, device=device).save(home)
        finally:
            lock.release()
        return home
    return None
