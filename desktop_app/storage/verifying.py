"""Whether the answers in a report file are the ones that were written: the chain, and what follows from it.

SQLite's own check misses three of four bits that flip inside an answer; these find every one. It
reads the whole log, so it runs behind the first page.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.storage.damages import Damage, damaged_documents
from desktop_app.storage.log import FIRST_HASH, LoggedOperation, read_log
from desktop_app.storage.projection import Projection
from desktop_app.storage.reading import open_edits, stored_content, summaries
from desktop_app.storage.records import ReportSummary, open_edit_digest
from desktop_app.storage.removals import Removals

__all__ = ["Damage", "verify_chain"]


def verify_chain(connection: sqlite3.Connection) -> list[Damage]:
    """Everything that is not what was written; empty for a sound file. What ``sqlite_errors`` has."""
    reports = summaries(connection)
    numbers = {summary.id: summary.number for summary in reports}
    replayed = {summary.id: Projection() for summary in reports}
    removals = Removals()
    damages = [*_damaged_structure(connection), *_damaged_reports(connection, reports)]
    damages += _damaged_log(connection, numbers, replayed, removals)
    damages += _lost_values(removals, numbers)
    for summary in reports:
        damages += _damaged_content(connection, summary, replayed[summary.id])
    damages += damaged_documents(connection, removals, {number: id for id, number in numbers.items()})
    damages += _damaged_open_edits(connection, numbers)
    return damages


def _damaged_structure(connection: sqlite3.Connection) -> Iterator[Damage]:
    """SQLite's full check: unlike the quick one on opening it compares indexes with their tables."""
    if [row[0] for row in connection.execute("PRAGMA integrity_check(1)")] != ["ok"]:
        yield Damage(None, "", _("Parts of the file no longer fit together."))


def _damaged_reports(connection: sqlite3.Connection, reports: list[ReportSummary]) -> Iterator[Damage]:
    digests = dict(connection.execute("SELECT number, digest FROM reports"))
    for summary in reports:
        if digests[summary.number] != summary.digest():
            sentence = _("The country, form or date of report {number} is no longer what was written.")
            yield Damage(summary.number, "", sentence.format(number=summary.number))


def _damaged_log(
    connection: sqlite3.Connection,
    numbers: dict[str, int],
    replayed: dict[str, Projection],
    removals: Removals,
) -> Iterator[Damage]:
    """Check every link and value of the log, and follow it in ``replayed`` and ``removals``."""
    previous, last = FIRST_HASH, 0
    for entry in read_log(connection):
        number = numbers.get(entry.report)
        if entry.seq != last + 1 or entry.hash != entry.expected_hash(previous):
            sentence = _(
                "Step {step} of the history is no longer what was written, or one before it is missing."
            )
            yield Damage(number, "", sentence.format(step=entry.seq))
        previous, last = entry.hash, entry.seq
        yield from _damaged_changes(entry, number)
        removals.follow(entry)
        _follow(entry, replayed)


def _damaged_changes(entry: LoggedOperation, number: int | None) -> Iterator[Damage]:
    for change in entry.changes:
        if not (change.old.is_sound and change.new.is_sound):
            yield _damaged_history(number, change.path)


def _lost_values(removals: Removals, numbers: dict[str, int]) -> Iterator[Damage]:
    """Values that are gone from the log although nobody removed them for good."""
    for report, path in removals.unexplained():
        yield _damaged_history(numbers.get(report), path)


def _damaged_history(number: int | None, path: str) -> Damage:
    sentence = _("The history of “{path}” in report {number} is no longer what was written.")
    return Damage(number, path, sentence.format(path=path, number=number))


def _follow(entry: LoggedOperation, replayed: dict[str, Projection]) -> None:
    """A step that can no longer be read leaves its place as it was, which the comparison then finds."""
    projection = replayed.get(entry.report)
    for change in entry.changes:
        if projection is not None:
            try:
                projection.apply(change.change())
            except (ValueError, TypeError, KeyError, DeskError):
                continue


def _damaged_content(
    connection: sqlite3.Connection, summary: ReportSummary, replayed: Projection
) -> Iterator[Damage]:
    try:
        stored = stored_content(connection, summary)
    except ValueError:
        sentence = _("An answer of report {number} can no longer be read.")
        yield Damage(summary.number, "", sentence.format(number=summary.number))
        return
    for path in stored.differences(replayed):
        sentence = _("“{path}” in report {number} is not what its history says.")
        yield Damage(summary.number, path, sentence.format(path=path, number=summary.number))


def _damaged_open_edits(connection: sqlite3.Connection, numbers: dict[str, int]) -> Iterator[Damage]:
    digests = {
        (report, path): digest
        for report, path, digest in connection.execute("SELECT report, path, digest FROM open_edits")
    }
    try:
        sound = {
            (numbers[edit.report], edit.path)
            for edit in open_edits(connection)
            if digests.get((numbers[edit.report], edit.path)) == open_edit_digest(edit)
        }
    except ValueError:
        sound = set()
    for number, path in sorted(digests.keys() - sound, key=str):
        sentence = _("The text being typed at “{path}” in report {number} is no longer what was written.")
        yield Damage(number, path, sentence.format(path=path, number=number))
