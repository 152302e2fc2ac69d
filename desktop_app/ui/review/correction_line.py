"""A line above the report: what reviewers wait for, and what is said to them and is in no package yet."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from desktop_app.report.report import Report
from desktop_app.report.status import Status
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.services.comment_book import count_open
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.to_reviewers import not_sent_words, unfinished_words
from desktop_app.ui import tokens
from desktop_app.ui.follow import follow
from desktop_app.ui.parts import Button, Tone, Words, in_row, tone_colour
from desktop_app.ui.rows.problem_lines import IconMark


class CorrectionLine(QWidget):
    """Follows the report; takes no room while there is nothing to say."""

    next_wanted = Signal()
    """Someone wants to see what reviewers ask for, one thing after the other."""

    way_on_wanted = Signal()
    """Someone wants to open the answers again, such as for the amendment with which they go."""

    told_frozen = Signal(bool)
    """Whether it is said here, above the answers, that they are closed."""

    unfinished_wanted = Signal()
    """Someone wants to go on with words to reviewers that are not finished."""

    def __init__(self, session: EntrySession) -> None:
        """For the session's report."""
        super().__init__()
        self._session = session
        self._is_built = False
        self._is_section = True
        self._found = frozenset(session.report.drafts)
        follow(session, self, self._on_paths_changed)
        self._show()

    def show_for_page(self, *, is_section: bool) -> None:
        """A page of answers is shown now, or another one, such as the page to send."""
        self._is_section = is_section
        self._show()

    def _on_paths_changed(self, paths: frozenset[str]) -> None:
        self._show()

    def _show(self) -> None:
        report = self._session.report
        asked = _asked_words(self._session) if report.comments else ""
        not_sent = not_sent_words(report)
        unfinished = unfinished_words(report) if self._tells_unfinished else ""
        told = " ".join(filter(None, (asked, not_sent, unfinished)))
        is_closed = bool(told) and self._session.is_frozen and not self._session.read_only
        if told and not self._is_built:
            self._build()
        if told:
            is_frozen_told = is_closed and self._is_section
            self._words.setText(f"{told} {_closed_words(report)}" if is_frozen_told else told)
            self._next.setVisible(bool(asked))
            self._show_way_on(shown=is_frozen_told or (is_closed and bool(not_sent)))
            self._go_on.setVisible(bool(unfinished))
            self._turn()
        self.setVisible(bool(told))
        self.told_frozen.emit(is_closed and self._is_section)

    def _show_way_on(self, *, shown: bool) -> None:
        """The step that opens the answers again; what else there is stands on the page to send."""
        if shown:
            from desktop_app.ui.sending.ways_on import first_way_words

            # Its letter belongs to the same step on the page.
            self._way_on.setText(first_way_words(self._session.report.status).replace("&", ""))
            self._way_on.updateGeometry()
        self._way_on.setVisible(shown)

    def focus_way_on(self) -> None:
        """Put the keyboard to the step that opens the answers again."""
        if self._is_built:
            self._way_on.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _tells_unfinished(self) -> bool:
        """Beside answers nothing jumps while somebody writes: only what was left before is told there."""
        drafts = self._session.report.drafts
        return bool(drafts) and (not self._is_section or not self._found.isdisjoint(drafts))

    def _build(self) -> None:
        self._is_built = True
        self._whole = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._whole.setContentsMargins(tokens.SPACE, tokens.HALF, tokens.SPACE, tokens.HALF)
        self._whole.setSpacing(tokens.GAP)
        self._next = Button(_("Show the next one"), "chevron-right")
        self._next.clicked.connect(self.next_wanted)
        self._way_on = Button("")
        self._way_on.clicked.connect(self.way_on_wanted)
        self._go_on = Button(_("Go on writing"), "comments")
        self._go_on.clicked.connect(self.unfinished_wanted)
        self._words = Words("")
        said = in_row(IconMark("warning", Tone.WARNING, tokens.ICON), self._words)
        said.setStretch(1, 1)
        self._whole.addLayout(said, 1)
        self._steps = in_row(self._next, self._way_on, self._go_on, None)
        self._whole.addLayout(self._steps)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a small window the buttons stand below the words."""
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        if self._is_built:
            is_narrow = 2 * self._steps.sizeHint().width() > self.width()
            direction = QBoxLayout.Direction
            self._whole.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A tinted ground with a hairline, as a notice has."""
        painter, palette = QPainter(self), self.palette()
        ground = tokens.mix(tokens.card(palette), tone_colour(Tone.WARNING, palette), 0.1)
        painter.fillRect(QRectF(self.rect()), ground)
        painter.setPen(tokens.hairline(palette))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


def _closed_words(report: Report) -> str:
    """In a few words what stands in a line of its own where nothing else is to be told."""
    from desktop_app.ui.sending.returned import LONGEST_WORDS, returned_words
    from desktop_app.ui.sending.status_line import step_words

    is_sent = report.status == Status.SUBMITTED
    returned = returned_words(report, LONGEST_WORDS) if is_sent else ""
    closed = _("{status}: no answer can be changed.").format(status=step_words(report.status))
    return " ".join(filter(None, (returned, closed)))


def _asked_words(session: EntrySession) -> str:
    """What reviewers asked for officially and nobody has settled, and how much of it waits for an answer."""
    corrections, needed = session.comments.corrections, len(session.comments.clarifications)
    if not corrections and not needed:
        return ""
    asked = [
        ngettext("{count} correction", "{count} corrections", len(corrections)).format(
            count=len(corrections)
        ),
        ngettext("{count} clarification", "{count} clarifications", needed).format(count=needed),
    ]
    if corrections and needed:
        what = _("Reviewers asked for {corrections} and {clarifications}").format(
            corrections=asked[0], clarifications=asked[1]
        )
    else:
        what = _("Reviewers asked for {what}").format(what=asked[0] if corrections else asked[1])
    waiting = count_open(corrections) + needed
    if not waiting:
        return _("{asked}; all is answered. Mark as resolved what is settled.").format(asked=what)
    return ngettext(
        "{asked}; {count} waits for your answer.", "{asked}; {count} wait for your answer.", waiting
    ).format(asked=what, count=waiting)
