"""The card that makes the package: where it goes, how far it is, and why it did not work."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QProgressBar, QVBoxLayout, QWidget

from desktop_app.report.public_copy import confidential_words
from desktop_app.report.report import Report
from desktop_app.report.status import Status
from desktop_app.report.submissions import SubmissionRecord, last_submission
from desktop_app.runtime.dataclass import replace
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui import tokens
from desktop_app.ui.export import (
    Export,
    ExportOutcome,
    Order,
    PackageInTheWayError,
    SignedPackageInTheWayError,
)
from desktop_app.ui.flow_layout import FlowLayout
from desktop_app.ui.inputs import PathLine, Well
from desktop_app.ui.jobs import Job, JobCancelledError
from desktop_app.ui.jobs import Report as Progress
from desktop_app.ui.name_line import NameLine
from desktop_app.ui.parts import Button, ButtonKind, Card, Tone, Words, heading, help_line, in_row, label
from desktop_app.ui.sending.check_card import open_warning_words
from desktop_app.ui.sending.for_good import ForGood
from desktop_app.ui.sending.key_line import KeyLine

if TYPE_CHECKING:
    from desktop_app.services.proof import Proof

CANCEL_AFTER = 1000
"""Milliseconds of an export after which it can be cancelled; most are over before."""


class PackageCard(Card):
    """Exports in a thread of its own, one at a time."""

    submission_wanted = Signal()
    """Someone wants to submit; the folder is one that a package can go to, and who signs is settled."""

    submission_confirmed = Signal()
    """And knows that it is for good."""

    begun = Signal(object)
    """An ``Order``."""

    exported = Signal(object)
    """An ``ExportOutcome``."""

    refused = Signal()
    """It did not work; the card says why."""

    def __init__(self, session: EntrySession, export: Export, folder: Path) -> None:
        """``folder`` is proposed for the package."""
        super().__init__()
        self._session, self._export = session, export
        self._job: Job | None = None
        self._is_checking = False
        self._order = Order(folder)
        self._then: Callable[[Proof], None] | None = None
        self._proof: Proof | None = None
        self._is_signed_there = False
        self._heading = heading("")
        self._words = Words("")
        self._folder = PathLine()
        self._folder.setText(str(folder))
        self._folder.setAccessibleName(_("Folder for the package"))
        self.sent_by = NameLine(_("Your name as it will stand on the submission:"), _("Sent by: {name}"))
        self.keys = KeyLine()
        self.keys.proven.connect(self._on_proven)
        self.keys.refused.connect(self._on_unproven)
        self.for_good = ForGood()
        self.for_good.confirmed.connect(self._on_confirmed)
        self.for_good.shut.connect(self._on_not_yet)
        self.submit = Button(_("&Submit"), "send", ButtonKind.PRIMARY)
        self.submit.clicked.connect(self._on_submit)
        self._make = Button("", "report")
        self._make.clicked.connect(self._on_export)
        self._replace = Button("", "warning")
        self._replace.clicked.connect(self._on_replace)
        self._replace.hide()
        self._cancel = Button(_("Cancel the export"), "close")
        self._cancel.clicked.connect(self._on_cancel)
        self._cancel.hide()
        self._long = QTimer(self)
        self._long.setSingleShot(True)
        self._long.setInterval(CANCEL_AFTER)
        self._long.timeout.connect(self._cancel.show)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(tokens.GAP)
        self._progress.setAccessibleName(_("Progress of the export"))
        self._progress.hide()
        self._failure = Words("", tone=Tone.ERROR)
        self._failure.hide()
        self._lay_out()
        self.show_status()
        self.set_number(3)

    def _lay_out(self) -> None:
        words = _(
            "One file with the workbook for the reviewers, the report to read and print, and the same"
            " answers for programs. The program sends nothing: you send that file."
        )
        name = label(_("&Folder for the package"))
        name.setBuddy(self._folder)
        choose = Button(_("Choose …"), "folder")
        choose.setAccessibleName(_("Choose the folder for the package"))
        choose.clicked.connect(self._on_choose)
        place = in_row(Well(self._folder), choose)
        place.setStretch(0, 1)
        where = QVBoxLayout()
        where.setSpacing(tokens.HALF)
        where.addWidget(name)
        where.addLayout(place)
        steps = QWidget()
        flow = FlowLayout(steps)
        for button in (self.submit, self._make, self._replace, self._cancel):
            flow.addWidget(button)
        self.column.addWidget(self._heading)
        self.column.addWidget(self._words)
        self.column.addWidget(help_line(words))
        self.column.addLayout(where)
        for part in (self.sent_by, self.keys, steps, self.for_good, self._progress, self._failure):
            self.column.addWidget(part)

    @property
    def failure(self) -> str:
        """Why the last step was not possible; empty when it was."""
        return self._failure.text() if not self._failure.isHidden() else ""

    def set_number(self, number: int) -> None:
        """Which step of the page this is."""
        self._heading.setText(_("{number}. Send").format(number=number))

    def show_status(self) -> None:
        """Offer what fits how far the report is now."""
        session, status = self._session, self._session.report.status
        self._words.setText(_status_words(session.report))
        may_submit = status == Status.APPROVED and not session.read_only
        if not may_submit:
            self.for_good.hide()
        self.submit.setVisible(may_submit and self.for_good.isHidden())
        self.sent_by.begin(session.who, asks=may_submit)
        again, submitted = _("E&xport the package again"), _submitted(session.report)
        self._make.setText(again if submitted is not None else _("E&xport a draft"))
        self._make.setVisible(submitted is None or submitted.is_here)
        self._make.updateGeometry()

    def show_name(self) -> None:
        """Say whose name stands with what is sent."""
        self.sent_by.show_name(self._session.who)

    def focus_start(self) -> None:
        """Put the keyboard to the button that goes on."""
        self._start_button().setFocus(Qt.FocusReason.OtherFocusReason)

    def _start_button(self) -> Button:
        return self._make if self.submit.isHidden() else self.submit

    def wait(self) -> None:
        """Block until an export under way is over; before the card goes away."""
        self.keys.wait()
        if self._job is not None:
            self._job.wait()

    def _on_choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Folder for the package"), self._folder.text())
        if chosen:
            self._folder.setText(chosen)

    # Orders

    def export(self, *, submission: int | None = None, is_public: bool = False) -> None:
        """Make the package of a submission, or of a draft; the arguments as those of an ``Order``."""
        folder = self._given_folder()
        if folder is not None:
            order = Order(folder, submission=submission, is_public=is_public)
            self._prove(partial(self._start, order), is_public=is_public)

    def export_new(self, submission: int) -> None:
        """Make the package of what was submitted this moment, proven as was settled before."""
        folder = Path(self._folder.text().strip()).expanduser()
        self._start(Order(folder, submission=submission, is_new=True), self._proof)

    def ask_for_good(self, number: int, warnings: int) -> None:
        """Ask in place whether it is to become submission ``number``, with so many warnings open."""
        question = _(
            "Submit as submission {number}? After that nothing can be changed without taking it back or an"
            " amendment."
        )
        told = [] if self._proof is None or self._proof.signer is not None else [*self._proof.told[:1]]
        if warnings:
            told.append(open_warning_words(warnings))
        told += filter(None, [confidential_words(self._session.report)])
        self.submit.hide()
        self.for_good.ask(question.format(number=number), told)

    def _prove(self, then: Callable[[Proof], None], *, is_public: bool = False) -> None:
        """Settle who signs and who may read before anything else happens."""
        if self._job is not None or self._is_checking:
            return
        self.sent_by.hand_over()
        self._session.leave()
        self._replace.hide()
        self.begin_checking()
        self._then = then
        self.keys.prove(encrypt=self.keys.is_encrypted and not is_public)

    def _on_proven(self, proof: Proof) -> None:
        self.end_checking()
        self._proof = proof
        then, self._then = self._then, None
        if then is not None:
            then(proof)

    def _on_unproven(self) -> None:
        self.end_checking()
        self._then = None
        self._on_not_yet()
        self.refused.emit()

    def begin_checking(self) -> None:
        """The file is looked through before it is submitted; nothing else is begun meanwhile."""
        self._is_checking = True
        self._failure.hide()
        self._progress.setRange(0, 0)
        self._progress.show()

    def end_checking(self) -> None:
        """It was looked through."""
        self._is_checking = False
        self._progress.hide()

    def tell(self, sentence: str) -> None:
        """Say why something was not possible."""
        self._fail(sentence)

    def _given_folder(self) -> Path | None:
        words = self._folder.text().strip()
        folder = Path(words).expanduser()
        if words and folder.is_absolute():
            return folder
        self._fail(_("Say first in which folder the package shall be."))
        self._folder.setFocus(Qt.FocusReason.OtherFocusReason)
        return None

    def _on_submit(self) -> None:
        if self._given_folder() is not None:
            self._prove(self._on_ready_to_ask)

    def _on_ready_to_ask(self, _proof: Proof) -> None:
        self.submission_wanted.emit()

    def _on_confirmed(self) -> None:
        if self._given_folder() is not None:
            # Meanwhile another choice may have been made about it.
            self._prove(self._on_ready_to_freeze)

    def _on_ready_to_freeze(self, _proof: Proof) -> None:
        self.submission_confirmed.emit()

    def _on_not_yet(self) -> None:
        if not self.for_good.isHidden():
            self.for_good.hide()
            self.show_status()
            self.focus_start()

    def _on_export(self) -> None:
        submission = _submitted(self._session.report)
        self.export(submission=submission.number if submission is not None else None)

    def _on_replace(self) -> None:
        self.focus_start()
        folder = self._given_folder()
        if folder is not None:
            order = replace(self._order, folder=folder, replace=True)
            self._prove(partial(self._start_replacing, order), is_public=order.is_public)

    def _start_replacing(self, order: Order, proof: Proof) -> None:
        # That was said with words on the button.
        self._start(order, replace(proof, may_drop_signature=self._is_signed_there))

    def _start(self, order: Order, proof: Proof | None) -> None:
        if self._job is not None:
            return
        self._session.leave()
        order = replace(order, proof=proof)
        self._order, export = order, self._export

        def work(progress: Progress) -> ExportOutcome:
            return export(order, progress)

        self._job = Job(work, self)
        self._job.progressed.connect(self._on_progressed)
        self._job.done.connect(self._on_done)
        self._job.failed.connect(self._on_failed)
        self._failure.hide()
        self._replace.hide()
        self._progress.setRange(0, 0)
        self._progress.show()
        self._long.start()
        self.begun.emit(order)
        self._job.start()

    def _on_cancel(self) -> None:
        if self._job is not None:
            self.focus_start()
            self._cancel.setEnabled(False)
            self._job.cancel()

    def _on_progressed(self, done: int, steps: int) -> None:
        self._progress.setRange(0, steps)
        self._progress.setValue(done)

    def _finish(self) -> None:
        if self._job is not None:
            self._job.wait()
            self._job.deleteLater()
            self._job = None
        self._long.stop()
        if self._cancel.hasFocus():
            self.focus_start()
        self._cancel.hide()
        self._cancel.setEnabled(True)
        self._progress.hide()

    def _on_done(self, outcome: ExportOutcome) -> None:
        self._finish()
        self.exported.emit(outcome)

    def _on_failed(self, error: DeskError) -> None:
        self._finish()
        if isinstance(error, JobCancelledError):
            self._fail(self._cancelled_words(), Tone.NORMAL)
            return
        words = error.sentence
        if self._order.submission is not None:
            words = _("{reason} The submission itself is kept; make its package again when you like.")
            words = words.format(reason=error.sentence)
        self._fail(words)
        self._is_signed_there = isinstance(error, SignedPackageInTheWayError)
        unsigned = _("Put an unsigned package in its place")
        self._replace.setText(unsigned if self._is_signed_there else _("Replace the earlier package"))
        self._replace.updateGeometry()
        self._replace.setVisible(isinstance(error, PackageInTheWayError))

    def _cancelled_words(self) -> str:
        if self._order.submission is None:
            return _("The export was cancelled. There is no package of it.")
        return _(
            "The export was cancelled. There is no package of it. Submission {number} itself is kept;"
            " make its package again when you like."
        ).format(number=self._order.submission)

    def _fail(self, sentence: str, tone: Tone = Tone.ERROR) -> None:
        self._failure.set_tone(tone)
        self._failure.setText(sentence)
        self._failure.show()
        self.refused.emit()


def _submitted(report: Report) -> SubmissionRecord | None:
    """The submission that stands, if the report is submitted and it is known."""
    return last_submission(report) if report.status == Status.SUBMITTED else None


def _status_words(report: Report) -> str:
    """What can be sent now."""
    last, submitted = last_submission(report), _submitted(report)
    if report.status == Status.APPROVED:
        words = _("Submitting freezes the report as submission {number} and makes its package.")
        return words.format(number=1 if last is None else last.number + 1)
    if submitted is not None and not submitted.is_here:
        words = _(
            "Submission {number} was made, but what was sent is not in this file: its package cannot be made"
            " again."
        )
        return words.format(number=submitted.number)
    if submitted is not None:
        words = _("Submission {number} is made. Its package can be made again at any time.")
        return words.format(number=submitted.number)
    if report.status == Status.SUBMITTED:
        return _("It was brought in as submitted: its package is where it came from.")
    return _(
        "It can be submitted when it is approved. A draft can be exported at any time;"
        " its name and its cover say that it is one."
    )
