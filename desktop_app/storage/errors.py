"""What can go wrong with a report file, each with one sentence for the person at the desk."""

from __future__ import annotations

import contextlib
import datetime
import errno
import os
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.files import CannotWriteError, disk_full, writing_error
from desktop_app.runtime.half_characters import readable
from desktop_app.runtime.i18n import _
from desktop_app.storage.sqlite import code_of, name_of, operational_errors, sqlite_errors


class ReportFileError(DeskError):
    """Something is the matter with one report file."""

    def __init__(self, path: Path, sentence: str) -> None:
        """About the file at ``path``."""
        self.path = path
        super().__init__(sentence)


class FileMissingError(ReportFileError):
    """There is no file of that name."""

    def __init__(self, path: Path) -> None:
        """About the file that should be at ``path``."""
        sentence = _("There is no file “{file}”. Was it moved or renamed?")
        super().__init__(path, sentence.format(file=path))


class CannotReadError(ReportFileError):
    """The file cannot be read from the disk at all."""

    def __init__(self, path: Path, reason: str = "") -> None:
        """About the file at ``path``; ``reason`` in the system's words."""
        sentence = (
            _("“{file}” cannot be read: {reason}.") if reason else _("“{file}” cannot be read at present.")
        )
        super().__init__(path, sentence.format(file=path, reason=reason))


class UnusableNameError(ReportFileError):
    """SQLite takes no name that is not UTF-8."""

    def __init__(self, path: Path) -> None:
        """About the file at ``path``."""
        sentence = _(
            "The name “{file}” holds a character that is only half there. Rename the file, or its folder."
        )
        super().__init__(path, sentence.format(file=readable(str(path))))


class NotAReportFileError(ReportFileError):
    """The file is something else: a text, a workbook, another database, or empty."""

    def __init__(self, path: Path) -> None:
        """About the file at ``path``."""
        sentence = _("“{file}” is not a report file. Choose a file made by this program.")
        super().__init__(path, sentence.format(file=path.name))


class DamagedFileError(ReportFileError):
    """The file was a report file, but its content is no longer sound.

    ``found``: sentences that say what is no longer as it was written, where that is known.
    """

    def __init__(self, path: Path, found: Sequence[str] = ()) -> None:
        """About the file at ``path``."""
        self.found = tuple(found)
        sentence = _("“{file}” is damaged and was left as it is. Take a backup copy of it, if there is one.")
        super().__init__(path, sentence.format(file=path.name))


class ProtectedFileError(ReportFileError):
    """The file is, by all appearances, protected with a passphrase, and none was given."""

    def __init__(self, path: Path) -> None:
        """About the file at ``path``."""
        sentence = _("“{file}” is protected with a passphrase.")
        super().__init__(path, sentence.format(file=path.name))


class NotProtectedError(ReportFileError):
    """The file is an ordinary report file, and a protected one was wanted."""

    def __init__(self, path: Path) -> None:
        """About the file at ``path``."""
        sentence = _("“{file}” is not protected with a passphrase.")
        super().__init__(path, sentence.format(file=path.name))


class WrongPassphraseError(ReportFileError):
    """The key does not open the file. Whether the key or the file is at fault cannot be told."""

    def __init__(self, path: Path, *, is_recovery_key: bool = False) -> None:
        """``is_recovery_key``: the key was typed as a recovery key, and without a slip."""
        if is_recovery_key:
            sentence = _(
                "This recovery key does not open “{file}”. It belongs to another file or to an earlier"
                " passphrase, or the beginning of the file is damaged; then take a backup."
            )
        else:
            sentence = _(
                "The passphrase is not right. Type it again; look whether Caps Lock is on and the right"
                " keyboard language is chosen. If you are certain that it is right, the beginning of"
                " “{file}” is damaged; then take a backup."
            )
        super().__init__(path, sentence.format(file=path.name))


class ProtectionMissingError(ReportFileError):
    """Protected files cannot be used on this computer, for SQLCipher is not installed."""

    def __init__(self, path: Path) -> None:
        """About the file at ``path``."""
        sentence = _(
            "Protection with a passphrase is not installed on this computer, so “{file}” cannot be used"
            " here. Ask your IT department to install the Python package “sqlcipher3”."
        )
        super().__init__(path, sentence.format(file=path.name))


class NewerFormatError(ReportFileError):
    """The file was made by a newer version of the program."""

    def __init__(self, path: Path, needed: str) -> None:
        """``needed``: the version of the program that can open it."""
        self.needed = needed
        sentence = _("“{file}” needs version {version} of this program or a newer one.")
        super().__init__(path, sentence.format(file=path.name, version=needed))


