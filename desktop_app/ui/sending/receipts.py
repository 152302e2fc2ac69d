"""Receipts in the window: chosen or dropped, read beside it, filed with the submission they are about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.ui.errands import Errands
from desktop_app.ui.jobs import Report
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.notice import NoticeStep
from desktop_app.ui.parts import Tone
from desktop_app.ui.remembered import Remembered
from desktop_app.ui.report_keeper import ReportKeeper
from desktop_app.ui.sending.returned import LONGEST_WORDS

if TYPE_CHECKING:
    from desktop_app.services.open_report import OpenReport
    from desktop_app.services.receipts import ReceiptRead

ENDING = ".receipt.json"


def is_receipt(path: Path) -> bool:
    """Whether a file is named as a receipt is."""
    return path.name.lower().endswith(ENDING)


class Receipts(QObject):
    """One is filed at a time; of several the next one follows."""

    def __init__(
        self, window: MainWindow, keeper: ReportKeeper, errands: Errands, remembered: Remembered
    ) -> None:
        """For the report of ``keeper``."""
        super().__init__(window)
        self._window, self._keeper, self._errands = window, keeper, errands
        self._remembered = remembered
        self._waiting: list[Path] = []
        self._told: list[str] = []
        self._is_trusted = True
        self._asks_correction = False

    def choose(self) -> None:
        """Ask which receipt came back."""
        from desktop_app.runtime import paths
        from desktop_app.ui.files import choose_receipt

        chosen = choose_receipt(self._window, self._remembered.folder(paths.documents_folder()))
        if chosen is not None:
            self.take([chosen])

    def take(self, files: Sequence[Path]) -> None:
        """File the receipts that were chosen or dropped."""
        if self._keeper.opened is None:
            words = _("Open the report first that was sent. Then drop its receipt here again.")
            self._window.show_failure(words)
        elif self._errands.is_busy:
            self._window.show_failure(_("Something else is still under way. Drop it again in a moment."))
        else:
            self._waiting, self._told = list(files), []
            self._is_trusted, self._asks_correction = True, False
            self._take_next()

    def _take_next(self) -> None:
        opened = self._keeper.opened
        if not self._waiting or opened is None:
            self._tell()
            return
        path = self._waiting.pop(0)
        if self._window.view is not None:
            self._window.view.hand_over()

        def work(report: Report) -> tuple[OpenReport, ReceiptRead]:
            from desktop_app.services.receipts import read_receipt_file

            return opened, read_receipt_file(path)

        words = _("Reading “{file}” …").format(file=path.name)
        self._errands.run(words, work, self._on_read, self._give_up)

    def _give_up(self) -> None:
        """A file that is no receipt ends the series: its sentence is to be read."""
        self._waiting = []

    def _on_read(self, found: object) -> None:
        from desktop_app.services.receipts import ReceiptRead
        from desktop_app.services.submitting import file_receipt, is_filed

        assert isinstance(found, tuple)
        read_for, read = found
        assert isinstance(read, ReceiptRead)
        opened = self._keeper.opened
        if opened is None or opened is not read_for:
            return
        was_filed = is_filed(opened.session.report, read.receipt)
        try:
            file_receipt(opened.session, read.receipt)
        except DeskError as error:
            self._waiting = []
            self._window.show_failure(error.sentence)
            return
        words = _("The receipt is filed with its submission.")
        if was_filed:
            words = _("The receipt is already filed with its submission.")
        self._told.append("\n".join((words, *_lines(read))))
        self._is_trusted &= read.is_trusted
        self._asks_correction |= read.receipt.asks_correction
        self._take_next()

    def _tell(self) -> None:
        """What was filed, when no more receipts follow; a correction that is asked for leads on."""
        view, opened = self._window.view, self._keeper.opened
        if not self._told or view is None or opened is None:
            return
        good = self._is_trusted and not self._asks_correction
        may_amend = self._asks_correction and opened.session.report.status == "submitted"
        steps = [NoticeStep(_("&Write an amendment"), self._amend)] if may_amend else []
        told = "\n".join(self._told)
        self._window.notice.tell(told, Tone.SUCCESS if good else Tone.WARNING, steps)
        view.show_submissions()

    def _amend(self) -> None:
        view = self._window.view
        if view is not None:
            self._window.notice.hide()
            view.send_page().clearance.ways.ask_first()


def _lines(read: ReceiptRead) -> list[str]:
    """What the receipt says; many words of it are read with the submission."""
    words = read.receipt.words
    return [line for line in read.lines if line != words or len(words) <= LONGEST_WORDS]
