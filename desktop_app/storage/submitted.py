"""Submissions in the file: what was submitted, and what else was known of the report at that moment.

A submission's answers are kept as they were sent. What its workbook says besides, such as review comments,
follows from the log up to the operation that submitted it.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from desktop_app.formdef.model import Form
from desktop_app.report.changes import Change
from desktop_app.report.paths import SUBMISSION, read_path
from desktop_app.report.report import Report, UnknownPlaceError
from desktop_app.report.submissions import read_submission
from desktop_app.runtime.dataclass import dataclass
from desktop_app.storage.log import read_log
from desktop_app.storage.projection import Projection
from desktop_app.storage.reading import build_report
from desktop_app.storage.records import ReportSummary, from_json, submission_digest

if TYPE_CHECKING:
    from sqlite_utils import Database

    from desktop_app.report.journal import SubmittedContent


@dataclass(frozen=True, slots=True)
class StoredSubmission:
    """A line of the table of submissions. ``operation``: the number of the operation; ``text``: data.json."""

    number: int
    operation: int
    at: str
    who: str
    checksum: str
    text: str


def add_submission(
    db: Database, report: int, operation: int, at: str, who: str, content: SubmittedContent
) -> None:
    """Keep what was submitted, for ever; ``operation`` is the number of the one that submitted it."""
    facts: dict[str, Any] = {
        "report": report,
        "number": content.number,
        "operation": operation,
        "at": at,
        "who": who,
        "checksum": content.checksum,
        "content": content.text,
    }
    db.table("submissions").insert({**facts, "digest": submission_digest(**facts)})


def known_submissions(connection: sqlite3.Connection) -> dict[tuple[int, int], str]:
    """The content checksums of all submissions that the reports of the file say are in it.

    By the numbers of report and submission; what can no longer be read is left out.
    """
    found: dict[tuple[int, int], str] = {}
    for report, value in connection.execute(
        f"SELECT report, value FROM answers WHERE path > '{SUBMISSION}/' AND path < '{SUBMISSION}0'"
        " ORDER BY report, path"
    ):
        try:
            record = read_submission(from_json(value))
        except ValueError:
            continue
        if record.is_here:
            found[report, record.number] = record.checksum
    return found


def stored_submission(connection: sqlite3.Connection, report: int, number: int) -> StoredSubmission | None:
    """The submission with this number of the report with that one."""
    found = connection.execute(
        "SELECT number, operation, at, who, checksum, content FROM submissions"
        " WHERE report = ? AND number = ?",
        (report, number),
    ).fetchone()
    return StoredSubmission(*found) if found else None


def report_after(
    connection: sqlite3.Connection, summary: ReportSummary, operation: int, form: Form
) -> Report:
    """The report as it was after the operation with this number, when it answered ``form``; its bin too.

    Without what was removed for good since. UnknownPlaceError and WrongValueError for a form that was
    changed since; ValueError when the log is damaged.
    """
    content = Projection()
    for entry in read_log(connection, summary.id, up_to=operation):
        for change in entry.changes:
            if not change.new.is_removed:
                _follow(content, change.change())
    return build_report(summary, _in_order(content), form)


def _follow(content: Projection, change: Change) -> None:
    try:
        content.apply(change)
    except UnknownPlaceError:
        # The row itself was removed for good.
        if read_path(change.path).row is None:
            raise


def _in_order(content: Projection) -> Projection:
    rows = sorted(content.rows.items(), key=lambda each: (each[0][0], each[1].position, each[0][1]))
    content.rows = dict(rows)
    return content