class OlderFormatError(ReportFileError):
    """The file has the format of an older version, and must be backed up and brought up to date first."""

    def __init__(self, path: Path) -> None:
        """About the file at ``path``."""
        sentence = _(
            "“{file}” was made by an older version of this program. Open it once in the window;"
            " it is backed up and brought up to date there."
        )
        super().__init__(path, sentence.format(file=path.name))


class FileInUseError(ReportFileError):
    """Another window or person has the file open for writing."""

    def __init__(self, path: Path, who: str = "", host: str = "", since: str = "") -> None:
        """``who`` has it open on the computer ``host`` ``since`` a time in UTC; empty where unknown."""
        self.who, self.host, self.since = who, host, since
        if who and host and since:
            sentence = _("“{file}” is already open: {who}, on computer {host}, since {since}.")
        else:
            sentence = _("“{file}” is already open in another window or program.")
        super().__init__(path, sentence.format(file=path.name, who=who, host=host, since=_local_time(since)))


class FileChangedError(ReportFileError):
    """The file is no longer the one that was opened: replaced, restored or edited from outside."""

    def __init__(self, path: Path) -> None:
        """About the file at ``path``."""
        sentence = _(
            "“{file}” was changed by another program while it was open. Nothing was written over."
            " Save your work under another name."
        )
        super().__init__(path, sentence.format(file=path.name))


class TooLargeError(ReportFileError):
    """One answer or document is larger than a report file holds."""

    def __init__(self, path: Path, limit: int) -> None:
        """``limit`` in bytes."""
        sentence = _("This is too large for a report file. One document may have up to {size} MB.")
        super().__init__(path, sentence.format(size=limit // 1_000_000))


class ReportExistsError(ReportFileError):
    """The file holds this very report already."""

    def __init__(self, path: Path, number: int) -> None:
        """``number``: the report's number in the file."""
        self.number = number
        sentence = _("This report is already in “{file}”, as report {number}.")
        super().__init__(path, sentence.format(file=path.name, number=number))


class OtherFormError(ReportFileError):
    """The report was made with another form."""

    def __init__(self, path: Path, number: int, form: str) -> None:
        """``form``: id and version of the form it was made with."""
        sentence = _("Report {number} in “{file}” was made with the form “{form}”.")
        super().__init__(path, sentence.format(file=path.name, number=number, form=form))


class NoSuchReportError(ReportFileError):
    """The file has no report of that number."""

    def __init__(self, path: Path, number: int | str) -> None:
        """``number`` as it was asked for."""
        sentence = _("There is no report {number} in “{file}”.")
        super().__init__(path, sentence.format(file=path.name, number=number))


def _local_time(utc: str) -> str:
    try:
        return datetime.datetime.fromisoformat(utc).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return utc


MAX_LENGTH = 50_000_000
"""Bytes that one value in a report file may have; more would let a hostile file fill the memory.

What a report of 36,000 actions submits has half of it; a ``data.json`` that is read has no more either.
"""


@contextlib.contextmanager
def said_in_words(path: Path) -> Iterator[None]:
    """Turn what SQLite says about the file at ``path`` into our errors; misuse of it passes through."""
    try:
        yield
    except sqlite_errors() as error:
        code = code_of(error)
        if code is not None:
            raise _in_words(error, code, path) from error
        if isinstance(error, operational_errors()):
            # Python's own: bytes in the file that are not the text they should be.
            raise DamagedFileError(path) from error
        raise
    except UnicodeDecodeError as error:
        # The same, in a name that SQLite's message quotes.
        raise DamagedFileError(path) from error


def _in_words(error: Exception, code: int, path: Path) -> DeskError:
    """The meaning of the codes: https://www.sqlite.org/rescode.html."""
    match code & 0xFF:
        case sqlite3.SQLITE_FULL:
            return disk_full(path)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return FileInUseError(path)
        case sqlite3.SQLITE_TOOBIG:
            return TooLargeError(path, MAX_LENGTH)
        case sqlite3.SQLITE_READONLY if _was_moved(error, code, path):
            if not path.parent.is_dir():
                # Nobody changed the file: its drive or folder has gone.
                return writing_error(FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)), path)
            return FileChangedError(path)
        case sqlite3.SQLITE_READONLY:
            return CannotWriteError(
                _("“{file}” is read-only. Open it to read, or make a copy.").format(file=path)
            )
        case sqlite3.SQLITE_IOERR | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_PROTOCOL:
            sentence = _("The disk does not answer for “{file}” ({reason}). Is its drive still there?")
            return CannotWriteError(sentence.format(file=path, reason=name_of(error)))
    return DamagedFileError(path)


def _was_moved(error: Exception, code: int, path: Path) -> bool:
    """Whether the file is no longer the one that was opened. SQLCipher says only that it does not write."""
    if not isinstance(error, sqlite3.Error):
        return not path.exists() or (_may_write(path) and _may_write(path.parent))
    return code == sqlite3.SQLITE_READONLY_DBMOVED


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)
