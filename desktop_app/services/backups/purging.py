"""Remove for good what was entered by mistake, from the backups too."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.report.paths import PlaceKind, read_path
from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.files import beside
from desktop_app.runtime.i18n import _
from desktop_app.services.backups.making import list_backups
from desktop_app.services.backups.shelf import Backup
from desktop_app.storage.backups import verify_copy
from desktop_app.storage.report_file import ReportFile

if TYPE_CHECKING:
    from desktop_app.storage.protection import Key


@dataclass(frozen=True, slots=True)
class PurgedBackups:
    """The backups something was removed from for good; ``failed`` says of each other one why not."""

    done: tuple[Backup, ...]
    failed: tuple[str, ...]


def purge_backups(
    path: Path,
    report_id: str,
    places: Sequence[str],
    reason: str,
    *,
    folder: Path | None = None,
    key: Key | None = None,
    who: str = "",
) -> PurgedBackups:
    """Remove what stands and ever stood at the paths ``places`` of a report from all backups of its file.

    Each is changed in a copy, which takes its place once it is verified. Backups that never held anything
    there are left as they are and not counted. A damaged file that was kept aside is no backup.
    """
    done, failed = [], []
    for backup in list_backups(path, folder=folder, key=key):
        try:
            if _purge(backup, report_id, places, reason, who, key):
                done.append(backup)
        except (DeskError, OSError) as error:
            words = error.sentence if isinstance(error, DeskError) else str(error.strerror)
            sentence = _("Nothing was removed from the backup “{file}”: {reason}")
            failed.append(sentence.format(file=backup.path, reason=words))
    return PurgedBackups(tuple(done), tuple(failed))


def _purge(
    backup: Backup, report_id: str, places: Sequence[str], reason: str, who: str, key: Key | None
) -> bool:
    """Whether there was anything to remove from the backup."""
    content = verify_copy(backup.path, backup.path, key)
    if report_id not in {summary.id for summary in content.reports}:
        return False
    with contextlib.suppress(_NothingThereError):
        with beside(backup.path, verify=lambda new: _check_purged(new, backup, key)) as new:
            shutil.copyfile(backup.path, new)
            with ReportFile.open(new, "write", who=who, key=key, before_upgrade=_nothing_to_keep) as file:
                held = [place for place in places if _has_held(file, report_id, place)]
                if not held:
                    raise _NothingThereError
                file.purge(report_id, held, reason, who)
        return True
    return False


class _NothingThereError(Exception):
    """The backup was made before the words were, or after they were removed."""


def _has_held(file: ReportFile, report_id: str, path: str) -> bool:
    if read_path(path).kind is PlaceKind.SOURCE:
        return any(place == path for _kind, place, _name, _words in file.kept_documents(report_id))
    return any(version.value is not None for version in file.versions(report_id, path))


def _check_purged(new: Path, backup: Backup, key: Key | None) -> None:
    verify_copy(new, backup.path, key)


def _nothing_to_keep(_path: Path) -> None:
    """A backup of an older format is brought up to date in a copy of it."""
