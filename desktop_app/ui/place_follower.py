"""A report worked on in a copy: says how far its place has come, and waits for it before closing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal

from desktop_app.runtime.i18n import _
from desktop_app.services.open_report import OpenReport
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.notice import NoticeStep
from desktop_app.ui.parts import Tone

if TYPE_CHECKING:
    from desktop_app.storage.place_worker import PlaceWorker

LOOK_AGAIN = 20
"""Milliseconds from one look at the place to the next."""

PATIENCE = 10_000
"""Milliseconds a place has for the last words; a drive that answers at all is quicker."""


class PlaceFollower(QObject):
    """Follows the place of the one report that is open; nothing for a report worked on where it is."""

    changed = Signal()
    """The place has come further, or refuses what is written back."""

    _news = Signal(object)

    def __init__(self, window: MainWindow) -> None:
        """Nothing to follow yet."""
        super().__init__(window)
        self._window = window
        self.conflict_steps: Sequence[NoticeStep] = ()
        """What can be done when somebody else changed the file meanwhile."""
        self._opened: OpenReport | None = None
        self._told = ""
        self._news.connect(self._on_news)

    def follow(self, opened: OpenReport) -> None:
        """``opened`` is shown now."""
        self._opened, self._told = opened, ""
        if opened.place is not None:
            opened.place.listen(self._on_place_told)
            # What opening has told already; what has happened since is told when the page stands.
            words = self._words()
            self._told = words if words in opened.notices else ""
            QTimer.singleShot(0, self, self._on_followed)

    def may_leave(self) -> bool:
        """Write back what waits, in sight; what the place refuses is said once before it is left here."""
        if self._opened is None or self._opened.place is None:
            return True
        before = self._told
        if not before or before != _no_answer(self._opened.place):
            self._wait()
        words = self._words() or _no_answer(self._opened.place)
        if not words or words == before:
            return True
        self._told = words
        again = _("Close again to end; nothing is lost.")
        self._window.notice.tell(f"{words} {again}", Tone.WARNING)
        return False

    def _wait(self) -> None:
        place = self._opened.place if self._opened is not None else None
        if place is None:
            return
        place.hurry()
        if place.is_settled:
            return
        self._window.notice.tell(
            _("Writing your work back to “{folder}” …").format(folder=place.working.place.parent)
        )
        loop = QEventLoop(self)
        look = QTimer(loop, interval=LOOK_AGAIN)
        patience = QTimer(loop, interval=PATIENCE, singleShot=True)

        def on_look() -> None:
            if place.is_settled:
                loop.quit()

        look.timeout.connect(on_look)
        patience.timeout.connect(loop.quit)
        look.start()
        patience.start()
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        look.stop()
        patience.stop()
        self._window.notice.hide()

    def _words(self) -> str:
        """What the person must know about the place; empty when all is well."""
        if self._opened is None or self._opened.place is None:
            return ""
        conflict = self._opened.place.working.conflict
        return conflict.sentence if conflict is not None else self._opened.place.state.sentence

    def _on_place_told(self, state: object) -> None:
        """In the place worker's thread."""
        self._news.emit(state)

    def _on_followed(self) -> None:
        if self._opened is not None and self._opened.place is not None:
            self._on_news(self._opened.place.state)

    def _on_news(self, state: object) -> None:
        # Of several pieces of news only the present state counts.
        self.changed.emit()
        words, before = self._words(), self._told
        if words == before:
            return
        self._told = words
        if words:
            place = self._opened.place if self._opened is not None else None
            is_conflict = place is not None and place.working.conflict is not None
            self._window.notice.tell(words, Tone.WARNING, self.conflict_steps if is_conflict else ())
        elif self._window.notice.words == before:
            self._window.notice.tell(_("The place answers again. Your work is there, too."), Tone.SUCCESS)


def _no_answer(place: PlaceWorker) -> str:
    """What is said of a place that neither takes the work nor refuses it."""
    if place.is_settled:
        return ""
    from desktop_app.storage.working_copy import NotWrittenBackError

    return NotWrittenBackError(place.working.place).sentence
