"""Tells when an answer is no longer asked for because of another one: it is kept, but nobody would notice."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop_app.formdef.model import Level
from desktop_app.report.places import place_name
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui.checking import Checking


class NotAsked(QObject):
    """Follows a session; each answer is told once, when it ceases to be asked for."""

    told = Signal(str)
    """A sentence for the person."""

    def __init__(
        self, session: EntrySession, checking: Checking, is_in_sight: Callable[[str], bool], parent: QObject
    ) -> None:
        """``is_in_sight`` tells of a path whether the person sees there that it is not asked any more."""
        super().__init__(parent)
        self._session, self._is_in_sight = session, is_in_sight
        self._known: frozenset[str] | None = None
        checking.settled.connect(self._tell)

    def _found(self) -> frozenset[str]:
        hints = self._session.problems.of_level(Level.HINT)
        return frozenset(problem.path for problem in hints if problem.code == "not_asked")

    def _tell(self) -> None:
        before, self._known = self._known, self._found()
        if before is None:
            # So it was found when the report was opened.
            return
        fresh = sorted(path for path in self._known - before if not self._is_in_sight(path))
        if not fresh:
            return
        if len(fresh) == 1:
            words = _(
                "“{place}” is no longer asked. The answer is kept, but it does not go into the package."
            )
            self.told.emit(words.format(place=place_name(self._session.report, fresh[0])))
            return
        told = ngettext(
            "{count} answer is no longer asked for. It is kept, but it does not go into the package.",
            "{count} answers are no longer asked for. They are kept, but they do not go into the package.",
            len(fresh),
        )
        self.told.emit(told.format(count=len(fresh)))
