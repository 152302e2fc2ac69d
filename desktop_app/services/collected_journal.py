"""A journal that collects what is handed over, to be written at once. Nobody types here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from desktop_app.report.changes import OpenEdit, Operation
from desktop_app.report.drafts import CommentDraft
from desktop_app.report.journal import Document, Durability, SubmittedContent
from desktop_app.storage.hand_overs import Item, KeptAttachment, KeptDocument, KeptSubmission


@dataclass
class CollectedJournal:
    """For a report file that no window has open: all that was done goes into it together or not at all."""

    items: list[Item] = field(default_factory=list)

    def record(self, operation: Operation) -> int:
        """As ``Journal``."""
        return self._add(operation)

    def record_submission(self, operation: Operation, content: SubmittedContent) -> int:
        """As ``Journal``."""
        return self._add(KeptSubmission(operation, content))

    def keep_open_edit(self, edit: OpenEdit) -> int:
        """As ``Journal``."""
        return self._add(edit)

    def keep_draft(self, draft: CommentDraft) -> int:
        """As ``Journal``."""
        return self._add(draft)

    def keep_document(self, report: str, document: Document) -> int:
        """As ``Journal``."""
        return self._add(KeptDocument(report, document))

    def keep_attachment(self, report: str, sha256: str, document: Document) -> int:
        """As ``Journal``."""
        return self._add(KeptAttachment(report, sha256, document))

    @property
    def durability(self) -> Durability:
        """Nothing is on disk before the file says so itself."""
        return Durability(handed=len(self.items))

    def listen(self, callback: Callable[[Durability], None]) -> None:
        """Nobody waits for it."""

    def flush(self, timeout: float) -> bool:
        """Whether there is nothing to write."""
        return not self.items

    def _add(self, item: Item) -> int:
        self.items.append(item)
        return len(self.items)
