"""The history of the report: its moments, what lies between two of them, and the way back to one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from desktop_app.formdef.labels import Labels
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.services.compared import compared_places
from desktop_app.services.history import Difference, Moment, compare, moments
from desktop_app.services.moment_lines import MomentLine, first_choice, known_at, moment_lines
from desktop_app.services.reports import form_library
from desktop_app.services.way_back import differences_back
from desktop_app.ui import tokens
from desktop_app.ui.back_button import BackButton
from desktop_app.ui.follow import follow
from desktop_app.ui.history.compared_view import ComparedView
from desktop_app.ui.history.moment_list import MomentList
from desktop_app.ui.history.sides import Sides, side_words
from desktop_app.ui.history.way_back import WayBack
from desktop_app.ui.moment_words import local_time
from desktop_app.ui.pages.page import Page
from desktop_app.ui.parts import Button, Tone, Words, help_line, in_row, title
from desktop_app.ui.past import Past
from desktop_app.ui.scroll_bars import use_quiet_scroll_bar

if TYPE_CHECKING:
    from desktop_app.storage.report_file import ReportFile

_PAUSE = 300
"""Milliseconds after a change before the moments are read anew."""

_LEAST_OF_LIST = tokens.CONTROL * 4
"""Pixels of the list of moments that are there to scroll in."""

_SIDE_BY_SIDE = 640
"""Pixels from which the list of moments stands beside what differs, not above it; more for larger letters."""


class HistoryPage(QWidget):
    """Left the moments, right the differences between the two that are chosen."""

    path_chosen = Signal(str)
    told = Signal(str)
    """What was done, in words for the person."""

    restore_point_wanted = Signal()
    back_wanted = Signal()
    """To where one was before this page."""

    """Someone wants to give the present moment a name."""

    def __init__(self, past: Past, labels: Labels) -> None:
        """Of the report whose ``past`` it is; nothing is read before ``enter``."""
        super().__init__()
        self.ground = self
        self._past, self._labels = past, labels
        self._moments: list[Moment] = []
        self._away: list[Difference] = []
        """What is other now than it was at the first of the two moments."""

        self._has_chosen = False
        self._asked = 0
        self.list = MomentList(past.session.report)
        self.list.moment_chosen.connect(self._on_moment_chosen)
        self.sides = Sides()
        self.sides.changed.connect(self._on_sides_changed)
        self.way_back = WayBack()
        self.way_back.setVisible(not past.session.is_closed)
        self.way_back.confirmed.connect(self._on_way_back)
        self._summary = Words("")
        self.compared = ComparedView(past.session.report, labels)
        self.compared.path_chosen.connect(self.path_chosen)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._ask_moments)
        self._lay_out()
        follow(past.session, self, self._on_paths_changed)

    def _lay_out(self) -> None:
        moments_side = QWidget()
        moments_side.setMinimumWidth(tokens.GRID * 30)
        column = QVBoxLayout(moments_side)
        column.setContentsMargins(tokens.SPACE, tokens.PAGE, 0, tokens.SPACE)
        column.setSpacing(tokens.SPACE)
        back = BackButton(_("Back to the report"))
        back.clicked.connect(self.back_wanted)
        column.addLayout(in_row(back, None))
        column.addWidget(title(_("History of the report")))
        column.addWidget(
            help_line(
                _("Press “From” or “To”, then choose a moment here. What changed between the two is shown.")
            )
        )
        name = Button(_("Set a restore point …"), "timeframe")
        name.setToolTip(_("Give the present moment a name, to compare with it or come back to it later."))
        name.clicked.connect(self.restore_point_wanted)
        name.setVisible(not self._past.session.read_only)
        column.addWidget(name)
        column.addWidget(self.list, 1)
        self._page = Page()
        for widget in (self.sides, self._summary, self.way_back, self.compared):
            self._page.column.addWidget(widget)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._split.addWidget(self._scrolled(moments_side))
        self._split.addWidget(self._page)
        self._split.setStretchFactor(1, 1)
        self._split.setSizes([tokens.GRID * 44, tokens.GRID * 80])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._split)

    def _scrolled(self, side: QWidget) -> QScrollArea:
        """In a low window the side scrolls: nothing of it is pressed together."""
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        use_quiet_scroll_bar(area)
        area.setWidget(side)
        area.setMinimumWidth(side.minimumWidth())
        self.list.setMinimumHeight(_LEAST_OF_LIST)
        return area

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room side by side, the moments stand above."""
        super().resizeEvent(event)
        beside = event.size().width() >= max(_SIDE_BY_SIDE, tokens.page_width(self) * 3 // 4)
        self._split.setOrientation(Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical)

    # Reading

    def _on_paths_changed(self, paths: frozenset[str]) -> None:
        self.way_back.setVisible(not self._past.session.is_closed)
        if self.isVisible():
            self._timer.start()

    def _ask_moments(self) -> None:
        if not self._moments:
            self._summary.setText(_("Reading …"))
        self._asked += 1
        report_id = self._past.report_id

        def read(file: ReportFile) -> tuple[list[Moment], list[MomentLine]]:
            found = moments(file, report_id)
            return found, moment_lines(found, _day_of)

        self._past.ask(self, read, partial(self._on_moments, self._asked), self._on_failure)

    def _on_moments(self, asked: int, found: tuple[list[Moment], list[MomentLine]]) -> None:
        if asked != self._asked:
            return
        self._moments, lines = found
        self.list.show_lines(lines)
        if not self._has_chosen:
            self.sides.choose(first_choice(self._moments), None)
        else:
            self._compare()

    def _on_moment_chosen(self, moment: Moment | None) -> None:
        self._has_chosen = True
        self.sides.fill(moment)

    def _on_sides_changed(self) -> None:
        first, second = self.sides.seqs
        self.list.moments.choose(first, second)
        self._compare()

    # Comparing

    def _compare(self) -> None:
        (first, second), report_id = self.sides.seqs, self._past.report_id
        report = self._past.session.report
        form, language = report.form, report.language

        def read(file: ReportFile) -> tuple[list[Difference], list[Difference]]:
            chosen = compare(file, report_id, first, second)
            return chosen, differences_back(file, report_id, first, form, language, form_library)

        self._asked += 1
        self._past.ask(self, read, partial(self._on_compared, self._asked), self._on_failure)

    def _on_compared(self, asked: int, found: tuple[list[Difference], list[Difference]]) -> None:
        if asked != self._asked:
            return
        differences, away = found
        self._away = known_at(self._moments, self.sides.first.moment, away)
        report = self._past.session.report
        places = compared_places(report, differences)
        self._summary.set_tone(Tone.QUIET)
        self._summary.setText(self._summary_words(len(places)))
        self.compared.show_places(places)
        self.way_back.show_moment(
            side_words(self.sides.first.moment), len(compared_places(report, self._away))
        )

    def _summary_words(self, count: int) -> str:
        if count:
            words = ngettext("{count} place differs.", "{count} places differ.", count)
            marks = _("Underlined words were added, crossed-out words were taken away.")
            return f"{words.format(count=count)} {marks}"
        if len(self._moments) <= 1:
            return _(
                "Nothing was changed since the report was begun. Everything you write is kept here, step by"
                " step; give a moment a name with “Set a restore point”."
            )
        return _("Nothing differs between these two moments. Choose another one in the list.")

    def _on_failure(self, sentence: str) -> None:
        self._summary.set_tone(Tone.WARNING)
        self._summary.setText(sentence)

    def _on_way_back(self) -> None:
        session, moment = self._past.session, self.sides.first.moment
        if moment is None or not self._away:
            return
        # The person goes on looking at this moment, whatever is newest now.
        self._has_chosen = True
        name = side_words(moment)
        session.set_restore_point(_("Before going back to {moment}").format(moment=name))
        left = session.revert(self._away, name)
        words = _("The report is as it was: {moment}. What stood there before is kept as a restore point.")
        told = words.format(moment=name)
        if left:
            places = ngettext(
                "{count} place could not be brought back, because the form is another by now.",
                "{count} places could not be brought back, because the form is another by now.",
                len(left),
            )
            told = f"{told} {places.format(count=len(left))}"
        self.told.emit(told)

    # Used by the stack of pages

    def enter(self) -> None:
        """The page is shown now: read what has happened."""
        self._ask_moments()

    def leave(self) -> None:
        """Nothing is being typed here."""

    def hand_over(self) -> None:
        """Nothing is being typed here."""

    def release(self) -> None:
        """Stop following."""
        self._timer.stop()
        self._past.session.ignore(self._on_paths_changed)


def _day_of(at: str) -> object:
    return local_time(at).date()
