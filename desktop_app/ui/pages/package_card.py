"""The card that makes the package: where it goes, how far it is, and why it did not work."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QProgressBar

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui import tokens
from desktop_app.ui.export import Export, ExportOutcome, PackageInTheWayError
from desktop_app.ui.inputs import LineEdit, Well
from desktop_app.ui.jobs import Job, JobCancelledError, Report
from desktop_app.ui.parts import Button, ButtonKind, Card, Tone, Words, heading, help_line, in_row, label

CANCEL_AFTER = 1000
"""Milliseconds of an export after which it can be cancelled; most are over before."""


class PackageCard(Card):
    """Exports in a thread of its own, one at a time."""

    begun = Signal()
    exported = Signal(object)
    """An ``ExportOutcome``."""

    refused = Signal()
    """It did not work; the card says why."""

    def __init__(self, session: EntrySession, export: Export, folder: Path) -> None:
        """``folder`` is proposed for the package."""
        super().__init__()
        self._session, self._export = session, export
        self._job: Job | None = None
        self._folder = LineEdit(own_undo=True)
        self._folder.setText(str(folder))
        self._folder.setAccessibleName(_("Folder for the package"))
        self._make = Button(_("E&xport the package"), "send", ButtonKind.PRIMARY)
        self._make.clicked.connect(self._on_export)
        self._replace = Button(_("Replace the earlier package"), "warning")
        self._replace.clicked.connect(self._on_replace)
        self._replace.hide()
        self._cancel = Button(_("Cancel the export"), "close")
        self._cancel.clicked.connect(self._on_cancel)
        self._cancel.hide()
        self._long = QTimer(self)
        self._long.setSingleShot(True)
        self._long.setInterval(CANCEL_AFTER)
        self._long.timeout.connect(self._cancel.show)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(tokens.GAP)
        self._progress.setAccessibleName(_("Progress of the export"))
        self._progress.hide()
        self._failure = Words("", tone=Tone.ERROR)
        self._failure.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        words = _(
            "One file with the Excel workbook for the reviewers and the same answers"
            " for their programs. Send that file to the secretariat."
        )
        name = label(_("&Folder for the package"))
        name.setBuddy(self._folder)
        choose = Button(_("Choose …"), "folder")
        choose.setAccessibleName(_("Choose the folder for the package"))
        choose.clicked.connect(self._on_choose)
        place = in_row(Well(self._folder), choose)
        place.setStretch(0, 1)
        self.column.addWidget(heading(_("2. Make the package")))
        self.column.addWidget(help_line(words))
        self.column.addWidget(name)
        self.column.addLayout(place)
        self.column.addLayout(in_row(self._make, self._replace, self._cancel, None))
        self.column.addWidget(self._progress)
        self.column.addWidget(self._failure)

    def focus_start(self) -> None:
        """Put the keyboard to the button that exports."""
        self._make.setFocus(Qt.FocusReason.OtherFocusReason)

    def wait(self) -> None:
        """Block until an export under way is over; before the card goes away."""
        if self._job is not None:
            self._job.wait()

    def _on_choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Folder for the package"), self._folder.text())
        if chosen:
            self._folder.setText(chosen)

    def _on_export(self) -> None:
        self._start(replace=False)

    def _on_replace(self) -> None:
        self._make.setFocus(Qt.FocusReason.OtherFocusReason)
        self._start(replace=True)

    def _start(self, *, replace: bool) -> None:
        if self._job is not None:
            return
        self._session.leave()
        words = self._folder.text().strip()
        folder = Path(words).expanduser()
        if not words or not folder.is_absolute():
            self._fail(_("Say first in which folder the package shall be."))
            self._folder.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        export = self._export

        def work(report: Report) -> ExportOutcome:
            return export(folder, replace, report)

        self._job = Job(work, self)
        self._job.progressed.connect(self._on_progressed)
        self._job.done.connect(self._on_done)
        self._job.failed.connect(self._on_failed)
        self._failure.hide()
        self._replace.hide()
        self._progress.setRange(0, 0)
        self._progress.show()
        self._long.start()
        self.begun.emit()
        self._job.start()

    def _on_cancel(self) -> None:
        if self._job is not None:
            self._make.setFocus(Qt.FocusReason.OtherFocusReason)
            self._cancel.setEnabled(False)
            self._job.cancel()

    def _on_progressed(self, done: int, steps: int) -> None:
        self._progress.setRange(0, steps)
        self._progress.setValue(done)

    def _finish(self) -> None:
        if self._job is not None:
            self._job.wait()
            self._job.deleteLater()
            self._job = None
        self._long.stop()
        if self._cancel.hasFocus():
            self._make.setFocus(Qt.FocusReason.OtherFocusReason)
        self._cancel.hide()
        self._cancel.setEnabled(True)
        self._progress.hide()

    def _on_done(self, outcome: ExportOutcome) -> None:
        self._finish()
        self.exported.emit(outcome)

    def _on_failed(self, error: DeskError) -> None:
        self._finish()
        if isinstance(error, JobCancelledError):
            self._fail(_("The export was cancelled. There is no package of it."), Tone.NORMAL)
            return
        self._fail(error.sentence)
        self._replace.setVisible(isinstance(error, PackageInTheWayError))

    def _fail(self, sentence: str, tone: Tone = Tone.ERROR) -> None:
        self._failure.set_tone(tone)
        self._failure.setText(sentence)
        self._failure.show()
        self.refused.emit()
