"""What a report file is recognised by, and whether its structure is sound: asked each time one is opened."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from desktop_app.storage.errors import (
    CannotReadError,
    DamagedFileError,
    FileMissingError,
    NewerFormatError,
    NotAReportFileError,
)

SUFFIX = ".adesk"
APPLICATION_ID = int.from_bytes(b"ADSK")
FORMAT = 1
"""The format this program writes. Raised together with a new step in ``migrations``."""

_MAGIC = b"SQLite format 3\x00"
_VERSIONS_AT = slice(18, 20)
_VERSIONS = (b"\x01\x01", b"\x02\x02")
"""Our own, and what a SQLite browser may have made of it; others open read-only without a word."""
_APPLICATION_ID_AT = slice(68, 72)
_HEADER = 100

# Reading all of these columns is what the rest of the program relies on.
_TABLES = frozenset(
    {
        "meta",
        "reports",
        "answers",
        "rows",
        "operations",
        "changes",
        "open_edits",
        "sources",
        "attachments",
        "submissions",
        "comments",
    }
)


def look_at(path: Path) -> bool:
    """Whether the file says in its first bytes that it is a report file; False for another SQLite database.

    The file is not opened as a database. FileMissingError, NotAReportFileError, DamagedFileError,
    CannotReadError.
    """
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
            size = file.seek(0, 2)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise FileMissingError(path) from error
    except IsADirectoryError as error:
        raise NotAReportFileError(path) from error
    except OSError as error:
        raise CannotReadError(path, error.strerror or str(error)) from error
    ours = header[_APPLICATION_ID_AT] == APPLICATION_ID.to_bytes(4)
    if not header.startswith(_MAGIC):
        is_stump = 0 < size < len(_MAGIC) and _MAGIC.startswith(header)
        raise DamagedFileError(path) if ours or is_stump else NotAReportFileError(path)
    if size < _HEADER or (ours and header[_VERSIONS_AT] not in _VERSIONS):
        raise DamagedFileError(path)
    return ours


def check_structure(connection: sqlite3.Connection, path: Path, *, newer: bool = False) -> int:
    """Make sure that this is a report file whose pages and tables are all there; returns its format.

    A format newer than ``FORMAT`` is refused unless ``newer`` is True: then it may be read as far as its
    tables are those known here. Older ones pass.

    NotAReportFileError, NewerFormatError, DamagedFileError; sqlite3.Error where SQLite itself finds damage.
    Whether the answers are the ones that were written is ``verifying.verify_chain``'s question.
    """
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    ours = _pragma(connection, "application_id") == APPLICATION_ID
    if not ours and not tables >= _TABLES:
        raise NotAReportFileError(path)
    if not ours or "meta" not in tables:
        raise DamagedFileError(path)
    meta = dict(connection.execute("SELECT key, value FROM meta"))
    file_format = _pragma(connection, "user_version")
    if meta.get("format") != str(file_format):
        raise DamagedFileError(path)
    if file_format > FORMAT and not (newer and tables >= _TABLES):
        raise NewerFormatError(path, meta.get("program", "?"))
    if file_format < 1 or not tables >= _TABLES or _has_triggers(connection) or _is_cut(connection):
        raise DamagedFileError(path)
    if [row[0] for row in connection.execute("PRAGMA quick_check(1)")] != ["ok"]:
        raise DamagedFileError(path)
    return file_format


def read_program(connection: sqlite3.Connection) -> str:
    """The version of the program that last laid out the file. sqlite3.Error."""
    found = connection.execute("SELECT value FROM meta WHERE key = 'program'").fetchone()
    return str(found[0]) if found else "?"


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    found = connection.execute(f"PRAGMA {name}").fetchone()
    assert isinstance(found[0], int)
    return found[0]


def _is_cut(connection: sqlite3.Connection) -> bool:
    """Whether the end of the file is missing; SQLite takes missing bytes of the last page for zeros."""
    file = Path(connection.execute("PRAGMA database_list").fetchone()[2])
    return file.stat().st_size < _pragma(connection, "page_count") * _pragma(connection, "page_size")


def _has_triggers(connection: sqlite3.Connection) -> bool:
    """Whether statements hide in the file that would run by themselves; a report file never has any."""
    return connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'trigger'").fetchone() is not None
