"""What is the matter with a damaged file, looked at beside the window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.runtime.errors import DeskError

if TYPE_CHECKING:
    from desktop_app.report.report import Report
    from desktop_app.services.backups import Backup
    from desktop_app.storage.protection import Key
    from desktop_app.storage.verifying import Damage


@dataclass(frozen=True, slots=True)
class Look:
    """``newest``: the last backup that was read as a whole and is sound."""

    found: Sequence[str]
    is_readable: bool
    backups: Sequence[Backup]
    newest: Backup | None


def look_at_damage(
    path: Path, damages: Sequence[Damage], found: Sequence[str], key: Key | None = None
) -> Look:
    """Read the file and its backups. ``damages`` or ``found``: what is known already, if anything."""
    from desktop_app.services.backups import list_backups, newest_sound
    from desktop_app.services.damage_words import damage_sentences, readable_reports

    reports = readable_reports(path, key)
    sentences = damage_sentences(damages, reports) or _find(path, reports, key) or found
    return Look(sentences, bool(reports), list_backups(path, key=key), newest_sound(path, key=key))


def _find(path: Path, reports: Sequence[Report], key: Key | None) -> Sequence[str]:
    from desktop_app.services.damage_words import damage_sentences
    from desktop_app.services.doctor import examine

    try:
        diagnosis = examine(path, key)
    except DeskError as error:
        return [error.sentence]
    # The first line says how bad it is, the last one what to do, which the page does.
    return damage_sentences(diagnosis.damages, reports) or diagnosis.lines[:1]
