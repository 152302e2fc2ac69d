"""How long a window does nothing: a timer that should come every five milliseconds."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Qt, QTimer


class Ticks(QObject):
    """``longest``: the longest time in seconds between two ticks since ``begin``.

    ``busiest``: the longest time of processor that the window's own thread took between two ticks. What other
    programs take from it does not count there, and where it waits for a disk neither.
    ``program``: the same of all threads together, and no more than the clock.
    """

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self, interval=5, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timeout)
        self.begin()
        self._timer.start()

    def begin(self) -> None:
        """Forget what was."""
        self.longest = self.busiest = self.program = 0.0
        self._last = time.perf_counter(), time.thread_time(), time.process_time()

    def _on_timeout(self) -> None:
        now = time.perf_counter(), time.thread_time(), time.process_time()
        clock, own, program = (new - old for new, old in zip(now, self._last, strict=True))
        self.longest = max(self.longest, clock)
        self.busiest = max(self.busiest, own)
        self.program = max(self.program, min(clock, program))
        self._last = now
