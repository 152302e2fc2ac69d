"""Backups that nobody has to think of: a thread of its own beside the window and its file worker."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _

if TYPE_CHECKING:
    from desktop_app.services.backups.schedule import BackupSchedule
    from desktop_app.storage.verifying import Damage

_logger = logging.getLogger(__name__)

AFTER_OPENING = 10.0
"""Seconds after which the first backup is made: the person begins to read and write first."""

LOOK_EVERY = 60.0
"""Seconds from one look at the schedule to the next."""


class AutomaticBackups:
    """Backs up one open report file: after opening, every half hour and on closing, if it has changed.

    A file is backed up only after it was found to be sound: a damaged one must not push out good backups.
    ``failure`` says why the last one could not be made; empty when it could. The report goes on without.
    """

    def __init__(
        self,
        schedule: Callable[[], BackupSchedule],
        integrity: Future[list[Damage]],
        tell: Callable[[str], None],
        *,
        after_opening: float = AFTER_OPENING,
        look_every: float = LOOK_EVERY,
    ) -> None:
        """``schedule`` makes the schedule, in the thread, when it is first needed.

        ``tell`` is called in the thread with the sentence of every failure. The thread starts at once.
        """
        self.failure = ""
        self._make_schedule = schedule
        self._schedule: BackupSchedule | None = None
        self._integrity = integrity
        self._tell = tell
        self._first, self._next = after_opening, look_every
        self._is_closed = threading.Event()
        self._thread = threading.Thread(target=self._work, name="backups")
        self._thread.start()

    def close(self) -> None:
        """The report file was closed: make the last backup, and end. Does not wait for it."""
        self._is_closed.set()

    def wait(self, timeout: float) -> bool:
        """Wait at most ``timeout`` seconds until the thread has ended."""
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _work(self) -> None:
        is_closed = self._is_closed.wait(self._first)
        from desktop_app.services.backups.shelf import CLOSED, HALF_HOURLY, OPENED

        if not is_closed:
            self._run(OPENED)
            while not self._is_closed.wait(self._next):
                self._run(HALF_HOURLY)
        self._run(CLOSED)

    def _run(self, reason: str) -> None:
        if not self._is_sound():
            return
        try:
            if self._schedule is None:
                self._schedule = self._make_schedule()
            self._schedule.run(reason)
        except Exception as error:  # noqa: BLE001 - the edge of the thread: the report goes on without
            _logger.warning("no backup was made: %s", type(error).__name__)
            sentence = _("The backup could not be made because of a mistake in the program ({kind}).")
            self.failure = (
                error.sentence if isinstance(error, DeskError) else sentence.format(kind=type(error).__name__)
            )
            self._tell(self.failure)
        else:
            self.failure = ""

    def _is_sound(self) -> bool:
        """Whether the whole file has been verified and nothing was found."""
        known = self._integrity.done() and not self._integrity.cancelled()
        return known and not self._integrity.result()
