"""What a person is told of a rebuilt file: how sure its answers are, and what is left of its history."""

from __future__ import annotations

import datetime
import sqlite3

from desktop_app.runtime.i18n import _, ngettext
from desktop_app.storage.salvaged_log import SalvagedLog
from desktop_app.storage.weighing import Doubt


def doubt_words(doubt: Doubt) -> str:
    """What is doubtful at ``{path}`` in report ``{number}``."""
    match doubt:
        case Doubt.UNCHECKED:
            return _("“{path}” in report {number} was kept, but could not be checked. Read it through.")
        case Doubt.EARLIER:
            return _("“{path}” in report {number}: an earlier wording was kept; a later one may be lost.")
        case Doubt.LOST:
            return _("“{path}” in report {number} is lost.")


def history_words(
    lines: sqlite3.Connection, log: SalvagedLog, keep_steps: int
) -> tuple[list[str], list[str]]:
    """What is saved and what is lost of the history; ``keep_steps``: its last operation that is kept."""
    saved: list[str] = []
    lost: list[str] = []
    moment = _moment_of(lines, keep_steps) if keep_steps else ""
    if keep_steps:
        saved.append(_("The history up to {moment}.").format(moment=moment))
    if log.is_whole and keep_steps == log.last:
        return saved, lost
    if keep_steps:
        words = _("The history after {moment} was not kept.").format(moment=moment)
    else:
        words = _("The history was not kept: who wrote what, and when.")
    missing = []
    if log.lost_steps:
        steps = ngettext("{count} step of it is missing.", "{count} steps of it are missing.", log.lost_steps)
        missing.append(steps.format(count=log.lost_steps))
    if log.lost_changes:
        changes = ngettext(
            "{count} change in it is missing.", "{count} changes in it are missing.", log.lost_changes
        )
        missing.append(changes.format(count=log.lost_changes))
    lost.append(" ".join([words, *missing]))
    if not log.names_all:
        lost.append(
            _(
                "Some changes cannot even be named: what stood in them alone (an answer, a comment, a file, a"
                " submission) is missing, or stands here as it was before, without being in this list."
                " Compare the report with a backup or a printed copy."
            )
        )
    return saved, lost


def _moment_of(lines: sqlite3.Connection, operation: int) -> str:
    """When a step was taken, on this computer's clock."""
    (at,) = lines.execute("SELECT at FROM operations WHERE seq = ?", (operation,)).fetchone()
    moment = datetime.datetime.fromisoformat(str(at).replace("Z", "+00:00")).astimezone()
    return f"{moment:%Y-%m-%d %H:%M}"
