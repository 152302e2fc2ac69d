"""Check and send: what is still wrong, where the package goes, and then the folder it lies in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal

from desktop_app.formdef.model import Level
from desktop_app.runtime.i18n import _
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui import tokens
from desktop_app.ui.export import Export, ExportOutcome
from desktop_app.ui.follow import follow
from desktop_app.ui.pages.package_card import PackageCard
from desktop_app.ui.pages.page import Page
from desktop_app.ui.parts import Button, Card, Tone, Words, heading, in_row, title
from desktop_app.ui.problem_counts import level_counts
from desktop_app.ui.problem_list import ProblemList
from desktop_app.ui.rows.problem_lines import IconMark

_MOST_LINES = 8


class SendPage(Page):
    """The last page of the working order."""

    path_chosen = Signal(str)
    folder_wanted = Signal(object)
    """A package whose folder someone wants to see."""

    def __init__(self, session: EntrySession, export: Export, folder: Path) -> None:
        """``folder`` is proposed for the package."""
        super().__init__()
        self._session = session
        self._package: Path | None = None
        self.making = PackageCard(session, export, folder)
        self.column.addWidget(title(_("Check and send")))
        self.column.addWidget(self._check_card())
        self.making.begun.connect(self._on_begun)
        self.making.exported.connect(self._on_exported)
        self.making.refused.connect(self._on_refused)
        self.column.addWidget(self.making)
        self._outcome = self._outcome_card()
        self._outcome.hide()
        self.column.addWidget(self._outcome)
        follow(session, self, self._on_paths_changed)

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
        self._problems.left.connect(self.making.focus_start)
        card.column.addWidget(self._problems)
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
        self._open_folder = Button(_("&Open the folder"), "folder")
        self._open_folder.clicked.connect(self._on_open_folder)
        card.column.addLayout(in_row(self._open_folder, None))
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
            words = _("{counts}. Correct the errors first. A draft can be exported at any time.")
        elif problems:
            self._summary_icon.set_mark("state-complete", Tone.SUCCESS)
            words = _("No errors; {counts}. Look at them; the report can be sent.")
        else:
            self._summary_icon.set_mark("state-complete", Tone.SUCCESS)
            words = _("No problems found.")
        self._summary.setText(words.format(counts=level_counts(self._session)))
        self._problems.show_problems(self._session, problems)
        self._problems.setVisible(bool(problems))
        self._problems.setFixedHeight(tokens.CONTROL * min(_MOST_LINES, len(problems) + 1))

    # Exporting

    def _on_begun(self) -> None:
        self._outcome.hide()

    def _on_exported(self, outcome: ExportOutcome) -> None:
        self._package = outcome.package
        self._told.setText(
            _(
                "The package is ready:\n{path}\n\nIt was reopened and compared with your report."
                " It is a draft, as its name says. Send this file to the secretariat."
                "\nContent checksum: {checksum}"
            ).format(path=outcome.package, checksum=outcome.checksum)
        )
        self._notices.setText("\n".join(outcome.notices))
        self._notices.setVisible(bool(outcome.notices))
        self._outcome.show()
        self.show_part(self._outcome)
        if self.isVisible():
            self._open_folder.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_refused(self) -> None:
        self.show_part(self.making)

    def _on_open_folder(self) -> None:
        if self._package is not None:
            self.folder_wanted.emit(self._package)

    def enter(self) -> None:
        """The page is shown now: say what the checks say now."""
        self.show_problems()

    def leave(self) -> None:
        """Nothing is being typed here."""

    def hand_over(self) -> None:
        """Nothing is being typed here."""

    def release(self) -> None:
        """Wait for an export that runs; before the page goes away."""
        self.making.wait()
        self._session.ignore(self._on_paths_changed)
