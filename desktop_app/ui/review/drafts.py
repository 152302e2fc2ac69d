"""What is being typed in the boxes for comments and answers, on its way into the report file.

The session holds the truth. Between two keys the words wait here, no longer than those of an answer do.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.report.drafts import about_of, draft_at
from desktop_app.runtime.errors import DeskError
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.to_reviewers import unfinished
from desktop_app.ui.binding import LATEST, PAUSE


class Drafts(QObject):
    """By place: the path of the comment that is answered, or of what a new comment is about."""

    failed = Signal(str)
    """Why words could not be kept; they stay in their box."""

    name_given = Signal(str)
    """The name that stands beside the person's words from now on; empty for the account's."""

    def __init__(self, session: EntrySession, parent: QObject) -> None:
        """Of the session's report."""
        super().__init__(parent)
        self._session = session
        self._typed: dict[str, str] = {}
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._latest = QTimer(self, singleShot=True, interval=LATEST)
        self._pause.timeout.connect(self.hand_over)
        self._latest.timeout.connect(self.hand_over)
        self.is_handing_over = False
        """The session tells of words right now that a box has itself."""

    @property
    def who(self) -> str:
        """Whose words they will be."""
        return self._session.who

    def keep(self, place: str, words: str) -> None:
        """These words stand in the box at ``place`` now."""
        self._typed[place] = words
        self._pause.start()
        if not self._latest.isActive():
            self._latest.start()

    def hand_over(self) -> None:
        """Give the session what was typed; it is on disk within a second."""
        self._pause.stop()
        self._latest.stop()
        self.is_handing_over = True
        try:
            for place, words in list(self._typed.items()):
                self._session.keep_draft(place, words)
                del self._typed[place]
        except DeskError as error:
            self.failed.emit(error.sentence)
        finally:
            self.is_handing_over = False

    def drop(self, place: str) -> None:
        """The words at ``place`` are not wanted any more."""
        self.keep(place, "")
        self.hand_over()

    def words(self, place: str) -> str:
        """What is written so far."""
        if place in self._typed:
            return self._typed[place]
        draft = draft_at(self._session.report.drafts, place)
        return draft.words if draft is not None else ""

    def first(self) -> tuple[str, str] | None:
        """The place of the words that are longest unfinished, and what they are about; None for none."""
        self.hand_over()
        report = self._session.report
        found = next(iter(unfinished(report)), None)
        return None if found is None else (found.place, about_of(report, found))
