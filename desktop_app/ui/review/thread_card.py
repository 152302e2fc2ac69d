"""One thread beside the page: what a reviewer decided, said and asked, the answers, and what comes next."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.report.review import (
    CommentKind,
    CommentStatus,
    ReviewComment,
    Thread,
    comment_kind_words,
    comment_path,
    comment_status_words,
    decision_words,
)
from desktop_app.report.said import said_html
from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.flow_layout import FlowLayout
from desktop_app.ui.parts import Button, ButtonKind, Card, Chip, Tone, Words, in_row
from desktop_app.ui.review.comment_words import byline, decision_mark, kind_mark, status_mark
from desktop_app.ui.review.draft_box import DraftBox
from desktop_app.ui.review.drafts import Drafts
from desktop_app.ui.rows.problem_lines import IconMark
from desktop_app.ui.tips import tip


class ThreadCard(Card):
    """Says what someone wants done with the thread; does nothing itself."""

    answered = Signal(str, str)
    """The id of the thread and the words of the answer."""

    status_chosen = Signal(str, str)
    """The id of the thread and a code of ``CommentStatus``."""

    def __init__(self, thread: Thread, drafts: Drafts, *, read_only: bool) -> None:
        """For ``thread``; with ``read_only`` there is nothing to press."""
        super().__init__(margin=tokens.GAP + tokens.HALF)
        self._thread, self._drafts = thread, drafts
        self._place = comment_path(thread.id)
        self._is_current = False
        unsent = drafts.words(self._place).strip()
        self._box: DraftBox | None = None
        self._unsent = Chip(_("Answer not finished"), "notes", Tone.WARNING)
        self.column.addWidget(_chips(thread, self._unsent))
        # Not before it has its place: it would be a window of its own.
        self._unsent.setVisible(bool(unsent))
        self._add_said(thread.first)
        for _id, comment in thread.answers:
            self.column.addWidget(_Answer(comment))
        self._steps = QWidget()
        if not read_only:
            self._add_steps()
            if unsent:
                self.write()
        elif unsent:
            self.column.addWidget(Words(unsent))

    def set_current(self, *, is_current: bool) -> None:
        """It is the one that somebody was led to."""
        if is_current != self._is_current:
            self._is_current = is_current
            self.setAccessibleDescription(_("The comment you were led to") if is_current else "")
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground of a card; with a line of the accent around the one that is meant."""
        super().paintEvent(event)
        if self._is_current:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(tokens.accent(self.palette()), 2 * tokens.HAIRLINE))
            painter.setBrush(tokens.tint(self.palette(), 0.06))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), tokens.RADIUS, tokens.RADIUS)

    def _add_said(self, comment: ReviewComment) -> None:
        if comment.decision:
            icon_name, tone = decision_mark(comment.decision)
            words = Words(decision_words(comment.decision), font=tokens.strong_font())
            line = in_row(IconMark(icon_name, tone), words)
            line.setStretch(1, 1)
            self.column.addLayout(line)
        for words in _said(comment):
            self.column.addWidget(words)
        self.column.addWidget(_byline(comment))

    def _add_steps(self) -> None:
        flow = FlowLayout(self._steps, 0)
        is_resolved = self._thread.status == CommentStatus.RESOLVED
        self._answer = Button(_("Answer …"), "comments", ButtonKind.QUIET)
        self._answer.clicked.connect(self._on_answer)
        words = _("Open again") if is_resolved else _("Mark as resolved")
        status = Button(words, "undo" if is_resolved else "check", ButtonKind.QUIET)
        status.setProperty("status", (CommentStatus.OPEN if is_resolved else CommentStatus.RESOLVED).value)
        status.clicked.connect(self._on_status)
        self.status = status
        for button in (self._answer, status):
            button.setAccessibleDescription(byline(self._thread.first))
        flow.addWidget(self._answer)
        flow.addWidget(status)
        self.column.addWidget(self._steps)

    def write(self) -> DraftBox:
        """Open the box for an answer; what was written before stands there."""
        if self._box is None:
            box = DraftBox(self._drafts, self._place, _("Your answer"), _("Answer"))
            box.sent.connect(self._on_sent)
            box.closed.connect(self._on_closed)
            self.column.insertWidget(self.column.indexOf(self._steps), box)
            if self._answer.hasFocus():
                # Before the button goes: the keyboard would go to the page, and the person with it.
                box.show()
                box.field.setFocus()
            self._answer.hide()
            self._box = box
        return self._box

    def _on_answer(self) -> None:
        self.write().field.setFocus()

    def _on_sent(self, words: str) -> None:
        self.answered.emit(self._thread.id, words)

    def _on_closed(self) -> None:
        if self._box is not None:
            self._unsent.hide()
            self._answer.show()
            self._answer.setFocus()
            self._box.hide()
            self._box.deleteLater()
            self._box = None

    def _on_status(self) -> None:
        self.status_chosen.emit(self._thread.id, self.sender().property("status"))


class _Answer(QWidget):
    """An answer, set in below what it answers."""

    def __init__(self, comment: ReviewComment) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SPACE, tokens.HALF, 0, tokens.HALF)
        column.setSpacing(tokens.HALF)
        if comment.kind == CommentKind.COUNTRY:
            who = Words(_("The country's answer"), font=tokens.small_font(), tone=Tone.ACCENT)
        else:
            who = Words(_("The reviewer's reply"), font=tokens.small_font(), tone=Tone.QUIET)
        column.addWidget(who)
        for words in _said(comment):
            column.addWidget(words)
        column.addWidget(_byline(comment))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line at the side holds it to what is above."""
        painter = QPainter(self)
        x = self.width() - tokens.HALF if self.isRightToLeft() else tokens.HALF
        painter.setPen(tokens.strong_line(self.palette()))
        painter.drawLine(x, 0, x, self.height())


def _chips(thread: Thread, unsent: Chip) -> QWidget:
    line = QWidget()
    flow = FlowLayout(line, tokens.HALF)
    flow.addWidget(Chip(comment_status_words(thread.status), *status_mark(thread.status)))
    kind = thread.first.kind
    flow.addWidget(Chip(comment_kind_words(kind), kind_mark(kind), Tone.QUIET))
    flow.addWidget(unsent)
    return line


def _said(comment: ReviewComment) -> list[Words]:
    """The words of a comment, and its question."""
    found = []
    if comment.words:
        found.append(_words(comment.words))
    if comment.question:
        found.append(Words(_("Question to the country:"), font=tokens.small_font(), tone=Tone.QUIET))
        found.append(_words(comment.question))
    return found


def _byline(comment: ReviewComment) -> Words:
    words = Words(byline(comment), font=tokens.small_font(), tone=Tone.QUIET)
    if comment.kind == CommentKind.COUNTRY:
        words.setToolTip(tip(_("The name beside what you write is set in the menu Edit: “Your name …”.")))
    return words


def _words(notation: str) -> Words:
    words = Words(said_html(notation), rich=True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return words
