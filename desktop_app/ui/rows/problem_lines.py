"""A problem as one line beside what it belongs to: a shape, a word, a sentence."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.formdef.model import Level
from desktop_app.report.accepted import acceptance_of
from desktop_app.report.problems import Problem
from desktop_app.report.report import Report
from desktop_app.runtime.i18n import _
from desktop_app.ui import icons, tokens
from desktop_app.ui.parts import Tone, Words, tone_colour

LEVEL_ICONS = {Level.ERROR: "error", Level.WARNING: "warning", Level.HINT: "hint"}
LEVEL_TONES = {Level.ERROR: Tone.ERROR, Level.WARNING: Tone.WARNING, Level.HINT: Tone.QUIET}


class IconMark(QWidget):
    """A small icon in a tone; the words stand beside it."""

    def __init__(self, icon_name: str, tone: Tone, size: int = tokens.SMALL_ICON) -> None:
        """Draw ``icon_name`` at ``size`` pixels."""
        super().__init__()
        self._icon_name, self._tone = icon_name, tone
        self.setFixedSize(size, size + 2)

    def set_mark(self, icon_name: str, tone: Tone) -> None:
        """Show another icon or tone."""
        self._icon_name, self._tone = icon_name, tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The icon."""
        painter = QPainter(self)
        size = self.width()
        icons.paint(
            painter, self._icon_name, QRectF(0, 1, size, size), tone_colour(self._tone, self.palette())
        )


def told(problem: Problem, report: Report) -> str:
    """The problem's sentence; of one that was accepted, that it was."""
    if acceptance_of(problem, report.accepted.values()) is None:
        return problem.sentence
    return _("Accepted: {sentence}").format(sentence=problem.sentence)


def problem_line(problem: Problem, report: Report) -> QWidget:
    """The problem's icon and sentence, quietly where it was accepted."""
    is_accepted = acceptance_of(problem, report.accepted.values()) is not None
    icon_name = "check" if is_accepted else LEVEL_ICONS[problem.level]
    tone = Tone.QUIET if is_accepted else LEVEL_TONES[problem.level]
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(tokens.GAP)
    row.addWidget(IconMark(icon_name, tone), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Words(told(problem, report), font=tokens.small_font(), tone=tone), 1)
    return line
