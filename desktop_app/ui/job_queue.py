"""Small pieces of work done one after the other beside the window, each in a thread of its own."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.errors import DeskError
from desktop_app.ui.jobs import Job, Report

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class _Entry:
    work: Work
    then: Callable[[object], None]
    otherwise: Callable[[DeskError], None]


class JobQueue(QObject):
    """Nothing waits for the window, and no two of the jobs run at the same time."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing to do yet."""
        super().__init__(parent)
        self._waiting: deque[_Entry] = deque()
        self._job: Job | None = None
        self._entry: _Entry | None = None

    @property
    def is_busy(self) -> bool:
        """Whether something is being done."""
        return self._job is not None

    def add(self, work: Work, then: Callable[[object], None], otherwise: Callable[[DeskError], None]) -> None:
        """Do ``work`` behind what waits already; in the window's thread ``then`` gets its result."""
        self._waiting.append(_Entry(work, then, otherwise))
        self._go_on()

    def finish(self) -> None:
        """Do all that is left, and return when it is done; nobody is told any more. For the end."""
        entries, self._waiting = list(self._waiting), deque()
        if self._job is not None:
            self._job.wait()
        for entry in entries:
            last = Job(_with_progress(entry.work))
            last.start()
            last.wait()

    def _go_on(self) -> None:
        if self._job is not None or not self._waiting:
            return
        self._entry = self._waiting.popleft()
        self._job = Job(_with_progress(self._entry.work), self)
        self._job.done.connect(self._on_done)
        self._job.failed.connect(self._on_failed)
        self._job.start()

    def _over(self) -> _Entry:
        job, entry = self._job, self._entry
        assert job is not None
        assert entry is not None
        job.wait()
        job.deleteLater()
        self._job = self._entry = None
        return entry

    def _on_done(self, result: object) -> None:
        entry = self._over()
        entry.then(result)
        self._go_on()

    def _on_failed(self, error: DeskError) -> None:
        entry = self._over()
        entry.otherwise(error)
        self._go_on()


def _with_progress(work: Work) -> Callable[[Report], object]:
    def run(report: Report) -> object:
        return work()

    return run
