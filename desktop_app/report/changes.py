"""Changes and operations: the named, reversible steps of which every report is made.

A change says what one place of the report held before and holds after, in JSON. An operation is
what a person would call one step: its changes are made, kept and undone together. Undo, the bin,
history, comparison and merge all read the log of operations.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

from desktop_app.report.paths import NOTE_PATH
from desktop_app.runtime.dataclass import dataclass, field


class OperationKind(StrEnum):
    """What a person did."""

    CREATE = "create"
    IMPORT = "import"
    EDIT = "edit"
    STATE = "state"
    ADD = "add"
    DUPLICATE = "duplicate"
    PASTE = "paste"
    MOVE = "move"
    REMOVE = "remove"
    RESTORE = "restore"
    CONFIDENTIAL = "confidential"
    UNDO = "undo"
    REDO = "redo"
    STATUS = "status"
    RESTORE_POINT = "restore_point"
    REVERT = "revert"
    PURGE = "purge"
    UPGRADE = "upgrade"
    COMMENT = "comment"
    ATTACH = "attach"
    DETACH = "detach"
    ACCEPT = "accept"
    RECEIPT = "receipt"


@dataclass(frozen=True, slots=True)
class Change:
    """One place of the report: what it held (``old``) and what it holds now (``new``), in JSON."""

    path: str
    old: Any
    new: Any

    def inverse(self) -> Change:
        """The change that takes this one back."""
        return Change(self.path, self.new, self.old)


def new_id() -> str:
    """A fresh UUID for a row, report or operation."""
    # As uuid4 does, which looks at the whole platform before.
    drawn = bytearray(os.urandom(16))
    drawn[6] = drawn[6] & 0x0F | 0x40
    drawn[8] = drawn[8] & 0x3F | 0x80
    digits = drawn.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def utc_now() -> str:
    """The present moment in UTC, to the millisecond, ISO 8601 with a Z."""
    now = datetime.datetime.now(datetime.UTC)
    return now.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(frozen=True, slots=True)
class Operation:
    """One step of one person. ``at`` is UTC; ``of`` names the operation an undo or redo is about.

    ``sitting`` is the id of the session it was made in, so that history can group by sitting.
    """

    report: str
    kind: OperationKind
    changes: tuple[Change, ...]
    who: str = ""
    sitting: str = ""
    of: str | None = None
    id: str = field(default_factory=new_id)
    at: str = field(default_factory=utc_now)

    @property
    def note(self) -> str:
        """The words about the operation itself: a restore point's name, a removal's reason; or none."""
        return next((change.new or "" for change in self.changes if change.path == NOTE_PATH), "")


def noting(words: str) -> Change:
    """The change that keeps ``words`` about an operation in it."""
    return Change(NOTE_PATH, None, words)


@dataclass(frozen=True, slots=True)
class OpenEdit:
    """The field being typed in: its path and present content in JSON. Leaving it makes one change."""

    report: str
    path: str
    value: Any
    who: str = ""
    sitting: str = ""
    since: str = field(default_factory=utc_now)


def inverse(changes: Sequence[Change]) -> tuple[Change, ...]:
    """The changes that take ``changes`` back, in the right order."""
    return tuple(change.inverse() for change in reversed(changes))


FIXED = frozenset(
    {
        OperationKind.CREATE,
        OperationKind.IMPORT,
        OperationKind.STATUS,
        OperationKind.PURGE,
        OperationKind.UPGRADE,
        OperationKind.RECEIPT,
    }
)
"""What cannot be taken back, nor anything before it."""


@dataclass(slots=True)
class UndoStacks:
    """Which operations can be taken back and which repeated, in order; read off the log."""

    done: list[Operation] = field(default_factory=list)
    undone: list[Operation] = field(default_factory=list)

    @classmethod
    def of_log(cls, operations: Iterable[Operation]) -> UndoStacks:
        """The stacks after all ``operations`` of one report, in the order of the log."""
        stacks = cls()
        for operation in operations:
            stacks.note(operation)
        return stacks

    def note(self, operation: Operation) -> None:
        """Follow one more operation of the log; one that changed nothing is not a step."""
        if operation.kind in FIXED:
            self.done.clear()
            self.undone.clear()
        elif all(change.old == change.new or change.path == NOTE_PATH for change in operation.changes):
            return
        elif operation.kind is OperationKind.UNDO:
            self._shift(self.done, self.undone, operation.of)
        elif operation.kind is OperationKind.REDO:
            self._shift(self.undone, self.done, operation.of)
        else:
            self.done.append(operation)
            self.undone.clear()

    @staticmethod
    def _shift(source: list[Operation], target: list[Operation], operation_id: str | None) -> None:
        for index in range(len(source) - 1, -1, -1):
            if source[index].id == operation_id:
                target.append(source.pop(index))
                return
