"""A problem as one line beside what it belongs to: a shape, a word, a sentence."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.formdef.model import Level
from desktop_app.report.problems import Problem
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


def problem_line(problem: Problem) -> QWidget:
    """The problem's icon and sentence."""
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(tokens.GAP)
    row.addWidget(
        IconMark(LEVEL_ICONS[problem.level], LEVEL_TONES[problem.level]), 0, Qt.AlignmentFlag.AlignTop
    )
    row.addWidget(Words(problem.sentence, font=tokens.small_font(), tone=LEVEL_TONES[problem.level]), 1)
    return line
