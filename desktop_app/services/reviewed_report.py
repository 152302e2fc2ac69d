"""A report that reviewers talk about: their comments, and all that is chosen of a workbook that came back."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.report.changes import Change, OperationKind, noting
from desktop_app.report.journal import Document
from desktop_app.runtime.half_characters import refuse_halves
from desktop_app.services.gradual_step import GradualStep, Planned
from desktop_app.services.staged_report import StagedReport


class ReviewedReport(StagedReport):
    """Comments are no answers, so they come in whatever the status of the report is."""

    _under_way: GradualStep | None = None
    """What is brought in little by little."""

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

        def check(changes: Sequence[Change]) -> None:
            for change in changes:
                refuse_halves(change.new)
            self._refuse_changing(changes)

        def keep(changes: Sequence[Change]) -> None:
            self._under_way = None
            if document is not None:
                self._journal.keep_document(self.report.id, document)
            self._record_made(OperationKind.COMMENT, changes, [noting(note)] if note else [])

        self._under_way = GradualStep(planned, self.report.apply, check, keep)
        return self._under_way

    def _finish_gradual(self) -> None:
        """Make all that is left of what is brought in little by little: something else comes behind it."""
        if self._under_way is not None:
            step, self._under_way = self._under_way, None
            step.finish()
