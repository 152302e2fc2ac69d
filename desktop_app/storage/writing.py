"""Writing the tables of a report file through sqlite-utils, in a transaction the caller has begun."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from desktop_app import __version__
from desktop_app.report.changes import Change, OpenEdit, Operation, OperationKind, new_id, utc_now
from desktop_app.report.journal import SubmittedContent
from desktop_app.report.paths import PROPERTIES, Place, PlaceKind, confidential_path, read_path, state_path
from desktop_app.report.plain import changes_of_report
from desktop_app.report.removal import removing_for_good
from desktop_app.report.report import Report, UnknownPlaceError
from desktop_app.report.submissions import submission_path, submissions_of, write_submission
from desktop_app.storage import attaching
from desktop_app.storage.drafts import end_drafts, store_draft
from desktop_app.storage.errors import NoSuchReportError, ReportExistsError
from desktop_app.storage.format import FORMAT
from desktop_app.storage.hand_overs import KeptAttachment, KeptDocument, KeptSubmission
from desktop_app.storage.log import chain_hash, read_head
from desktop_app.storage.log_lines import log_lines
from desktop_app.storage.migrations import steps
from desktop_app.storage.projection import Projection
from desktop_app.storage.purging import logged_below, purge
from desktop_app.storage.reading import answer_record, open_edits, row_record, summary_of
from desktop_app.storage.records import (
    AnswerRecord,
    ReportSummary,
    RowKey,
    RowRecord,
    SourceDocument,
    json_or_nothing,
    open_edit_digest,
    to_json,
)
from desktop_app.storage.submitted import add_submission
from desktop_app.storage.views import make_views

__all__ = [
    "add_report",
    "add_source",
    "database",
    "first_operation",
    "free_number",
    "lay_out",
    "make_views",
    "record",
    "recover",
    "removal",
    "store_draft",
    "store_open_edit",
]


def database(connection: sqlite3.Connection) -> Database:
    """sqlite-utils over our own connection. Plugins installed on the machine stay out."""
    return Database(connection, execute_plugins=False)


def lay_out(db: Database) -> None:
    """Give an empty file its tables, and say in it what it is. To be called with the schema open."""
    steps.apply(db)
    facts = {
        "format": str(FORMAT),
        "program": __version__,
        "file": new_id(),
        "created_at": utc_now(),
    }
    db.table("meta").insert_all({"key": key, "value": value} for key, value in facts.items())


def first_operation(report: Report, kind: OperationKind, who: str, sitting: str) -> Operation:
    """The operation that makes an empty report into this one."""
    properties = tuple(Change(f"#{name}", None, getattr(report, name)) for name in sorted(PROPERTIES))
    known = tuple(
        Change(submission_path(each.number), None, write_submission(each)) for each in submissions_of(report)
    )
    return Operation(report.id, kind, (*properties, *changes_of_report(report), *known), who, sitting)


def free_number(db: Database, report_id: str, path: Path) -> int:
    """The number a new report gets. ReportExistsError when it is in the file already."""
    there = summary_of(db.conn, report_id)
    if there is not None:
        raise ReportExistsError(path, there.number)
    last: int | None = db.execute("SELECT max(number) FROM reports").fetchone()[0]
    return (last or 0) + 1


def add_report(db: Database, number: int, report: Report, operation: Operation) -> None:
    """Add a report, the operation that made it, and its content."""
    summary = ReportSummary(
        number=number,
        id=report.id,
        form_id=report.form.id,
        form_version=report.form.version,
        form_hash=report.form.hash,
        country=report.country,
        cycle=report.cycle,
        language=report.language,
        status=report.status,
        created_at=operation.at,
    )
    content = Projection()
    content.apply_all(operation.changes)
    db.table("reports").insert({**asdict(summary), "digest": summary.digest()})
    append_to_log(db, number, operation)
    store_content(db, number, content)
    for draft in report.drafts.values():
        store_draft(db, draft, Path())


def record(db: Database, operation: Operation, path: Path) -> None:
    """Add an operation to the log and let the content follow. It ends what is open at its places."""
    number = number_of(db, operation.report, path)
    content = StoredProjection(db.conn, number)
    if operation.kind is OperationKind.PURGE:
        operation = _with_whole_rows(operation, content)
    content.apply_all(operation.changes)
    append_to_log(db, number, operation)
    store_content(db, number, content)
    end_open_edits(db, number, (change.path for change in operation.changes))
    end_drafts(db, number, (change.path for change in operation.changes))
    if operation.kind is OperationKind.PURGE:
        purge(db, number, (change.path for change in operation.changes))
        attaching.forget_unnamed(db, number, operation.report)


def record_submission(db: Database, kept: KeptSubmission, path: Path) -> None:
    """Add the operation that submits a report, and what is submitted: kept for ever, under its number."""
    operation = kept.operation
    record(db, operation, path)
    number, seq = number_of(db, operation.report, path), read_head(db.conn).seq
    add_submission(db, number, seq, operation.at, operation.who, kept.content)


def add_earlier_submission(db: Database, number: int, report: Report, content: SubmittedContent) -> None:
    """Keep what was submitted elsewhere, of the report that was just added with this number."""
    record = report.submissions[str(content.number)]
    add_submission(db, number, read_head(db.conn).seq, record.at, record.who, content)


def removal(
    db: Database, report_id: str, paths: Iterable[str], reason: str, who: str, path: Path
) -> Operation:
    """The operation that removes for good what stands at ``paths``. NoSuchReportError, UnknownPlaceError."""
    content = StoredProjection(db.conn, number_of(db, report_id, path))

    def held(place: Place, row: str) -> Iterable[str]:
        if place.kind is PlaceKind.ROW and content.find_row((place.head, place.row or "")) is None:
            raise UnknownPlaceError(row)
        return content.removed_with(place, row)

    return Operation(report_id, OperationKind.PURGE, removing_for_good(paths, reason, held), who)


def _with_whole_rows(operation: Operation, content: StoredProjection) -> Operation:
    """Also what the rows to be removed hold that the person's form has no place for, and attached files."""
    changes = {change.path: change for change in operation.changes}
    for path in list(changes):
        place = read_path(path)
        for each in content.removed_with(place, path):
            changes.setdefault(each, Change(each, None, None))
    return replace(operation, changes=tuple(changes.values()))


