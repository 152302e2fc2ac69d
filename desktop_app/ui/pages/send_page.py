"""Check and send, in working order: what is wrong, clearance, what changed, the package, what was sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import Level
from desktop_app.report.changes import OperationKind
from desktop_app.report.status import STATUS_PATH, Status
from desktop_app.report.submissions import last_submission, standing_submission
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui import tokens
from desktop_app.ui.export import Export, ExportOutcome, Order
from desktop_app.ui.follow import follow
from desktop_app.ui.gradually import BREATH, Gradually
from desktop_app.ui.menus import Step
from desktop_app.ui.pages.package_card import PackageCard
from desktop_app.ui.pages.page import Page, settle
from desktop_app.ui.parts import title
from desktop_app.ui.past import Past
from desktop_app.ui.sending.changes_card import ChangesCard
from desktop_app.ui.sending.check_card import CheckCard
from desktop_app.ui.sending.clearance_card import ClearanceCard, StepMade
from desktop_app.ui.sending.result_card import ResultCard
from desktop_app.ui.sending.returned import ReturnedLine
from desktop_app.ui.sending.status_steps import StatusSteps
from desktop_app.ui.sending.submissions_card import SubmissionsCard
from desktop_app.ui.sending.ways_on import Way, take_way

if TYPE_CHECKING:
    from desktop_app.services.submitting import Preflight
    from desktop_app.storage.report_file import ReportFile


class SendPage(Page):
    """The last page of the working order."""

    path_chosen = Signal(str)
    folder_wanted = Signal(object)
    """A package whose folder someone wants to see."""

    told = Signal(str)
    """What was done, in words for the person."""

    step_wanted = Signal(object)
    """A ``menus.Step`` that somebody else takes: a paper to print, a receipt to choose, the keys."""

    name_given = Signal(str)
    """The person's name from now on; empty for the account's."""

    def __init__(
        self, session: EntrySession, export: Export, folder: Path, labels: Labels, past: Past | None = None
    ) -> None:
        """``folder`` is proposed for the package. ``past``: for what was submitted, and who did what."""
        super().__init__()
        self._session, self._past = session, past
        self._is_of = session.report.status
        self._found: Preflight | None = None
        self._edition = 0
        """Of the session, when it was looked through."""

        self._height_of_sent = -1
        self._working_out = Gradually(self)
        self._entering = Gradually(self)
        self._export, self._folder = export, folder
        # As wide as the window, whatever stands on it.
        self.ground.setMinimumWidth(1)
        self.column.addWidget(title(_("Check and send")))
        self.returned = ReturnedLine(session)
        self.steps = StatusSteps()
        self.check = CheckCard(session)
        self.clearance = ClearanceCard(session)
        self.changes = ChangesCard(past, labels) if past is not None else None
        self._place_of_making = QVBoxLayout()
        self.result = ResultCard(session.report)
        self.public_copy = ResultCard(session.report, is_public=True)
        self.submissions = SubmissionsCard(session, labels, past)
        for part in self._parts():
            if isinstance(part, QWidget):
                self.column.addWidget(part)
            else:
                self.column.addLayout(part)
        self._connect()
        follow(session, self, self._on_paths_changed)
        self._show_status()

    @cached_property
    def making(self) -> PackageCard:
        """The card that makes the package; made when it is wanted, or when the page has been shown."""
        made = PackageCard(self._session, self._export, self._folder)
        made.keys.keys_wanted.connect(self._on_keys_wanted)
        made.submission_wanted.connect(self._on_submission_wanted)
        made.submission_confirmed.connect(self._on_submission_confirmed)
        made.sent_by.given.connect(self.name_given)
        made.begun.connect(self._on_begun)
        made.exported.connect(self._on_exported)
        made.refused.connect(self._on_refused)
        made.set_number(self._number_of_making)
        self._place_of_making.addWidget(made)
        made.show()
        return made

    @property
    def _is_making_there(self) -> bool:
        return "making" in self.__dict__

    def _parts(self) -> list[QWidget | QVBoxLayout]:
        changes = [self.changes] if self.changes is not None else []
        return [
            self.returned, self.steps, self.check, self.clearance, *changes, self._place_of_making,
            self.result, self.public_copy, self.submissions,
        ]  # fmt: skip

    def _connect(self) -> None:
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)
        self.check.path_chosen.connect(self.path_chosen)
        self.clearance.ready_wanted.connect(self._on_ready)
        self.clearance.approval_wanted.connect(self._on_approved)
        self.clearance.way_chosen.connect(self._on_way_chosen)
        self.clearance.step_wanted.connect(self.step_wanted)
        self.clearance.name.given.connect(self.name_given)
        if self.changes is not None:
            self.changes.path_chosen.connect(self.path_chosen)
        self.result.public_wanted.connect(self._on_public_wanted)
        for card in (self.result, self.public_copy):
            card.folder_wanted.connect(self.folder_wanted)
            card.told.connect(self.told)
        self.submissions.export_wanted.connect(self._on_export_wanted)
        self.submissions.receipt_wanted.connect(self._on_receipt_wanted)
        self.submissions.path_chosen.connect(self.path_chosen)
        self.submissions.told.connect(self.told)

    # Following

    def _on_paths_changed(self, paths: frozenset[str]) -> None:
        # Why a step was not possible before says nothing of the report as it is now.
        self.clearance.tell("")
        if STATUS_PATH in paths:
            self._show_status()
        if self.isVisible():
            self._show_all()
        if self._session.report.status == Status.DRAFT:
            # What was made is not what stands there any more.
            self.result.hide()
            self.public_copy.hide()

    def _show_status(self) -> None:
        status = self._session.report.status
        self.steps.show_status(status)
        self.clearance.show_step(None)
        self._show_making()
        if self.isVisible():
            self._ask_step()

    def _show_all(self) -> None:
        self.check.show_problems()
        self.clearance.show_status()
        self._show_making()
        self.submissions.show_submissions()
        self._show_changes()

    def _show_making(self) -> None:
        if self._is_making_there:
            self.making.set_number(self._number_of_making)
            self.making.show_status()

    @property
    def _number_of_making(self) -> int:
        """Which step it is: the fourth where there is something to compare with before."""
        return 4 if self.changes is not None and self._is_amending else 3

    @property
    def _is_amending(self) -> bool:
        """From the second submission on, before it is sent."""
        report = self._session.report
        return standing_submission(report) is not None and report.status != Status.SUBMITTED

    def _show_changes(self) -> None:
        """Since what its receiver holds."""
        if self.changes is not None:
            last = standing_submission(self._session.report) if self._is_amending else None
            self.changes.show_since(last.number if last is not None else None)

    def _ask_step(self) -> None:
        """Who brought the report where it is; the log knows."""
        past = self._past
        if past is None:
            return
        report_id = past.report_id

        def read(file: ReportFile) -> StepMade | None:
            made = file.moments(report_id, OperationKind.STATUS)
            return StepMade(made[0].who, made[0].at, made[0].note) if made else None

        past.ask(self, read, self.clearance.show_step, self.clearance.tell)

    # Steps

    def _on_ready(self) -> None:
        self._working_out.run(self._check_and_make_ready())

    def _check_and_make_ready(self) -> Iterator[object]:
        yield from self._session.problems.check_on()
        errors = self._session.problems.counts()[Level.ERROR]
        if errors:
            words = ngettext(
                "There is {count} error. Correct it first: see “1. Check”.",
                "There are {count} errors. Correct them first: see “1. Check”.",
                errors,
            )
            self.clearance.tell(words.format(count=errors))
            return
        try:
            self._session.mark_ready()
        except DeskError as error:
            self.clearance.tell(error.sentence)
        else:
            yield BREATH
            told = (_("The report is ready for clearance."), self.check.warning_words)
            self._done(" ".join(filter(None, told)))

    def _on_approved(self, note: str) -> None:
        self._session.leave()
        self._work_out(self._session.edition, partial(self._approve, note), self.clearance.tell)

    def _work_out(self, edition: int, then: Callable[[], None], tell: Callable[[str], None]) -> None:
        """Work out what the report submits, and then do what freezes it, if it still is that edition."""

        def steps() -> Iterator[object]:
            yield from self._session.work_out()
            yield BREATH
            if self._session.edition == edition:
                then()
            else:
                tell(_("The report was changed in between, so it stays as it is. Look at it and try again."))

        self._working_out.run(steps())

    def _approve(self, note: str) -> None:
        try:
            self._session.approve(note)
        except DeskError as error:
            self.clearance.tell(error.sentence)
        else:
            self._done(_("The report is approved. It can be submitted now."))
            self.making.focus_start()
            self.show_part(self.making)

    def _on_way_chosen(self, way: Way, words: str) -> None:
        try:
            told = take_way(self._session, way, words)
        except DeskError as error:
            self.clearance.ways.tell(error.sentence)
        else:
            self._done(told)

    def _done(self, words: str) -> None:
        self.clearance.tell("")
        self.told.emit(words)
        self.clearance.focus_next()

    # Exporting

    def _on_submission_wanted(self) -> None:
        """Look through what is on disk, and the whole file, where it is read: only what is sound is sent."""
        from desktop_app.services.submitting import look_through, preflight

        self._edition = self._session.edition
        if self._past is None:
            self._ask_for_good(preflight(self._session.report))
        else:
            self.making.begin_checking()
            self._past.ask(
                self, partial(look_through, self._session.report.number), self._ask_for_good, self._refuse
            )

    def _refuse(self, sentence: str) -> None:
        self.making.end_checking()
        self.making.tell(sentence)

    def _ask_for_good(self, found: Preflight) -> None:
        self.making.end_checking()
        self._found = found
        if not found.may_submit:
            self.making.tell(" ".join(found.blocks))
            return
        last = last_submission(self._session.report)
        self.making.ask_for_good(1 if last is None else last.number + 1, len(found.open_warnings))
        self.show_part(self.making)

    def _on_submission_confirmed(self) -> None:
        if self._found is None:
            return
        self.making.begin_checking()
        self._work_out(self._edition, partial(self._freeze, self._found), self._refuse)

    def _freeze(self, found: Preflight) -> None:
        from desktop_app.services.submitting import freeze

        self.making.end_checking()
        try:
            submission = freeze(self._session, found)
        except DeskError as error:
            self.making.tell(error.sentence)
        else:
            self.making.export_new(submission.number)

    def _on_export_wanted(self, number: int) -> None:
        self.show_part(self.making)
        self.making.export(submission=number)

    def _on_public_wanted(self, outcome: ExportOutcome) -> None:
        self.making.export(submission=outcome.submission, is_public=True)

    def _on_keys_wanted(self) -> None:
        self.step_wanted.emit(Step.SIGNING_KEYS)

    def _on_receipt_wanted(self) -> None:
        self.step_wanted.emit(Step.RECEIPT)

    def _on_begun(self, order: Order) -> None:
        self._card_of(is_public=order.is_public).hide()

    def _on_exported(self, outcome: ExportOutcome) -> None:
        card = self._card_of(is_public=outcome.is_public)
        card.who = self._session.who
        card.show_outcome(outcome)
        self.show_part(card)
        if self.isVisible():
            card.focus_start()

    def _card_of(self, *, is_public: bool) -> ResultCard:
        return self.public_copy if is_public else self.result

    def _on_refused(self) -> None:
        self.show_part(self.making)

    # Used by the window

    def unfinished(self) -> QWidget | None:
        """Where words stand that are not given yet: a reason, a note."""
        return self.check.unfinished() or self.clearance.unfinished()

    def show_submissions(self) -> None:
        """Bring what was sent into view, its beginning at the top."""
        if self.submissions.isVisible():
            settle()
            self._put_sent_on_top()

    def _put_sent_on_top(self) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(self.submissions.y() - tokens.PAGE)
        self._height_of_sent = bar.value()

    def _on_range_changed(self) -> None:
        """What is read for the cards above pushes it down; it stays unless somebody has scrolled."""
        if self.verticalScrollBar().value() == self._height_of_sent:
            self._put_sent_on_top()

    def enter(self) -> None:
        """The page is shown now: say what the checks say now, and look who signs."""
        self._show_all()
        self._ask_step()
        self._entering.run(self._look_who_signs())

    def _look_who_signs(self) -> Iterator[object]:
        yield BREATH
        self.making.keys.look()

    def show_name(self) -> None:
        """The person's name is another one now."""
        self.clearance.name.show_name(self._session.who)
        if self._is_making_there:
            self.making.show_name()

    def leave(self) -> None:
        """What is being written in a line stays there."""

    def hand_over(self) -> None:
        """Nothing is being typed here that belongs to the report."""

    def release(self) -> None:
        """Wait for an export that runs; before the page goes away."""
        self._working_out.stop()
        self._entering.stop()
        self.check.release()
        if self._is_making_there:
            self.making.wait()
        self._session.ignore(self._on_paths_changed)
