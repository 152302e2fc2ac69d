"""A line above the report while a reviewer's request for a correction or clarification is not settled."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.runtime.i18n import _, ngettext
from desktop_app.services.comment_book import count_open
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui import tokens
from desktop_app.ui.follow import follow
from desktop_app.ui.parts import Button, Tone, Words, tone_colour
from desktop_app.ui.rows.problem_lines import IconMark


class CorrectionLine(QWidget):
    """Follows the report; takes no room while nothing is asked for."""

    next_wanted = Signal()

    def __init__(self, session: EntrySession) -> None:
        """For the session's report."""
        super().__init__()
        self._session = session
        self._is_built = False
        follow(session, self, self._on_paths_changed)
        self._show()

    def _on_paths_changed(self, paths: frozenset[str]) -> None:
        self._show()

    def _show(self) -> None:
        told = self._told() if self._session.report.comments else ""
        if told and not self._is_built:
            self._build()
        if told:
            self._words.setText(told)
        self.setVisible(bool(told))

    def _told(self) -> str:
        """What is asked for; empty for nothing."""
        comments = self._session.comments
        corrections, clarifications = comments.corrections, len(comments.clarifications)
        return " ".join(
            (
                *([_asked_words(len(corrections), count_open(corrections))] if corrections else ()),
                *([_needed_words(clarifications)] if clarifications else ()),
            )
        )

    def _build(self) -> None:
        self._is_built = True
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.SPACE, tokens.HALF, tokens.SPACE, tokens.HALF)
        row.setSpacing(tokens.GAP)
        show = Button(_("Show the next one"), "chevron-right")
        show.clicked.connect(self.next_wanted)
        row.addWidget(IconMark("warning", Tone.WARNING, tokens.ICON), 0, Qt.AlignmentFlag.AlignVCenter)
        self._words = Words("")
        row.addWidget(self._words, 1)
        row.addWidget(show)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A tinted ground with a hairline, as a notice has."""
        painter, palette = QPainter(self), self.palette()
        ground = tokens.mix(tokens.card(palette), tone_colour(Tone.WARNING, palette), 0.1)
        painter.fillRect(QRectF(self.rect()), ground)
        painter.setPen(tokens.hairline(palette))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


def _asked_words(count: int, waiting: int) -> str:
    """How many corrections are not settled, how many of them wait for an answer, and how the line goes."""
    return ngettext(
        "Reviewers asked for {count} correction in this report (not answered yet: {waiting})."
        " This line goes when it is marked as resolved.",
        "Reviewers asked for {count} corrections in this report (not answered yet: {waiting})."
        " This line goes when all of them are marked as resolved.",
        count,
    ).format(count=count, waiting=waiting)


def _needed_words(count: int) -> str:
    """How many clarifications wait for an answer, and what is to be done."""
    return ngettext(
        "Reviewers need {count} clarification that was not answered yet. Answer it or mark it as resolved.",
        "Reviewers need {count} clarifications that were not answered yet. "
        "Answer them or mark them as resolved.",
        count,
    ).format(count=count)
