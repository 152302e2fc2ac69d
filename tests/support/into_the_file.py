"""A journal that records at once in an open report file, as the file worker does behind the window."""

from __future__ import annotations

from desktop_app.report.changes import OpenEdit, Operation
from desktop_app.report.drafts import CommentDraft
from desktop_app.report.journal import SubmittedContent
from desktop_app.storage.hand_overs import KeptSubmission
from desktop_app.storage.report_file import ReportFile
from tests.support.memory_journal import MemoryJournal


class IntoTheFile(MemoryJournal):
    """Keeps what a session hands over, in memory too."""

    def __init__(self, file: ReportFile) -> None:
        super().__init__()
        self._file = file

    def record(self, operation: Operation) -> int:
        self._file.record(operation)
        return super().record(operation)

    def record_submission(self, operation: Operation, content: SubmittedContent) -> int:
        self._file.keep([KeptSubmission(operation, content)])
        return MemoryJournal.record(self, operation)

    def keep_open_edit(self, edit: OpenEdit) -> int:
        self._file.keep_open_edit(edit)
        return super().keep_open_edit(edit)

    def keep_draft(self, draft: CommentDraft) -> int:
        self._file.keep([draft])
        return super().keep_draft(draft)
