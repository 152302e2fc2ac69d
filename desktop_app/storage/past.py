"""Reading what was: the operations of a report, the versions of one place, the content at a moment.

Everything here follows from the log of changes, and is in its order: clocks may be set back, the
log's numbers are not.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from desktop_app.report.changes import OperationKind
from desktop_app.report.paths import (
    FORM_PATH,
    NOTE_PATH,
    SOURCE,
    STEP_PATH,
    PlaceKind,
    read_path,
    source_path,
)
from desktop_app.storage.drafts import DRAFT
from desktop_app.storage.log import LoggedChange, changes_at, read_log
from desktop_app.storage.records import from_json
from desktop_app.storage.sides import Side

ByPath = dict[str, Any]
"""What a report held at one moment, by path, in JSON. Rows in the bin are left out."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One operation of the log: who did what, when (UTC), in which sitting, at which places.

    ``note``: the words about it, such as a restore point's name. ``seq`` orders the moments of a file.
    ``step``: what a change of status was, a code of ``StatusStep``.
    """

    seq: int
    at: str
    who: str
    sitting: str
    kind: OperationKind
    note: str
    paths: tuple[str, ...]
    step: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """What a place held after ``moment``, in JSON; None for nothing.

    ``is_purged``: it was removed for good; of the removal itself too, whose note is the reason.
    """

    moment: Moment
    value: Any
    is_purged: bool = False


_MOMENTS = f"""
    SELECT operations.seq, operations.at, who, sitting, kind, path,
           CASE WHEN path IN ('{NOTE_PATH}', '{STEP_PATH}') THEN new END
    FROM operations LEFT JOIN changes ON changes.operation = operations.seq
