"""All submissions of the report, the newest first."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from desktop_app.formdef.labels import Labels
from desktop_app.report.receipts import receipts_of
from desktop_app.report.submissions import submissions_of
from desktop_app.runtime.i18n import _
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui import tokens
from desktop_app.ui.parts import Card, Tone, Words, heading
from desktop_app.ui.past import Past
from desktop_app.ui.sending.submission_entry import SubmissionEntry


class SubmissionsCard(Card):
    """Takes no room before there is one."""

    export_wanted = Signal(int)
    """The number of a submission whose package is to be made again."""

    receipt_wanted = Signal()
    """Someone wants to choose the file of a receipt."""

    path_chosen = Signal(str)
    told = Signal(str)
    """What was done, in words for the person."""

    def __init__(self, session: EntrySession, labels: Labels, past: Past | None = None) -> None:
        """For the session's report."""
        super().__init__()
        self._session, self._labels, self._past = session, labels, past
        self.entries: dict[int, SubmissionEntry] = {}
        self._shown: object = None
        self.column.addWidget(heading(_("Submissions")))
        self._failure = Words("", tone=Tone.ERROR)
        self._failure.hide()
        self.column.addWidget(self._failure)
        self._ground = QWidget()
        self._list = QVBoxLayout(self._ground)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self.column.addWidget(self._ground)
        self.hide()

    @property
    def failure(self) -> str:
        """Why a receipt could not be filed; empty when it could."""
        return self._failure.text()

    def tell(self, sentence: str) -> None:
        """Say why something was not possible; an empty sentence takes that away."""
        self._failure.setText(sentence)
        self._failure.setVisible(bool(sentence))

    def show_submissions(self) -> None:
        """Take over what is known of them now."""
        report = self._session.report
        found = submissions_of(report)
        shown = (found, dict(report.receipts), self._session.read_only)
        self.setVisible(bool(found))
        if shown == self._shown:
            return
        self._shown = shown
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.entries.clear()
        for number, submission in enumerate(reversed(found)):
            if number:
                self._list.addWidget(_hairline())
            entry = SubmissionEntry(
                submission,
                receipts_of(report, submission.number),
                self._past,
                self._labels,
                may_file=not self._session.read_only,
            )
            entry.export_wanted.connect(self.export_wanted)
            entry.receipt_wanted.connect(self.receipt_wanted)
            entry.text_wanted.connect(self._on_text_wanted)
            entry.path_chosen.connect(self.path_chosen)
            self.entries[submission.number] = entry
            self._list.addWidget(entry)
            entry.show()

    def _on_text_wanted(self, number: int) -> None:
        from desktop_app.services.covering_text import taken_back_text

        report = self._session.report
        words = taken_back_text(report, report.submissions[str(number)], self._session.who)
        QApplication.clipboard().setText(words)
        self.told.emit(_("The text is copied. Paste it into a mail to whoever has the submission."))


def _hairline() -> QFrame:
    line = _Hairline()
    line.setFixedHeight(tokens.HAIRLINE)
    return line


class _Hairline(QFrame):
    """Between two submissions."""

    def paintEvent(self, event: object) -> None:
        from PySide6.QtGui import QPainter

        QPainter(self).fillRect(self.rect(), tokens.hairline(self.palette()))
