"""Check and send: what is still wrong, where the package goes, and then the folder it lies in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QProgressBar

from desktop_app.formdef.model import Level
from desktop_app.runtime.i18n import _
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui import tokens
from desktop_app.ui.follow import follow
from desktop_app.ui.inputs import LineEdit, Well
from desktop_app.ui.jobs import Job, Report
from desktop_app.ui.pages.page import Page
from desktop_app.ui.parts import (
    Button,
    ButtonKind,
    Card,
    Tone,
    Words,
    heading,
    help_line,
    in_row,
    label,
    title,
)
from desktop_app.ui.problem_strip import ProblemList, level_counts
from desktop_app.ui.rows.problem_lines import IconMark


@dataclass(frozen=True, slots=True)
class ExportOutcome:
    """What an export made: the package, its content checksum, and sentences to tell."""

    package: Path
    checksum: str
    notices: tuple[str, ...] = field(default=())


Export = Callable[[Path, bool, Report], ExportOutcome]
"""Write the package into a folder; the flag allows to replace another one there."""


class SendPage(Page):
    """The last page of the working order."""

    path_chosen = Signal(str)
    folder_wanted = Signal(object)
    """A package whose folder someone wants to see."""

    def __init__(self, session: EntrySession, export: Export, folder: Path) -> None:
        """``folder`` is proposed for the package."""
        super().__init__()
        self._session = session
        self._export = export
        self._job: Job | None = None
        self._package: Path | None = None
        self.column.addWidget(title(_("Check and send")))
        self.column.addWidget(self._check_card())
        self.column.addWidget(self._package_card(folder))
        self._outcome = self._outcome_card()
        self._outcome.hide()
        self.column.addWidget(self._outcome)
        follow(session, self, self._on_paths_changed)
        self.show_problems()

    def _check_card(self) -> Card:
        card = Card()
        card.column.addWidget(heading(_("1. Check")))
        self._summary_icon = IconMark("state-complete", Tone.SUCCESS, tokens.ICON)
        self._summary = Words("")
        line = in_row(self._summary_icon, self._summary)
        line.setStretch(1, 1)
        card.column.addLayout(line)
        self._problems = ProblemList()
        self._problems.path_chosen.connect(self.path_chosen)
        card.column.addWidget(self._problems)
        return card

    def _package_card(self, folder: Path) -> Card:
        card = Card()
        card.column.addWidget(heading(_("2. Make the package")))
        card.column.addWidget(
            help_line(
                _(
                    "One file with the Excel workbook for the reviewers and the same answers"
                    " for their programs. Send that file to the secretariat."
                )
            )
        )
        name = label(_("Folder for the package"))
        self._folder = LineEdit()
        self._folder.setText(str(folder))
        self._folder.setAccessibleName(_("Folder for the package"))
        name.setBuddy(self._folder)
        choose = Button(_("Choose …"), "folder")
        choose.clicked.connect(self._on_choose)
        card.column.addWidget(name)
        line = in_row(Well(self._folder), choose)
        line.setStretch(0, 1)
        card.column.addLayout(line)
        self._make = Button(_("&Export the package"), "send", ButtonKind.PRIMARY)
        self._make.clicked.connect(self._on_export)
        self._replace = Button(_("Replace the other package"), "warning")
        self._replace.clicked.connect(self._on_replace)
        self._replace.hide()
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(tokens.GAP)
        self._progress.setAccessibleName(_("Progress of the export"))
        self._progress.hide()
        self._failure = Words("", tone=Tone.ERROR)
        self._failure.hide()
        card.column.addLayout(in_row(self._make, self._replace, None))
        card.column.addWidget(self._progress)
        card.column.addWidget(self._failure)
        return card

    def _outcome_card(self) -> Card:
        card = Card()
        line = in_row(IconMark("state-complete", Tone.SUCCESS, tokens.ICON), heading(_("3. Send it")), None)
        card.column.addLayout(line)
        self._told = Words("")
        self._told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card.column.addWidget(self._told)
        self._notices = Words("", tone=Tone.WARNING)
        self._notices.hide()
        card.column.addWidget(self._notices)
        open_folder = Button(_("&Open the folder"), "folder", ButtonKind.PRIMARY)
        open_folder.clicked.connect(self._on_open_folder)
        card.column.addLayout(in_row(open_folder, None))
        return card

    # Following

    def _on_paths_changed(self, paths: frozenset[str]) -> None:
        if self.isVisible():
            self.show_problems()
        self._outcome.hide()

    def show_problems(self) -> None:
        """Take over what the checks say now."""
        problems = self._session.problems.problems()
        counts = self._session.problems.counts()
        if counts[Level.ERROR]:
            self._summary_icon.set_mark("error", Tone.ERROR)
            words = _(
                "{counts}. Mend the errors before the report is final. A draft can be exported at any time."
            )
        elif problems:
            self._summary_icon.set_mark("state-complete", Tone.SUCCESS)
            words = _("No errors; {counts}. Look at them; the report can be sent.")
        else:
            self._summary_icon.set_mark("state-complete", Tone.SUCCESS)
            words = _("No problems found.")
        self._summary.setText(words.format(counts=level_counts(self._session)))
        self._problems.show_problems(self._session, problems)
        self._problems.setVisible(bool(problems))
        self._problems.setFixedHeight(min(tokens.CONTROL * 8, tokens.CONTROL * (len(problems) + 1)))

    # Exporting

    def _on_choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Folder for the package"), self._folder.text())
        if chosen:
            self._folder.setText(chosen)

    def _on_export(self) -> None:
        self._start(replace=False)

    def _on_replace(self) -> None:
        self._start(replace=True)

    def _start(self, *, replace: bool) -> None:
        if self._job is not None:
            return
        self._session.leave()
        folder = Path(self._folder.text()).expanduser()
        export = self._export

        def work(report: Report) -> ExportOutcome:
            return export(folder, replace, report)

        self._job = Job(work, self)
        self._job.progressed.connect(self._on_progressed)
        self._job.done.connect(self._on_done)
        self._job.failed.connect(self._on_failed)
        self._make.setEnabled(False)
        self._failure.hide()
        self._replace.hide()
        self._outcome.hide()
        self._progress.setRange(0, 0)
        self._progress.show()
        self._job.start()

    def _on_progressed(self, done: int, steps: int) -> None:
        self._progress.setRange(0, steps)
        self._progress.setValue(done)

    def _finish(self) -> None:
        if self._job is not None:
            self._job.wait()
            self._job = None
        self._progress.hide()
        self._make.setEnabled(True)

    def _on_done(self, outcome: ExportOutcome) -> None:
        self._finish()
        self._package = outcome.package
        self._told.setText(
            _(
                "The package is ready:\n{path}\n\nIt was reopened and compared with your report."
                " Send this file to the secretariat.\nContent checksum: {checksum}"
            ).format(path=outcome.package, checksum=outcome.checksum)
        )
        self._notices.setText("\n".join(outcome.notices))
        self._notices.setVisible(bool(outcome.notices))
        self._outcome.show()
        self.show_part(self._outcome)

    def _on_failed(self, sentence: str) -> None:
        self._finish()
        self._failure.setText(sentence)
        self._failure.show()
        self._replace.setVisible(self._package_in_the_way())
        self.show_part(self._failure)

    def _package_in_the_way(self) -> bool:
        folder = Path(self._folder.text()).expanduser()
        return folder.is_dir() and any(folder.glob("*.zip"))

    def _on_open_folder(self) -> None:
        if self._package is not None:
            self.folder_wanted.emit(self._package)

    def leave(self) -> None:
        """Nothing is being typed here."""

    def hand_over(self) -> None:
        """Nothing is being typed here."""

    def release(self) -> None:
        """Wait for an export that runs; before the page goes away."""
        if self._job is not None:
            self._job.wait()
        self._session.ignore(self._on_paths_changed)

    def go_to(self, path: str) -> None:
        """There is no place of the report on this page."""