def recover(db: Database, path: Path) -> tuple[Operation, ...]:
    """Make an ordinary change of every open edit; returns those that changed something."""
    operations = []
    for edit in open_edits(db.conn):
        number = number_of(db, edit.report, path)
        before = StoredProjection(db.conn, number).value(edit.path)
        if before == edit.value:
            end_open_edits(db, number, [edit.path])
            continue
        change = Change(edit.path, before, edit.value)
        operation = Operation(
            edit.report, OperationKind.EDIT, (change,), edit.who, edit.sitting, at=edit.since
        )
        record(db, operation, path)
        operations.append(operation)
    return tuple(operations)


def number_of(db: Database, report_id: str, path: Path) -> int:
    """The number of the report with this id. NoSuchReportError."""
    found = db.execute("SELECT number FROM reports WHERE id = ?", [report_id]).fetchone()
    if found is None:
        raise NoSuchReportError(path, report_id)
    number: int = found[0]
    return number


class StoredProjection(Projection):
    """The content of one report as the tables have it, read where a change touches it."""

    def __init__(self, connection: sqlite3.Connection, number: int) -> None:
        """Of the report with this number."""
        super().__init__()
        self._connection = connection
        self._number = number

    def find_answer(self, path: str) -> AnswerRecord | None:
        """The answer as it is stored."""
        found = self._connection.execute(
            "SELECT value, state, confidential FROM answers WHERE report = ? AND path = ?",
            (self._number, path),
        ).fetchone()
        return answer_record(*found) if found else None

    def removed_with(self, place: Place, path: str) -> list[str]:
        """What goes for good with the row or answer at ``path``: attached files, and all of a row."""
        if place.kind is PlaceKind.ROW:
            return self._held_by(place, path)
        is_answer = place.kind is PlaceKind.ANSWER
        return attaching.attached_once(self._connection, self._number, path) if is_answer else []

    def _held_by(self, place: Place, path: str) -> list[str]:
        """The paths of all that the row at ``path`` holds or once held, whatever its form."""
        record = self.find_row((place.head, place.row or "")) or RowRecord()
        answers = {*logged_below(self._connection, self._number, path)}
        answers |= {f"{path}/{code}" for code in record.answers}
        answers.update(attaching.attached_once(self._connection, self._number, path))
        states = {state_path(f"{path}/{code}") for code in record.states}
        marks = {confidential_path(f"{path}/{code}" if code else path) for code in record.confidential}
        return sorted(answers | states | marks)

    def find_row(self, key: RowKey) -> RowRecord | None:
        """The row as it is stored."""
        found = self._connection.execute(
            "SELECT position, in_bin, answers, states, confidential FROM rows"
            " WHERE report = ? AND list = ? AND id = ?",
            (self._number, *key),
        ).fetchone()
        return row_record(*found) if found else None


