"""Filling a part of the window step by step, so that nobody waits for it: keys and clicks come between."""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Signal

BUDGET = 0.015
"""Seconds of steps at a time."""

BREATH = object()
"""Yielded before a step that is long by itself: keys and clicks come between, whatever time is left."""


class Gradually(QObject):
    """Runs one series of steps; another one takes its place. What they yield is nothing, or ``BREATH``."""

    finished = Signal()

    def __init__(self, parent: QObject) -> None:
        """Goes on no longer than ``parent`` lives."""
        super().__init__(parent)
        self._steps: Iterator[object] | None = None
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)

    def run(self, steps: Iterator[object], budget: float = BUDGET) -> None:
        """Begin at once; what does not fit into the budget goes on when the event loop comes to it.

        ``budget``: seconds of steps for the beginning, at least one; 0 where much else is to be done at once.
        """
        self._steps = steps
        self._take(budget)

    @property
    def is_running(self) -> bool:
        """Whether there are steps left."""
        return self._steps is not None

    def stop(self) -> None:
        """Leave the rest undone."""
        self._steps = None
        self._timer.stop()

    def _go_on(self) -> None:
        self._take(BUDGET)

    def _take(self, budget: float) -> None:
        until = time.perf_counter() + budget
        while self._steps is not None:
            try:
                done = next(self._steps)
            except StopIteration:
                self.stop()
                self.finished.emit()
                return
            if done is BREATH or time.perf_counter() >= until:
                break
        if self._steps is not None and not self._timer.isActive():
            self._timer.start()
