"""Make, list and thin the backups of a report file.

A backup is made beside the window and its file worker, from a connection of its own, in any thread.
"""

from __future__ import annotations

import contextlib
import logging
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.files import AlreadyThereError, beside, disk_full, writing_error
from desktop_app.runtime.i18n import _
from desktop_app.services.backups.shelf import (
    BEFORE_RESTORE,
    Backup,
    Clock,
    NoBackupError,
    Shelf,
    backup_folder,
    in_utc,
    local_now,
    title_of,
)
from desktop_app.services.backups.thinning import Kept, to_drop
from desktop_app.storage.backups import Content, copy_whole, read_content, read_content_or_say, verify_copy
from desktop_app.storage.errors import DamagedFileError

if TYPE_CHECKING:
    from desktop_app.storage.protection import Key

log = logging.getLogger(__name__)

_ROOM_TO_LEAVE = 2_000_000
"""Bytes: the report file itself may stand on the same disk and must never wait for room."""
_TRIES = 5


def make_backup(
    path: Path,
    why: str,
    *,
    folder: Path | None = None,
    key: Key | None = None,
    place: Path | None = None,
    kept: Kept | None = None,
    clock: Clock = local_now,
) -> Backup:
    """A whole, verified copy of the report file at ``path``; others of this file may be thinned then.

    ``why`` is one of the words above, or ``submission(number)``. ``folder`` holds the backups of all
    files. ``place``: the person's own file, where ``path`` is a working copy of it. NoBackupError with the
    reason: the file is damaged, the disk is full, the folder cannot be written; nothing is left behind.
    """
    folder = folder if folder is not None else backup_folder()
    place = place if place is not None else path
    try:
        shelf, backup = _make(path, place, folder, why, key, clock)
    except (DeskError, OSError) as error:
        reason = error.sentence if isinstance(error, DeskError) else writing_error(error, folder).sentence
        sentence = _("No backup of “{file}” was made. {reason}")
        raise NoBackupError(sentence.format(file=place.name, reason=reason)) from error
    if why != BEFORE_RESTORE:
        # Before a restore nothing is thinned: it could be the very backup that is to be restored.
        _thin(shelf, kept or Kept.settled(), sound=backup)
    return backup


def _make(
    path: Path, place: Path, folder: Path, why: str, key: Key | None, clock: Clock
) -> tuple[Shelf, Backup]:
    content = read_content(path, key) or read_content_or_say(path, key)
    shelf = Shelf.of(place, folder, content)
    shelf.sweep(clock())
    _check_room(path, shelf.folder)
    for _attempt in range(_TRIES):
        moment = clock()
        target = shelf.free_name(place, why, moment)
        with contextlib.suppress(AlreadyThereError):
            # Another program made one at the same moment, and has the number.
            content = _copy_twice(path, target, key)
            break
    else:
        raise NoBackupError(_("Other programs make backups of it at this moment."))
    at, size = in_utc(moment), target.stat().st_size
    number = next((each.number for each in shelf.backups() if each.path == target), 0)
    return shelf, Backup(target, at, why, size, len(content.reports), title_of(content), number)


def _copy_twice(path: Path, target: Path, key: Key | None) -> Content:
    """Copy and verify; what looks damaged is read once more: a disk may fail for a moment."""
    try:
        return _copy(path, target, key)
    except DamagedFileError:
        return _copy(path, target, key)


def _copy(path: Path, target: Path, key: Key | None) -> Content:
    found: list[Content] = []
    with beside(target, replace=False, verify=lambda new: found.append(verify_copy(new, path, key))) as new:
        new.chmod(0o600)
        copy_whole(path, new, key)
    return found[0]


def _check_room(path: Path, folder: Path) -> None:
    if shutil.disk_usage(folder).free < path.stat().st_size + _ROOM_TO_LEAVE:
        raise disk_full(folder / path.name)


# Listing and thinning


def list_backups(path: Path, *, folder: Path | None = None, key: Key | None = None) -> list[Backup]:
    """The backups of the report file at ``path``, the one that was made last first.

    The file may be damaged, or gone: then they are those that were made of the file at this place.
    """
    folder = folder if folder is not None else backup_folder()
    shelf = Shelf.find(path, folder, read_content(path, key))
    return shelf.backups(key) if shelf else []


def newest_sound(
    path: Path, *, folder: Path | None = None, key: Key | None = None, ordinary_first: bool = False
) -> Backup | None:
    """The last backup of the report file that is whole; each is verified until one is.

    ``ordinary_first``: what was put aside when another backup was restored comes after all others.
    """
    found = list_backups(path, folder=folder, key=key)
    if ordinary_first:
        found = sorted(found, key=lambda backup: backup.why == BEFORE_RESTORE)
    return _newest_sound(found, key)


def thin_backups(
    path: Path, *, folder: Path | None = None, key: Key | None = None, kept: Kept | None = None
) -> list[Backup]:
    """Take away the backups of a report file that are not needed any more; returns those.

    The last one that is whole stays in any case, and where none is whole nothing is taken away.
    """
    folder = folder if folder is not None else backup_folder()
    shelf = Shelf.find(path, folder, read_content(path, key))
    if shelf is None or (sound := _newest_sound(shelf.backups(), key)) is None:
        return []
    return _thin(shelf, kept or Kept.settled(), sound)


def _newest_sound(backups: Sequence[Backup], key: Key | None) -> Backup | None:
    for backup in backups:
        with contextlib.suppress(DeskError):
            verify_copy(backup.path, backup.path, key)
            return backup
    return None


def _thin(shelf: Shelf, kept: Kept, sound: Backup) -> list[Backup]:
    dropped = []
    backups, restored = shelf.backups(), shelf.restored
    for backup in to_drop(backups, kept, [sound, *(one for one in backups if one.path.name == restored)]):
        try:
            backup.path.unlink()
        except OSError as error:
            log.warning("a backup that is not needed any more stays: %s", error.strerror)
        else:
            dropped.append(backup)
    return dropped
