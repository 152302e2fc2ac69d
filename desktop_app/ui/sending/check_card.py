"""The first step of sending: what is wrong or missing, the heaviest first; warnings are accepted in place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.formdef.model import Level
from desktop_app.report.accepted import acceptance_of, open_problems
from desktop_app.report.places import place_name
from desktop_app.report.problems import Problem
from desktop_app.report.status import Status
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.submitting import accept_warning, withdraw_acceptance
from desktop_app.ui import tokens
from desktop_app.ui.gradually import Gradually
from desktop_app.ui.lines import Expander
from desktop_app.ui.parts import Button, ButtonKind, Card, Tone, Words, heading, in_row, label
from desktop_app.ui.problem_counts import count_words, open_of_level
from desktop_app.ui.rows.problem_lines import IconMark
from desktop_app.ui.sending.problem_entry import ProblemEntry

FEW = 12
"""Problems of one level that are shown at first, and added with each step."""

Key = tuple[str, str, str]


class ProblemGroup(QWidget):
    """The problems of one level. What need not be mended can be folded away; hints are at first."""

    path_chosen = Signal(str)
    failed = Signal(str)

    def __init__(self, session: EntrySession, level: Level) -> None:
        """For the session's report."""
        super().__init__()
        self._session, self._level = session, level
        self._problems: Sequence[Problem] = ()
        self._shown = FEW
        self.entries: dict[Key, ProblemEntry] = {}
        self._filling = Gradually(self)
        self._name = label("")
        self.expander = Expander("") if level is not Level.ERROR else None
        self._ground = QWidget()
        self._column = QVBoxLayout(self._ground)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._more = Button("", "chevron-down", ButtonKind.QUIET)
        self._more.clicked.connect(self._on_more)
        self._more.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, tokens.HALF, 0, 0)
        column.setSpacing(tokens.HALF)
        if self.expander is None:
            column.addWidget(self._name)
            column.addWidget(self._ground)
        else:
            self.expander.setFont(tokens.strong_font())
            column.addLayout(in_row(self.expander, None))
            column.addWidget(self._ground)
            self._ground.hide()
            self.expander.opened.connect(self._on_opened)
            self.expander.setChecked(level is Level.WARNING)
        column.addLayout(in_row(self._more, None))

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Take over these problems; entries that stay are kept with what is being written in them.

        The first one is made at once, others when keys and clicks leave time for them.
        """
        self._problems = problems
        self.setVisible(bool(problems))
        self._show_name()
        if self.expander is None or self.expander.isChecked():
            self._filling.run(self._fill(), budget=0)

    def fold(self, *, is_open: bool) -> None:
        """Open it or fold it away."""
        if self.expander is not None:
            self.expander.setChecked(is_open)

    def _show_name(self) -> None:
        words = count_words(self._level, len(self._problems))
        accepted = len(self._problems) - len(
            open_problems(self._problems, self._session.report.accepted.values())
        )
        if accepted:
            told = ngettext(
                "{problems}, {count} of them accepted", "{problems}, {count} of them accepted", accepted
            )
            words = told.format(problems=words, count=accepted)
        if self.expander is not None:
            self.expander.setText(words)
            self.expander.updateGeometry()
        self._name.setText(words)

    @property
    def is_filled(self) -> bool:
        """Whether all entries that are wanted are there."""
        return not self._filling.is_running

    def _fill(self) -> Iterator[None]:
        report = self._session.report
        may_change = not self._session.read_only and not self._session.is_frozen
        wanted: dict[Key, Problem] = {_key(each): each for each in self._problems[: self._shown]}
        for key in [key for key in self.entries if key not in wanted]:
            entry = self.entries.pop(key)
            self._column.removeWidget(entry)
            entry.hide()
            entry.deleteLater()
        for number, (key, problem) in enumerate(wanted.items()):
            is_made = key not in self.entries
            entry = self.entries[key] if not is_made else self._make(problem)
            self.entries[key] = entry
            item = self._column.itemAt(number)
            if item is None or item.widget() is not entry:
                self._column.removeWidget(entry)
                self._column.insertWidget(number, entry)
                entry.show()
            entry.show_acceptance(acceptance_of(problem, report.accepted.values()), may_change=may_change)
            if is_made:
                yield
        left = len(self._problems) - len(wanted)
        self._more.setText(ngettext("Show {count} more", "Show {count} more", left).format(count=left))
        self._more.updateGeometry()
        self._more.setVisible(left > 0)

    def _make(self, problem: Problem) -> ProblemEntry:
        entry = ProblemEntry(problem, place_name(self._session.report, problem.path))
        entry.path_chosen.connect(self.path_chosen)
        entry.accepted.connect(self._on_accepted)
        entry.withdrawn.connect(self._on_withdrawn)
        return entry

    def _on_more(self) -> None:
        self._shown += FEW
        self._more.hide()
        self._filling.run(self._fill())

    def _on_opened(self, is_open: bool) -> None:
        self._ground.setVisible(is_open)
        if is_open:
            self._filling.run(self._fill())
        else:
            self._filling.stop()
            self._more.hide()

    def _on_accepted(self, problem: Problem, reason: str) -> None:
        try:
            accept_warning(self._session, problem.path, problem.code, reason)
        except DeskError as error:
            self.entries[_key(problem)].tell(error.sentence)

    def _on_withdrawn(self, problem: Problem) -> None:
        try:
            withdraw_acceptance(self._session, problem.path, problem.code)
        except DeskError as error:
            self.failed.emit(error.sentence)


class CheckCard(Card):
    """A summary, then errors, warnings and hints."""

    path_chosen = Signal(str)

    def __init__(self, session: EntrySession) -> None:
        """For the session's report."""
        super().__init__()
        self._session = session
        self._status = ""
        self._checking = Gradually(self)
        self.column.addWidget(heading(_("1. Check")))
        self._icon = IconMark("state-complete", Tone.SUCCESS, tokens.ICON)
        self._summary = Words("")
        line = in_row(self._icon, self._summary)
        line.setStretch(1, 1)
        self.column.addLayout(line)
        self._failure = Words("", tone=Tone.ERROR)
        self._failure.hide()
        self.column.addWidget(self._failure)
        levels = (Level.ERROR, Level.WARNING, Level.HINT)
        self.groups = {level: ProblemGroup(session, level) for level in levels}
        for group in self.groups.values():
            group.path_chosen.connect(self.path_chosen)
            group.failed.connect(self._on_failed)
            self.column.addWidget(group)

    @property
    def summary(self) -> str:
        """What it says about all problems together."""
        return self._summary.text()

    @property
    def warning_words(self) -> str:
        """How many warnings are open, in a sentence; empty for none."""
        return open_warning_words(len(open_of_level(self._session, Level.WARNING)))

    def unfinished(self) -> QWidget | None:
        """Where a reason stands that is not given yet."""
        for group in self.groups.values():
            for entry in group.entries.values():
                if entry.line is not None and entry.line.words:
                    return entry.line.field
        return None

    def show_problems(self) -> None:
        """Take over what the checks say now; what is not checked yet is checked first."""
        self._failure.hide()
        self._checking.run(self._check())
        if self._checking.is_running:
            self._icon.set_mark("problems", Tone.QUIET)
            self._summary.setText(_("Checking …"))

    def release(self) -> None:
        """Check no further; before the card goes away."""
        self._checking.stop()

    def _check(self) -> Iterator[None]:
        yield from self._session.problems.check_on()
        self._show_found()

    def _show_found(self) -> None:
        counts = self._session.problems.counts()
        errors, open_warnings = counts[Level.ERROR], len(open_of_level(self._session, Level.WARNING))
        if errors:
            self._icon.set_mark("error", Tone.ERROR)
        elif open_warnings:
            self._icon.set_mark("warning", Tone.WARNING)
        else:
            self._icon.set_mark("state-complete", Tone.SUCCESS)
        status = self._session.report.status
        if status == Status.SUBMITTED:
            self._icon.set_mark("state-complete", Tone.QUIET)
            words = _("It is submitted: nothing is left to be done here.")
        else:
            words = _summary_words(errors, open_warnings, counts.total(), closed=self._session.is_closed)
        self._summary.setText(words)
        for level, group in self.groups.items():
            group.show_problems(self._session.problems.of_level(level))
        if status != self._status:
            self._status = status
            self.groups[Level.WARNING].fold(is_open=status != Status.SUBMITTED)

    def _on_failed(self, sentence: str) -> None:
        self._failure.setText(sentence)
        self._failure.show()


def open_warning_words(count: int) -> str:
    """How many warnings are open, in a sentence; empty for none."""
    words = ngettext(
        "{count} warning is open: reviewers will see it.",
        "{count} warnings are open: reviewers will see them.",
        count,
    )
    return words.format(count=count) if count else ""


def _key(problem: Problem) -> Key:
    return problem.path, problem.code, problem.sentence


def _summary_words(errors: int, warnings: int, problems: int, *, closed: bool) -> str:
    if errors:
        return _("Correct the errors first. A draft can be exported at any time.")
    if warnings and closed:
        words = ngettext(
            "No errors. {count} warning is open: reviewers will see it.",
            "No errors. {count} warnings are open: reviewers will see them.",
            warnings,
        )
        return words.format(count=warnings)
    if warnings:
        return _("No errors. Mend what the warnings say, or accept them with a reason.")
    if problems:
        return _("No errors, and no warning that waits for you.")
    return _("No problems found.")
