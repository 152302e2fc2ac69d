"""That what was submitted last was returned for correction, and why: said until more is submitted."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_app.report.receipts import receipts_of
from desktop_app.report.report import Report
from desktop_app.report.submissions import last_submission
from desktop_app.runtime.i18n import _
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui import tokens
from desktop_app.ui.follow import follow
from desktop_app.ui.parts import Tone, Words, in_row
from desktop_app.ui.rows.problem_lines import IconMark
from desktop_app.ui.sending.whole_words import breakable

LONGEST_WORDS = 200
"""Characters of what the secretariat wrote that stand in a line of the window."""


def returned_words(report: Report, longest: int | None = None) -> str:
    """Empty when it was not returned, or taken back since. Words above ``longest`` are only referred to."""
    last = last_submission(report)
    if last is None or last.taken_back is not None:
        return ""
    asked = [receipt for receipt in receipts_of(report, last.number) if receipt.asks_correction]
    if not asked:
        return ""
    said = asked[-1].words
    if not said or (longest is not None and len(said) > longest):
        words = _("Submission {number} was returned for correction; “Check and send” has the receipt.")
    else:
        words = _("Submission {number} was returned for correction: “{words}”")
    return words.format(number=last.number, words=said)


class ReturnedLine(QWidget):
    """The words of the secretariat at the top of the page to send, while an amendment is written too."""

    def __init__(self, session: EntrySession) -> None:
        """For the session's report; takes no room while nothing was returned."""
        super().__init__()
        self._session = session
        self._words = Words("", tone=Tone.QUIET)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        line = in_row(IconMark("comments", Tone.QUIET, tokens.ICON), self._words)
        line.setContentsMargins(0, 0, 0, 0)
        line.setStretch(1, 1)
        self.setLayout(line)
        follow(session, self, self._on_paths_changed)
        self._show()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def _on_paths_changed(self, paths: frozenset[str]) -> None:
        self._show()

    def _show(self) -> None:
        words = breakable(returned_words(self._session.report))
        if words != self._words.text():
            self._words.setText(words)
        self.setVisible(bool(words))
