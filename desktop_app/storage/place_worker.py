"""The place worker: one thread that writes a working copy back to its place while the person works on.

It never makes the person or the file worker wait. What the place does not take is tried again, and
stays on this computer until then.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from desktop_app.report.journal import Durability
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.storage.lock_words import BEAT
from desktop_app.storage.place_state import PlaceState, Standing
from desktop_app.storage.working_copy import WorkingCopy

_logger = logging.getLogger(__name__)

Listener = Callable[[PlaceState], None]


@dataclass(frozen=True, slots=True)
class Pauses:
    """In seconds. Written back ``quiet`` after the last change, but ``between`` times at least apart.

    ``again``: from one failed try to the next; the last one again and again.
    """

    quiet: float = 3.0
    between: float = 60.0
    again: tuple[float, ...] = (5.0, 15.0, 30.0, 60.0)


class PlaceWorker:
    """Owns a ``WorkingCopy`` from its start to ``close``."""

    def __init__(self, working: WorkingCopy, pauses: Pauses | None = None) -> None:
        """Begin at once: what an earlier sitting left here is written back now."""
        self.working = working
        self._pauses = pauses or Pauses()
        self._condition = threading.Condition()
        # Read and changed only while the condition is held.
        self._changes = 0
        self._written = 0
        self._failures = 0
        now = time.monotonic()
        self._first_change = self._last_change = now
        # The first time: for what opening the file has changed, or an earlier sitting has left here.
        is_in_step = working.state.standing is Standing.IN_STEP
        self._try_at: float | None = now + self._pauses.quiet if is_in_step else now
        self._not_before = now
        self._beat_at = now + BEAT
        self._durable = -1
        self._listeners: list[Listener] = []
        self._is_hurried = False
        self._before_release: Callable[[], object] | None = None
        self._is_closing = False
        self._has_ended = False
        self._mistake = ""
        self._thread = threading.Thread(
            target=self._work, name=f"place worker {working.place.name}", daemon=True
        )
        self._thread.start()

    # From any thread

    @property
    def state(self) -> PlaceState:
        """How far the place has come."""
        with self._condition:
            state = self.working.state
            if self._mistake:
                return replace(state, standing=Standing.WAITING, sentence=self._mistake)
            if self._changes > self._written and state.is_written:
                return replace(state, standing=Standing.WAITING)
            return state

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will come of it."""
        return not self._thread.is_alive()

    def listen(self, callback: Listener) -> None:
        """Call ``callback`` in the worker's thread whenever the state has changed."""
        with self._condition:
            self._listeners.append(callback)

    def note_durability(self, durability: Durability) -> None:
        """What the file worker has to say: what is new on this computer's disk has to go to the place."""
        with self._condition:
            if durability.durable == self._durable:
                return
            self._durable = durability.durable
            now = time.monotonic()
            if self._changes == self._written:
                self._first_change = now
            self._last_change = now
            self._changes += 1
            self._condition.notify_all()

    def hurry(self) -> None:
        """Write back now, not after a pause."""
        with self._condition:
            self._is_hurried = True
            self._condition.notify_all()

    def wait_written(self, timeout: float) -> bool:
        """Hurry, and wait until all is at its place or was refused; whether it is there."""
        self.hurry()
        with self._condition:
            self._condition.wait_for(lambda: self._has_ended or self._is_settled, timeout)
        return self.state.is_written

    @property
    def is_settled(self) -> bool:
        """Whether nothing waits to be written back but what the place has refused."""
        with self._condition:
            return self._is_settled

    @property
    def _is_settled(self) -> bool:
        return not self._is_hurried and (self._changes == self._written or self._failures > 0)

    def close(self, timeout: float, before_release: Callable[[], object] | None = None) -> bool:
        """Write back a last time and end, within ``timeout`` seconds; whether all is at its place.

        To be called when the working copy is closed. What is not at its place stays on this computer.
        ``before_release`` is called in the thread before the working copy goes.
        """
        with self._condition:
            self._before_release = before_release
            self._is_closing = True
            self._condition.notify_all()
        self._thread.join(timeout)
        return self.has_ended and self.state.is_written

    # In the thread

    def _work(self) -> None:
        while self._wait():
            self._write_back()
        self._write_back()
        try:
            if self._before_release is not None:
                self._before_release()
            self.working.release()
        finally:
            with self._condition:
                self._has_ended = True
                self._condition.notify_all()

    def _wait(self) -> bool:
        """Wait until it is time to write back; False when it is time to end."""
        while True:
            with self._condition:
                now = time.monotonic()
                if self._is_closing:
                    return False
                if now >= self._beat_at:
                    self._beat_at = now + BEAT
                    is_beat = True
                elif (due := self._due()) is not None and now >= due:
                    return True
                else:
                    is_beat = False
                    self._condition.wait((self._beat_at if due is None else min(due, self._beat_at)) - now)
            if is_beat:
                self.working.beat()

    def _due(self) -> float | None:
        """When to write back next."""
        if self._is_hurried:
            return 0.0
        if self._try_at is not None:
            return self._try_at
        if self._changes == self._written:
            return None
        soon = min(self._last_change + self._pauses.quiet, self._first_change + self._pauses.between)
        return max(soon, self._not_before)

    def _write_back(self) -> None:
        with self._condition:
            changes, self._is_hurried = self._changes, False
        before, mistake, failed = self.state, "", True
        try:
            self.working.write_back()
            failed = False
        except DeskError as error:
            # The kind of the error only: a log holds no answers.
            _logger.warning("%s: not written back: %s", self.working.place.name, type(error).__name__)
            mistake = "" if self.working.state.sentence else error.sentence
        except Exception as error:  # noqa: BLE001 - the person is told, and the work stays here
            _logger.error("%s: not written back: %s", self.working.place.name, type(error).__name__)
            sentence = _(
                "Your work is kept on this computer. It was not written back because of a mistake in the"
                " program ({kind})."
            )
            mistake = sentence.format(kind=type(error).__name__)
        self._note(changes, mistake, failed=failed)
        if self.state != before:
            self._announce()

    def _note(self, changes: int, mistake: str, *, failed: bool) -> None:
        with self._condition:
            now = time.monotonic()
            self._mistake = mistake
            if failed:
                again = self._pauses.again
                self._try_at = now + again[min(self._failures, len(again) - 1)]
                self._failures += 1
            else:
                self._failures, self._try_at = 0, None
                self._written = changes
                self._first_change = now
                self._not_before = now + self._pauses.between
            self._condition.notify_all()

    def _announce(self) -> None:
        with self._condition:
            listeners = list(self._listeners)
        state = self.state
        for listener in listeners:
            try:
                listener(state)
            except Exception as error:  # noqa: BLE001 - nothing may end the thread
                _logger.error("a listener of the place worker failed: %s", type(error).__name__)
