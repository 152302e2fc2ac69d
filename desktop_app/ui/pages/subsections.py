"""On the page of a section with parts: a line for each part, with how far it has come."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal

from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import Level, Section
from desktop_app.report.progress import section_progress
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui import tokens
from desktop_app.ui.follow import follow
from desktop_app.ui.lines import ClickableRow
from desktop_app.ui.parts import Tone, Words, in_row
from desktop_app.ui.problem_counts import open_warnings_within, problems_within
from desktop_app.ui.progress_words import stage_icon, stage_words
from desktop_app.ui.rows.problem_lines import IconMark

_PAUSE = 100
"""Milliseconds until it is looked again whether the part has been checked."""


class SubsectionLine(ClickableRow):
    """Opens the section below when pressed."""

    section_wanted = Signal(str)

    def __init__(self, session: EntrySession, section: Section, labels: Labels) -> None:
        """For ``section``."""
        super().__init__()
        self._session, self._section = session, section
        self._icon = IconMark("state-empty", Tone.QUIET, tokens.ICON)
        self._words = Words("", tone=Tone.QUIET, wrap=False)
        heading = labels.section_heading(section)
        line = in_row(self._icon, Words(heading), self._words)
        line.setStretch(1, 1)
        line.setContentsMargins(tokens.GAP, tokens.GAP, tokens.GAP, tokens.GAP)
        self.setLayout(line)
        self.setAccessibleName(heading)
        self.activated.connect(self._on_activated)
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE)
        self._soon.timeout.connect(self._show_progress)
        follow(session, self, self._on_paths_changed)
        self._show_progress()

    def _on_activated(self) -> None:
        self.section_wanted.emit(self._section.code)

    def _on_paths_changed(self, paths: frozenset[str]) -> None:
        self._soon.start()

    def _show_progress(self) -> None:
        if not all(self._session.problems.is_checked(part.code) for part in self._section.walk()):
            # It is being checked behind what is shown.
            self._soon.start()
            return
        errors = problems_within(self._session, self._section, Level.ERROR)
        progress = section_progress(self._session.report, self._section, errors)
        warnings = open_warnings_within(self._session, self._section)
        icon_name, tone = stage_icon(progress, warnings)
        self._icon.set_mark(icon_name, tone)
        words = stage_words(progress, warnings)
        self._words.setText(words)
        self.setAccessibleDescription(words)
