"""The mark "confidential" of a question, in the window: the public copy leaves the answer out."""

from __future__ import annotations

from desktop_app.report.paths import confidential_path
from desktop_app.report.places import place_name
from desktop_app.runtime.i18n import _
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui.parts import Chip, Tone


class ConfidentialMark(Chip):
    """Stands beside the label while the answer is marked; pressed, it takes the mark off."""

    def __init__(self, session: EntrySession, path: str) -> None:
        """For the answer at ``path``."""
        super().__init__(_("Confidential"), "confidential", Tone.WARNING, clickable=not session.is_closed)
        self._session, self._path = session, path
        if not session.is_closed:
            self.setToolTip(_("The public copy leaves this answer out. Press to take off the mark."))
            self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self._session.set_confidential(self._path, False)


def switch_mark(session: EntrySession, path: str) -> str:
    """Mark the answer or row at ``path`` as confidential, or take the mark off. Returns what was done."""
    is_marked = session.report.plain(confidential_path(path)) is True
    session.set_confidential(path, not is_marked)
    words = _("No longer confidential: {place}.")
    if not is_marked:
        words = _("Marked as confidential: {place}. The public copy leaves it out.")
    return words.format(place=place_name(session.report, path))
