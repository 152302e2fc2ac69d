"""Files dropped onto the window, or chosen as reviewed workbooks: what they are decides who gets them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.ui.beginnings import Arrival
from desktop_app.ui.form_deliveries import is_delivery
from desktop_app.ui.job_queue import JobQueue
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.remembered import Remembered
from desktop_app.ui.report_keeper import ReportKeeper
from desktop_app.ui.review.reviews import Reviews
from desktop_app.ui.sending.receipts import is_receipt
from desktop_app.ui.verifying.verdicts import is_package

if TYPE_CHECKING:
    from desktop_app.services.known_files import KnownKind


class DroppedFiles(QObject):
    """They are looked at beside the window, which would wait for a share, and for what reads them."""

    arrived = Signal(object)
    """An ``Arrival``: a report file was dropped."""

    receipts_arrived = Signal(object)
    """The paths of receipts that were dropped."""

    form_arrived = Signal(object)
    """The path of the delivery of a form that was dropped."""

    keys_arrived = Signal(object)
    """The paths of files with keys of others that were dropped."""

    document_arrived = Signal(object)
    """The path of an old report that was dropped where no report is open."""

    package_arrived = Signal(object)
    """The path of a package that was dropped, which no workbook of the report that is open came back in."""

    def __init__(
        self,
        window: MainWindow,
        keeper: ReportKeeper,
        reviews: Reviews,
        remembered: Remembered,
        may_leave: Callable[[], bool],
    ) -> None:
        """``reviews`` gets the workbooks. ``may_leave``: whether another page may come; it says why not."""
        super().__init__(window)
        self._may_leave = may_leave
        self._window, self._keeper, self._reviews, self._remembered = window, keeper, reviews, remembered
        self._queue = JobQueue(self)
        window.files_dropped.connect(self.take)

    @property
    def is_busy(self) -> bool:
        """Whether it is not known yet what was dropped."""
        return self._queue.is_busy

    def choose(self) -> None:
        """Ask which workbook came back."""
        from desktop_app.runtime import paths
        from desktop_app.ui.files import choose_workbook

        chosen = choose_workbook(self._window, self._remembered.folder(paths.documents_folder()))
        if chosen is not None:
            self.take([chosen])

    def take(self, files: Sequence[Path]) -> None:
        """Open what was dropped: one report file, or workbooks for the report that is open."""
        found = list(files)
        if found:
            self._queue.add(partial(_kinds, found), partial(self._on_sorted, found), self._on_failed)

    def finish(self) -> None:
        """Do what is under way to its end; for the end of the program."""
        self._queue.finish()

    def _on_failed(self, error: DeskError) -> None:
        self._window.show_failure(error.sentence)

    def _on_sorted(self, files: list[Path], sorted_as: object) -> None:
        from desktop_app.exchange.old_reports import is_old_report
        from desktop_app.services.known_files import KnownKind

        assert isinstance(sorted_as, list)
        kinds: list[KnownKind | None] = sorted_as
        if not self._may_leave():
            return
        if all(kind is KnownKind.RECEIPT for kind in kinds):
            self.receipts_arrived.emit(files)
            return
        reports = [path for path, kind in zip(files, kinds, strict=True) if kind is KnownKind.REPORT]
        if reports and len(files) > 1:
            self._window.show_failure(_("A report file is opened alone: drop it without other files."))
        elif self._reviews.is_busy:
            self._reviews.tell_busy()
        elif reports:
            self.arrived.emit(Arrival(reports[0]))
        elif all(kind is KnownKind.KEY for kind in kinds):
            self.keys_arrived.emit(files)
        elif kinds == [KnownKind.FORM]:
            self.form_arrived.emit(files[0])
        elif kinds == [KnownKind.PACKAGE] and self._is_to_verify(files[0]):
            self.package_arrived.emit(files[0])
        elif self._keeper.opened is None and len(files) == 1 and is_old_report(files[0].name):
            self.document_arrived.emit(files[0])
        else:
            self._reviews.take(files)

    def _is_to_verify(self, package: Path) -> bool:
        """An encrypted one is not one that was reviewed, and none is while no report is open."""
        return self._keeper.opened is None or package.suffix.lower() == ".age"


def _kinds(files: Sequence[Path]) -> list[KnownKind | None]:
    """What the files are, in the thread of a job."""
    return [_kind(path) for path in files]


def _kind(path: Path) -> KnownKind | None:
    """What a file is by its content; else what its name says, so that whoever opens it says what is wrong."""
    from desktop_app.services.known_files import KnownKind, known_kind

    if is_receipt(path):
        return KnownKind.RECEIPT
    if is_delivery(path):
        return KnownKind.FORM
    return known_kind(path) or (KnownKind.PACKAGE if is_package(path) else None)
