"""Checking an open report behind its first page and after each edit, so that nobody waits for it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.services.entry_session import EntrySession
from desktop_app.ui.follow import follow
from desktop_app.ui.gradually import Gradually

_AFTER_PAINTING = 40
"""Milliseconds the first page has to be painted before anything else of the report is checked."""

_PAUSE = 100
"""Milliseconds after an edit before what it affects is shown: nothing flickers while one types."""


class Checking(QObject):
    """Follows a session, and has what is not known of its problems checked."""

    settled = Signal()
    """All is checked: for the first time, or again after an edit, whether or not that changed a problem."""

    def __init__(self, session: EntrySession, parent: QObject | None = None) -> None:
        """Begins by itself, as soon as the window has been painted."""
        super().__init__(parent)
        self._session = session
        self.section = ""
        """The code of the section that is shown, which is checked first."""
        self.has_settled = False
        """Whether all has been checked once: before, problems are not known everywhere."""
        self._steps = Gradually(self)
        self._steps.finished.connect(self._on_finished)
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._on_time)
        self._soon.start(_AFTER_PAINTING)
        follow(session, self, self._on_paths_changed)

    def release(self) -> None:
        """Stop following."""
        self._soon.stop()
        self._steps.stop()
        self._session.ignore(self._on_paths_changed)

    def _on_paths_changed(self, paths: frozenset[str]) -> None:
        # What is being checked takes notice by itself; the first time is not put off by typing. Of what
        # reviewers say nothing is checked, but counted beside the sections.
        if self.has_settled:
            self._soon.start(_PAUSE)

    def _on_time(self) -> None:
        if not self._steps.is_running:
            self._steps.run(self._session.problems.check_on(self.section))

    def _on_finished(self) -> None:
        self.has_settled = True
        self.settled.emit()
