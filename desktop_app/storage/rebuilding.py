"""A sound report file made of what was salvaged from a damaged one, and the list of what is not in it.

The history is kept as far as every step of it from the first on is right; what goes beyond that comes
in one further step, an import.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from desktop_app.formdef.model import Form
from desktop_app.report.changes import OpenEdit, Operation, OperationKind
from desktop_app.report.paths import PlaceKind, read_path
from desktop_app.report.report import UnknownPlaceError
from desktop_app.report.submissions import (
    SubmissionRecord,
    read_submission,
    submission_path,
    write_submission,
)
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.storage import writing
from desktop_app.storage.content_changes import changes_between
from desktop_app.storage.errors import DamagedFileError, ProtectedFileError
from desktop_app.storage.examining import is_cipher_throughout
from desktop_app.storage.format import is_protected
from desktop_app.storage.log import read_log
from desktop_app.storage.naming import NameReport, name_reports
from desktop_app.storage.projection import Projection
from desktop_app.storage.reading import summaries
from desktop_app.storage.records import (
    NO_CONTENT,
    AnswerRecord,
    attachment_digest,
    comment_digest,
    from_json,
    open_edit_digest,
    source_digest,
    submission_digest,
)
from desktop_app.storage.report_file import ReportFile
from desktop_app.storage.salvage import Salvage, read_lines
from desktop_app.storage.salvage_words import doubt_words, history_words
from desktop_app.storage.salvaged_log import SalvagedLog, read_salvaged_log
from desktop_app.storage.weighing import Weighed, weigh

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


@dataclass(slots=True)
class _Rebuilding:
    """What is known while the new file is being filled."""

    salvage: Salvage
    log: SalvagedLog
    reports: list[Weighed]
    keep_steps: int
    saved: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    places: dict[str, tuple[int, str]] = field(default_factory=dict)

    def lose(self, sentence: str, number: int, path: str) -> None:
        """Say a loss at a place of the report ``number``."""
        told = sentence.format(path=path, number=number)
        self.lost.append(told)
        self.places[told] = number, path


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
        reports = [weigh(salvage, log, summary) for summary in found]
        try:
            work = _Rebuilding(salvage, log, reports, log.sound)
            _write(target, work, key, form_of, who)
        except (DamagedFileError, sqlite3.IntegrityError):
            # A history that cannot stand beside the rest is left out; the content does not need it.
            work = _Rebuilding(salvage, log, reports, 0)
            _write(target, work, key, form_of, who)
    return Salvaged(target, work.saved, [*lost, *work.lost], work.places)


def _write(target: Path, work: _Rebuilding, key: Key | None, form_of: FormOf, who: str) -> None:
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


def _forms(work: _Rebuilding, form_of: FormOf) -> Iterator[Form]:
    wanted = {(report.summary.form_id, report.summary.form_version) for report in work.reports}
    return (form for names in sorted(wanted) if (form := form_of(*names)) is not None)


def _fill(db: Database, work: _Rebuilding, who: str) -> None:
    lines = work.salvage.lines
    known = lines.execute("SELECT value FROM meta WHERE key = 'file'").fetchone()
    if known is not None:
        # It is the same report file: its backups belong to it.
        db.execute("UPDATE meta SET value = ? WHERE key = 'file'", known)
    kept = _sound_submissions(work)
    for report in work.reports:
        _match_submissions(report, kept)
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
    _keep_open_edits(db, work)
    _keep_documents(db, work)
    _keep_submissions(db, work, kept, steps)
    _keep_comments(db, work, steps)
    _tell_history(work)


def _keep_history(db: Database, work: _Rebuilding) -> dict[str, Projection]:
    """Copy the sound beginning of the log as it is; returns the content that follows from it."""
    lines, last = work.salvage.lines, work.keep_steps
    for table, column in (("operations", "seq"), ("changes", "operation")):
        found = lines.execute(f"SELECT * FROM {table} WHERE {column} <= ? ORDER BY seq", (last,))
        names = [entry[0] for entry in found.description]
        db.table(table).insert_all(dict(zip(names, row, strict=True)) for row in found)
    replayed: dict[str, Projection] = {}
    for entry in read_log(lines, up_to=last):
        content = replayed.setdefault(entry.report, Projection())
        content.apply_all(change.change() for change in entry.changes if not change.new.is_removed)
    return replayed


# What else is in the file


def _keep_open_edits(db: Database, work: _Rebuilding) -> None:
    reports = {report.summary.number: report for report in work.reports}
    for number, path, value, who, sitting, since, digest in work.salvage.lines.execute(
        "SELECT report, path, value, who, sitting, since, digest FROM open_edits"
    ):
        try:
            edit = OpenEdit(reports[number].summary.id, path, from_json(value), who, sitting, since)
            is_sound = open_edit_digest(edit) == digest
            # Of a row that is lost it would have no place.
            reports[number].content.value(path)
        except (KeyError, ValueError, UnknownPlaceError):
            is_sound = False
        if is_sound:
            writing.store_open_edit(db, edit, Path())
            work.saved.append(_("The text that was being typed at “{path}”.").format(path=path))
        else:
            sentence = _("The text that was being typed at “{path}” in report {number} is lost.")
            work.lose(sentence, number, path)
    if "open_edits" in work.salvage.incomplete:
        work.lost.append(_("Text that was being typed when the file was last open may be missing."))


def _keep_documents(db: Database, work: _Rebuilding) -> None:
    """Original documents and attachments whose bytes are those that were put in."""
    known = {report.summary.number for report in work.reports}
    kept = 0
    for table in ("sources", "attachments"):
        for line in _each_line(work, table):
            if table == "sources" and not line["content"] and line["sha256"] != NO_CONTENT:
                # It was removed for good; without the history that says so it would be a damage.
                is_kept, is_lost = work.keep_steps == work.log.last, False
            else:
                is_kept = line["report"] in known and _is_same_document(table, line)
                is_lost = not is_kept
            if is_kept:
                db.table(table).insert(line)
                kept += 1
            if is_lost:
                sentence = _("The document “{name}” of report {number} is damaged and was not kept.")
                work.lost.append(sentence.format(name=line["name"], number=line["report"]))
    if "sources" in work.salvage.incomplete:
        work.lost.append(_("Original documents of an import may be missing."))
    if "attachments" in work.salvage.incomplete and any(_each_line(work, "attachments")):
        # Few reports have any: without a trace of one nobody is to look for them.
        work.lost.append(_("Attachments may be missing."))
    if kept:
        words = ngettext("{count} document, byte by byte.", "{count} documents, byte by byte.", kept)
        work.saved.append(words.format(count=kept))


def _lines(work: _Rebuilding, table: str) -> list[dict[str, Any]]:
    return list(_each_line(work, table))


def _each_line(work: _Rebuilding, table: str) -> Iterator[dict[str, Any]]:
    """One line after the other: those of attached files are large."""
    found = work.salvage.lines.execute(f"SELECT * FROM {table}")
    names = [entry[0] for entry in found.description]
    return (dict(zip(names, row, strict=True)) for row in found)


def _is_same_document(table: str, line: dict[str, Any]) -> bool:
    if hashlib.sha256(line["content"]).hexdigest() != line["sha256"]:
        return False
    facts = {name: line[name] for name in ("report", "name", "media_type", "sha256", "at")}
    digest = source_digest(**facts) if table == "sources" else attachment_digest(**facts)
    return bool(digest == line["digest"])


def _sound_submissions(work: _Rebuilding) -> list[dict[str, Any]]:
    """What was submitted, where every byte of it is what was written."""
    known = {report.summary.number for report in work.reports}
    return [line for line in _lines(work, "submissions") if line["report"] in known and _is_sound(line)]


def _is_sound(line: dict[str, Any]) -> bool:
    """Whether a submission is what was written."""
    return bool(line["digest"] == submission_digest(**_without_digest(line)))


def _without_digest(line: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in line.items() if name != "digest"}


def _match_submissions(report: Weighed, kept: list[dict[str, Any]]) -> None:
    """Let the report say which submissions are there: of some only the number is left, or the content."""
    mine = {line["number"]: line for line in kept if line["report"] == report.summary.number}
    answers = report.content.answers
    said: dict[int, SubmissionRecord] = {}
    for path, answer in list(answers.items()):
        if read_path(path).kind is PlaceKind.SUBMISSION:
            with contextlib.suppress(ValueError):
                record = read_submission(answer.value)
                said[record.number] = record
            del answers[path]
    for number in sorted({*mine, *said}):
        line = mine.get(number)
        if line is None:
            record = replace(said[number], is_here=False)
        else:
            fresh = SubmissionRecord(number, line["at"], line["who"], line["checksum"])
            known = said.get(number, fresh)
            record = replace(known, is_here=True) if known.checksum == fresh.checksum else fresh
        answers[submission_path(number)] = AnswerRecord(write_submission(record))


def _keep_submissions(
    db: Database, work: _Rebuilding, kept: list[dict[str, Any]], steps: dict[int, int]
) -> None:
    for line in _lines(work, "submissions"):
        if line not in kept:
            sentence = _(
                "What was sent as submission {submission} of report {number} is damaged and was not kept."
                " The report still says that it was submitted, but that package cannot be made again."
            )
            work.lost.append(sentence.format(submission=line["number"], number=line["report"]))
            continue
        facts = _without_digest(line)
        if facts["operation"] > work.keep_steps:
            facts["operation"] = steps[facts["report"]]
        db.table("submissions").insert({**facts, "digest": submission_digest(**facts)})
    if "submissions" in work.salvage.incomplete:
        work.lost.append(_("Submissions may be missing."))


def _keep_comments(db: Database, work: _Rebuilding, steps: dict[int, int]) -> None:
    waiting = []
    for line in _lines(work, "comments"):
        digest = line.pop("digest")
        if line["report"] in steps and digest == comment_digest(**line):
            waiting.append(line)
            words = _("An unfinished comment or answer of report {number}; it stands beside its place.")
            work.saved.append(words.format(number=line["report"]))
        else:
            sentence = _("A review comment on “{path}” in report {number} is damaged and was not kept.")
            work.lose(sentence, line["report"], line["path"])
    if "comments" in work.salvage.incomplete:
        work.lost.append(_("Review comments may be missing."))
    there = {None}
    while waiting:
        # An answer comes behind what it answers to; where that is lost it stands alone.
        line = next((each for each in waiting if each["answers_to"] in there), waiting[0])
        waiting.remove(line)
        if line["answers_to"] not in there:
            line["answers_to"] = None
        there.add(line["id"])
        db.table("comments").insert({**line, "digest": comment_digest(**line)})


# What is said


def _tell_content(work: _Rebuilding) -> None:
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


def _tell_history(work: _Rebuilding) -> None:
    saved, lost = history_words(work.salvage.lines, work.log, work.keep_steps)
    work.saved += saved
    work.lost += lost
