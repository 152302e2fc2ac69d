"""One problem on the page to send: where it is, what is wrong, and a reason if it is accepted as it is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.report.accepted import AcceptedProblem, can_be_accepted
from desktop_app.report.problems import Problem, level_words
from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.lines import ClickableRow
from desktop_app.ui.moment_words import moment_words, who_words
from desktop_app.ui.parts import Button, ButtonKind, Tone, Words
from desktop_app.ui.rows.problem_lines import LEVEL_ICONS, LEVEL_TONES, IconMark
from desktop_app.ui.sending.reason_line import ReasonLine
from desktop_app.ui.sending.whole_words import breakable


class _Lead(ClickableRow):
    """The place and the sentence; pressed, it leads to the place."""

    def __init__(self, problem: Problem, place: str) -> None:
        super().__init__()
        self._problem, self._place = problem, place
        self.mark = IconMark(LEVEL_ICONS[problem.level], LEVEL_TONES[problem.level])
        self.sentence = Words(problem.sentence)
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.HALF, tokens.HALF, tokens.HALF, tokens.HALF)
        row.setSpacing(tokens.GAP)
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(Words(place, font=tokens.small_font(), tone=Tone.QUIET))
        column.addWidget(self.sentence)
        row.addLayout(column, 1)
        self.setToolTip(_("Go to this place"))
        self.show_accepted(is_accepted=False)

    def show_accepted(self, *, is_accepted: bool) -> None:
        level, problem = level_words(self._problem.level), self._problem
        if is_accepted:
            self.mark.set_mark("check", Tone.SUCCESS)
            level = _("Accepted warning")
        else:
            self.mark.set_mark(LEVEL_ICONS[problem.level], LEVEL_TONES[problem.level])
        self.sentence.set_tone(Tone.QUIET if is_accepted else Tone.NORMAL)
        self.setAccessibleName(f"{level}: {self._place}: {problem.sentence}")


class ProblemEntry(QWidget):
    """Leads to its place; a warning can be accepted, and that taken back, right here."""

    path_chosen = Signal(str)
    accepted = Signal(object, str)
    """The ``Problem`` and the reason why it is right as it is."""

    withdrawn = Signal(object)
    """The ``Problem`` that is not accepted any more."""

    def __init__(self, problem: Problem, place: str) -> None:
        """``place``: the words for where it is."""
        super().__init__()
        self.problem = problem
        self._acceptance: AcceptedProblem | None = None
        self.line: ReasonLine | None = None
        self.lead = _Lead(problem, place)
        self.lead.activated.connect(self._on_chosen)
        self._said = Words("", font=tokens.small_font(), tone=Tone.QUIET)
        self._said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        indent = tokens.HALF + tokens.SMALL_ICON + tokens.GAP
        self._said.setContentsMargins(indent, 0, tokens.HALF, tokens.HALF)
        self._said.hide()
        self.accept = Button(_("Accept …"), kind=ButtonKind.QUIET)
        self.accept.setToolTip(_("Say why it is right as it is. The reason travels with the report."))
        self.accept.setAccessibleDescription(f"{place}: {problem.sentence}")
        self.accept.clicked.connect(self._on_accept)
        self.withdraw = Button(_("Withdraw"), kind=ButtonKind.QUIET)
        self.withdraw.setToolTip(_("It is a warning again."))
        self.withdraw.setAccessibleDescription(f"{place}: {problem.sentence}")
        self.withdraw.clicked.connect(self._on_withdraw)
        row = QHBoxLayout()
        row.setSpacing(tokens.GAP)
        row.addWidget(self.lead, 1)
        row.addWidget(self.accept, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.withdraw, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(row)
        self._column.addWidget(self._said)
        self.show_acceptance(None, may_change=False)

    def show_acceptance(self, acceptance: AcceptedProblem | None, *, may_change: bool) -> None:
        """Whether and how it is accepted now. ``may_change``: whether that can be changed now."""
        focus = self.window().focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus) and focus is not self.lead
        is_other = acceptance != self._acceptance
        self._acceptance = acceptance
        if (is_other or not may_change) and self.line is not None:
            self._end_asking()
        self.lead.show_accepted(is_accepted=acceptance is not None)
        if acceptance is not None:
            words = _("Accepted by {who}, {moment}: {reason}")
            self._said.setText(
                words.format(
                    who=who_words(acceptance.who),
                    moment=moment_words(acceptance.at) if acceptance.at else "",
                    reason=breakable(acceptance.reason),
                )
            )
        self._said.setVisible(acceptance is not None)
        can_accept = may_change and can_be_accepted(self.problem) and acceptance is None
        self.accept.setVisible(can_accept and self.line is None)
        self.withdraw.setVisible(may_change and acceptance is not None)
        if had_focus and is_other:
            (self.withdraw if acceptance is not None else self.accept).setFocus()

    def ask(self) -> None:
        """Ask why it is right as it is."""
        if self.line is None:
            self.line = ReasonLine(
                _("Why is it right as it is?"),
                _("Accept the warning"),
                help_words=_("Reviewers read your reason beside the warning."),
                refusal=_("Write a reason first: reviewers read it beside the warning."),
            )
            self.line.setContentsMargins(tokens.HALF + tokens.SMALL_ICON + tokens.GAP, 0, 0, tokens.GAP)
            self.line.given.connect(self._on_given)
            self.line.shut.connect(self._on_shut)
            self._column.addWidget(self.line)
            self.accept.hide()
        self.line.open_line()

    def tell(self, sentence: str) -> None:
        """Say why it could not be accepted."""
        if self.line is not None:
            self.line.tell(sentence)

    def _on_chosen(self) -> None:
        self.path_chosen.emit(self.problem.path)

    def _on_accept(self) -> None:
        self.ask()

    def _on_given(self, reason: str) -> None:
        self.accepted.emit(self.problem, reason)

    def _on_shut(self) -> None:
        self._end_asking()
        self.accept.show()
        self.accept.setFocus(Qt.FocusReason.OtherFocusReason)

    def _end_asking(self) -> None:
        line, self.line = self.line, None
        if line is not None:
            line.hide()
            line.deleteLater()

    def _on_withdraw(self) -> None:
        self.withdrawn.emit(self.problem)
