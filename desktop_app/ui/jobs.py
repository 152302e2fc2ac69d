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


class JobCancelledError(DeskError):
    """The person has cancelled the work; whatever it had begun is gone."""


class Job(QObject):
    """One piece of work. ``work`` gets a callback for its progress: steps done, steps in all.

    When the work is cancelled, that callback raises, so that the work cleans up as after any error.
    """

    progressed = Signal(int, int)
    done = Signal(object)
    failed = Signal(object)
    """A ``DeskError`` with the sentence for the person."""

    def __init__(self, work: Callable[[Report], object], parent: QObject | None = None) -> None:
        """Not started yet."""
        super().__init__(parent)
        self._work = work
        self._cancelled = threading.Event()
        self._thread = threading.Thread(target=self._run, name="job")

    def start(self) -> None:
        """Begin. ``done`` or ``failed`` comes exactly once."""
        self._thread.start()

    def cancel(self) -> None:
        """End at the next step, with a ``JobCancelledError``. Work that is through is not undone."""
        self._cancelled.set()

    def _report(self, done: int, steps: int) -> None:
        if self._cancelled.is_set() and done < steps:
            raise JobCancelledError(_("Cancelled."))
        self.progressed.emit(done, steps)

    def wait(self) -> None:
        """Block until the work is over; for the end of the program, or when it has said that it is over."""
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        try:
            result = self._work(self._report)
        except DeskError as error:
            self.failed.emit(error)
        except Exception:  # the edge of the thread: nothing may end it in silence
            log.exception("job failed")
            words = _("Something went wrong inside the program. Your report is safe; details are in the log.")
            self.failed.emit(DeskError(words))
        else:
            self.done.emit(result)
