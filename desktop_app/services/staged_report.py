"""A report on its way: draft, ready, approved, submitted, and the ways back to a draft.

Every step is an operation of the log, with who, when and a note. Undo never goes back over one: what leads
back is a step of its own, which everybody can see.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from desktop_app.report.changes import Change, Operation, OperationKind, noting
from desktop_app.report.paths import STEP_PATH
from desktop_app.report.status import STATUS_PATH, Status, StatusStep
from desktop_app.report.submissions import (
    SubmissionRecord,
    TakenBack,
    amended_by_the_next,
    last_submission,
    submission_path,
    write_submission,
)
from desktop_app.runtime.dataclass import replace
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.services.recorded_report import RecordedReport
from desktop_app.storage.errors import MAX_LENGTH

if TYPE_CHECKING:
    from desktop_app.report.content import SubmissionContent
    from desktop_app.report.journal import SubmittedContent


MOST_BYTES = MAX_LENGTH - 1_000_000
"""Of what one submission holds; the line in the report file that keeps it has a little more."""


class WrongStatusError(DeskError):
    """A step that does not lead on from where the report is. The sentence says what does."""


class ReportTooLargeError(DeskError):
    """What the report would submit is larger than a report file keeps of one submission."""


class NoReasonError(DeskError):
    """A step that needs a reason was to be made without one."""


class StagedReport(RecordedReport):
    """What changes the status of a report; whoever has an open edit turns it into a change before."""

    _content: tuple[int, SubmissionContent] | None = None
    """What was worked out to be submitted, and for which ``edition``."""

    @abstractmethod
    def leave(self) -> None:
        """Turn the open edit, if there is one, into one change."""

    def work_out(self) -> Iterator[None]:
        """Work out what the report would submit, little by little: ``approve`` or ``submit`` take it then.

        A change of the report in between ends it, and a later one makes it worth nothing: ``edition`` tells.
        """
        from desktop_app.report.content import submission_steps

        edition, steps = self.edition, submission_steps(self.report)
        while self.edition == edition:
            try:
                next(steps)
            except StopIteration as end:
                self._content = edition, end.value
                return
            yield

    def _to_submit(self) -> SubmissionContent:
        from desktop_app.report.content import submission_steps
        from desktop_app.report.plain import result_of

        worked_out, self._content = self._content, None
        if worked_out is not None and worked_out[0] == self.edition:
            content = worked_out[1]
        else:
            content = result_of(submission_steps(self.report))
        _refuse_too_large(content)
        return content

    def mark_ready(self, note: str = "") -> None:
        """Ready for the clearance in one's own house. FrozenError, WrongStatusError."""
        self._go_on(StatusStep.READY, Status.READY, {Status.DRAFT}, note)

    def approve(self, note: str = "") -> None:
        """Approved by whoever may: with the content checksum that was approved. WrongStatusError."""
        self._refuse_to_write()
        self.leave()
        self._expect({Status.DRAFT, Status.READY})
        words = _("Content checksum {checksum}").format(checksum=self._to_submit().checksum)
        told = " · ".join(filter(None, (note.strip(), words)))
        self._go_on(StatusStep.APPROVED, Status.APPROVED, {Status.DRAFT, Status.READY}, told)

    def back_to_draft(self, note: str = "") -> None:
        """From ready or approved to a draft again. WrongStatusError."""
        self._go_on(StatusStep.BACK_TO_DRAFT, Status.DRAFT, {Status.READY, Status.APPROVED}, note)

    def take_back(self, reason: str) -> None:
        """Take the submission back: it stays for ever, marked as taken back with the ``reason``.

        The report is a draft again. NoReasonError; WrongStatusError unless the report is submitted.
        """
        reason = reason.strip()
        if not reason:
            raise NoReasonError(_("Say why the submission is taken back: the reason stays with it."))
        self._expect({Status.SUBMITTED})
        last = last_submission(self.report)
        if last is None:
            raise WrongStatusError(
                _(
                    "This report was brought in as submitted, and its submission is not in this file, so it"
                    " cannot be taken back here. Open an amendment to go on writing."
                )
            )
        operation = self._operation(StatusStep.TAKEN_BACK, Status.DRAFT, reason)
        back = replace(last, taken_back=TakenBack(reason, self.who, operation.at))
        self._make_step(replace(operation, changes=(*operation.changes, self._keeping(back))))

    def amend(self, reason: str | None = None) -> None:
        """Open an amendment: a draft again, whose submission points to the one before. WrongStatusError.

        ``reason``: what it is about, which its package says too.
        """
        self._refuse_to_write()
        self._expect({Status.SUBMITTED})
        words, last = (reason or "").strip(), last_submission(self.report)
        operation = self._operation(StatusStep.AMENDED, Status.DRAFT, words)
        if words and last is not None:
            because = self._keeping(replace(last, amended_because=words))
            operation = replace(operation, changes=(*operation.changes, because))
        self._make_step(operation)

    def submit(self) -> SubmissionRecord:
        """Freeze the report as its next submission; what it says is handed over with the step.

        Nothing is checked here: that is for whoever asks for it. WrongStatusError.
        """
        from desktop_app.report.journal import SubmittedContent

        self._refuse_to_write()
        self.leave()
        self._expect({Status.DRAFT, Status.READY, Status.APPROVED})
        content = self._to_submit()
        last = last_submission(self.report)
        number = 1 if last is None else last.number + 1
        operation = self._operation(StatusStep.SUBMITTED, Status.SUBMITTED)
        record = SubmissionRecord(
            number, operation.at, self.who, content.checksum, amended_by_the_next(self.report)
        )
        self._make_step(
            replace(operation, changes=(*operation.changes, self._keeping(record))),
            SubmittedContent(number, content.checksum, content.text),
        )
        return record

    def keep_accepted(self, changes: Sequence[Change], reason: str = "") -> None:
        """Make the changes of an accepted warning as one step. FrozenError.

        Without a ``reason`` it is not accepted any more.
        """
        self.leave()
        self._record(OperationKind.ACCEPT, [*changes, noting(reason)] if reason else changes)

    def file_receipt(self, change: Change) -> None:
        """Keep a receipt; it is not taken back by undo."""
        self.leave()
        self._record(OperationKind.RECEIPT, [change])

    def _go_on(self, step: StatusStep, status: Status, known: set[Status], note: str) -> None:
        self._refuse_to_write()
        self._expect(known)
        self._make_step(self._operation(step, status, note.strip()))

    def _expect(self, known: set[Status]) -> None:
        """WrongStatusError unless the report has one of these."""
        if self.report.status not in known:
            raise WrongStatusError(self._other_ways())

    def _other_ways(self) -> str:
        return self.frozen_words or _(
            "This report is a draft. It can be marked as ready, approved or submitted."
        )

    def _operation(self, step: StatusStep, status: Status, note: str = "") -> Operation:
        changes = [
            Change(STATUS_PATH, self.report.status, status.value),
            Change(STEP_PATH, None, step.value),
            *([noting(note)] if note else []),
        ]
        return Operation(self.report.id, OperationKind.STATUS, tuple(changes), self.who, self.sitting)

    def _keeping(self, record: SubmissionRecord) -> Change:
        path = submission_path(record.number)
        return Change(path, self.report.plain(path), write_submission(record))

    def _make_step(self, operation: Operation, content: SubmittedContent | None = None) -> None:
        self._refuse_to_write()
        self.leave()
        changes: Sequence[Change] = operation.changes
        if content is None:
            self._make(operation, changes, self._journal.record)
        else:
            self._make(operation, changes, lambda made: self._journal.record_submission(made, content))


def _refuse_too_large(content: SubmissionContent) -> None:
    """ReportTooLargeError before anything is frozen that the report file would never take."""
    # No character has more than four bytes.
    if len(content.text) * 4 <= MOST_BYTES or (size := len(content.text.encode("utf-8"))) <= MOST_BYTES:
        return
    raise ReportTooLargeError(
        _(
            "The answers have {size} MB together, and one submission can have {limit} MB. Put the longest of"
            " them into files, attach these, and shorten the answers."
        ).format(size=-(-size // 1_000_000), limit=MOST_BYTES // 1_000_000)
    )
