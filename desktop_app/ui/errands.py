"""One errand at a time beside the report: an import, the example. The window says that it is under way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop_app.runtime.errors import DeskError
from desktop_app.ui.jobs import Job, JobCancelledError, Report


class Errands(QObject):
    """Runs them in a thread; a second one waits for nobody: it is not begun while one is under way."""

    begun = Signal(str)
    """Words for what is being done."""

    over = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing is under way."""
        super().__init__(parent)
        self._job: Job | None = None
        self._then: Callable[[object], None] | None = None
        self._otherwise: Callable[[], None] | None = None
        self._may_cancel = False

    @property
    def is_busy(self) -> bool:
        """Whether an errand is under way."""
        return self._job is not None

    def run(
        self,
        words: str,
        work: Callable[[Report], object],
        then: Callable[[object], None],
        otherwise: Callable[[], None] | None = None,
        *,
        may_cancel: bool = False,
    ) -> bool:
        """Begin ``work``; ``then`` gets its result, ``otherwise`` is called if it fails. False when busy.

        ``may_cancel``: nothing is lost when it ends before; it is not waited for then.
        """
        if self._job is not None:
            return False
        self._job = Job(work, self)
        self._then, self._otherwise, self._may_cancel = then, otherwise, may_cancel
        self._job.done.connect(self._on_done)
        self._job.failed.connect(self._on_failed)
        self.begun.emit(words)
        self._job.start()
        return True

    def wait(self) -> None:
        """Block until the errand under way is over; only when the program ends."""
        if self._job is not None:
            self.cancel()
            self._job.wait()

    def cancel(self) -> None:
        """End what is under way, where it may be; nothing is said of that."""
        if self._job is not None and self._may_cancel:
            self._job.cancel()

    def _finish(self) -> None:
        if self._job is not None:
            self._job.wait()
            self._job.deleteLater()
            self._job = None
        self.over.emit()

    def _on_done(self, result: object) -> None:
        self._finish()
        if self._then is not None:
            self._then(result)

    def _on_failed(self, error: DeskError) -> None:
        self._finish()
        if self._otherwise is not None:
            self._otherwise()
        if not isinstance(error, JobCancelledError):
            self.failed.emit(error.sentence)
