"""What is the matter with a report file, found without changing it."""

from __future__ import annotations

import contextlib
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.files import CannotWriteError
from desktop_app.storage.connection import connect
from desktop_app.storage.errors import CannotReadError, DamagedFileError, ProtectedFileError
from desktop_app.storage.format import look_at
from desktop_app.storage.report_file import ReportFile
from desktop_app.storage.sqlite import sqlite_errors
from desktop_app.storage.verifying import Damage

if TYPE_CHECKING:
    from desktop_app.storage.protection import Key


_MOST_PLACES = 100
_PAGE = 4096
_LEAST_OF_CIPHER = 0.9
"""What is encrypted cannot be made smaller."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found. ``pages``: SQLite's own lines about pages that do not fit together.

    ``is_open``: whether the file could be opened at all. ``missing``: bytes that its end lacks.
    ``needed_version``: of the program, for a newer format of which only the pages can be checked here.
    """

    is_open: bool
    damages: tuple[Damage, ...] = ()
    pages: tuple[str, ...] = ()
    missing: int = 0
    needed_version: str = ""


def look_into(path: Path, key: Key | None = None) -> Found:
    """Look at every byte of the file; what looks damaged is looked at once more, from a new connection.

    FileMissingError, NotAReportFileError, CannotReadError, FileInUseError; what a key has to say.
    """
    try:
        first = _look(path, key)
    except (DamagedFileError, CannotWriteError):
        # SQLite's words for a disk that does not answer are those for writing.
        first = None
    except ProtectedFileError:
        if is_cipher_throughout(path):
            raise
        # Only its first page is noise.
        return Found(False)
    if first is not None and not first.damages:
        return first
    try:
        again = _look(path, key)
    except DamagedFileError:
        return Found(False, pages=_page_damages(path, key), missing=_missing(path))
    if not again.damages:
        # The disk failed for a moment; the file is as it should be.
        return again
    return Found(True, again.damages, _page_damages(path, key), needed_version=again.needed_version)


def is_cipher_throughout(path: Path) -> bool:
    """Whether no page of the file looks like one of an ordinary database. CannotReadError."""
    try:
        with path.open("rb") as file:
            while page := file.read(_PAGE):
                if len(zlib.compress(page, 1)) < _LEAST_OF_CIPHER * len(page):
                    return False
    except OSError as error:
        raise CannotReadError(path, error.strerror or str(error)) from error
    return True


def _look(path: Path, key: Key | None) -> Found:
    with ReportFile.open(path, "read", key=key) as file:
        if file.needed_version:
            return Found(True, pages=_page_damages(path, key), needed_version=file.needed_version)
        return Found(True, tuple(file.verify_chain()))


def _page_damages(path: Path, key: Key | None) -> tuple[str, ...]:
    """SQLite's full check, for whoever repairs databases; nothing when it cannot even begin."""
    try:
        connection = connect(path, "ro&immutable=1", key)
    except sqlite_errors():
        return ()
    try:
        found = [str(row[0]) for row in connection.execute(f"PRAGMA integrity_check({_MOST_PLACES})")]
    except sqlite_errors() as error:
        found = [str(error)]
    except UnicodeDecodeError as error:
        # In its message SQLite names what is no text any more.
        found = [bytes(error.object).decode(errors="replace")]
    finally:
        connection.close()
    return () if found == ["ok"] else tuple(line for entry in found for line in entry.splitlines())


def _missing(path: Path) -> int:
    """How many bytes the file's end lacks, by what its header says; 0 when that cannot be told."""
    with contextlib.suppress(DeskError, OSError):
        look_at(path)
        with path.open("rb") as file:
            header = file.read(100)
        size = int.from_bytes(header[16:18])
        whole = int.from_bytes(header[28:32]) * (65536 if size == 1 else size)
        if header.startswith(b"SQLite format 3\x00") and header[24:28] == header[92:96]:
            return max(whole - path.stat().st_size, 0)
    return 0
