"""Every problem on a line with its place; choosing one goes there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from desktop_app.formdef.model import Level
from desktop_app.report.places import place_name
from desktop_app.report.problems import Problem
from desktop_app.report.report import Report
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui.gradually import Gradually
from desktop_app.ui.parts import Tone
from desktop_app.ui.place_lines import LEAD, MARK, PATH, set_up_lines
from desktop_app.ui.problem_counts import accepted_of, level_words, open_of_level
from desktop_app.ui.rows.problem_lines import LEVEL_ICONS, LEVEL_TONES, told

MOST_SHOWN = 500
AT_ONCE = 50
"""Lines that are made and placed before keys and clicks are looked at again: all of the first screen."""


class ProblemList(QListWidget):
    """The heavier problems first. Esc leaves the list."""

    path_chosen = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self._shown: list[tuple[str, str]] = []
        self._more = 0
        self._adding = Gradually(self)
        set_up_lines(self, below=False)
        # How high each is takes its time: the first are placed, the others follow.
        self.setLayoutMode(QListWidget.LayoutMode.Batched)
        self.setBatchSize(AT_ONCE)
        self.setAccessibleName(_("Problems"))
        self.itemActivated.connect(self._on_chosen)
        self.itemClicked.connect(self._on_chosen)

    def show_problems(self, session: EntrySession) -> None:
        """Take over what the checks say now; the one chosen last stays the current one while it is there."""
        report = session.report
        found = [problem for level in Level for problem in open_of_level(session, level)]
        if report.accepted:
            found += accepted_of(session)
        ordered, more = found[:MOST_SHOWN], max(0, len(found) - MOST_SHOWN)
        shown = [(problem.path, told(problem, report)) for problem in ordered]
        if (shown, more) == (self._shown, self._more):
            return
        row = self.currentRow()
        current = self._shown[row] if 0 <= row < len(self._shown) else None
        self._shown, self._more = shown, more
        self.clear()
        again = shown.index(current) if current in shown else -1
        self._adding.run(self._add_all(ordered, more, again, report), 0)

    def _add_all(self, ordered: Sequence[Problem], more: int, again: int, report: Report) -> Iterator[None]:
        """A screen of them at a time; ``again`` is the number of the one that is to be the current one."""
        for number, problem in enumerate(ordered):
            if number and number % AT_ONCE == 0:
                yield
            self._add(problem, report)
            if number == again and self.currentRow() < 0:
                self.setCurrentRow(number)
        if more:
            item = QListWidgetItem(ngettext("and {count} more", "and {count} more", more).format(count=more))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(item)

    def _add(self, problem: Problem, report: Report) -> None:
        place, sentence = place_name(report, problem.path), told(problem, report)
        is_accepted = sentence != problem.sentence
        item = QListWidgetItem(sentence)
        item.setData(PATH, problem.path)
        item.setData(LEAD, place)
        mark = (LEVEL_ICONS[problem.level], LEVEL_TONES[problem.level])
        item.setData(MARK, ("check", Tone.QUIET) if is_accepted else mark)
        words = f"{level_words(problem.level)}: {place}: {sentence}"
        item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
        self.addItem(item)

    def focus_lines(self) -> None:
        """Put the keyboard to the line chosen last, else to the first."""
        if self.currentRow() < 0:
            self.setCurrentRow(0)
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves, Enter chooses, on every system."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem() is not None:
            self._on_chosen(self.currentItem())
        else:
            super().keyPressEvent(event)

    def _on_chosen(self, item: QListWidgetItem) -> None:
        path = item.data(PATH)
        if path is not None:
            self.path_chosen.emit(path)
