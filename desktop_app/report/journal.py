"""What the report needs of whoever keeps it: the protocol between entry session and storage.

Edits are handed over as values and numbered; the journal says later up to which number they are
safely on disk. Nothing here blocks the caller.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from desktop_app.report.changes import OpenEdit, Operation
from desktop_app.report.drafts import CommentDraft
from desktop_app.runtime.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Durability:
    """What the journal last achieved.

    ``handed`` and ``durable`` are numbers of hand-overs: everything up to ``durable`` is on disk,
    commit returned. ``at`` is the UTC time of that commit (ISO 8601) or None. ``failure`` is a
    translated sentence when the last attempt failed, else None.
    """

    handed: int = 0
    durable: int = 0
    at: str | None = None
    failure: str | None = None
    is_own_mistake: bool = False
    """With ``failure``: it is a mistake in the program, nothing about the disk."""

    @property
    def is_saved(self) -> bool:
        """Whether everything handed over is on disk."""
        return self.durable >= self.handed and self.failure is None


@dataclass(frozen=True, slots=True)
class Document:
    """A file to be kept with a report, byte by byte, such as a workbook that came back."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class SubmittedContent:
    """What is kept of a submission for ever: its number, content checksum and the text of its data.json."""

    number: int
    checksum: str
    text: str


class Journal(Protocol):
    """Keeps operations and the open edit, in the order they are handed over."""

    def record(self, operation: Operation) -> int:
        """Hand over one operation; also ends the open edit at the places it changes. Returns its number."""

    def record_submission(self, operation: Operation, content: SubmittedContent) -> int:
        """As ``record``, of the operation that submits a report; both are on disk together or not at all."""

    def keep_open_edit(self, edit: OpenEdit) -> int:
        """Hand over the present content of the field being typed in. Later content may replace it unsaved."""

    def keep_draft(self, draft: CommentDraft) -> int:
        """Hand over the present words of an unfinished comment; blank ones drop it. As ``keep_open_edit``."""

    def keep_document(self, report: str, document: Document) -> int:
        """Hand over a document that belongs to the report; one it has already is kept once."""

    def keep_attachment(self, report: str, sha256: str, document: Document) -> int:
        """Hand over the bytes of an attached file, known by their SHA-256, before what names it.

        They are on disk no later than that; the same bytes are kept once.
        """

    @property
    def durability(self) -> Durability:
        """What is safely on disk now."""

    def listen(self, callback: Callable[[Durability], None]) -> None:
        """Call ``callback`` after every commit and every failure, from any thread."""

    def flush(self, timeout: float) -> bool:
        """Wait until all that was handed over is on disk; False when ``timeout`` seconds were not enough."""
