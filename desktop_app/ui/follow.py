"""Widgets that show a report follow its session for as long as they exist."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop_app.services.entry_session import EntrySession, Listener


class _Farewell:
    """Stops telling a widget that is gone."""

    def __init__(self, session: EntrySession, listener: Listener) -> None:
        self._session, self._listener = session, listener

    def __call__(self) -> None:
        self._session.ignore(self._listener)


def follow(session: EntrySession, owner: QObject, listener: Listener) -> None:
    """Call ``listener`` with the paths that changed, until ``owner`` is destroyed."""
    session.listen(listener)
    owner.destroyed.connect(_Farewell(session, listener))
