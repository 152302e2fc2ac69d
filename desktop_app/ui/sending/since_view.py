"""What is other now than it was in a submission, place by place, with the words that came and went."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.formdef.labels import Labels
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.services.compared import compared_places
from desktop_app.ui import tokens
from desktop_app.ui.history.compared_view import ComparedView
from desktop_app.ui.parts import Tone, Words
from desktop_app.ui.past import Past

if TYPE_CHECKING:
    from desktop_app.services.history import Difference
    from desktop_app.storage.report_file import ReportFile


class SinceView(QWidget):
    """Compares with one submission at a time; asks the report file, and never waits for it."""

    path_chosen = Signal(str)
    compared = Signal(int)
    """How many places differ."""

    def __init__(self, past: Past, labels: Labels) -> None:
        """For the report whose ``past`` it is."""
        super().__init__()
        self._past = past
        self._asked = 0
        self._summary = Words("", tone=Tone.QUIET)
        self.view = ComparedView(past.session.report, labels)
        self.view.path_chosen.connect(self.path_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.GAP)
        column.addWidget(self._summary)
        column.addWidget(self.view)

    @property
    def summary(self) -> str:
        """What it says of all differences together."""
        return self._summary.text()

    def ask(self, number: int) -> None:
        """Compare the report as it stands with the submission of this number."""
        from desktop_app.services.submitting import differences_since

        self._asked += 1
        if not self._summary.text():
            self._summary.setText(_("Reading …"))
        report = self._past.session.report

        def read(file: ReportFile) -> list[Difference] | None:
            return differences_since(file, report, number)

        asked = self._asked
        self._past.ask(self, read, partial(self._on_read, asked), partial(self._on_failure, asked))

    def _on_read(self, asked: int, differences: list[Difference] | None) -> None:
        if asked != self._asked:
            return
        if differences is None:
            words = _("What was submitted then is not in this file, so there is nothing to compare with.")
            self._on_failure(asked, words)
            return
        places = compared_places(self._past.session.report, differences)
        self._summary.set_tone(Tone.QUIET)
        self._summary.setText(_summary_words(len(places)))
        self.view.setVisible(bool(places))
        self.view.show_places(places)
        self.compared.emit(len(places))

    def _on_failure(self, asked: int, sentence: str) -> None:
        if asked == self._asked:
            self._summary.set_tone(Tone.WARNING)
            self._summary.setText(sentence)
            self.view.hide()


def _summary_words(count: int) -> str:
    if not count:
        return _("Nothing differs.")
    words = ngettext("{count} place differs.", "{count} places differ.", count).format(count=count)
    marks = _("Underlined words were added, crossed-out words were taken away.")
    return f"{words} {marks}"
