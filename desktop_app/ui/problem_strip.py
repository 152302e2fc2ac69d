"""The strip below the page: how many problems there are, the first one, and on request all of them."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.formdef.model import Level
from desktop_app.report.places import place_name
from desktop_app.report.problems import Problem
from desktop_app.report.report import Report
from desktop_app.runtime.i18n import _
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui import tokens
from desktop_app.ui.checking import Checking
from desktop_app.ui.elided import ElidedButton
from desktop_app.ui.lines import Expander
from desktop_app.ui.parts import Tone, in_row
from desktop_app.ui.problem_counts import level_counts, open_of_level
from desktop_app.ui.rows.problem_lines import LEVEL_ICONS, LEVEL_TONES, IconMark

if TYPE_CHECKING:
    from desktop_app.ui.problem_list import ProblemList


class ProblemStrip(QWidget):
    """One line that can be opened."""

    path_chosen = Signal(str)
    left = Signal()
    """The keyboard goes back to the page."""

    def __init__(self, session: EntrySession, checking: Checking) -> None:
        """For the session's report; ``checking`` tells when its problems are known."""
        super().__init__()
        self._session, self._checking = session, checking
        self._icon = IconMark("problems", Tone.QUIET)
        self._summary = Expander("")
        self._first = ElidedButton()
        self._first_path = ""
        self._first.clicked.connect(self._on_first)
        self._list: ProblemList | None = None
        self._summary.opened.connect(self._on_opened)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SPACE, tokens.HALF, tokens.SPACE, tokens.HALF)
        column.setSpacing(tokens.HALF)
        line = in_row(self._icon, self._summary, tokens.GAP, self._first)
        line.setStretch(3, 1)
        # While the first problem is not shown, the rest stays at the beginning.
        line.addStretch(0)
        column.addLayout(line)
        checking.settled.connect(self._show)
        self._show()

    def toggle_list(self) -> None:
        """Open the list and put the keyboard there; close it when the keyboard is there already."""
        if self._list is not None and self._list.hasFocus():
            self.close_list()
        elif self._summary.isEnabled():
            self._summary.setChecked(True)
            if self._list is not None:
                self._list.focus_lines()

    def close_list(self) -> None:
        """Close the list; the keyboard goes back to the page."""
        had_focus = self._list is not None and self._list.hasFocus()
        self._summary.setChecked(False)
        if had_focus:
            self.left.emit()

    def _on_first(self) -> None:
        if self._first_path:
            self.path_chosen.emit(self._first_path)

    def _on_opened(self, is_open: bool) -> None:
        if self._list is None:
            self._list = self._make_list()
        self._list.setVisible(is_open)
        self._show()

    def _make_list(self) -> ProblemList:
        from desktop_app.ui.problem_list import ProblemList

        made = ProblemList()
        made.setFixedHeight(tokens.CONTROL * 5)
        made.path_chosen.connect(self.path_chosen)
        made.left.connect(self.close_list)
        self.layout().addWidget(made)  # type: ignore[union-attr]
        return made

    def _show(self) -> None:
        if not self._checking.has_settled:
            self._summary.setText(_("Checking …"))
            self._show_first(None)
            return
        counts = level_counts(self._session)
        words = _("Problems: {counts}").format(counts=counts) if counts else _("No problems found")
        is_untouched = bool(counts) and _is_untouched(self._session.report)
        self._summary.setText(_("Nothing is written yet") if is_untouched else words)
        self._summary.setEnabled(bool(counts))
        heaviest = next(chain.from_iterable(open_of_level(self._session, level) for level in Level), None)
        self._icon.set_mark(
            LEVEL_ICONS[heaviest.level] if heaviest else "state-complete",
            LEVEL_TONES[heaviest.level] if heaviest else Tone.SUCCESS,
        )
        if not counts:
            self._summary.setChecked(False)
        if is_untouched:
            # What is only missing is no mistake of anybody's.
            self._icon.set_mark("hint", Tone.QUIET)
        self._show_first(heaviest if not self._summary.isChecked() and not is_untouched else None)
        if self._summary.isChecked() and self._list is not None:
            self._list.show_problems(self._session)

    def _show_first(self, problem: Problem | None) -> None:
        self._first_path = problem.path if problem is not None else ""
        words = f"{place_name(self._session.report, problem.path)}: {problem.sentence}" if problem else ""
        self._first.set_words(words)
        self._first.setVisible(bool(words))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A hairline above."""
        painter = QPainter(self)
        painter.setPen(tokens.hairline(self.palette()))
        painter.drawLine(0, 0, self.width(), 0)


def _is_untouched(report: Report) -> bool:
    """Whether nobody has written anything into it."""
    return not (report.answers or report.states or any(row_list.rows for row_list in report.lists.values()))
