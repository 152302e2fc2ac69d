"""What was handed to the file worker and is not on disk yet, and how far the disk has come."""

from __future__ import annotations

import threading
import time
from collections import deque

from desktop_app.report.changes import OpenEdit, Operation, utc_now
from desktop_app.report.drafts import CommentDraft
from desktop_app.report.journal import Document, Durability, SubmittedContent
from desktop_app.runtime.dataclass import dataclass, replace

_PAUSES = (0.2, 1.0, 2.0, 5.0)
"""Seconds from one failed try to the next; the last one again and again."""


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """A document that belongs to a report."""

    report: str
    document: Document


@dataclass(frozen=True, slots=True)
class KeptAttachment:
    """The bytes of a file that goes with an answer or a row of a report."""

    report: str
    sha256: str
    document: Document


@dataclass(frozen=True, slots=True)
class KeptSubmission:
    """The operation that submits a report, and what is submitted."""

    operation: Operation
    content: SubmittedContent


Item = Operation | OpenEdit | CommentDraft | KeptDocument | KeptAttachment | KeptSubmission


@dataclass(frozen=True, slots=True)
class HandOver:
    """One item and its number, from 1."""

    number: int
    item: Item


class HandOvers:
    """A queue in the order of handing over. Every method may be called from any thread.

    ``condition`` is notified whenever something changes.
    """

    def __init__(self, condition: threading.Condition) -> None:
        self._condition = condition
        self._waiting: deque[HandOver] = deque()
        self._durability = Durability()
        self._failures = 0
        self._try_at = 0.0

    @property
    def durability(self) -> Durability:
        """What is safely on disk now."""
        with self._condition:
            return self._durability

    @property
    def items(self) -> tuple[Item, ...]:
        """All that is in memory alone."""
        with self._condition:
            return tuple(entry.item for entry in self._waiting)

    def add(self, item: Item) -> int:
        """Put ``item`` at the end; an open edit or a draft takes the place of its older words there."""
        with self._condition:
            number = self._durability.handed + 1
            self._durability = replace(self._durability, handed=number)
            if self._waiting and _is_older_content(self._waiting[-1].item, item):
                self._waiting.pop()
            self._waiting.append(HandOver(number, item))
            self._condition.notify_all()
            return number

    @property
    def wait(self) -> float | None:
        """Seconds until the next try to write is due, 0 or less for now; None when nothing waits."""
        with self._condition:
            return self._try_at - time.monotonic() if self._waiting else None

    def hurry(self) -> None:
        """Try again now, not after the pause."""
        with self._condition:
            self._try_at = 0.0
            self._condition.notify_all()

    @property
    def has_failed(self) -> bool:
        """Whether the last try to write has failed."""
        with self._condition:
            return self._failures > 0

    def to_write(self) -> list[HandOver]:
        """All that waits; after a failure only the first, so that each item gets as far as it can."""
        with self._condition:
            return list(self._waiting)[: 1 if self._failures else None]

    def operations(self) -> dict[str, int]:
        """The numbers of the waiting operations by their ids."""
        with self._condition:
            found = ((operation_in(entry.item), entry.number) for entry in self._waiting)
            return {operation.id: number for operation, number in found if operation is not None}

    def note_durable(self, number: int) -> None:
        """All up to ``number`` is on disk, commit returned."""
        with self._condition:
            while self._waiting and self._waiting[0].number <= number:
                self._waiting.popleft()
            self._durability = replace(self._durability, durable=number, at=utc_now())
            self._condition.notify_all()

    def note_success(self) -> None:
        """The disk takes what it is given again."""
        with self._condition:
            self._failures = 0
            self._durability = replace(self._durability, failure=None, is_own_mistake=False)
            self._condition.notify_all()

    def note_failure(self, reason: str, *, is_own_mistake: bool = False) -> None:
        """A try to write has failed; ``reason`` is a sentence for the person. As ``Durability`` says it."""
        with self._condition:
            self._try_at = time.monotonic() + _PAUSES[min(self._failures, len(_PAUSES) - 1)]
            self._failures += 1
            self._durability = replace(self._durability, failure=reason, is_own_mistake=is_own_mistake)
            self._condition.notify_all()


def operation_in(item: Item) -> Operation | None:
    """The operation that the item is, or comes with."""
    if isinstance(item, KeptSubmission):
        return item.operation
    return item if isinstance(item, Operation) else None


def _is_older_content(waiting: Item, item: Item) -> bool:
    """Whether ``waiting`` is content of the very field, or draft, that ``item`` has newer content of."""
    if isinstance(waiting, CommentDraft) and isinstance(item, CommentDraft):
        return waiting.id == item.id
    return (
        isinstance(waiting, OpenEdit)
        and isinstance(item, OpenEdit)
        and (waiting.report, waiting.path) == (item.report, item.path)
    )
