"""Backups of a report file: made by themselves, verified before they count, thinned, and restored.

A backup is made beside the window and its file worker, from a connection of its own, in any thread.
That none could be made is said in a sentence and never keeps anybody from going on with the report.
"""

from __future__ import annotations

from desktop_app.services.backups.automatic import AutomaticBackups
from desktop_app.services.backups.making import list_backups, make_backup, newest_sound, thin_backups
from desktop_app.services.backups.purging import PurgedBackups, purge_backups
from desktop_app.services.backups.restoring import DamagedBackupError, OtherFileError, restore_backup
from desktop_app.services.backups.schedule import BackupSchedule
from desktop_app.services.backups.shelf import (
    BEFORE_IMPORT,
    BEFORE_REMOVAL,
    BEFORE_RESTORE,
    BEFORE_UPGRADE,
    BY_HAND,
    CLOSED,
    DAMAGED,
    FOLDER_VARIABLE,
    HALF_HOURLY,
    OPENED,
    PROTECTED,
    Backup,
    NoBackupError,
    backup_folder,
    submission,
    why_words,
)
from desktop_app.services.backups.thinning import Kept

__all__ = [
    "BEFORE_IMPORT",
    "BEFORE_REMOVAL",
    "BEFORE_RESTORE",
    "BEFORE_UPGRADE",
    "BY_HAND",
    "CLOSED",
    "DAMAGED",
    "FOLDER_VARIABLE",
    "HALF_HOURLY",
    "OPENED",
    "PROTECTED",
    "AutomaticBackups",
    "Backup",
    "BackupSchedule",
    "DamagedBackupError",
    "Kept",
    "NoBackupError",
    "OtherFileError",
    "PurgedBackups",
    "backup_folder",
    "list_backups",
    "make_backup",
    "newest_sound",
    "purge_backups",
    "restore_backup",
    "submission",
    "thin_backups",
    "why_words",
]