"""


def moments(
    connection: sqlite3.Connection, report: int, kind: OperationKind | None = None
) -> Iterator[Moment]:
    """The operations of the report with this number, or those of one kind; newest first."""
    rows = connection.execute(
        f"{_MOMENTS} WHERE operations.report = :report AND (:kind IS NULL OR kind = :kind)"
        " ORDER BY operations.seq DESC, changes.seq",
        {"report": report, "kind": kind},
    )
    for head, group in groupby(rows, key=_without_change):
        yield _moment(head, group)


def _without_change(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return row[:5]


def _moment(head: tuple[Any, ...], changes: Iterable[tuple[Any, ...]], only: str | None = None) -> Moment:
    note, step, paths = "", "", []
    for *_head, path, words in changes:
        if path == NOTE_PATH:
            note = str(from_json(words) or "")
        elif path == STEP_PATH:
            step = str(from_json(words) or "")
        elif path is not None:
            paths.append(path)
    seq, at, who, sitting, kind = head
    touched = (only,) if only else tuple(dict.fromkeys(paths))
    return Moment(seq, at, who, sitting, OperationKind(kind), note, touched, step)


def versions(connection: sqlite3.Connection, report: int, path: str) -> list[Version]:
    """What the place at ``path`` held after each operation that touched it, newest first.

    The moments name this path only.
    """
    found: dict[int, Version] = {}
    for seq, change in changes_at(connection, report, path):
        rows = connection.execute(
            f"{_MOMENTS} WHERE operations.seq = ? AND path IN (?, '{NOTE_PATH}', '{STEP_PATH}')",
            (seq, path),
        ).fetchall()
        moment = _moment(rows[0][:5], rows, path)
        is_removal = moment.kind is OperationKind.PURGE
        if seq in found or is_removal or change.new.is_removed or change.old.text != change.new.text:
            found[seq] = Version(moment, change.change().new, is_removal or change.new.is_removed)
    return list(reversed(found.values()))


MOST_LOOKED_UP = 2000
"""Rows and answers up to which each is looked up by itself; for more, the whole log is read in one go."""


def content_at(connection: sqlite3.Connection, report_id: str, seq: int | None) -> ByPath:
    """All that the report held after the operation with this number; now for None."""
    sides: dict[str, Side] = {}
    for entry in read_log(connection, report_id, up_to=seq):
        sides.update((change.path, change.new) for change in entry.changes)
    return {path: side.value() for path, side in _shown(sides).items()}


def compared(
    connection: sqlite3.Connection, report_id: str, first: int | None, second: int | None
) -> tuple[ByPath, ByPath]:
    """What the report held at two moments, where that may differ; None for now.

    Of a row also its position is given. Quick where little was touched, whatever the size of the report.
    """
    last: int = connection.execute("SELECT coalesce(max(seq), 0) FROM operations").fetchone()[0]
    moments = [last if seq is None else seq for seq in (first, second)]
    number = connection.execute("SELECT number FROM reports WHERE id = ?", (report_id,)).fetchone()[0]
    touched = _touched(connection, number, min(moments), max(moments))
    sides: tuple[dict[str, Side], dict[str, Side]] = ({}, {})
    for seq, change in _changes_of(connection, report_id, number, touched):
        for moment, standing in zip(moments, sides, strict=True):
            if seq <= moment:
                standing[change.path] = change.new
    one, other = map(_shown, sides)
    differing = {path for path in {**one, **other} if _text(one, path) != _text(other, path)}
    differing |= {_subject(path) for path in differing}
    return _values(one, differing), _values(other, differing)


def _touched(connection: sqlite3.Connection, report: int, after: int, up_to: int) -> set[str]:
    """The answers, rows, lists and properties that were changed."""
    paths = connection.execute(
        "SELECT DISTINCT path FROM changes JOIN operations ON operations.seq = changes.operation"
        " WHERE operations.report = ? AND operations.seq > ? AND operations.seq <= ?",
        (report, after, up_to),
    )
    return {_subject(path) for (path,) in paths}


def _changes_of(
    connection: sqlite3.Connection, report_id: str, number: int, subjects: set[str]
) -> Iterator[tuple[int, LoggedChange]]:
    if len(subjects) <= MOST_LOOKED_UP:
        for subject in subjects:
            yield from changes_at(connection, number, subject, below=True)
        return
    for entry in read_log(connection, report_id):
        for change in entry.changes:
            if _subject(change.path) in subjects:
                yield entry.seq, change


def _subject(path: str) -> str:
    """The answer, row, list or property a path belongs to."""
    # Asked very often: by hand, not by taking the whole path apart.
    subject = path.partition("#")[0]
    return "/".join(subject.split("/", 2)[:2]) or path


def _shown(sides: dict[str, Side]) -> dict[str, Side]:
    """What people see: neither the bin, with what is held there, nor words about operations."""
    gone = {
        path
        for path, side in sides.items()
        if side.text is None and side.salt is None and read_path(path).kind is PlaceKind.ROW
    }
    return {
        path: side
        for path, side in sides.items()
        if side.digest is not None
        and not side.is_removed
        and _subject(path) not in gone
        and not path.startswith(_NOT_SHOWN)
    }


_NOT_SHOWN = (NOTE_PATH, STEP_PATH, FORM_PATH, f"{SOURCE}/")


def _text(sides: dict[str, Side], path: str) -> str | None:
    side = sides.get(path)
    return side.require_text() if side is not None else None


def _values(sides: dict[str, Side], paths: set[str]) -> ByPath:
    return {path: sides[path].value() for path in paths if path in sides}


def paths_once_holding(
    connection: sqlite3.Connection, report_id: str, is_wanted: Callable[[Any], bool]
) -> list[str]:
    """The paths of the report of which some value in the log is wanted, in the order of the log."""
    found: dict[str, None] = {}
    for entry in read_log(connection, report_id):
        for change in entry.changes:
            if change.path not in found and is_wanted(change.new.value()):
                found[change.path] = None
    return list(found)


def kept_documents(connection: sqlite3.Connection, report: int) -> Iterator[tuple[str, str, str, str | None]]:
    """Kind, path, name and words of the documents, submissions and comments of the report with this number.

    The words of a document that is no plain text are not known: None. One removed for good is left out.
    """
    for number, name, content in connection.execute(
        "SELECT number, name, content FROM sources WHERE report = ? AND content <> x'' ORDER BY number",
        (report,),
    ):
        yield "source", source_path(number), name, _words_of_document(name, content)
    for number, content in connection.execute(
        "SELECT number, content FROM submissions WHERE report = ? ORDER BY number", (report,)
    ):
        yield "submission", "", str(number), content
    # Drafts are no documents: they are in the report that is open, and found there.
    for path, who, words in connection.execute(
        "SELECT path, who, words FROM comments WHERE report = ? AND status <> ? ORDER BY at, id",
        (report, DRAFT),
    ):
        yield "comment", path, who, words


def _words_of_document(name: str, content: bytes) -> str | None:
    if b"\0" in content:
        return None
    return f"{name}\n{content.decode(errors='replace')}".replace("*", "").replace("_", "")
