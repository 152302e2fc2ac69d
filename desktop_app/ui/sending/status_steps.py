"""How far a report is on its way, as one quiet line of steps: a shape and words for each."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_app.report.state_words import STATUSES
from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.flow_layout import FlowLayout
from desktop_app.ui.parts import Tone, Words, in_row
from desktop_app.ui.rows.problem_lines import IconMark
from desktop_app.ui.sending.status_line import step_words


class _Step(QWidget):
    """One step: done, the present one, or still to come; an arrow leads to the next."""

    def __init__(self, status: str, *, has_next: bool) -> None:
        super().__init__()
        self._name = step_words(status)
        self._mark = IconMark("state-empty", Tone.QUIET)
        self._words = Words(self._name, wrap=False)
        row = in_row(self._mark, self._words)
        if has_next:
            row.addWidget(IconMark("chevron-right", Tone.QUIET))
        row.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(row)

    def show_stage(self, stage: int) -> None:
        """``stage``: less than 0 for done, 0 for the present one, more for one to come."""
        if stage < 0:
            self._mark.set_mark("state-complete", Tone.SUCCESS)
        elif stage == 0:
            self._mark.set_mark("state-partial", Tone.ACCENT)
        else:
            self._mark.set_mark("state-empty", Tone.QUIET)
        self._words.set_tone(Tone.NORMAL if stage == 0 else Tone.QUIET)
        self._words.setFont(tokens.strong_font() if stage == 0 else tokens.body_font())
        self._words.updateGeometry()


class StatusSteps(QWidget):
    """Draft, ready for clearance, approved, submitted; in a narrow window they go on in the next line."""

    def __init__(self) -> None:
        """At the first step."""
        super().__init__()
        flow = FlowLayout(self, tokens.GAP)
        self._steps = {status: _Step(status, has_next=status != STATUSES[-1]) for status in STATUSES}
        for step in self._steps.values():
            flow.addWidget(step)
        self.show_status(STATUSES[0])

    def show_status(self, status: str) -> None:
        """Mark ``status`` as the present one; the last step is done with it."""
        here = STATUSES.index(status) if status in STATUSES else 0
        for number, step in enumerate(self._steps.values()):
            is_last = number == here == len(STATUSES) - 1
            step.show_stage(-1 if is_last else number - here)
        layout = self.layout()
        if layout is not None:
            layout.invalidate()
        words = _("Step {number} of {count}: {step}")
        self.setAccessibleName(
            words.format(number=here + 1, count=len(STATUSES), step=step_words(STATUSES[here]))
        )
