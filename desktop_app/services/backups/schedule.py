"""Backups that are made by themselves while a report file is open."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.services.backups.making import list_backups, make_backup
from desktop_app.services.backups.shelf import HALF_HOURLY, Backup, Clock, backup_folder, local_now
from desktop_app.storage.backups import read_content
from desktop_app.storage.log import Head

if TYPE_CHECKING:
    from desktop_app.storage.protection import Key

_State = tuple[Head, tuple[bytes, ...]]
"""The end of the log, and what is unfinished beside it."""

BETWEEN_BACKUPS = datetime.timedelta(minutes=30)


class BackupSchedule:
    """When an open report file is backed up: after opening, every half hour and on closing, if changed.

    Its methods may be called from any one thread at a time. ``place`` as in ``make_backup``.
    """

    def __init__(
        self,
        path: Path,
        folder: Path | None = None,
        clock: Clock = local_now,
        *,
        key: Key | None = None,
        place: Path | None = None,
    ) -> None:
        """For the report file at ``path``, which has just been opened."""
        self._path = path
        self._folder = folder
        self._clock = clock
        self._key = key
        self._place = place
        self._last_try = clock()
        self._last: _State | None = None

    def due(self, reason: str) -> bool:
        """Whether a backup should be made now for ``reason``: OPENED, HALF_HOURLY or CLOSED."""
        if reason == HALF_HOURLY and abs(self._clock() - self._last_try) < BETWEEN_BACKUPS:
            return False
        return self._has_changed()

    def run(self, reason: str) -> Backup | None:
        """Make a backup if one is due, in the thread this is called in. NoBackupError."""
        if not self.due(reason):
            return None
        # Also after a failure: a full disk is not asked again every minute.
        self._last_try = self._clock()
        backup = make_backup(
            self._path, reason, folder=self._folder, key=self._key, place=self._place, clock=self._clock
        )
        self._last = self._state_of(backup)
        return backup

    def _has_changed(self) -> bool:
        present = read_content(self._path, self._key)
        if present is None:
            # Trying to make a backup says what is the matter.
            return True
        if self._last is None:
            # One that stands where backups went before is none in the folder where they go now.
            folder = self._folder if self._folder is not None else backup_folder()
            backups = list_backups(self._path, folder=folder, key=self._key)
            self._last = self._state_of(backups[0]) if backups else None
        return self._last != (present.head, present.drafts)

    def _state_of(self, backup: Backup) -> _State | None:
        content = read_content(backup.path, self._key, is_at_rest=True)
        return (content.head, content.drafts) if content else None
