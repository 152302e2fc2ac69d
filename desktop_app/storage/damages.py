"""What is not what was written, in a sentence, and where: documents, submissions and comments."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping

from desktop_app.report.paths import source_path
from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.i18n import _
from desktop_app.storage.attaching import sha256_at
from desktop_app.storage.records import (
    NO_CONTENT,
    attachment_digest,
    comment_digest,
    source_digest,
    submission_digest,
)
from desktop_app.storage.removals import Removals
from desktop_app.storage.submitted import known_submissions


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing in a report file that is not what was written.

    ``report`` is its number, or None when it cannot be told; ``path`` the place in the report, or
    empty when it concerns more than one.
    """

    report: int | None
    path: str
    sentence: str


def damaged_documents(
    connection: sqlite3.Connection, removals: Removals, reports: Mapping[int, str]
) -> Iterator[Damage]:
    """What a report keeps beside its answers. ``reports``: the ids of the reports by number."""
    yield from _sources(connection, removals, reports)
    yield from _attachments(connection)
    if _has_digests(connection):
        yield from _submissions(connection)
        yield from _comments(connection)


def _has_digests(connection: sqlite3.Connection) -> bool:
    """Format 1 had none for submissions and comments, and no released program wrote any."""
    return any(row[1] == "digest" for row in connection.execute("PRAGMA table_info(submissions)"))


def _sources(
    connection: sqlite3.Connection, removals: Removals, reports: Mapping[int, str]
) -> Iterator[Damage]:
    for number, report, name, media_type, sha256, content, at, digest in connection.execute(
        "SELECT number, report, name, media_type, sha256, content, at, digest FROM sources"
    ):
        is_there = hashlib.sha256(content).hexdigest() == sha256
        is_removed = (
            not content
            and sha256 != NO_CONTENT
            and removals.has(reports.get(report, ""), source_path(number))
        )
        if not (is_there or is_removed) or digest != source_digest(report, name, media_type, sha256, at):
            sentence = _("The original document “{name}” of report {number} is no longer what was imported.")
            yield Damage(report, "", sentence.format(name=name, number=report))


def _attachments(connection: sqlite3.Connection) -> Iterator[Damage]:
    for place, report, sha256, name, media_type, at, digest in connection.execute(
        "SELECT rowid, report, sha256, name, media_type, at, digest FROM attachments"
    ):
        is_there = sha256_at(connection, place) == sha256
        if not is_there or digest != attachment_digest(report, sha256, name, media_type, at):
            sentence = _("The attachment “{name}” of report {number} is no longer what was attached.")
            yield Damage(report, "", sentence.format(name=name, number=report))


def _submissions(connection: sqlite3.Connection) -> Iterator[Damage]:
    known = known_submissions(connection)
    for *facts, digest in connection.execute(
        "SELECT report, number, operation, at, who, checksum, content, digest FROM submissions"
    ):
        said = known.pop((facts[0], facts[1]), facts[5])
        if digest != submission_digest(*facts) or said != facts[5]:
            sentence = _("Submission {submission} of report {number} is no longer what was submitted.")
            yield Damage(facts[0], "", sentence.format(submission=facts[1], number=facts[0]))
    for report, number in known:
        sentence = _("What was submitted as submission {submission} of report {number} is missing.")
        yield Damage(report, "", sentence.format(submission=number, number=report))


def _comments(connection: sqlite3.Connection) -> Iterator[Damage]:
    for *facts, digest in connection.execute(
        "SELECT id, report, path, answers_to, decision, words, who, at, status, digest FROM comments"
    ):
        if digest != comment_digest(*facts):
            sentence = _("A review comment on “{path}” in report {number} is no longer what was written.")
            yield Damage(facts[1], facts[2], sentence.format(path=facts[2], number=facts[1]))
