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

from desktop_app.report.changes import Change, OperationKind
from desktop_app.report.paths import (
    NOTE_PATH,
    confidential_path,
    read_path,
    row_path,
    source_path,
    state_path,
)
from desktop_app.storage.log import LoggedChange, changes_at, read_log
from desktop_app.storage.projection import Projection
from desktop_app.storage.records import RowRecord, from_json
from desktop_app.storage.sides import Side

ByPath = dict[str, Any]
"""What a report held at one moment, by path, in JSON. Rows in the bin are left out."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One operation of the log: who did what, when (UTC), in which sitting, at which places.

    ``note``: the words about it, such as a restore point's name. ``seq`` orders the moments of a file.
    """

    seq: int
    at: str
    who: str
    sitting: str
    kind: OperationKind
    note: str
    paths: tuple[str, ...]


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
           CASE WHEN path = '{NOTE_PATH}' THEN new END
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
    note, paths = "", []
    for *_head, path, words in changes:
        if path == NOTE_PATH:
            note = str(from_json(words) or "")
        elif path is not None:
            paths.append(path)
    seq, at, who, sitting, kind = head
    touched = (only,) if only else tuple(dict.fromkeys(paths))
    return Moment(seq, at, who, sitting, OperationKind(kind), note, touched)


def versions(connection: sqlite3.Connection, report: int, path: str) -> list[Version]:
    """What the place at ``path`` held after each operation that touched it, newest first.

    The moments name this path only.
    """
    found: dict[int, Version] = {}
    for seq, change in changes_at(connection, report, path):
        rows = connection.execute(
            f"{_MOMENTS} WHERE operations.seq = ? AND path IN (?, '{NOTE_PATH}')", (seq, path)
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
    return _standing(sides)


def compared(
    connection: sqlite3.Connection, report_id: str, first: int | None, second: int | None
) -> tuple[ByPath, ByPath]:
    """What the report held at two moments, at the places that were touched between them; None for now.

    Of a row all is given that it held. Quick where little was touched, whatever the size of the report.
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
    return _standing(sides[0]), _standing(sides[1])


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
    place = read_path(path)
    if not place.head:
        return path
    return row_path(place.head, place.row) if place.row else place.head


def _standing(sides: dict[str, Side]) -> ByPath:
    """What follows from the last change of each place."""
    content = Projection()
    # A row comes before all that it holds.
    for path in sorted(sides):
        content.apply(Change(path, None, sides[path].value()))
    return by_path(content)


def by_path(content: Projection) -> ByPath:
    """The content by path; rows in the bin are left out."""
    found: ByPath = {f"#{name}": value for name, value in content.properties.items()}
    for path, answer in content.answers.items():
        marks = {path: answer.value, state_path(path): answer.state}
        found.update({place: value for place, value in marks.items() if value is not None})
        if answer.confidential:
            found[confidential_path(path)] = True
    for (list_path, row_id), row in content.rows.items():
        if not row.in_bin:
            found.update(_of_row(row_path(list_path, row_id), row))
    return found


def _of_row(path: str, row: RowRecord) -> ByPath:
    return {
        path: {"position": row.position},
        **{f"{path}/{code}": value for code, value in row.answers.items()},
        **{state_path(f"{path}/{code}"): state for code, state in row.states.items()},
        **{confidential_path(f"{path}/{code}" if code else path): True for code in row.confidential},
    }


def paths_once_holding(
    connection: sqlite3.Connection, report_id: str, is_wanted: Callable[[Any], bool]
) -> list[str]:
    """The paths of the report of which some value in the log is wanted, in the order of the log."""
    found: dict[str, None] = {}
    for entry in read_log(connection, report_id):
        for change in entry.changes:
            if change.path not in found and (is_wanted(change.old.value()) or is_wanted(change.new.value())):
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
    for path, who, words in connection.execute(
        "SELECT path, who, words FROM comments WHERE report = ? ORDER BY at, id", (report,)
    ):
        yield "comment", path, who, words


def _words_of_document(name: str, content: bytes) -> str | None:
    if b"\0" in content:
        return None
    return f"{name}\n{content.decode(errors='replace')}".replace("*", "").replace("_", "")
