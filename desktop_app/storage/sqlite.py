"""The two SQLite libraries: Python's own, and SQLCipher, which is loaded only for protected files.

Their errors have no common base, so that whoever catches what SQLite raises asks here. A file belongs
to one of them: two SQLite libraries on one file in one process take away each other's locks.
"""

from __future__ import annotations

import functools
import sqlite3
import sys

_CIPHER = "sqlcipher3.dbapi2"


@functools.cache
def has_cipher() -> bool:
    """Whether SQLCipher is there, without which no protected file can be opened or made."""
    try:
        import sqlcipher3.dbapi2  # noqa: F401
    except ImportError:
        return False
    return True


def sqlite_version() -> str:
    """The version of Python's own SQLite."""
    return sqlite3.sqlite_version


def sqlite_errors() -> tuple[type[Exception], ...]:
    """What the libraries that are loaded raise: ``except sqlite_errors() as error``."""
    return _named("Error")


def operational_errors() -> tuple[type[Exception], ...]:
    """The same, only what is not the statement's fault: the disk, a lock, bytes that are no text."""
    return _named("OperationalError")


def code_of(error: BaseException) -> int | None:
    """SQLite's code, https://www.sqlite.org/rescode.html; None for what Python's side complains of.

    Of SQLCipher only the low byte comes through.
    """
    code = getattr(error, "sqlite_errorcode", None)
    return code if isinstance(code, int) else None


def name_of(error: BaseException) -> str:
    """SQLite's name for the code, for IT to look up."""
    return str(getattr(error, "sqlite_errorname", type(error).__name__))


def _named(name: str) -> tuple[type[Exception], ...]:
    loaded = sys.modules.get(_CIPHER)
    own: type[Exception] = getattr(sqlite3, name)
    return (own,) if loaded is None else (own, getattr(loaded, name))


def column_number(value: object) -> int:
    """A whole number from a PRAGMA; SQLCipher gives some of them as text."""
    assert isinstance(value, int | str)
    return int(value)
