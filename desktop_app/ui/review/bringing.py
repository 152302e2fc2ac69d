"""What was chosen of a returned workbook is brought in little by little; the window goes on meanwhile."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.services.review import BringingIn
from desktop_app.ui.gradually import BUDGET

LONG = 300
"""Milliseconds after which it is shown how far it is; nobody has to see what is over before."""

FEW = 20
"""So many things are brought in at once: that takes no longer than a press."""

_NEWS = 100
"""Milliseconds between two looks at how far it is."""


class Bringing(QObject):
    """Takes the steps of one ``BringingIn``; ``over`` comes exactly once, also when it was given up."""

    over = Signal()
    progressed = Signal(int, int)
    """Changes made, and how many there are; 0 while they are still looked for."""

    def __init__(self, bringing: BringingIn, parent: QObject) -> None:
        """Not begun."""
        super().__init__(parent)
        self.bringing = bringing
        self.is_long = False
        """Whether there is so much that each part of it has a turn of its own."""
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._on_timeout)
        self._news = QTimer(self, interval=LONG)
        self._news.timeout.connect(self._on_news)

    def start(self, count: int) -> None:
        """Begin with bringing in ``count`` things; few of them are there when this returns."""
        if count <= FEW:
            self.bringing.step.finish()
            self.over.emit()
        else:
            self.is_long = True
            self._timer.start()
            self._news.start()

    def give_up(self) -> None:
        """Bring nothing in, as long as it is not all there."""
        if self.bringing.step.can_be_given_up:
            self.bringing.step.give_up()

    def _on_timeout(self) -> None:
        step = self.bringing.step
        if step.is_over:
            # In a turn of its own: recording it has taken its time already.
            self._timer.stop()
            self._news.stop()
            self.over.emit()
            return
        until = time.perf_counter() + BUDGET
        for _step in step.steps:
            # What records it has a turn of its own as well.
            if time.perf_counter() > until or step.done == step.total > 0:
                return

    def _on_news(self) -> None:
        self._news.setInterval(_NEWS)
        self.progressed.emit(self.bringing.step.done, self.bringing.step.total)
