"""Drafts of comments in a report file: lines of the table "comments", which holds nothing else.

Programs that know nothing of drafts leave these lines as they are, and find damage in them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.report.drafts import CommentDraft
from desktop_app.report.paths import PlaceKind, read_path
from desktop_app.storage.errors import NoSuchReportError
from desktop_app.storage.records import comment_digest

if TYPE_CHECKING:
    from sqlite_utils import Database

DRAFT = "draft"
"""The status of such a line."""


def drafts_of(connection: sqlite3.Connection, report: int) -> dict[str, CommentDraft]:
    """The drafts of the report with this number by their ids, in the order they were last written in."""
    rows = connection.execute(
        "SELECT reports.id, comments.id, path, words, who, at FROM comments"
        " JOIN reports ON reports.number = comments.report"
        " WHERE comments.report = ? AND comments.status = ? ORDER BY at, comments.id",
        (report, DRAFT),
    )
    return {row[1]: CommentDraft(*row) for row in rows}


def store_draft(db: Database, draft: CommentDraft, path: Path) -> None:
    """Keep the present words of the draft, or drop it when it is over. NoSuchReportError."""
    found = db.execute("SELECT number FROM reports WHERE id = ?", [draft.report]).fetchone()
    if found is None:
        raise NoSuchReportError(path, draft.report)
    number: int = found[0]
    if draft.is_over:
        _drop(db, number, draft.id)
        return
    facts: dict[str, Any] = {
        "id": draft.id,
        "report": number,
        "path": draft.place,
        # What it answers is in the log: only another line of this table could stand here.
        "answers_to": None,
        "decision": "",
        "words": draft.words,
        "who": draft.who,
        "at": draft.at,
        "status": DRAFT,
    }
    db.table("comments").insert({**facts, "digest": comment_digest(**facts)}, replace=True)


def end_drafts(db: Database, report: int, paths: Iterable[str]) -> None:
    """Drop the drafts of comments that are recorded, or removed for good, at one of these paths."""
    for path in paths:
        place = read_path(path)
        if place.kind is PlaceKind.COMMENT:
            _drop(db, report, place.row or "")


def _drop(db: Database, report: int, draft: str) -> None:
    db.table("comments").delete_where("report = ? AND id = ? AND status = ?", [report, draft, DRAFT])


def drafts_digests(connection: sqlite3.Connection) -> list[bytes]:
    """What tells whether the drafts of two copies of a file are the same; of format 1 there are none."""
    columns = {row[1] for row in connection.execute("PRAGMA table_info(comments)")}
    if "digest" not in columns:
        return []
    return [digest for (digest,) in connection.execute("SELECT digest FROM comments ORDER BY id")]


def has_own_drafts(mine: sqlite3.Connection, other: sqlite3.Connection) -> bool:
    """Whether a copy of a report file holds words of comments that the other does not."""
    statement = "SELECT path, words FROM comments"
    theirs = set(other.execute(statement))
    return any(line not in theirs for line in mine.execute(statement))
