"""The log of changes: append-only and chained, so that bit rot which SQLite does not notice is found.

Each value has a digest over a random salt and its JSON text; each operation has a hash over the
hash before it, who did what and when, and the digests of its changes. Because the hashes cover
digests and not values, a value can be removed for good and the chain still holds.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from desktop_app.report.changes import FIXED, Change, Operation, OperationKind
from desktop_app.runtime.dataclass import dataclass
from desktop_app.storage.records import to_json
from desktop_app.storage.sides import NOTHING, Side, lengthen

__all__ = ["FIRST_HASH", "Head", "LoggedChange", "LoggedOperation", "Side", "read_log"]

FIRST_HASH = bytes(32)
"""What the first operation of a file is chained to."""


@dataclass(frozen=True, slots=True)
class LoggedChange:
    """A change as it stands in the log."""

    path: str
    old: Side
    new: Side

    def change(self) -> Change:
        """The change itself. ValueError when its JSON is damaged."""
        return Change(self.path, self.old.value(), self.new.value())


@dataclass(frozen=True, slots=True)
class LoggedOperation:
    """An operation as it stands in the log, with its number and its link of the chain."""

    changes: tuple[LoggedChange, ...]
    seq: int
    id: str
    report: str
    kind: str
    of: str | None
    at: str
    who: str
    sitting: str
    hash: bytes

    def operation(self) -> Operation:
        """The operation itself. ValueError when it is damaged."""
        return Operation(
            report=self.report,
            kind=OperationKind(self.kind),
            changes=tuple(entry.change() for entry in self.changes),
            who=self.who,
            sitting=self.sitting,
            of=self.of,
            id=self.id,
            at=self.at,
        )

    def expected_hash(self, previous: bytes) -> bytes:
        """What ``hash`` must be after an operation with the hash ``previous``."""
        return chain_hash(
            previous, self.seq, self, ((c.path, c.old.digest, c.new.digest) for c in self.changes)
        )


def chain_hash(
    previous: bytes,
    seq: int,
    operation: Operation | LoggedOperation,
    digests: Iterable[tuple[str, bytes | None, bytes | None]],
) -> bytes:
    """The hash of an operation: SHA-256 over the one before and everything about it but the values."""
    sealed = [
        previous.hex(),
        seq,
        operation.id,
        operation.report,
        str(operation.kind),
        operation.of,
        operation.at,
        operation.who,
        operation.sitting,
        [[path, old.hex() if old else None, new.hex() if new else None] for path, old, new in digests],
    ]
    return hashlib.sha256(to_json(sealed).encode()).digest()


@dataclass(frozen=True, slots=True)
class Head:
    """The last link of the chain."""

    seq: int = 0
    hash: bytes = FIRST_HASH


def read_head(connection: sqlite3.Connection) -> Head:
    """The last link of the chain; of an empty log, what the first will be chained to."""
    found = connection.execute("SELECT seq, hash FROM operations ORDER BY seq DESC LIMIT 1").fetchone()
    return Head(*found) if found else Head()


def has_link(connection: sqlite3.Connection, head: Head) -> bool:
    """Whether ``head`` is part of the chain, at its end or further back."""
    if not head.seq:
        return True
    found = connection.execute("SELECT hash FROM operations WHERE seq = ?", (head.seq,)).fetchone()
    return found is not None and bool(found[0] == head.hash)


def operations_after(connection: sqlite3.Connection, seq: int) -> list[str]:
    """The ids of the operations behind number ``seq``."""
    return [
        row[0] for row in connection.execute("SELECT id FROM operations WHERE seq > ? ORDER BY seq", (seq,))
    ]


_LOG = """
    SELECT operations.seq, operations.id, reports.id, kind, of, operations.at, who, sitting, hash,
           operations.report, changes.seq, path,
           old, old_salt, old_digest, new, new_salt, new_digest, {shortened}
    {source}
"""
_OPERATIONS = """
    FROM operations
    LEFT JOIN reports ON reports.number = operations.report
    LEFT JOIN changes ON changes.operation = operations.seq
"""
_CHANGES = """
    FROM changes
    CROSS JOIN operations ON operations.seq = changes.operation
    LEFT JOIN reports ON reports.number = operations.report
