"""A report that reviewers talk about: comments, answers, and what is chosen of a workbook that came back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop_app.report.changes import Change, OperationKind, new_id, noting, utc_now
from desktop_app.report.journal import Document
from desktop_app.report.review import comment_path
from desktop_app.runtime.half_characters import refuse_halves
from desktop_app.services.gradual_report import GradualReport
from desktop_app.services.gradual_step import GradualStep, Planned

if TYPE_CHECKING:
    from desktop_app.report.drafts import CommentDraft


class ReviewedReport(GradualReport):
    """Comments are no answers, so they come in whatever the status of the report is."""

    def comment(self, changes: Sequence[Change], note: str = "", document: Document | None = None) -> None:
        """Make the changes of review comments, and of what was chosen with them, as one step.

        ``note``: the name of the workbook they come from, which is kept with the report as ``document``.
        """
        self.leave()
        if not changes:
            return
        self._refuse_to_write()
        if document is not None:
            self._journal.keep_document(self.report.id, document)
        self._record(OperationKind.COMMENT, [*changes, noting(note)] if note else changes)

    def comment_gradually(
        self, planned: Planned, note: str = "", document: Document | None = None
    ) -> GradualStep:
        """As ``comment``, of changes that are ``planned`` and made little by little.

        Whoever changes the report meanwhile changes it behind all of this step. ReadOnlyError.
        """
        self.leave()
        self._refuse_to_write()

        def keep(changes: Sequence[Change]) -> None:
            self._under_way = None
            if document is not None:
                self._journal.keep_document(self.report.id, document)
            self._record_made(OperationKind.COMMENT, changes, [noting(note)] if note else [])

        self._under_way = GradualStep(planned, self._make_one, self._refuse_changing, keep)
        return self._under_way

    # What is being written to reviewers

    def keep_draft(self, place: str, words: str) -> None:
        """Keep unfinished ``words`` of an answer or a new comment: in memory now, on disk within a second.

        ``place``: the path of the comment that is answered, or of what a new one is about. Blank words end
        it. It is no change of the report, whatever its status. ReadOnlyError.
        """
        from desktop_app.report.drafts import CommentDraft

        before = self.draft_at(place)
        if before is None and not words.strip():
            return
        self._refuse_to_write()
        refuse_halves(words)
        kept = before.id if before is not None else new_id()
        draft = CommentDraft(self.report.id, kept, place, words, self.who, utc_now())
        if draft.is_over:
            del self.report.drafts[draft.id]
        else:
            self.report.drafts[draft.id] = draft
        self._journal.keep_draft(draft)
        if before is None or draft.is_over:
            self._announce([comment_path(draft.id)])

    def draft_at(self, place: str) -> CommentDraft | None:
        """What is written and not finished at ``place``, which is as for ``keep_draft``."""
        from desktop_app.report.drafts import draft_at

        return draft_at(self.report.drafts, place) if self.report.drafts else None
