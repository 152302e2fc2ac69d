"""The file worker: one thread that owns an open report file and keeps what the entry session hands it.

Handing over never waits for the disk. What could not be written stays in memory in its order and is
tried again until it is on disk; after every failure the file is opened anew and asked what it really
holds, because a disk may keep what it reported as failed.

Before the first write the whole file is verified: nothing is ever written over damage.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from desktop_app.report.changes import OpenEdit, Operation
from desktop_app.report.drafts import CommentDraft
from desktop_app.report.journal import Document, Durability, SubmittedContent
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.storage.errors import DamagedFileError
from desktop_app.storage.hand_overs import HandOvers, Item, KeptAttachment, KeptDocument, KeptSubmission
from desktop_app.storage.lock_words import BEAT
from desktop_app.storage.report_file import BeforeUpgrade, Mode, ReportFile

if TYPE_CHECKING:
    from desktop_app.storage.protection import Key
    from desktop_app.storage.verifying import Damage

_logger = logging.getLogger(__name__)

T = TypeVar("T")
Listener = Callable[[Durability], None]


class FileWorker:
    """Implements ``report.journal.Journal`` over a report file that it opens in its own thread.

    The thread starts at once. ``opened`` gives the operations that opening has made of what a crash
    left open, or raises why the file could not be opened; then the worker has ended. ``integrity``
    gives what was found when the whole file was verified, which begins with ``verify`` or the first
    write; while it is not empty, nothing is written.
    """

    def __init__(
        self,
        path: Path,
        who: str = "",
        mode: Mode = "write",
        before_upgrade: BeforeUpgrade | None = None,
        key: Key | None = None,
    ) -> None:
        """Open the report file at ``path``; ``who`` is shown to others who want to write it meanwhile.

        A file opened to ``read`` takes nothing. ``key`` opens a protected file.
        """
        self.opened: Future[tuple[Operation, ...]] = Future()
        self.integrity: Future[list[Damage]] = Future()
        self._path = path
        self._who = who
        self._mode: Mode = mode
        self._before_upgrade = before_upgrade
        self._key = key
        self._condition = threading.Condition()
        self._hand_overs = HandOvers(self._condition)
        # Read and changed only while the condition is held. The file belongs to the thread alone.
        self._tasks: deque[tuple[Callable[[ReportFile], Any], Future[Any]]] = deque()
        self._listeners: list[Listener] = []
        self._beat_at = time.monotonic() + BEAT
        self._is_to_verify = False
        self._verify_at = 0.0
        self._is_closing = False
        self._has_given_up = False
        self._has_ended = False
        self._thread = threading.Thread(target=self._work, name=f"file worker {path.name}", daemon=True)
        self._thread.start()

    # The journal

    def record(self, operation: Operation) -> int:
        """Hand over one operation; returns its number. Never waits for the disk."""
        return self._hand_over(operation)

    def record_submission(self, operation: Operation, content: SubmittedContent) -> int:
        """Hand over the operation that submits a report, with what is submitted."""
        return self._hand_over(KeptSubmission(operation, content))

    def keep_open_edit(self, edit: OpenEdit) -> int:
        """Hand over the content of the field being typed in; it replaces older content that still waits."""
        return self._hand_over(edit)

    def keep_draft(self, draft: CommentDraft) -> int:
        """Hand over the words of an unfinished comment; they replace older ones that still wait."""
        return self._hand_over(draft)

    def keep_document(self, report: str, document: Document) -> int:
        """Hand over a document that belongs to the report; it is kept with what follows it, or before."""
        return self._hand_over(KeptDocument(report, document))

    def keep_attachment(self, report: str, sha256: str, document: Document) -> int:
        """Hand over the bytes of an attached file; they are kept with what follows them, or before."""
        return self._hand_over(KeptAttachment(report, sha256, document))

    @property
    def durability(self) -> Durability:
        """What is safely on disk now."""
        return self._hand_overs.durability

    def listen(self, callback: Listener) -> None:
        """Call ``callback`` in the worker's thread after every commit and every failure."""
        with self._condition:
            self._listeners.append(callback)

    def flush(self, timeout: float) -> bool:
        """Wait at most ``timeout`` seconds until all that was handed over is on disk."""
        with self._condition:
            wanted = self.durability.handed
            self._hand_overs.hurry()
            return self._condition.wait_for(lambda: self.durability.durable >= wanted, timeout)

    # Beyond the journal

    @property
    def unsaved(self) -> tuple[Item, ...]:
        """What is in memory alone, in its order: to be kept elsewhere when the disk does not come back."""
        return self._hand_overs.items

    def read(self, task: Callable[[ReportFile], T]) -> Future[T]:
        """Run ``task`` with the open file in the worker's thread, behind what was handed over before.

        While the disk refuses writes, tasks run all the same and see what is on disk.
        """
        future: Future[T] = Future()
        with self._condition:
            self._refuse_when_ended()
            self._tasks.append((task, future))
            self._condition.notify_all()
        return future

    def verify(self, after: float = 0.0) -> None:
        """Begin to verify the whole file, behind the tasks that wait; ``integrity`` has the result.

        It begins ``after`` so many seconds, and at once when something is to be written or the file is
        to be closed.
        """
        with self._condition:
            self._is_to_verify = True
            self._verify_at = time.monotonic() + after
            self._condition.notify_all()

    def try_again(self) -> None:
        """Write what waits now, not after the pause that follows a failure."""
        self._hand_overs.hurry()

    def close(self, timeout: float) -> bool:
        """Write what is left, close the file and end the thread, within ``timeout`` seconds.

        False when that was not enough: everything is as before, and the worker goes on trying.
        """
        with self._condition:
            self._is_closing = True
            self._hand_overs.hurry()
        self._thread.join(timeout)
        with self._condition:
            self._is_closing = self._has_ended
        return not self._thread.is_alive()

    def give_up(self) -> tuple[Item, ...]:
        """End the thread and return what was not written. To be called after ``close`` has failed."""
        with self._condition:
            self._has_given_up = True
            self._condition.notify_all()
        self._thread.join()
        return self.unsaved

    def _hand_over(self, item: Item) -> int:
        with self._condition:
            self._refuse_when_ended()
            return self._hand_overs.add(item)

    def _refuse_when_ended(self) -> None:
        if self._has_ended:
            raise RuntimeError("the file worker has ended")

    # In the thread

    def _work(self) -> None:
        try:
            file = ReportFile.open(
                self._path,
                self._mode,
                who=self._who,
                before_upgrade=self._before_upgrade,
                key=self._key,
            )
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
            while not self._has_given_up:
                wait = self._hand_overs.wait
                if wait is not None and wait <= 0:
                    return self._write if self.integrity.done() else self._verify
                if self._tasks:
                    return self._run_task
                now = time.monotonic()
                is_to_verify = self._is_to_verify and not self.integrity.done()
                if is_to_verify and (self._is_closing or now >= self._verify_at):
                    return self._verify
                if self._is_closing and wait is None:
                    break
                if now >= self._beat_at:
                    self._beat_at = now + BEAT
                    return ReportFile.beat
                next_at = min(self._beat_at, self._verify_at) if is_to_verify else self._beat_at
                self._condition.wait(next_at - now if wait is None else min(wait, next_at - now))
            self._end()
        return None

    def _end(self) -> None:
        with self._condition:
            self._has_ended = True
            tasks, self._tasks = self._tasks, deque()
        for _task, future in tasks:
            future.cancel()
        self.integrity.cancel()

    def _verify(self, file: ReportFile) -> None:
        """Compare the file with its log. What is found once may be a disk that failed for a moment."""
        try:
            self._look_again_after_failure(file)
            damages = _damages(file)
            if damages:
                file.reopen()
                damages = _damages(file)
        except Exception as error:  # noqa: BLE001 - nothing may end the thread while words wait in it
            # It is not known yet; the next write asks again.
            self._note_failure(error)
            with self._condition:
                self._is_to_verify = False
            self._announce()
            return
        if damages:
            _logger.error("%s is damaged in %d places", self._path.name, len(damages))
        self.integrity.set_result(damages)
        if self._mode == "write" and not damages and not self._is_closing:
            # Slow to load, and loaded while nobody waits, so that the first words are on disk in a second.
            from desktop_app.storage import writing  # noqa: F401

    def _write(self, file: ReportFile) -> None:
        try:
            self._refuse_damage()
            self._look_again_after_failure(file)
            entries = self._hand_overs.to_write()
            if entries:
                file.keep(entry.item for entry in entries)
        except Exception as error:  # noqa: BLE001 - nothing may end the thread while words wait in it
            self._note_failure(error)
        else:
            self._hand_overs.note_success()
            if entries:
                self._hand_overs.note_durable(entries[-1].number)
        self._announce()

    def _note_failure(self, error: Exception) -> None:
        # The kind of the error only: a log holds no answers. Of a mistake of our own also where it was made.
        unforeseen = None if isinstance(error, DeskError) else error
        _logger.warning("%s was not written: %s", self._path.name, type(error).__name__, exc_info=unforeseen)
        self._hand_overs.note_failure(_reason(error), is_own_mistake=unforeseen is not None)

    def _refuse_damage(self) -> None:
        damages = self.integrity.result()
        if damages:
            raise DamagedFileError(self._path, [damage.sentence for damage in damages])

    def _run_task(self, file: ReportFile) -> None:
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

    def _look_again_after_failure(self, file: ReportFile) -> None:
        """Never assume after an error: what is on disk although its write was reported as failed is done."""
        if not self._hand_overs.has_failed:
            return
        numbers = self._hand_overs.operations()
        landed = file.reconnect(numbers.keys())
        if landed:
            self._hand_overs.note_durable(max(numbers[operation] for operation in landed))

    def _announce(self) -> None:
        with self._condition:
            durability, listeners = self.durability, list(self._listeners)
        for listener in listeners:
            try:
                listener(durability)
            except Exception:
                _logger.exception("a listener of the file worker failed")


def _damages(file: ReportFile) -> list[Damage]:
    from desktop_app.storage.verifying import Damage

    try:
        return file.verify_chain()
    except DamagedFileError as error:
        return [Damage(None, "", error.sentence)]


def _reason(error: Exception) -> str:
    if isinstance(error, DeskError):
        return error.sentence
    sentence = _("Your last words could not be saved because of a mistake in the program ({kind}).")
    return sentence.format(kind=type(error).__name__)
