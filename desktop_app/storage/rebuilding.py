"""A sound report file made of what was salvaged from a damaged one, and the list of what is not in it.

The history is kept as far as every step of it from the first on is right; what goes beyond that comes
in one further step, an import.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlite_utils import Database

from desktop_app.formdef.model import Form
from desktop_app.report.changes import Operation, OperationKind
from desktop_app.report.paths import KEPT_BY_ID, PlaceKind, read_path
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.storage import writing
from desktop_app.storage.content_changes import changes_between
from desktop_app.storage.errors import DamagedFileError, ProtectedFileError
from desktop_app.storage.examining import is_cipher_throughout
from desktop_app.storage.format import is_protected
from desktop_app.storage.kept_beside import (
    Rebuilding,
    keep_comments,
    keep_documents,
    keep_open_edits,
    keep_submissions,
    match_submissions,
)
from desktop_app.storage.log import read_log
from desktop_app.storage.naming import NameReport, name_reports
from desktop_app.storage.projection import Projection
from desktop_app.storage.reading import summaries
from desktop_app.storage.report_file import ReportFile
from desktop_app.storage.salvage import read_lines
from desktop_app.storage.salvage_words import doubt_words, history_words
from desktop_app.storage.salvaged_log import read_salvaged_log
from desktop_app.storage.weighing import weigh_all

if TYPE_CHECKING:
    from desktop_app.storage.protection import Key

FormOf = Callable[[str, str], Form | None]
"""The form with an id and a version, where it is at hand."""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """A new, sound file. ``saved`` and ``lost`` are sentences for the person; ``lost`` is complete.

    ``places``: the report number and path that stand in a sentence of ``lost``.
    """

    target: Path
    saved: list[str]
    lost: list[str]
    places: Mapping[str, tuple[int, str]]


class NothingSavedError(DeskError):
    """Nothing in the file can be read as a report."""


class UnnamedReportError(NothingSavedError):
    """There is a report, but of which country it is has to be said by somebody."""


def rebuild(
    path: Path,
    target: Path,
    *,
    key: Key | None = None,
    form_of: FormOf,
    name_report: NameReport,
    who: str = "",
) -> Salvaged:
    """Save all that can be saved of the report file at ``path`` into a new file ``target``.

    ``path`` is never changed. NothingSavedError; what ``ReportFile.create`` and ``read_lines`` raise.
    """
    with contextlib.ExitStack() as ends:
        salvage = read_lines(path, key, ends)
        lost = name_reports(salvage, name_report)
        log = read_salvaged_log(salvage)
        found = summaries(salvage.lines)
        if not found and key is None and is_protected(path) and is_cipher_throughout(path):
            raise ProtectedFileError(path)
        if not found:
            sentence = _("Nothing in “{file}” can be read as a report any more. Take a backup of it.")
            if lost:
                raise UnnamedReportError(lost[0])
            raise NothingSavedError(sentence.format(file=path.name))
        reports = weigh_all(salvage, log, found)
        submissions = match_submissions(salvage, reports)
        try:
            work = Rebuilding(salvage, log, reports, log.sound, submissions)
            _write(target, work, key, form_of, who)
        except (DamagedFileError, sqlite3.IntegrityError):
            # A history that cannot stand beside the rest is left out; the content does not need it.
            work = Rebuilding(salvage, log, reports, 0, submissions)
            _write(target, work, key, form_of, who)
    return Salvaged(target, work.saved, [*lost, *work.lost], work.places)


def _write(target: Path, work: Rebuilding, key: Key | None, form_of: FormOf, who: str) -> None:
    def fill(file: ReportFile) -> None:
        with file._writing() as db:
            with file._open_connection.schema_open():
                for form in _forms(work, form_of):
                    writing.make_views(db, form)
            _fill(db, work, who)
        damages = file.verify_chain()
        if damages:
            raise DamagedFileError(target, [damage.sentence for damage in damages])

    ReportFile.create(target, who=who, fill=fill, key=key).close()


def _forms(work: Rebuilding, form_of: FormOf) -> Iterator[Form]:
    wanted = {(report.summary.form_id, report.summary.form_version) for report in work.reports}
    return (form for names in sorted(wanted) if (form := form_of(*names)) is not None)


def _fill(db: Database, work: Rebuilding, who: str) -> None:
    lines = work.salvage.lines
    known = lines.execute("SELECT value FROM meta WHERE key = 'file'").fetchone()
    if known is not None:
        # It is the same report file: its backups belong to it.
        db.execute("UPDATE meta SET value = ? WHERE key = 'file'", known)
    for report in work.reports:
        db.table("reports").insert({**asdict(report.summary), "digest": report.summary.digest()})
    replayed = _keep_history(db, work)
    steps = {}
    for report in work.reports:
        base = replayed.get(report.summary.id, Projection())
        changes = tuple(changes_between(base, report.content))
        number = report.summary.number
        if changes:
            operation = Operation(report.summary.id, OperationKind.IMPORT, changes, who)
            writing.append_to_log(db, number, operation)
        writing.store_content(db, number, report.content)
        steps[number] = db.execute("SELECT max(seq) FROM operations").fetchone()[0]
    _tell_content(work)
    keep_open_edits(db, work)
    keep_documents(db, work)
    keep_submissions(db, work, steps)
    keep_comments(db, work)
    _tell_history(work)


def _keep_history(db: Database, work: Rebuilding) -> dict[str, Projection]:
    """Copy the sound beginning of the log as it is; returns the content that follows from it."""
    lines, last = work.salvage.lines, work.keep_steps
    for table, column in (("operations", "seq"), ("changes", "operation")):
        found = lines.execute(f"SELECT * FROM {table} WHERE {column} <= ? ORDER BY seq", (last,))
        names = [entry[0] for entry in found.description]
        db.table(table).insert_all(dict(zip(names, row, strict=True)) for row in found)
    _keep_removed(db, lines)
    replayed: dict[str, Projection] = {}
    for entry in read_log(lines, up_to=last):
        content = replayed.setdefault(entry.report, Projection())
        content.apply_all(change.change() for change in entry.changes if not change.new.is_removed)
    return replayed


_REMOVABLE = KEPT_BY_ID | {PlaceKind.ANSWER}


def _keep_removed(db: Database, lines: sqlite3.Connection) -> None:
    """What was removed for good does not come back with a page that the disk left as it was before."""
    removed = lines.execute(
        "SELECT report, path, max(operations.seq) FROM operations JOIN changes"
        " ON changes.operation = operations.seq WHERE kind = ? GROUP BY report, path",
        (OperationKind.PURGE,),
    ).fetchall()
    for report, path, last in removed:
        if read_path(path).kind in _REMOVABLE:
            db.execute(
                "UPDATE changes SET old = NULL, old_salt = NULL, new = NULL, new_salt = NULL,"
                " kept_before = NULL, kept_behind = NULL WHERE path = ? AND operation IN"
                " (SELECT seq FROM operations WHERE report = ? AND seq <= ?)",
                (path, report, last),
            )


# What is said


def _tell_content(work: Rebuilding) -> None:
    for report in work.reports:
        number = report.summary.number
        counts = Counter(answers=len(report.content.answers), rows=len(report.content.rows))
        sentence = _("Report {number}, {country} {cycle}: {answers} single answers and {rows} rows of lists.")
        work.saved.append(
            sentence.format(
                number=number, country=report.summary.country, cycle=report.summary.cycle, **counts
            )
        )
        for path, doubt in report.doubts.items():
            work.lose(doubt_words(doubt), number, path)


def _tell_history(work: Rebuilding) -> None:
    saved, lost = history_words(work.salvage.lines, work.log, work.keep_steps)
    work.saved += saved
    work.lost += lost
