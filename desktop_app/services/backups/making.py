"""Make, list and thin the backups of a report file.

A backup is made beside the window and its file worker, from a connection of its own, in any thread.
"""

from __future__ import annotations

import contextlib
import heapq
import logging
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.runtime.dataclass import replace
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.files import AlreadyThereError, beside, disk_full, writing_error
from desktop_app.runtime.i18n import _
from desktop_app.services.backups.shelf import (
    BEFORE_RESTORE,
    Backup,
    Clock,
    NoBackupError,
    Shelf,
    all_shelves,
    backup_folder,
    folders_looked_into,
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
    try:
        shelf.note_place(target, place)
    except DeskError as error:
        log.warning("which file a backup is of is not noted: %s", type(error).__name__)
    at, size = in_utc(moment), target.stat().st_size
    number = next((each.number for each in shelf.backups() if each.path == target), 0)
    of = str(place.absolute())
    return shelf, Backup(target, at, why, size, len(content.reports), title_of(content), number, of)


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

    The file may be damaged, or gone: then they are those that were made of the file at this place. Without a
    ``folder`` those are among them that were made before the folder was chosen.
    """
    content = read_content(path, key)
    folders = folders_looked_into() if folder is None else [folder]
    found = [shelf for each in folders if (shelf := Shelf.find(path, each, content)) is not None]
    return _together(found, folders[0], key)


def backups_of(shelf: Shelf, key: Key | None = None) -> list[Backup]:
    """As ``list_backups``, for the file of one of ``shelves``: it may be gone, or be another one now."""
    folders = dict.fromkeys([shelf.folder.parent, *folders_looked_into()])
    found = [each for folder in folders for each in all_shelves(folder) if each.file_id == shelf.file_id]
    return _together(found, backup_folder(), key)


def shelves() -> list[Shelf]:
    """One for each report file that has backups, in whatever folder, where it is known where the file was."""
    by_file: dict[str, Shelf] = {}
    for shelf in (each for folder in folders_looked_into() for each in all_shelves(folder) if each.places):
        by_file.setdefault(shelf.file_id, shelf)
    return list(by_file.values())


def _together(found: Sequence[Shelf], folder: Path, key: Key | None) -> list[Backup]:
    """The one that was made last first; each folder keeps its order. ``folder``: where they go now."""
    listed = [
        [replace(backup, is_elsewhere=shelf.folder.parent != folder) for backup in shelf.backups(key)]
        for shelf in found
    ]
    return list(heapq.merge(*listed, key=lambda backup: backup.at, reverse=True))


def newest_sound(
    path: Path, *, folder: Path | None = None, key: Key | None = None, ordinary_first: bool = False
) -> Backup | None:
    """The last backup of the report file that is whole; each is verified until one is.

    Those of another file, of which this one is a copy or which is one of this, come last.
    ``ordinary_first``: what was put aside when another backup was restored comes after all others.
    """
    found = list_backups(path, folder=folder, key=key)
    if ordinary_first:
        found = sorted(found, key=lambda backup: backup.why == BEFORE_RESTORE)
    found = sorted(found, key=lambda backup: backup.is_of_another(path))
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
    last_of_each = {backup.place: backup for backup in reversed(backups)}.values()
    stay = [sound, *(one for one in backups if one.path.name == restored), *last_of_each]
    for backup in to_drop(backups, kept, stay):
        try:
            backup.path.unlink()
        except OSError as error:
            log.warning("a backup that is not needed any more stays: %s", error.strerror)
        else:
            dropped.append(backup)
    return dropped
