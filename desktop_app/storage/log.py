"""The log of changes: append-only and chained, so that bit rot which SQLite does not notice is found.

Each value has a digest over a random salt and its JSON text; each operation has a hash over the
hash before it, who did what and when, and the digests of its changes. Because the hashes cover
digests and not values, a value can be removed for good and the chain still holds.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from desktop_app.report.changes import FIXED, Change, Operation, OperationKind
from desktop_app.storage.records import from_json, json_or_nothing, to_json

FIRST_HASH = bytes(32)
"""What the first operation of a file is chained to."""

_SALT = 16


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a logged change. ``text`` is JSON; None with a digest was removed for good."""

    text: str | None
    salt: bytes | None
    digest: bytes | None

    @classmethod
    def of(cls, value: object) -> Side:
        """A value on its way into the log."""
        text = json_or_nothing(value)
        if text is None:
            return cls(None, None, None)
        salt = os.urandom(_SALT)
        return cls(text, salt, value_digest(salt, text))

    @property
    def is_removed(self) -> bool:
        """Whether there was a value that was removed for good."""
        return self.text is None and self.digest is not None

    @property
    def is_sound(self) -> bool:
        """Whether the value is the one that was logged, as far as it is still there."""
        if self.text is None:
            return self.salt is None
        return self.digest == value_digest(self.salt or b"", self.text)


def value_digest(salt: bytes, text: str) -> bytes:
    """SHA-256 over salt and JSON text."""
    return hashlib.sha256(salt + text.encode()).digest()


@dataclass(frozen=True, slots=True)
class LoggedChange:
    """A change as it stands in the log."""

    path: str
    old: Side
    new: Side

    def change(self) -> Change:
        """The change itself. ValueError when its JSON is damaged."""
        return Change(self.path, from_json(self.old.text), from_json(self.new.text))


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
           path, old, old_salt, old_digest, new, new_salt, new_digest
    FROM operations
    LEFT JOIN reports ON reports.number = operations.report
    LEFT JOIN changes ON changes.operation = operations.seq
"""


def read_log(
    connection: sqlite3.Connection, report_id: str | None = None, *, from_seq: int = 0
) -> Iterator[LoggedOperation]:
    """The operations of the file, or of one report, in their order, beginning with number ``from_seq``."""
    of_report = "" if report_id is None else " AND reports.id = :report"
    rows = connection.execute(
        f"{_LOG} WHERE operations.seq >= :from_seq {of_report} ORDER BY operations.seq, changes.seq",
        {"report": report_id, "from_seq": from_seq},
    )
    for head, group in groupby(rows, key=_operation_part):
        changes = tuple(
            LoggedChange(row[9], Side(*row[10:13]), Side(*row[13:16])) for row in group if row[9] is not None
        )
        yield LoggedOperation(changes, *head)


def _operation_part(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return row[:9]


def first_undoable(connection: sqlite3.Connection, report_id: str) -> int:
    """The number behind the report's last operation that cannot be taken back."""
    kinds = sorted(FIXED)
    found = connection.execute(
        "SELECT max(operations.seq) FROM operations JOIN reports ON reports.number = operations.report"
        f" WHERE reports.id = ? AND kind IN ({', '.join('?' for kind in kinds)})",
        (report_id, *kinds),
    ).fetchone()
    return (found[0] or 0) + 1
