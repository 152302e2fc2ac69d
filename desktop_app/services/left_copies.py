"""Work that an earlier sitting had to leave on this computer, brought to its place when that is back."""

from __future__ import annotations

import logging
from pathlib import Path

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.files import CannotWriteError
from desktop_app.runtime.i18n import _
from desktop_app.services.working_places import copies_folder
from desktop_app.storage.copy_record import RECORD, CopyRecord, copy_folders
from desktop_app.storage.errors import FileInUseError, ProtectedFileError
from desktop_app.storage.lock import FileLock

_logger = logging.getLogger(__name__)


def left_copies() -> list[Path]:
    """The places of all working copies on this computer: of reports that are open, and of work that waits."""
    return [record.place for home, record in copy_folders(copies_folder()) if _holds_copy(home, record)]


def bring_left_copies(who: str) -> list[str]:
    """Write back what was left, file by file; returns a sentence for each that the person should know of.

    Nothing is asked of a report that is open, or that needs its passphrase: both bring their work themselves.
    """
    told = []
    for home, record in list(copy_folders(copies_folder())):
        if not _holds_copy(home, record) or _is_open(home, who):
            continue
        try:
            told.append(_bring(record, who))
        except (FileInUseError, ProtectedFileError):
            continue
        except DeskError as error:
            # The kind of the error only: a log holds no answers.
            _logger.warning("%s: work still waits: %s", record.place.name, type(error).__name__)
            told.append(_still_waits(record))
    return [sentence for sentence in told if sentence]


def _bring(record: CopyRecord, who: str) -> str:
    from desktop_app.storage.working_copy import NotWrittenBackError, WorkingCopy

    working = WorkingCopy.check_out(record.target, copies_folder(), who)
    try:
        has_written = working.write_back()
    except NotWrittenBackError:
        return _still_waits(record)
    finally:
        working.release()
    if working.conflict is not None:
        return working.conflict.sentence
    if not has_written:
        return ""
    sentence = _("Your work on “{file}” had waited on this computer. Now it is written to “{place}”.")
    return sentence.format(file=record.place.name, place=record.place)


def _still_waits(record: CopyRecord) -> str:
    sentence = _("Your work on “{place}” still waits on this computer until that place is there again.")
    return sentence.format(place=record.place)


def _is_open(home: Path, who: str) -> bool:
    """Asked of this computer's disk: a place that hangs must not be touched for a report that is open."""
    try:
        FileLock.take(home / RECORD, who).release()
    except (FileInUseError, CannotWriteError):
        return True
    return False


def _holds_copy(home: Path, record: CopyRecord) -> bool:
    return (home / record.place.name).is_file()
