"""Undo and redo of a report in the window: the step is made, and shown where it was."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.i18n import _
from desktop_app.services.gradual_report import MANY
from desktop_app.ui.parts import Tone
from desktop_app.ui.stepwise import A_TURN, Stepwise

if TYPE_CHECKING:
    from desktop_app.report.changes import Operation
    from desktop_app.services.entry_session import EntrySession
    from desktop_app.ui.notice import NoticeLine
    from desktop_app.ui.report_view import ReportView


@dataclass(frozen=True, slots=True)
class _Retraced:
    """A step of the log, None for typing; the page that was shown; and what is told of it, if known yet."""

    operation: Operation | None
    shown: str
    told: str = ""


class Retracing(QObject):
    """One step at a time; a long one is made little by little, and the next one waits for none of it."""

    def __init__(self, session: EntrySession, view: ReportView, notice: NoticeLine) -> None:
        """``view`` shows the report, and goes with it."""
        super().__init__(view)
        self._session, self._view, self._notice = session, view, notice
        self._under_way: Stepwise | None = None

    def undo(self) -> None:
        """Take back the report's last step, and show where it was."""
        if not self._is_ready():
            return
        session = self._session
        if session.is_frozen and not session.can_undo:
            self._notice.tell(session.frozen_words, of_now=True)
            return
        step = session.undo_step
        # Behind it nothing is there any more that the words name.
        told = _("Undone: {step}").format(step=self._words(step)) if step is not None else ""
        self._retrace(_Retraced(step, self._view.pages.shown, told), backwards=True)

    def redo(self) -> None:
        """Make the step last taken back again, and show where it is."""
        if self._is_ready():
            self._retrace(_Retraced(self._session.redo_step, self._view.pages.shown), backwards=False)

    def _is_ready(self) -> bool:
        if self._session.read_only:
            return False
        if self._under_way is not None:
            self._under_way.finish()
        self._view.hand_over()
        return True

    def _retrace(self, retraced: _Retraced, *, backwards: bool) -> None:
        step = self._session.retrace_gradually(backwards=backwards)
        if step is None:
            paths = self._session.undo() if backwards else self._session.redo()
            if len(paths) < MANY:
                self._show(retraced, paths)
            else:
                # In a turn of its own: the step has taken its time.
                QTimer.singleShot(A_TURN, self, partial(self._show, retraced, paths))
            return
        self._under_way = Stepwise(step, self)
        self._under_way.over.connect(partial(self._on_over, retraced))
        self._under_way.begin()

    def _show(self, retraced: _Retraced, paths: frozenset[str]) -> None:
        self._view.show_change(paths)
        self._tell(retraced, paths)

    def _on_over(self, retraced: _Retraced) -> None:
        ended, self._under_way = self._under_way, None
        assert ended is not None
        assert retraced.operation is not None
        ended.deleteLater()
        if ended.step.failure is not None:
            self._notice.tell(ended.step.failure.sentence, Tone.ERROR)
            return
        paths = frozenset(change.path for change in retraced.operation.changes)
        self._view.show_change(paths)
        # In a turn of its own: to show the place has taken its time.
        QTimer.singleShot(A_TURN, self, partial(self._tell, retraced, paths))

    def _words(self, operation: Operation) -> str:
        from desktop_app.services.operation_words import step_words

        return step_words(self._session.report, operation)

    def _tell(self, retraced: _Retraced, paths: frozenset[str]) -> None:
        """Say what it was where that was not in sight: on another page, or on none. Typing is in sight."""
        if retraced.operation is None:
            return
        pages = self._view.pages
        if pages.shown == retraced.shown and any(pages.code_of(path) for path in paths):
            return
        # Only now the comments are there whose places the words name.
        told = retraced.told or _("Redone: {step}").format(step=self._words(retraced.operation))
        self._notice.tell(told, of_now=True)