"""
"""Begins with the changes: left to itself, SQLite would go through all operations for one place."""

_HEAD = 9
_SHORTENED = "kept_before, kept_behind"
_NEVER_SHORTENED = "NULL, NULL"
"""Format 1 keeps every text whole."""


def read_log(
    connection: sqlite3.Connection,
    report_id: str | None = None,
    *,
    from_seq: int = 0,
    up_to: int | None = None,
) -> Iterator[LoggedOperation]:
    """The operations of the file, or of one report, in their order, from one number up to another."""
    wanted = "operations.seq >= :from_seq AND (:up_to IS NULL OR operations.seq <= :up_to)"
    if report_id is not None:
        wanted += " AND reports.id = :report"
    rows = connection.execute(
        f"{_log(connection)} WHERE {wanted} ORDER BY operations.seq, changes.seq",
        {"report": report_id, "from_seq": from_seq, "up_to": up_to},
    )
    reader = _SideReader(connection, whole=from_seq <= 1)
    for head, group in groupby(rows, key=_operation_part):
        changes = tuple(reader.change(*row[_HEAD:]) for row in group if row[_HEAD + 2] is not None)
        yield LoggedOperation(changes, *head)


def changes_at(
    connection: sqlite3.Connection,
    report: int,
    path: str,
    *,
    before: int | None = None,
    below: bool = False,
) -> Iterator[tuple[int, LoggedChange]]:
    """The changes at one path of the report with this number, and of which operation each is a part.

    ``before``: only those before the change with this number. ``below``: also at all that belongs to the
    place: its state and mark, and what a row holds.
    """
    where = "path = :path"
    if below:
        # Of a list only what is said of it as a whole: a row is a place of its own.
        where += " OR (path >= :path || '#' AND path < :path || '$')"
        if "/" in path:
            where += " OR (path >= :path || '/' AND path < :path || '0')"
    rows = connection.execute(
        f"{_log(connection, _CHANGES)} WHERE ({where}) AND operations.report = :report"
        " AND (:before IS NULL OR changes.seq < :before) ORDER BY changes.seq",
        {"path": path, "report": report, "before": before},
    )
    reader = _SideReader(connection, whole=True)
    for row in rows:
        yield row[0], reader.change(*row[_HEAD:])


def _log(connection: sqlite3.Connection, source: str = _OPERATIONS) -> str:
    columns = {row[1] for row in connection.execute("PRAGMA table_info(changes)")}
    return _LOG.format(source=source, shortened=_SHORTENED if "kept_before" in columns else _NEVER_SHORTENED)


def _operation_part(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return row[:_HEAD]


class _SideReader:
    """Finds the texts that were written at an earlier change. Changes come in the order of the log.

    ``whole``: all earlier changes at their places come too.
    """

    def __init__(self, connection: sqlite3.Connection, *, whole: bool) -> None:
        self._connection = connection
        self._is_whole = whole
        self._last: dict[tuple[int, str], Side] = {}

    def change(self, report: int, seq: int, path: str, *columns: Any) -> LoggedChange:
        """A line of the log, its texts put together. What is not there any more stays without text.

        ValueError where an index has other than text for a path.
        """
        if not isinstance(path, str):
            raise ValueError(path)
        old, new = Side(*columns[0:3]), Side(*columns[3:6])
        if old.is_elsewhere:
            before = self._standing(report, seq, path)
            if (before.salt, before.digest) == (old.salt, old.digest):
                old = before
        kept_before, kept_behind = columns[6:8]
        if kept_before is not None and new.text is not None:
            whole = None if old.text is None else lengthen(new.text, kept_before, kept_behind or 0, old.text)
            new = Side(whole, new.salt, new.digest)
        self._last[report, path] = new
        return LoggedChange(path, old, new)

    def _standing(self, report: int, seq: int, path: str) -> Side:
        known = self._last.get((report, path))
        if known is None and not self._is_whole:
            for _operation, change in changes_at(self._connection, report, path, before=seq):
                known = change.new
        return known or NOTHING


def first_undoable(connection: sqlite3.Connection, report_id: str) -> int:
    """The number behind the report's last operation that cannot be taken back."""
    kinds = sorted(FIXED)
    found = connection.execute(
        "SELECT max(operations.seq) FROM operations JOIN reports ON reports.number = operations.report"
        f" WHERE reports.id = ? AND kind IN ({', '.join('?' for kind in kinds)})",
        (report_id, *kinds),
    ).fetchone()
    return (found[0] or 0) + 1
