"""The second step of sending: the report is cleared in one's own house, on paper or on the screen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.report.status import Status
from desktop_app.report.submissions import last_submission
from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.i18n import _
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui.flow_layout import FlowLayout
from desktop_app.ui.menus import Step
from desktop_app.ui.moment_words import moment_words, who_words
from desktop_app.ui.name_line import NameLine
from desktop_app.ui.parts import Button, ButtonKind, Card, Tone, Words, heading, help_line
from desktop_app.ui.sending.reason_line import ReasonLine
from desktop_app.ui.sending.ways_on import WaysOn
from desktop_app.ui.sending.whole_words import breakable

_BEFORE_APPROVAL = (Status.DRAFT, Status.READY)


@dataclass(frozen=True, slots=True)
class StepMade:
    """Who brought the report to its status, when (UTC), and the note."""

    who: str
    at: str
    note: str = ""


class ClearanceCard(Card):
    """Where the report is, the next step, and the papers for whoever clears it."""

    ready_wanted = Signal()
    approval_wanted = Signal(str)
    """A note, such as who approved it; may be empty."""

    way_chosen = Signal(object, str)
    """A ``Way`` and the words given for it."""

    step_wanted = Signal(object)
    """A ``menus.Step``: a paper to see or to print."""

    def __init__(self, session: EntrySession) -> None:
        """For the session's report."""
        super().__init__()
        self._session = session
        self._step: StepMade | None = None
        self._line: ReasonLine | None = None
        self.column.addWidget(heading(_("2. Clearance")))
        self._words = Words("")
        self.column.addWidget(self._words)
        self._step_words = help_line("")
        self.column.addWidget(self._step_words)
        self.next = Button("", "check", ButtonKind.PRIMARY)
        self.next.clicked.connect(self._on_next)
        self.name = NameLine(_("Your name as it will stand on the submission:"))
        self.column.addWidget(self.name)
        papers = QWidget()
        flow = FlowLayout(papers)
        self.preview = Button(_("See what reviewers will see"), "eye")
        self.preview.setProperty("step", Step.PREVIEW.value)
        self.print = Button(_("&Print for clearance"), "print")
        self.print.setToolTip(_("The whole report as the form looks, with the content checksum."))
        self.print.setProperty("step", Step.PRINT.value)
        self.sign_off = Button(_("Sign-&off page"), "report")
        self.sign_off.setToolTip(_("One page to sign, with the content checksum of what will be submitted."))
        self.sign_off.setProperty("step", Step.SIGN_OFF.value)
        flow.addWidget(self.next)
        for button in (self.print, self.sign_off, self.preview):
            button.clicked.connect(self._on_paper)
            flow.addWidget(button)
        self._papers = papers
        self.column.addWidget(papers)
        self._failure = Words("", tone=Tone.ERROR)
        self._failure.hide()
        self.column.addWidget(self._failure)
        self.ways = WaysOn()
        self.ways.chosen.connect(self.way_chosen)
        self.column.addWidget(self.ways)
        self.show_status()

    @property
    def failure(self) -> str:
        """Why the last step was not possible; empty when it was."""
        return self._failure.text()

    @property
    def line(self) -> ReasonLine | None:
        """The line that asks who approved, while it is open."""
        return self._line

    def unfinished(self) -> QWidget | None:
        """Where words stand that are not given yet."""
        lines = (self._line, self.ways.line)
        return next((line.field for line in lines if line is not None and line.words), None)

    def show_step(self, step: StepMade | None) -> None:
        """Who brought it here, once that is known."""
        self._step = step
        self.show_status()

    def show_status(self) -> None:
        """Take over how far the report is now."""
        session, status = self._session, self._session.report.status
        self._words.setText(_status_words(session))
        step = self._step_sentence(status)
        self._step_words.setText(step)
        self._step_words.setVisible(bool(step))
        self.name.begin(session.who, asks=status in _BEFORE_APPROVAL and not session.read_only)
        name = _next_words(status) if not session.read_only else ""
        if name:
            self.next.setText(name)
            self.next.updateGeometry()
        if self._line is not None and status != Status.READY:
            self._end_asking()
        self.next.setVisible(bool(name) and self._line is None)
        self.ways.show_status("" if session.read_only else status)

    def focus_next(self) -> None:
        """Put the keyboard to the next step, where there is one in this card."""
        target = self.next if self.next.isVisible() else self.print
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, sentence: str) -> None:
        """Say why a step was not possible; an empty sentence takes that away."""
        self._failure.setText(sentence)
        self._failure.setVisible(bool(sentence))

    def _step_sentence(self, status: str) -> str:
        last = last_submission(self._session.report)
        is_said = last is not None and last.taken_back is not None and status == Status.DRAFT
        if self._step is None or status == Status.SUBMITTED or is_said:
            return ""
        words = {
            Status.READY.value: _("Marked as ready by {who}, {moment}."),
            Status.APPROVED.value: _("Marked as approved by {who}, {moment}."),
            Status.DRAFT.value: _("Draft again by {who}, {moment}."),
        }.get(status, "")
        said = words.format(who=who_words(self._step.who), moment=moment_words(self._step.at))
        return " ".join(filter(None, (said, breakable(self._step.note))))

    def _on_next(self) -> None:
        self.tell("")
        self.name.hand_over()
        if self._session.report.status == Status.DRAFT:
            self.ready_wanted.emit()
        else:
            self._ask_approval()

    def _on_paper(self) -> None:
        self.step_wanted.emit(Step(self.sender().property("step")))

    def _ask_approval(self) -> None:
        if self._line is None:
            self._line = ReasonLine(
                _("Who approved it? (may stay empty)"),
                _("Mark as approved"),
                help_words=_(
                    "Such as the office, the date and the number of the letter. Your words stand here and in"
                    " the history; they do not travel with the package."
                ),
            )
            self._line.given.connect(self._on_approval_given)
            self._line.shut.connect(self._on_shut)
            self.column.insertWidget(self.column.indexOf(self._papers) + 1, self._line)
        self._line.open_line()
        # One step is the next: the one in the line.
        self.next.hide()

    def _on_approval_given(self, note: str) -> None:
        self.name.hand_over()
        self.approval_wanted.emit(note)

    def _on_shut(self) -> None:
        self._end_asking()
        self.next.show()
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def _end_asking(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.hide()
            line.deleteLater()


def _next_words(status: str) -> str:
    """The button that leads on from ``status``; empty where that is not this card's."""
    if status == Status.DRAFT:
        return _("Ready for c&learance")
    return _("&Approve …") if status == Status.READY else ""


def _status_words(session: EntrySession) -> str:
    """Where the report is, and what comes next."""
    report = session.report
    last = last_submission(report)
    if report.status == Status.READY:
        return _(
            "It waits for clearance, and nothing in it can be changed meanwhile."
            " Print it for whoever clears it."
        )
    if report.status == Status.APPROVED:
        return _("It is approved as it stands. Submit it below.")
    if report.status == Status.SUBMITTED and last is not None:
        words = _("It was submitted as number {number}, {moment}. What was submitted is kept for ever.")
        return words.format(number=last.number, moment=moment_words(last.at))
    if report.status == Status.SUBMITTED:
        return _("It was brought in as submitted. What was submitted is where it came from.")
    if last is not None and last.taken_back is not None:
        words = _("Submission {number} was taken back: {reason}")
        told = words.format(number=last.number, reason=breakable(last.taken_back.reason))
        way_on = _("When the report is complete again, mark it as ready for clearance.")
        return f"{told}\n{way_on}"
    if last is not None:
        return _(
            "This becomes an amendment of submission {number}."
            " When it is complete, mark it as ready for clearance."
        ).format(number=last.number)
    return _(
        "When the report is complete, mark it as ready. Nothing in it can be changed then,"
        " unless it is set back to draft."
    )
