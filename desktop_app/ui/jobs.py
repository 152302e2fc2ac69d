"""Work that takes longer than a blink runs in a thread of its own; the window hears of it by signals.

A job takes values, never widgets.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _

log = logging.getLogger(__name__)

Report = Callable[[int, int], None]


class Job(QObject):
    """One piece of work. ``work`` gets a callback for its progress: steps done, steps in all."""

    progressed = Signal(int, int)
    done = Signal(object)
    failed = Signal(object)
    """A ``DeskError`` with the sentence for the person."""

    def __init__(self, work: Callable[[Report], object], parent: QObject | None = None) -> None:
        """Not started yet."""
        super().__init__(parent)
        self._work = work
        self._thread = threading.Thread(target=self._run, name="job")

    def start(self) -> None:
        """Begin. ``done`` or ``failed`` comes exactly once."""
        self._thread.start()

    def wait(self) -> None:
        """Block until the work is over; for the end of the program, or when it has said that it is over."""
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        try:
            result = self._work(self.progressed.emit)
        except DeskError as error:
            self.failed.emit(error)
        except Exception:  # the edge of the thread: nothing may end it in silence
            log.exception("job failed")
            words = _("Something went wrong inside the program. Your report is safe; details are in the log.")
            self.failed.emit(DeskError(words))
        else:
            self.done.emit(result)
