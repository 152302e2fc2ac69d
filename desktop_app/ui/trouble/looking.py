"""What is the matter with a damaged file, looked at beside the window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.runtime.errors import DeskError

if TYPE_CHECKING:
    from desktop_app.services.backups import Backup


@dataclass(frozen=True, slots=True)
class Look:
    """``newest``: the last backup that was read as a whole and is sound."""

    found: Sequence[str]
    is_readable: bool
    backups: Sequence[Backup]
    newest: Backup | None


def look_at_damage(path: Path, found: Sequence[str]) -> Look:
    """Read the file and its backups. ``found``: what is known of the damage already."""
    from desktop_app.services.backups import list_backups, newest_sound
    from desktop_app.services.damage_words import readable_reports

    reports = readable_reports(path)
    return Look(found or _find(path), bool(reports), list_backups(path), newest_sound(path))


def _find(path: Path) -> Sequence[str]:
    from desktop_app.services.damage_words import damage_sentences, readable_reports
    from desktop_app.storage.errors import DamagedFileError
    from desktop_app.storage.report_file import ReportFile

    try:
        with ReportFile.open(path, "read") as file:
            damages = file.verify_chain()
    except DamagedFileError as error:
        return error.found
    except DeskError as error:
        return [error.sentence]
    return damage_sentences(damages, readable_reports(path))
