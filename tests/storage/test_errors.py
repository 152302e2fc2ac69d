from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.files import CannotWriteError, DiskFullError
from desktop_app.storage.errors import (
    DamagedFileError,
    FileChangedError,
    FileInUseError,
    TooLargeError,
    said_in_words,
)

PATH = Path("folder") / "albania.adesk"


def in_words(error: sqlite3.Error) -> DeskError:
    with pytest.raises(DeskError) as caught, said_in_words(PATH):
        raise error
    return caught.value


def sqlite_error(code: int, name: str) -> sqlite3.Error:
    error = sqlite3.OperationalError(name)
    error.sqlite_errorcode, error.sqlite_errorname = code, name
    return error


def test_a_full_disk() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("PRAGMA max_page_count = 2")
    connection.execute("CREATE TABLE t (x)")
    with pytest.raises(DiskFullError) as caught, said_in_words(PATH):
        connection.execute("INSERT INTO t VALUES (zeroblob(100000))")
    connection.close()
    assert str(caught.value) == (
        "There is no room left on the disk for “albania.adesk”. Free some space and try again."
    )


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        (sqlite3.SQLITE_BUSY, FileInUseError, "already open in another window or program"),
        (sqlite3.SQLITE_LOCKED, FileInUseError, "already open"),
        (
            sqlite3.SQLITE_IOERR_FSYNC,
            CannotWriteError,
            "The disk does not answer for “folder.albania.adesk” (X)",
        ),
        (sqlite3.SQLITE_CANTOPEN, CannotWriteError, "The disk does not answer"),
        (sqlite3.SQLITE_READONLY, CannotWriteError, "is read-only. Open it to read, or make a copy."),
        (sqlite3.SQLITE_READONLY_DBMOVED, CannotWriteError, "There is no folder"),
        (sqlite3.SQLITE_CORRUPT, DamagedFileError, "is damaged and was left as it is"),
        (sqlite3.SQLITE_NOTADB, DamagedFileError, "is damaged"),
        (sqlite3.SQLITE_AUTH, DamagedFileError, "is damaged"),
        (sqlite3.SQLITE_TOOBIG, TooLargeError, "may have up to 50 MB"),
    ],
)
def test_what_sqlite_says(code: int, kind: type[DeskError], words: str) -> None:
    error = in_words(sqlite_error(code, "X"))
    assert isinstance(error, kind)
    assert words.replace("folder.albania", str(PATH).removesuffix(".adesk")) in error.sentence


def test_a_file_that_was_replaced_is_told_from_a_folder_that_has_gone(tmp_path: Path) -> None:
    with (
        pytest.raises(FileChangedError, match="was changed by another program"),
        said_in_words(tmp_path / "a"),
    ):
        raise sqlite_error(sqlite3.SQLITE_READONLY_DBMOVED, "X")


def test_a_mistake_of_the_program_stays_one() -> None:
    connection = sqlite3.connect(":memory:")
    connection.close()
    with pytest.raises(sqlite3.ProgrammingError), said_in_words(PATH):
        connection.execute("SELECT 1")
