"""Soon after the start: work that had to stay on this computer is brought to its place, and that is said."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from desktop_app.runtime.errors import DeskError
from desktop_app.ui.job_queue import JobQueue
from desktop_app.ui.main_window import MainWindow

AFTER = 3000
"""Milliseconds after the start; the first page comes first."""


class LeftWork(QObject):
    """Looks once."""

    def __init__(self, window: MainWindow, who: str) -> None:
        """Nothing is done yet."""
        super().__init__(window)
        self._window, self._who = window, who
        self._queue = JobQueue(self)
        self._timer = QTimer(self, interval=AFTER, singleShot=True)
        self._timer.timeout.connect(self.look)

    def look_soon(self) -> None:
        """Look when the first page stands."""
        self._timer.start()

    def look(self) -> None:
        """Bring what waits, beside the window."""
        from desktop_app.services.left_copies import bring_left_copies, left_copies

        if left_copies():
            self._queue.add(lambda: bring_left_copies(self._who), self._on_brought, self._on_failed)

    def finish(self) -> None:
        """The window closes."""
        self._timer.stop()
        self._queue.finish()

    def _on_brought(self, told: object) -> None:
        assert isinstance(told, list)
        if told:
            # What stands there was not answered yet.
            self._window.notice.add("\n".join(told))

    def _on_failed(self, error: DeskError) -> None:
        self._window.show_failure(error.sentence)
