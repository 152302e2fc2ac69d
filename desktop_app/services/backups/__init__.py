"""Backups of a report file: made by themselves, verified before they count, thinned, and restored.

A backup is made beside the window and its file worker, from a connection of its own, in any thread.
That none could be made is said in a sentence and never keeps anybody from going on with the report.
What does all that is loaded when it is first asked for: a report that is opened is there sooner.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop_app.services.backups.automatic import AutomaticBackups
    from desktop_app.services.backups.making import (
        backups_of,
        list_backups,
        make_backup,
        newest_sound,
        shelves,
        thin_backups,
    )
    from desktop_app.services.backups.purging import PurgedBackups, purge_backups
    from desktop_app.services.backups.restoring import (
        DamagedBackupError,
        OtherFileError,
        lost_passphrase,
        restore_backup,
    )
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

_MODULES = {
    "AutomaticBackups": "automatic",
    "BEFORE_IMPORT": "shelf",
    "BEFORE_REMOVAL": "shelf",
    "BEFORE_RESTORE": "shelf",
    "BEFORE_UPGRADE": "shelf",
    "BY_HAND": "shelf",
    "Backup": "shelf",
    "BackupSchedule": "schedule",
    "CLOSED": "shelf",
    "DAMAGED": "shelf",
    "DamagedBackupError": "restoring",
    "FOLDER_VARIABLE": "shelf",
    "HALF_HOURLY": "shelf",
    "Kept": "thinning",
    "NoBackupError": "shelf",
    "OPENED": "shelf",
    "OtherFileError": "restoring",
    "PROTECTED": "shelf",
    "PurgedBackups": "purging",
    "backup_folder": "shelf",
    "backups_of": "making",
    "list_backups": "making",
    "lost_passphrase": "restoring",
    "make_backup": "making",
    "newest_sound": "making",
    "purge_backups": "purging",
    "restore_backup": "restoring",
    "shelves": "making",
    "submission": "shelf",
    "thin_backups": "making",
    "why_words": "shelf",
}

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
    "backups_of",
    "list_backups",
    "lost_passphrase",
    "make_backup",
    "newest_sound",
    "purge_backups",
    "restore_backup",
    "shelves",
    "submission",
    "thin_backups",
    "why_words",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
