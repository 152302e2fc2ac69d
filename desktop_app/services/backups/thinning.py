"""Which backups are kept: the latest, then fewer and fewer of older days and weeks.

Days and weeks are those on which backups were made, not those before today: a clock that was set
back, a date in the future or a long holiday take no backup away that would else have been kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.policy import policy
from desktop_app.services.backups.shelf import Backup


@dataclass(frozen=True)
class Kept:
    """How many backups are kept: the ``latest``, one for each of the last ``days``, and of ``weeks``.

    Those of submissions and those made by hand are kept for ever and not counted.
    """

    latest: int = 10
    days: int = 14
    weeks: int = 8

    @classmethod
    def settled(cls) -> Kept:
        """These numbers, or those IT has settled."""
        settled = policy().backups_kept
        return cls(settled.latest or cls.latest, settled.days or cls.days, settled.weeks or cls.weeks)


def to_drop(backups: Sequence[Backup], kept: Kept, sound: Iterable[Backup] = ()) -> list[Backup]:
    """Which of the ``backups`` of one report file are not needed any more; never one of ``sound``.

    The one that was made last is always kept, and of a day or week the last one made on it.
    """
    by_number = sorted(backups, key=lambda backup: (backup.number, backup.path.name), reverse=True)
    counted = [backup for backup in by_number if not backup.is_kept_for_ever]
    keep = set(by_number[:1]) | set(counted[: max(kept.latest, 1)]) | set(sound)
    keep |= _last_of_each(counted, kept.days, lambda backup: backup.day)
    keep |= _last_of_each(counted, kept.weeks, lambda backup: backup.day.isocalendar()[:2])
    return [backup for backup in counted if backup not in keep]


def _last_of_each(backups: Sequence[Backup], most: int, period: Callable[[Backup], Any]) -> set[Backup]:
    last: dict[Any, Backup] = {}
    for backup in backups:
        if len(last) >= most:
            break
        last.setdefault(period(backup), backup)
    return set(last.values())
