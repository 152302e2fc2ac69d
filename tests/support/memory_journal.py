"""A journal in memory: keeps what is handed over, in its order, and plays it back."""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.report.changes import Change, OpenEdit, Operation, utc_now
from desktop_app.report.drafts import CommentDraft
from desktop_app.report.journal import Document, Durability, SubmittedContent
from desktop_app.report.report import Report


class MemoryJournal:
    """Implements ``report.journal.Journal``. What is handed over counts as durable at once.

    With ``is_slow`` it waits for the next ``flush``, as a disk may let it wait.
    """

    def __init__(self, *, is_slow: bool = False) -> None:
        self.operations: list[Operation] = []
        self.documents: list[tuple[str, Document]] = []
        self.submissions: list[tuple[Operation, SubmittedContent]] = []
        self.attachments: dict[tuple[str, str], Document] = {}
        self.drafts: dict[str, CommentDraft] = {}
        self._open_edits: dict[tuple[str, str], OpenEdit] = {}
        self._is_slow = is_slow
        self._durability = Durability()
        self._listeners: list[Callable[[Durability], None]] = []

    def record(self, operation: Operation) -> int:
        self.operations.append(operation)
        for change in operation.changes:
            self._open_edits.pop((operation.report, change.path), None)
        return self._number()

    def record_submission(self, operation: Operation, content: SubmittedContent) -> int:
        self.submissions.append((operation, content))
        return self.record(operation)

    def keep_open_edit(self, edit: OpenEdit) -> int:
        self._open_edits[edit.report, edit.path] = edit
        return self._number()

    def keep_draft(self, draft: CommentDraft) -> int:
        self.drafts[draft.id] = draft
        return self._number()

    def keep_document(self, report: str, document: Document) -> int:
        if (report, document) not in self.documents:
            self.documents.append((report, document))
        return self._number()

    def keep_attachment(self, report: str, sha256: str, document: Document) -> int:
        self.attachments[report, sha256] = document
        return self._number()

    @property
    def durability(self) -> Durability:
        return self._durability

    def listen(self, callback: Callable[[Durability], None]) -> None:
        self._listeners.append(callback)

    def flush(self, timeout: float) -> bool:
        handed = self._durability.handed
        if self._durability.durable < handed:
            self._durability = Durability(handed, handed, utc_now())
            for listener in self._listeners:
                listener(self._durability)
        return True

    @property
    def open_edits(self) -> list[OpenEdit]:
        """The fields that are being typed in."""
        return list(self._open_edits.values())

    def play(self, report: Report) -> Report:
        """Make ``report`` what was kept of it: the log and, behind it, what is being typed."""
        self.play_log(report)
        for edit in self.open_edits:
            if edit.report == report.id:
                report.apply(Change(edit.path, report.plain(edit.path), edit.value))
        return report

    def play_log(self, report: Report) -> Report:
        """Make ``report`` what its operations made of it."""
        for operation in self.operations:
            if operation.report == report.id:
                for change in operation.changes:
                    report.apply(change)
        return report

    def _number(self) -> int:
        before = self._durability
        self._durability = Durability(before.handed + 1, before.durable, before.at)
        if not self._is_slow:
            self.flush(0)
        return self._durability.handed