def append_to_log(db: Database, number: int, operation: Operation) -> None:
    """Add an operation to the log of the report with this number."""
    head = read_head(db.conn)
    seq = head.seq + 1
    lines = log_lines(db.conn, number, operation.changes)
    digests = ((line["path"], line["old_digest"], line["new_digest"]) for line in lines)
    link = chain_hash(head.hash, seq, operation, digests)
    db.table("operations").insert(
        {
            "seq": seq,
            "id": operation.id,
            "report": number,
            "kind": str(operation.kind),
            "of": operation.of,
            "at": operation.at,
            "who": operation.who,
            "sitting": operation.sitting,
            "hash": link,
        }
    )
    db.table("changes").insert_all({"operation": seq, **line} for line in lines)


def store_content(db: Database, number: int, content: Projection) -> None:
    """Make the tables say what ``content`` has worked out, at every place it knows."""
    if content.properties:
        db.table("reports").update(number, dict(content.properties))
    if content.form is not None:
        _store_form(db, number, content.form)
    gone = [path for path, answer in content.answers.items() if answer.is_nothing]
    for path in gone:
        db.table("answers").delete_where("report = ? AND path = ?", [number, path])
    # Not upsert: before the first one sqlite-utils makes a table in the file, to see what SQLite can do.
    db.table("answers").insert_all(
        (
            _answer_columns(number, path, answer)
            for path, answer in content.answers.items()
            if not answer.is_nothing
        ),
        replace=True,
    )
    db.table("rows").insert_all(
        (_row_columns(number, key, row) for key, row in content.rows.items()), replace=True
    )


def _store_form(db: Database, number: int, form: Mapping[str, str]) -> None:
    """The report answers another version of its form from here on."""
    summary = summary_of(db.conn, number)
    assert summary is not None
    summary = replace(summary, form_version=form["version"], form_hash=form["hash"])
    columns = {"form_version": summary.form_version, "form_hash": summary.form_hash}
    db.table("reports").update(number, {**columns, "digest": summary.digest()})


def _answer_columns(number: int, path: str, answer: AnswerRecord) -> dict[str, Any]:
    return {
        "report": number,
        "path": path,
        "value": json_or_nothing(answer.value),
        "state": answer.state,
        "confidential": int(answer.confidential),
    }


def _row_columns(number: int, key: RowKey, row: RowRecord) -> dict[str, Any]:
    return {
        "report": number,
        "list": key[0],
        "id": key[1],
        "position": row.position,
        "in_bin": int(row.in_bin),
        "answers": to_json(row.answers),
        "states": to_json(row.states),
        "confidential": to_json(sorted(row.confidential)),
    }


def add_source(db: Database, number: int, source: SourceDocument) -> None:
    """Keep the document the report with this number came from."""
    db.table("sources").insert(
        {
            "report": number,
            "name": source.name,
            "media_type": source.media_type,
            "sha256": source.sha256,
            "content": source.content,
            "at": source.at,
            "digest": source.digest(number),
        }
    )


def keep_document(db: Database, kept: KeptDocument, path: Path) -> None:
    """Keep a document with its report; the very same bytes once, unless they were removed for good."""
    number = number_of(db, kept.report, path)
    document = kept.document
    source = SourceDocument(document.name, document.media_type, document.content)
    there = db.execute(
        "SELECT 1 FROM sources WHERE report = ? AND sha256 = ? AND length(content) > 0",
        (number, source.sha256),
    )
    if there.fetchone() is None:
        add_source(db, number, source)


def keep_attachment(db: Database, kept: KeptAttachment, path: Path) -> None:
    """Keep the bytes of an attached file with its report; the very same bytes once."""
    attaching.attach(db, number_of(db, kept.report, path), kept)


def store_open_edit(db: Database, edit: OpenEdit, path: Path) -> None:
    """Keep the present content of the field being typed in, in place of its earlier content."""
    number = number_of(db, edit.report, path)
    db.table("open_edits").insert(
        {
            "report": number,
            "path": edit.path,
            "value": json_or_nothing(edit.value),
            "who": edit.who,
            "sitting": edit.sitting,
            "since": edit.since,
            "digest": open_edit_digest(edit),
        },
        replace=True,
    )


def end_open_edits(db: Database, number: int, paths: Iterable[str]) -> None:
    """Drop the open edits at these places: their text is in the log now."""
    for path in paths:
        db.table("open_edits").delete_where("report = ? AND path = ?", [number, path])
