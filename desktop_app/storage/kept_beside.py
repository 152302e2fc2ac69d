"""What a rebuilt file keeps beside its answers: text being typed, documents, submissions, comments.

Each has a digest over all of it; what is not whole is left out and named. An older state of it has a digest
too: so what the history says has ended or come later is not taken up again.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from desktop_app.report.changes import OpenEdit
from desktop_app.report.paths import COMMENT, SOURCE, PlaceKind, read_path
from desktop_app.report.report import UnknownPlaceError
from desktop_app.report.submissions import (
    SubmissionRecord,
    read_submission,
    submission_path,
    write_submission,
)
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.storage import writing
from desktop_app.storage.later_content import was_once
from desktop_app.storage.records import (
    AnswerRecord,
    attachment_digest,
    comment_digest,
    from_json,
    open_edit_digest,
    source_digest,
    submission_digest,
)
from desktop_app.storage.salvage import Salvage
from desktop_app.storage.salvage_words import doubt_words
from desktop_app.storage.salvaged_log import SalvagedLog
from desktop_app.storage.weighing import Doubt, Weighed


@dataclass(frozen=True, slots=True)
class Submissions:
    """The lines of those that are ``sound``, and report and number of those ``gone`` that should be there."""

    sound: list[dict[str, Any]]
    gone: set[tuple[int, int]]


@dataclass(slots=True)
class Rebuilding:
    """What is known while the new file is being filled."""

    salvage: Salvage
    log: SalvagedLog
    reports: list[Weighed]
    keep_steps: int
    submissions: Submissions
    saved: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    places: dict[str, tuple[int, str]] = field(default_factory=dict)

    def lose(self, sentence: str, number: int, path: str) -> None:
        """Say a loss at a place of the report ``number``."""
        told = sentence.format(path=path, number=number)
        self.lost.append(told)
        self.places[told] = number, path


# Text being typed


def keep_open_edits(db: Database, work: Rebuilding) -> None:
    """Text that was being typed, unless the history has what it became."""
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
        if is_sound and _has_ended(work, number, edit):
            continue
        if is_sound:
            writing.store_open_edit(db, edit, Path())
            work.saved.append(_("The text that was being typed at “{path}”.").format(path=path))
            if not _is_last(work, number, path):
                work.lose(doubt_words(Doubt.UNCHECKED), number, path)
        else:
            sentence = _("The text that was being typed at “{path}” in report {number} is lost.")
            work.lose(sentence, number, path)
    if "open_edits" in work.salvage.incomplete:
        work.lost.append(_("Text that was being typed when the file was last open may be missing."))


def _has_ended(work: Rebuilding, number: int, edit: OpenEdit) -> bool:
    """Whether the place was changed since: then a disk kept an old page, and the history has its words."""
    last = work.log.places.get(number, {}).get(edit.path)
    if last is None or last.at < edit.since:
        return False
    return last.at > edit.since or was_once(work.salvage.lines, number, edit.path, edit.value)


def _is_last(work: Rebuilding, number: int, path: str) -> bool:
    """Whether no change is lost that may have ended the text being typed at the place."""
    last = work.log.places.get(number, {}).get(path)
    if last is None:
        return work.log.names_all and path not in work.log.lost_places
    return bool(last.at) and work.log.is_sure_of(path, last)


# Documents


def keep_documents(db: Database, work: Rebuilding) -> None:
    """Original documents and attachments whose bytes are those that were put in."""
    known = {report.summary.number for report in work.reports}
    removed = _removed_sources(work)
    kept = 0
    named: set[str] = set()
    for table in ("sources", "attachments"):
        for line in _each_line(work, table):
            if table == "sources" and not line["content"] and line["number"] in removed:
                # It was removed for good; without the history that says so it would be a damage.
                is_kept, is_lost = work.keep_steps == work.log.last, False
            else:
                is_kept = line["report"] in known and _is_same_document(table, line)
                is_lost = not is_kept
            if is_kept:
                db.table(table).insert(line)
                kept += 1
            if is_lost:
                named.add(line["sha256"])
                work.lost.append(_lost_document(line["name"], line["report"]))
    _tell_missing_documents(db, work, named)
    if kept:
        words = ngettext("{count} document, byte by byte.", "{count} documents, byte by byte.", kept)
        work.saved.append(words.format(count=kept))


def _lost_document(name: str, number: int) -> str:
    sentence = _("The document “{name}” of report {number} is damaged and was not kept.")
    return sentence.format(name=name, number=number)


def _removed_sources(work: Rebuilding) -> set[int]:
    """The numbers of original documents that the log says were removed for good."""
    lines = work.salvage.lines
    paths = lines.execute("SELECT DISTINCT path FROM changes WHERE path LIKE ?", [f"{SOURCE}/%"])
    numbers = [path.removeprefix(f"{SOURCE}/") for (path,) in paths]
    return {int(number) for number in numbers if number.isdecimal()}


def _tell_missing_documents(db: Database, work: Rebuilding, named: set[str]) -> None:
    if "sources" in work.salvage.incomplete:
        work.lost.append(_("Original documents of an import may be missing."))
    is_damaged = "attachments" in work.salvage.incomplete
    if not work.salvage.incomplete and work.log.is_whole:
        # One without its bytes is no damage: a document that was imported may name more than came along.
        return
    there = {(line["report"], line["sha256"]) for line in _each_line(work, "attachments")}
    is_trace = bool(there)
    for report in work.reports:
        number = report.summary.number
        for name, sha256 in _named_files(report):
            is_trace = True
            if (number, sha256) not in there and sha256 not in named:
                named.add(sha256)
                work.lost.append(_lost_document(name, number))
    if is_damaged and is_trace:
        # Few reports have any: without a trace of one nobody is to look for them.
        work.lost.append(_("Attachments may be missing."))


def _named_files(report: Weighed) -> Iterator[tuple[str, str]]:
    """Name and checksum of each file that the answers of a report name."""
    answers = [answer.value for answer in report.content.answers.values()]
    answers += [value for row in report.content.rows.values() for value in row.answers.values()]
    for value in answers:
        if isinstance(value, dict) and isinstance(value.get("sha256"), str):
            yield str(value.get("name", "?")), value["sha256"]


def _each_line(work: Rebuilding, table: str) -> Iterator[dict[str, Any]]:
    """One line after the other: those of attached files are large."""
    return lines_of(work.salvage.lines, table)


def lines_of(lines: sqlite3.Connection, table: str) -> Iterator[dict[str, Any]]:
    """The lines of a table by the names of its columns."""
    found = lines.execute(f"SELECT * FROM {table}")
    names = [entry[0] for entry in found.description]
    return (dict(zip(names, row, strict=True)) for row in found)


def _is_same_document(table: str, line: dict[str, Any]) -> bool:
    if hashlib.sha256(line["content"]).hexdigest() != line["sha256"]:
        return False
    facts = {name: line[name] for name in ("report", "name", "media_type", "sha256", "at")}
    digest = source_digest(**facts) if table == "sources" else attachment_digest(**facts)
    return bool(digest == line["digest"])


# Submissions


def match_submissions(salvage: Salvage, reports: list[Weighed]) -> Submissions:
    """Let each report say which submissions are there: of some only the number is left, or the content."""
    known = {report.summary.number for report in reports}
    found = list(lines_of(salvage.lines, "submissions"))
    sound = [line for line in found if line["report"] in known and _is_sound(line)]
    gone = {(line["report"], line["number"]) for line in found if line not in sound}
    for report in reports:
        gone |= {(report.summary.number, number) for number in _match(report, sound)}
    return Submissions(sound, gone)


def _is_sound(line: dict[str, Any]) -> bool:
    """Whether a submission is what was written."""
    return bool(line["digest"] == submission_digest(**_without_digest(line)))


def _without_digest(line: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in line.items() if name != "digest"}


def _match(report: Weighed, kept: list[dict[str, Any]]) -> list[int]:
    """As ``match_submissions``; returns the numbers of those whose content should be there and is not."""
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
    return [number for number, record in sorted(said.items()) if record.is_here and number not in mine]


def keep_submissions(db: Database, work: Rebuilding, steps: dict[int, int]) -> None:
    """What was submitted, for ever.

    ``steps``: the operation, by report, that stands for all that is not in the history any more.
    """
    for report, number in sorted(work.submissions.gone):
        sentence = _(
            "What was sent as submission {submission} of report {number} is damaged and was not kept."
            " The report still says that it was submitted, but that package cannot be made again."
        )
        work.lost.append(sentence.format(submission=number, number=report))
    for line in work.submissions.sound:
        facts = _without_digest(line)
        if facts["operation"] > work.keep_steps:
            facts["operation"] = steps[facts["report"]]
        db.table("submissions").insert({**facts, "digest": submission_digest(**facts)})
    if "submissions" in work.salvage.incomplete:
        work.lost.append(_("Submissions may be missing."))


# Unfinished comments


def keep_comments(db: Database, work: Rebuilding) -> None:
    """Comments that were not finished; those that are finished are places of the report."""
    reports = {report.summary.number: report for report in work.reports}
    waiting = []
    for line in _each_line(work, "comments"):
        digest = line.pop("digest")
        report = reports.get(line["report"])
        if report is None or digest != comment_digest(**line):
            sentence = _("A review comment on “{path}” in report {number} is damaged and was not kept.")
            work.lose(sentence, line["report"], line["path"])
        elif f"{COMMENT}/{line['id']}" not in report.content.answers:
            waiting.append(line)
            words = _("An unfinished comment or answer of report {number}; it stands beside its place.")
            work.saved.append(words.format(number=line["report"]))
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
