"""One long step of the report, made little by little; the window goes on meanwhile."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.ui.gradually import BUDGET

if TYPE_CHECKING:
    from desktop_app.services.gradual_step import GradualStep

LONG = 300
"""Milliseconds after which it is shown how far it is; nobody has to see what is over before."""

A_TURN = 1
"""Milliseconds after which something has a turn of its own: with none it comes before keys and clicks."""

_NEWS = 100
"""Milliseconds between two looks at how far it is."""


class Stepwise(QObject):
    """Takes the steps of one ``GradualStep``; ``over`` comes exactly once, also when it was given up."""

    over = Signal()
    progressed = Signal(int, int)
    """Changes made, and how many there are; 0 while they are still looked for."""

    def __init__(self, step: GradualStep, parent: QObject) -> None:
        """Not begun."""
        super().__init__(parent)
        self.step = step
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._on_timeout)
        self._news = QTimer(self, interval=LONG)
        self._news.timeout.connect(self._on_news)

    def begin(self) -> None:
        """Each part of it has a turn of its own."""
        self._timer.start()
        self._news.start()

    def finish(self) -> None:
        """Make all that is left at once."""
        self.step.finish()
        self._end()

    def give_up(self) -> None:
        """Make nothing of it, as long as it is not all there."""
        if self.step.can_be_given_up:
            self.step.give_up()

    def _end(self) -> None:
        self._timer.stop()
        self._news.stop()
        self.over.emit()

    def _on_timeout(self) -> None:
        step = self.step
        if step.is_over:
            # In a turn of its own: recording it has taken its time already.
            self._end()
            return
        until = time.perf_counter() + BUDGET
        for _step in step.steps:
            # What records it has a turn of its own as well.
            if time.perf_counter() > until or step.done == step.total > 0:
                return

    def _on_news(self) -> None:
        self._news.setInterval(_NEWS)
        self.progressed.emit(self.step.done, self.step.total)
