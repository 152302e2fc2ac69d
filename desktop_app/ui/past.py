"""What was, asked of the file worker: asking never waits, and answers come in the window's thread."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.errors import DeskError
from desktop_app.services.entry_session import EntrySession

if TYPE_CHECKING:
    from desktop_app.storage.protection import Key
    from desktop_app.storage.report_file import ReportFile
    from desktop_app.ui.attachments.attaching import Attaching

log = logging.getLogger(__name__)

T = TypeVar("T")
Read = Callable[[Callable[["ReportFile"], Any]], Future[Any]]
"""Runs a task with the open file in the worker's thread, as ``FileWorker.read``."""


@dataclass(slots=True)
class _Question:
    """Who asked, what to do with the answer, and where the answer will be."""

    owner: QObject
    then: Callable[[Any], None]
    otherwise: Callable[[str], None] | None
    answer: Future[Any]


class Past(QObject):
    """The log of one open report, for widgets that show what was."""

    files_made = Signal()
    """There is an ``Attaching`` now, with signals of its own."""

    _answered = Signal(int)

    def __init__(
        self,
        session: EntrySession,
        read: Read,
        path: Path,
        parent: QObject | None = None,
        key: Key | None = None,
    ) -> None:
        """``read`` belongs to the worker that keeps the session's report.

        ``path`` is the person's file, ``key`` what opens it and its backups when it is protected.
        """
        super().__init__(parent)
        self.session = session
        self.path = path
        self.key = key
        self._read = read
        self._files: Attaching | None = None
        self._questions: dict[int, _Question] = {}
        self._numbers = count(1)
        self._answered.connect(self._on_answered)

    @property
    def report_id(self) -> str:
        """The id of the report."""
        return self.session.report.id

    @property
    def files(self) -> Attaching:
        """What is done with the attached files of the report; made when it is first needed."""
        return self._files if self._files is not None else self.make_files()

    def make_files(self) -> Attaching:
        """Make that, and tell whoever waits for it."""
        from desktop_app.ui.attachments.attaching import Attaching

        self._files = made = Attaching(self.session, self.ask, self.attachment_bytes, self)
        self.files_made.emit()
        return made

    @property
    def has_files(self) -> bool:
        """Whether anything was done with attached files yet."""
        return self._files is not None

    def attachment_bytes(self, sha256: str) -> bytes:
        """The bytes of an attached file; for a thread beside the window, because it waits. KeyError."""
        from desktop_app.services.attachments import whole

        content: bytes = self._read(partial(whole, report_id=self.report_id, sha256=sha256)).result()
        return content

    def finish_files(self) -> None:
        """Attach what is still being read; the report is to be saved with it."""
        if self._files is not None:
            self._files.finish()

    def release(self) -> None:
        """What is under way is finished; before the report is closed."""
        if self._files is not None:
            self._files.release()

    def ask(
        self,
        owner: QObject,
        task: Callable[[ReportFile], T],
        then: Callable[[T], None],
        otherwise: Callable[[str], None] | None = None,
    ) -> None:
        """Run ``task`` behind everything recorded so far; ``then`` gets its result.

        ``otherwise`` gets a sentence when that was not possible. Neither is called once ``owner`` is gone
        or the report is being closed.
        """
        try:
            answer = self._read(task)
        except RuntimeError:
            # The worker has ended: the report is closing, and nobody looks at the past any more.
            log.info("the past was asked for while the report was closing")
            return
        number = next(self._numbers)
        self._questions[number] = _Question(owner, then, otherwise, answer)
        answer.add_done_callback(partial(self._on_done, number))

    def _on_done(self, number: int, answer: Future[Any]) -> None:
        """In the worker's thread."""
        if isValid(self):
            self._answered.emit(number)

    def _on_answered(self, number: int) -> None:
        question = self._questions.pop(number)
        if question.answer.cancelled() or not isValid(question.owner):
            return
        error = question.answer.exception()
        if error is None:
            question.then(question.answer.result())
        elif not isinstance(error, DeskError):
            raise error
        elif question.otherwise is not None:
            question.otherwise(error.sentence)
