"""What a change becomes in the table of changes: without the texts that stand there already."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

from desktop_app.report.changes import Change
from desktop_app.storage.records import json_or_nothing
from desktop_app.storage.sides import MOST_SHORTENED, NOTHING, Shortened, Side, shorten


def log_lines(connection: sqlite3.Connection, report: int, changes: Iterable[Change]) -> list[dict[str, Any]]:
    """The columns of the changes of one operation of the report with this number, in their order."""
    lines = []
    made: dict[str, Side] = {}
    for change in changes:
        text = json_or_nothing(change.old)
        last = NOTHING
        if text is not None:
            last = made.get(change.path) or _last_side(connection, report, change.path)
        is_there = text is not None and last.is_of(text)
        old = Side(None, last.salt, last.digest) if is_there else Side.of(change.old)
        new = made[change.path] = Side.of(change.new)
        short = None
        if is_there and text is not None and new.text is not None:
            short = shorten(new.text, text)
            if short is not None and _is_far_from_whole(connection, report, change.path, len(new.text)):
                short = None
        lines.append(_columns(change.path, old, new, short))
    return lines


def _columns(path: str, old: Side, new: Side, short: Shortened | None) -> dict[str, Any]:
    return {
        "path": path,
        "old": old.text,
        "old_salt": old.salt,
        "old_digest": old.digest,
        "new": short.words if short else new.text,
        "new_salt": new.salt,
        "new_digest": new.digest,
        "kept_before": short.kept_before if short else None,
        "kept_behind": short.kept_behind if short else None,
    }


_AT_PLACE = """
    FROM changes JOIN operations ON operations.seq = changes.operation
    WHERE path = :path AND operations.report = :report
"""


def _last_side(connection: sqlite3.Connection, report: int, path: str) -> Side:
    """What the last change at the place made of it, without its text."""
    found = connection.execute(
        f"SELECT new_salt, new_digest {_AT_PLACE} ORDER BY changes.seq DESC LIMIT 1",
        {"path": path, "report": report},
    ).fetchone()
    return Side(None, *found) if found else NOTHING


def _is_far_from_whole(connection: sqlite3.Connection, report: int, path: str, length: int) -> bool:
    """Whether so much was kept shortened since the last whole text that it is time for another.

    One damaged byte spoils all shortened texts behind it. Whole ones cost space: so not before the
    words written since come to a quarter of one.
    """
    count, words = connection.execute(
        f"SELECT count(*), total(length(new)) {_AT_PLACE} AND changes.seq > ("
        f"SELECT coalesce(max(changes.seq), 0) {_AT_PLACE} AND kept_before IS NULL)",
        {"path": path, "report": report},
    ).fetchone()
    return bool(count >= MOST_SHORTENED and 4 * words >= length)
