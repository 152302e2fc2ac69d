"""Put a backup in the place of a report file, keeping the file as it was."""

from __future__ import annotations

import datetime
import logging
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.files import beside, flush_folder, writing_error
from desktop_app.runtime.i18n import _
from desktop_app.services.backups.making import make_backup
from desktop_app.services.backups.shelf import (
    BEFORE_RESTORE,
    DAMAGED,
    Backup,
    Clock,
    NoBackupError,
    Shelf,
    backup_folder,
    folders_looked_into,
    in_utc,
    local_now,
    title_of,
)
from desktop_app.storage.backups import Content, read_content, settle, verify_copy
from desktop_app.storage.errors import (
    DamagedFileError,
    NotAReportFileError,
    ProtectedFileError,
    WrongPassphraseError,
)
from desktop_app.storage.format import is_plain, is_protected
from desktop_app.storage.lock import FileLock
from desktop_app.storage.report_file import ReportFile

if TYPE_CHECKING:
    from desktop_app.storage.protection import Key

log = logging.getLogger(__name__)


class OtherFileError(DeskError):
    """The backup is not one of this report file."""


class DamagedBackupError(DeskError):
    """The backup itself is damaged."""


def restore_backup(
    backup: Backup | Path,
    target: Path,
    *,
    key: Key | None = None,
    folder: Path | None = None,
    who: str = "",
    even_if_other: bool = False,
    clock: Clock = local_now,
) -> Backup | None:
    """Put a backup in the place of the report file at ``target``, whole and verified, or change nothing.

    Returns where the file as it was has been kept: as a backup of its own, or, when it is damaged, beside
    the target (``why`` is then DAMAGED); None when there was no file. ``even_if_other``: also when the
    backup is one of another report file. FileInUseError when somebody has the file open;
    DamagedBackupError, OtherFileError, NoBackupError, CannotWriteError.
    """
    source = backup.path if isinstance(backup, Backup) else backup
    folder = folder if folder is not None else backup_folder()
    target = target.resolve()
    content = _verified_backup(source, key)
    lock = FileLock.take(target, who)
    try:
        there = os.path.lexists(target)
        if there and not even_if_other:
            _refuse_other(target, folder, content, key)
        before = _keep_present(target, folder, key, clock) if there else None
        with beside(target, verify=lambda new: _check_restored(new, target, content, key)) as new:
            shutil.copyfile(source, new)
        _keep_from_thinning(source, target, folder, content)
        return before
    finally:
        lock.release()


def lost_passphrase(before: Backup | None, target: Path) -> str:
    """A sentence where the file as it was, ``before``, has a passphrase and the one restored has none."""
    if before is None or not is_plain(target) or is_plain(before.path) or not is_protected(before.path):
        return ""
    sentence = _(
        "The backup was made before “{file}” got its passphrase, so the file has none now: everybody who gets"
        " hold of it can read it. Protect it again."
    )
    return sentence.format(file=target.name)


def _keep_from_thinning(source: Path, target: Path, folder: Path, content: Content) -> None:
    """The restored file is backed up as soon as it is opened: that must not thin out where it came from."""
    shelf = Shelf.find(target, folder, content)
    if shelf is not None and source.parent == shelf.folder:
        try:
            shelf.note_restored(source)
        except DeskError as error:
            log.warning("which backup was restored is not noted: %s", type(error).__name__)


def _verified_backup(source: Path, key: Key | None) -> Content:
    try:
        with ReportFile.open(source, "read", key=key):
            pass
        return verify_copy(source, source, key)
    except DamagedFileError as error:
        sentence = _("The backup “{file}” is damaged itself. Choose another one.")
        raise DamagedBackupError(sentence.format(file=source.name)) from error


def _check_restored(new: Path, target: Path, content: Content, key: Key | None) -> None:
    if verify_copy(new, target, key) != content:
        raise DamagedFileError(target)


def _refuse_other(target: Path, folder: Path, content: Content, key: Key | None) -> None:
    """Never put one file's backup in the place of another unasked. OtherFileError."""
    present = read_content(target, key)
    if present is not None:
        is_same = present.file_id == content.file_id
        is_same = is_same and (not present.countries or present.countries == content.countries)
    else:
        folders = dict.fromkeys([folder, *folders_looked_into()])
        shelves = [Shelf.find(target, each, None) for each in folders]
        is_same = any(shelf is not None and shelf.file_id == content.file_id for shelf in shelves)
    if not is_same:
        sentence = _(
            "The backup is one of another report file ({backup}), not of “{file}”. Nothing was changed."
        )
        raise OtherFileError(sentence.format(backup=title_of(content) or "–", file=target.name))


def _keep_present(target: Path, folder: Path, key: Key | None, clock: Clock) -> Backup:
    settle(target, key)
    try:
        return make_backup(target, BEFORE_RESTORE, folder=folder, key=key, clock=clock)
    except NoBackupError as error:
        # What cannot be read is kept all the same, be it damaged or protected by now.
        if not isinstance(error.__cause__, _UNREADABLE):
            raise
    return _keep_aside(target, clock())


_UNREADABLE = (DamagedFileError, NotAReportFileError, ProtectedFileError, WrongPassphraseError)

_BESIDE = ("-journal", "-wal", "-shm")
"""What SQLite may have left beside a damaged file; beside the restored one it would be taken for its own."""


def _keep_aside(target: Path, now: datetime.datetime) -> Backup:
    """Give the damaged file a second name that says so; ``target`` itself stays until it is replaced."""
    aside = _free_aside(target, now)
    try:
        try:
            os.link(target, aside)
        except OSError:
            # Disks without links, such as sticks.
            with beside(aside, replace=False) as new:
                shutil.copyfile(target, new)
        for suffix in _BESIDE:
            left = target.with_name(target.name + suffix)
            if left.exists():
                left.replace(aside.with_name(aside.name + suffix))
        flush_folder(target.parent)
    except OSError as error:
        raise writing_error(error, aside) from error
    return Backup(aside, in_utc(now), DAMAGED, aside.stat().st_size, 0, "")


def _free_aside(target: Path, now: datetime.datetime) -> Path:
    at = now.astimezone().strftime("%Y-%m-%d %H-%M-%S")
    # Part of a file's name, which people see in their folder.
    name = _("{file} damaged {at}").format(file=target.stem, at=at)
    names = (f"{name}{more}{target.suffix}" for more in ("", *(f" {number}" for number in range(2, 1000))))
    return next(path for path in map(target.with_name, names) if not os.path.lexists(path))
