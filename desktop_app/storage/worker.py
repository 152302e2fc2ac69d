"""The file worker: one thread that owns an open report file and keeps what the entry session hands it.

Handing over never waits for the disk. What could not be written stays in memory in its order and is
tried again until it is on disk; after every failure the file is opened anew and asked what it really
holds, because a disk may keep what it reported as failed.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from desktop_app.report.changes import OpenEdit, Operation, utc_now
from desktop_app.report.journal import Durability
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.storage.report_file import ReportFile

_PAUSES = (0.2, 1.0, 2.0, 5.0)
"""Seconds from one failed try to the next; the last one again and again."""

_logger = logging.getLogger(__name__)

T = TypeVar("T")
Task = Callable[[ReportFile], object]
Listener = Callable[[Durability], None]


@dataclass(frozen=True, slots=True)
class _HandOver:
    number: int
    item: Operation | OpenEdit


class FileWorker:
    """Implements ``report.journal.Journal`` over a report file that it opens in its own thread.

    The thread starts at once. ``opened`` gives what opening has recovered from a crash, or raises why
    the file could not be opened; then nothing can be handed over and the thread has ended.
    """

    def __init__(self, path: Path, who: str = "") -> None:
        """Open the report file at ``path`` for writing; ``who`` is shown to others who try the same."""
        self.opened: Future[tuple[Operation, ...]] = Future()
        self._path = path
        self._who = who
        self._condition = threading.Condition(threading.RLock())
        # All below is read and changed only while the condition is held; the file belongs to the thread.
        self._waiting: deque[_HandOver] = deque()
        self._tasks: deque[tuple[Task, Future[object]]] = deque()
        self._listeners: list[Listener] = []
        self._durability = Durability()
        self._failures = 0
        self._try_at = 0.0
        self._is_closing = False
        self._has_given_up = False
        self._has_ended = False
        self._thread = threading.Thread(target=self._work, name=f"file worker {path.name}", daemon=True)
        self._thread.start()

    # The journal

    def record(self, operation: Operation) -> int:
        """Hand over one operation; returns its number. Never waits for the disk."""
        return self._hand_over(operation)

    def keep_open_edit(self, edit: OpenEdit) -> int:
        """Hand over the content of the field being typed in; it takes the place of what still waits there."""
        return self._hand_over(edit)

    @property
    def durability(self) -> Durability:
        """What is safely on disk now."""
        with self._condition:
            return self._durability

    def listen(self, callback: Listener) -> None:
        """Call ``callback`` in the worker's thread after every commit and every failure."""
        with self._condition:
            self._listeners.append(callback)

    def flush(self, timeout: float) -> bool:
        """Wait at most ``timeout`` seconds until all that was handed over is on disk."""
        with self._condition:
            wanted = self._durability.handed
            self._hurry()
            return self._condition.wait_for(lambda: self._durability.durable >= wanted, timeout)

    # Beyond the journal

    @property
    def unsaved(self) -> tuple[Operation | OpenEdit, ...]:
        """What is in memory alone, in its order: to be kept elsewhere when the disk does not come back."""
        with self._condition:
            return tuple(entry.item for entry in self._waiting)

    def read(self, task: Callable[[ReportFile], T]) -> Future[T]:
        """Run ``task`` with the open file in the worker's thread, behind what was handed over before.

        While the disk refuses writes, tasks run all the same and see what is on disk.
        """
        future: Future[T] = Future()
        with self._condition:
            self._refuse_when_ended()
            self._tasks.append((task, future))  # type: ignore[arg-type]
            self._condition.notify_all()
        return future

    def close(self, timeout: float) -> bool:
        """Write what is left, close the file and end the thread, within ``timeout`` seconds.

        False when that was not enough: everything is as before, and the worker goes on trying.
        """
        with self._condition:
            self._is_closing = True
            self._hurry()
        self._thread.join(timeout)
        with self._condition:
            self._is_closing = self._has_ended
        return not self._thread.is_alive()

    def give_up(self) -> tuple[Operation | OpenEdit, ...]:
        """End the thread without writing what is left, and return that. To be called after ``close`` failed."""
        with self._condition:
            self._is_closing = self._has_given_up = True
            self._condition.notify_all()
        self._thread.join()
        return self.unsaved

    # Handing over

    def _hand_over(self, item: Operation | OpenEdit) -> int:
        with self._condition:
            self._refuse_when_ended()
            number = self._durability.handed + 1
            self._durability = replace(self._durability, handed=number)
            if self._waiting and _is_older_content(self._waiting[-1].item, item):
                self._waiting.pop()
            self._waiting.append(_HandOver(number, item))
            self._condition.notify_all()
            return number

    def _refuse_when_ended(self) -> None:
        if self._has_ended:
            raise RuntimeError("the file worker has ended")

    def _hurry(self) -> None:
        self._try_at = 0.0
        self._condition.notify_all()

    # In the thread

    def _work(self) -> None:
        try:
            file = ReportFile.open(self._path, "write", who=self._who)
        except Exception as error:  # noqa: BLE001 - whoever waits for the file is told
            self._end()
            self.opened.set_exception(error)
            return
        self.opened.set_result(file.recovered)
        with file:
            while (step := self._next_step()) is not None:
                step(file)

    def _next_step(self) -> Callable[[ReportFile], None] | None:
        """Wait for something to do; None when it is time to end."""
        with self._condition:
            while True:
                pause = self._try_at - time.monotonic()
                if self._has_given_up:
                    break
                if self._waiting and pause <= 0:
                    return self._write_step
                if self._tasks:
                    return self._task_step
                if self._is_closing and not self._waiting:
                    break
                self._condition.wait(pause if self._waiting else None)
        self._end()
        return None

    def _end(self) -> None:
        with self._condition:
            self._has_ended = True
            tasks, self._tasks = self._tasks, deque()
        for _task, future in tasks:
            future.cancel()

    def _write_step(self, file: ReportFile) -> None:
        try:
            self._look_again_after_failure(file)
            entries = self._entries_to_write()
            file.keep([entry.item for entry in entries])
        except Exception as error:  # noqa: BLE001 - nothing may end the thread while words wait in it
            self._note_failure(error)
        else:
            self._note_success(entries)
        self._announce()

    def _task_step(self, file: ReportFile) -> None:
        with self._condition:
            task, future = self._tasks.popleft()
        if not future.set_running_or_notify_cancel():
            return
        try:
            self._look_again_after_failure(file)
            result = task(file)
        except Exception as error:  # noqa: BLE001 - whoever waits for the result is told
            future.set_exception(error)
        else:
            future.set_result(result)

    def _entries_to_write(self) -> list[_HandOver]:
        """All that waits, in one commit; after a failure one at a time, so that each gets as far as it can."""
        with self._condition:
            return list(self._waiting)[: 1 if self._failures else None]

    def _look_again_after_failure(self, file: ReportFile) -> None:
        """Never assume after an error: drop what is on disk although its write was reported as failed."""
        with self._condition:
            if not self._failures:
                return
            ids = {
                entry.item.id: entry.number for entry in self._waiting if isinstance(entry.item, Operation)
            }
        landed = file.reconnect(ids.keys())
        if landed:
            self._note_durable(max(ids[operation] for operation in landed))

    def _note_success(self, entries: list[_HandOver]) -> None:
        with self._condition:
            self._failures = 0
            self._durability = replace(self._durability, failure=None)
            if entries:
                self._note_durable(entries[-1].number)

    def _note_durable(self, number: int) -> None:
        """All up to this number is on disk, commit returned."""
        with self._condition:
            while self._waiting and self._waiting[0].number <= number:
                self._waiting.popleft()
            self._durability = replace(self._durability, durable=number, at=utc_now())
            self._condition.notify_all()

    def _note_failure(self, error: Exception) -> None:
        with self._condition:
            pause = _PAUSES[min(self._failures, len(_PAUSES) - 1)]
            self._failures += 1
            self._try_at = time.monotonic() + pause
            self._durability = replace(self._durability, failure=_reason(error))
            self._condition.notify_all()
        # The kind of the error only: a log holds no answers.
        _logger.warning("%s was not written: %s", self._path.name, type(error).__name__)

    def _announce(self) -> None:
        with self._condition:
            durability, listeners = self._durability, list(self._listeners)
        for listener in listeners:
            try:
                listener(durability)
            except Exception:
                _logger.exception("a listener of the file worker failed")


def _is_older_content(waiting: Operation | OpenEdit, item: Operation | OpenEdit) -> bool:
    """Whether ``waiting`` is content of the very field that ``item`` has newer content of."""
    return (
        isinstance(waiting, OpenEdit)
        and isinstance(item, OpenEdit)
        and (waiting.report, waiting.path) == (item.report, item.path)
    )


def _reason(error: Exception) -> str:
    if isinstance(error, DeskError):
        return error.sentence
    sentence = _("Your last words could not be saved because of a mistake in the program ({kind}).")
    return sentence.format(kind=type(error).__name__)
