"""The strip below the page: how many problems there are, and on request each of them, to jump to."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop_app.formdef.model import Level
from desktop_app.report.places import place_name
from desktop_app.report.problems import Problem
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui import icons, tokens
from desktop_app.ui.follow import follow
from desktop_app.ui.lines import Expander
from desktop_app.ui.parts import ElidedWords, Tone, in_row, tone_colour
from desktop_app.ui.rows.problem_lines import LEVEL_ICONS, LEVEL_TONES, IconMark
from desktop_app.ui.scroll_bars import use_quiet_scroll_bar

PATH = Qt.ItemDataRole.UserRole
MOST_SHOWN = 500


def level_counts(session: EntrySession) -> str:
    """The counts in words, such as "2 warnings, 3 hints"."""
    counts = session.problems.counts()
    parts = []
    if counts[Level.ERROR]:
        parts.append(
            ngettext("{count} error", "{count} errors", counts[Level.ERROR]).format(count=counts[Level.ERROR])
        )
    if counts[Level.WARNING]:
        number = counts[Level.WARNING]
        parts.append(ngettext("{count} warning", "{count} warnings", number).format(count=number))
    if counts[Level.HINT]:
        parts.append(
            ngettext("{count} hint", "{count} hints", counts[Level.HINT]).format(count=counts[Level.HINT])
        )
    return ", ".join(parts)


class ProblemList(QListWidget):
    """Every problem on a line with its place; choosing one goes there."""

    path_chosen = Signal(str)

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        use_quiet_scroll_bar(self)
        self.setWordWrap(True)
        self.setSpacing(2)
        self.setAccessibleName(_("Problems"))
        self.itemActivated.connect(self._on_chosen)
        self.itemClicked.connect(self._on_chosen)

    def show_problems(self, session: EntrySession, problems: list[Problem]) -> None:
        """Take over these problems, the heavier first."""
        self.clear()
        ordered = sorted(problems, key=_weight)
        palette = self.palette()
        marks = {
            level: icons.tinted(LEVEL_ICONS[level], tone_colour(LEVEL_TONES[level], palette))
            for level in Level
        }
        for problem in ordered[:MOST_SHOWN]:
            place = place_name(session.report, problem.path)
            item = QListWidgetItem(marks[problem.level], f"{place}: {problem.sentence}")
            item.setData(PATH, problem.path)
            self.addItem(item)
        if len(ordered) > MOST_SHOWN:
            more = len(ordered) - MOST_SHOWN
            item = QListWidgetItem(ngettext("and {count} more", "and {count} more", more).format(count=more))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(item)

    def _on_chosen(self, item: QListWidgetItem) -> None:
        path = item.data(PATH)
        if path is not None:
            self.path_chosen.emit(path)


def _weight(problem: Problem) -> int:
    return problem.weight


class ProblemStrip(QWidget):
    """One line that can be opened."""

    path_chosen = Signal(str)

    def __init__(self, session: EntrySession) -> None:
        """For the session's report."""
        super().__init__()
        self._session = session
        self._icon = IconMark("problems", Tone.QUIET)
        self._summary = Expander("")
        self._first = ElidedWords(font=tokens.small_font(), tone=Tone.QUIET)
        self._list = ProblemList()
        self._list.setFixedHeight(tokens.CONTROL * 5)
        self._list.path_chosen.connect(self.path_chosen)
        self._list.hide()
        self._summary.opened.connect(self._on_opened)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SPACE, tokens.HALF, tokens.SPACE, tokens.HALF)
        column.setSpacing(tokens.HALF)
        line = in_row(self._icon, self._summary, tokens.GAP, self._first)
        line.setStretch(3, 1)
        column.addLayout(line)
        column.addWidget(self._list)
        self._soon = QTimer(self, singleShot=True, interval=120)
        self._soon.timeout.connect(self._show)
        follow(session, self, self._on_paths_changed)
        self._show()

    def open_list(self) -> None:
        """Open the list and put the keyboard there."""
        self._summary.setChecked(True)
        self._list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_paths_changed(self, paths: frozenset[str]) -> None:
        self._soon.start()

    def _on_opened(self, is_open: bool) -> None:
        self._list.setVisible(is_open)
        self._show()

    def _show(self) -> None:
        problems = self._session.problems.problems()
        counts = level_counts(self._session)
        self._summary.setText(
            _("Problems: {counts}").format(counts=counts) if counts else _("No problems found")
        )
        self._summary.setEnabled(bool(problems))
        heaviest = min(problems, key=_weight, default=None)
        self._icon.set_mark(
            LEVEL_ICONS[heaviest.level] if heaviest else "state-complete",
            LEVEL_TONES[heaviest.level] if heaviest else Tone.SUCCESS,
        )
        if heaviest is not None and not self._summary.isChecked():
            place = place_name(self._session.report, heaviest.path)
            self._first.set_words(f"{place}: {heaviest.sentence}")
        else:
            self._first.set_words("")
        if self._summary.isChecked():
            self._list.show_problems(self._session, problems)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A hairline above."""
        painter = QPainter(self)
        painter.setPen(tokens.hairline(self.palette()))
        painter.drawLine(0, 0, self.width(), 0)
