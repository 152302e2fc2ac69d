"""Writing into the tables of a report file, always inside a transaction that the caller has begun."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from desktop_app.report.changes import OpenEdit, Operation
from desktop_app.storage.log import Head, Side, chain_hash, read_head
from desktop_app.storage.projection import Projection
from desktop_app.storage.reading import answer_record, row_record
from desktop_app.storage.records import (
    AnswerRecord,
    ReportSummary,
    RowKey,
    RowRecord,
    SourceDocument,
    json_or_nothing,
    to_json,
)

if TYPE_CHECKING:
    from sqlite_utils import Database


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
            "SELECT value, state, confidential FROM answers WHERE report = ? AND path = ?", (self._number, path)
        ).fetchone()
        return answer_record(*found) if found else None

    def find_row(self, key: RowKey) -> RowRecord | None:
        """The row as it is stored."""
        found = self._connection.execute(
            "SELECT position, in_bin, answers, states, confidential FROM rows"
            " WHERE report = ? AND list = ? AND id = ?",
            (self._number, *key),
        ).fetchone()
        return row_record(*found) if found else None


def append_to_log(db: Database, number: int, operation: Operation) -> Head:
    """Add an operation to the log of the report with this number; returns the new end of the chain."""
    head = read_head(db.conn)
    seq = head.seq + 1
    sides = [(change.path, Side.of(change.old), Side.of(change.new)) for change in operation.changes]
    link = chain_hash(head.hash, seq, operation, ((path, old.digest, new.digest) for path, old, new in sides))
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
    db.table("changes").insert_all(
        {
            "operation": seq,
            "path": path,
            "old": old.text,
            "old_salt": old.salt,
            "old_digest": old.digest,
            "new": new.text,
            "new_salt": new.salt,
            "new_digest": new.digest,
        }
        for path, old, new in sides
    )
    return Head(seq, link)


def store_content(db: Database, number: int, content: Projection) -> None:
    """Make the tables say what ``content`` has worked out, at every place it knows."""
    if content.properties:
        db.table("reports").update(number, dict(content.properties))
    gone = [path for path, answer in content.answers.items() if answer.is_nothing]
    for path in gone:
        db.table("answers").delete_where("report = ? AND path = ?", [number, path])
    db.table("answers").upsert_all(
        (
            _answer_columns(number, path, answer)
            for path, answer in content.answers.items()
            if not answer.is_nothing
        ),
        pk=("report", "path"),
    )
    db.table("rows").upsert_all(
        (_row_columns(number, key, row) for key, row in content.rows.items()), pk=("report", "list", "id")
    )


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


def add_report_row(db: Database, summary: ReportSummary) -> None:
    """Add the report itself, still without content."""
    columns = {name: getattr(summary, name) for name in ReportSummary.__dataclass_fields__ if name != "number"}
    db.table("reports").insert({"number": summary.number, **columns, "digest": summary.digest()})


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
        }
    )


def store_open_edit(db: Database, number: int, edit: OpenEdit) -> None:
    """Keep the present content of the field being typed in, in place of its earlier content."""
    db.table("open_edits").upsert(
        {
            "report": number,
            "path": edit.path,
            "value": json_or_nothing(edit.value),
            "who": edit.who,
            "sitting": edit.sitting,
            "since": edit.since,
            "digest": open_edit_digest(edit),
        },
        pk=("report", "path"),
    )


def end_open_edits(db: Database, number: int, paths: Iterable[str]) -> None:
    """Drop the open edits at these places: their text is in the log now."""
    for path in paths:
        db.table("open_edits").delete_where("report = ? AND path = ?", [number, path])


def open_edit_digest(edit: OpenEdit) -> bytes:
    """SHA-256 over all of an open edit, which is not in the log yet."""
    parts = (edit.report, edit.path, edit.value, edit.who, edit.sitting, edit.since)
    return hashlib.sha256(to_json(parts).encode()).digest()
