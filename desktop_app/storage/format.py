"""What a report file is recognised by, and whether its structure is sound: asked each time one is opened."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from desktop_app.storage import held_files
from desktop_app.storage.errors import (
    CannotReadError,
    DamagedFileError,
    FileMissingError,
    NewerFormatError,
    NotAReportFileError,
    ProtectedFileError,
    ProtectionMissingError,
)
from desktop_app.storage.sqlite import column_number, has_cipher

SUFFIX = ".adesk"
APPLICATION_ID = int.from_bytes(b"ADSK")
FORMAT = 2
"""The format this program writes. Raised together with a new step in ``migrations``."""

_MAGIC = b"SQLite format 3\x00"
_VERSIONS_AT = slice(18, 20)
_VERSIONS = (b"\x01\x01", b"\x02\x02")
"""Our own, and what a SQLite browser may have made of it; others open read-only without a word."""
_APPLICATION_ID_AT = slice(68, 72)
_HEADER = 100
_PAGE = 4096
"""Bytes of a protected file's first page, which looks like noise all through."""
_SECTOR = 512
_LARGEST_CHI_SQUARE = 450.0
"""Of 255 degrees of freedom: noise has more once in 10^12 times, text and databases have thousands."""
_OTHER_NOISE = (b"PK", b"%PDF", b"\x1f\x8b", b"7z", b"BZh", b"\xfd7zXZ", b"Rar!", b"\x28\xb5\x2f\xfd",
                b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"ID3", b"OggS", b"SQLite")  # fmt: skip
"""How common files begin whose content looks like noise too: archives, pictures, sound."""

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


def look_at(path: Path, *, has_key: bool = False) -> bool:
    """Whether the file says in its first bytes that it is a report file; False for another SQLite database.

    A protected file says nothing. With a key whatever is no plain SQLite database is taken for one, for
    the key will tell; without, ProtectedFileError where it may be one by its name and its first page.

    The file is not opened as a database. FileMissingError, NotAReportFileError, DamagedFileError,
    CannotReadError.
    """
    beginning, size = _begin(path)
    if has_key and not beginning.startswith(_MAGIC):
        return True
    if path.suffix.lower() == SUFFIX and _has_noise(beginning):
        raise ProtectedFileError(path) if has_cipher() else ProtectionMissingError(path)
    header = beginning[:_HEADER]
    ours = header[_APPLICATION_ID_AT] == APPLICATION_ID.to_bytes(4)
    if not header.startswith(_MAGIC):
        is_stump = 0 < size < len(_MAGIC) and _MAGIC.startswith(header)
        raise DamagedFileError(path) if ours or is_stump else NotAReportFileError(path)
    if size < _HEADER or (ours and header[_VERSIONS_AT] not in _VERSIONS):
        raise DamagedFileError(path)
    return ours


def read_beginning(path: Path) -> bytes:
    """The first page of the file, or less where there is less. FileMissingError, CannotReadError."""
    return _begin(path)[0]


def is_protected(path: Path) -> bool:
    """Whether the file may be a protected one: only its key can tell for sure. As ``read_beginning``."""
    return _has_noise(read_beginning(path))


def is_plain(path: Path) -> bool:
    """Whether the file is an ordinary SQLite database. As ``read_beginning``."""
    return read_beginning(path).startswith(_MAGIC)


def has_magic(beginning: bytes) -> bool:
    """Whether a file that begins so is known for something else than a protected file."""
    return beginning.startswith(_OTHER_NOISE)


def _begin(path: Path) -> tuple[bytes, int]:
    """The first page and the size."""
    try:
        return held_files.read_beginning(path, _PAGE)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise FileMissingError(path) from error
    except IsADirectoryError as error:
        raise NotAReportFileError(path) from error
    except OSError as error:
        raise CannotReadError(path, error.strerror or str(error)) from error


def _has_noise(beginning: bytes) -> bool:
    """Whether a sector of it could be what a cipher makes: every byte value about as often as another.

    One sound sector is enough, so that a protected file with damage in its first page is still seen.
    """
    sectors = (beginning[at : at + _SECTOR] for at in range(0, len(beginning) - _SECTOR + 1, _SECTOR))
    return not has_magic(beginning) and any(_chi_square(sector) < _LARGEST_CHI_SQUARE for sector in sectors)


def _chi_square(sector: bytes) -> float:
    expected = _SECTOR / 256
    return sum((sector.count(byte) - expected) ** 2 for byte in range(256)) / expected


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
    return column_number(found[0])


def _is_cut(connection: sqlite3.Connection) -> bool:
    """Whether the end of the file is missing; SQLite takes missing bytes of the last page for zeros."""
    file = Path(connection.execute("PRAGMA database_list").fetchone()[2])
    return file.stat().st_size < _pragma(connection, "page_count") * _pragma(connection, "page_size")


def _has_triggers(connection: sqlite3.Connection) -> bool:
    """Whether statements hide in the file that would run by themselves; a report file never has any."""
    return connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'trigger'").fetchone() is not None
