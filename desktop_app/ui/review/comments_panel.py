"""Beside the page: the threads of the question or row the keyboard is in, else of the whole section."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QShowEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop_app.report.drafts import about_of
from desktop_app.report.paths import read_path
from desktop_app.report.places import place_name
from desktop_app.report.review import Thread, comment_path
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.services.comment_book import is_comment
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui import tokens
from desktop_app.ui.content import show_content
from desktop_app.ui.follow import follow
from desktop_app.ui.gradually import Gradually
from desktop_app.ui.pages.page import settle
from desktop_app.ui.parts import Button, ButtonKind, Words, help_line, in_row, label
from desktop_app.ui.review.draft_box import DraftBox
from desktop_app.ui.review.drafts import Drafts
from desktop_app.ui.review.place_line import PlaceLine
from desktop_app.ui.review.thread_card import ThreadCard
from desktop_app.ui.scroll_bars import use_quiet_scroll_bar

PAGE = 20
"""Threads that are shown at first, and added with each step."""


class CommentsPanel(QScrollArea):
    """Reading, answering and resolving. Unsent words are kept when the place changes."""

    place_wanted = Signal(str)
    """The path of a place that someone wants to see."""

    failed = Signal(str)
    """Why something could not be kept."""

    def __init__(self, session: EntrySession, drafts: Drafts) -> None:
        """For the session's report."""
        super().__init__()
        self._session, self._drafts = session, drafts
        self._section, self.path = "", ""
        self._cards: dict[str, ThreadCard] = {}
        self._box: DraftBox | None = None
        self._is_outdated = True
        self._most = PAGE
        self.setWidgetResizable(True)
        self.setAccessibleName(_("Comments"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        use_quiet_scroll_bar(self)
        self._filling = Gradually(self)
        self._filling.finished.connect(self._on_filled)
        self._wanted_draft = self._wanted_thread = self._current = ""
        self._brought_to = -1
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)
        self._lost_cursor: tuple[str, int] | None = None
        """Which draft the cursor was in, and where, while its box is not made anew."""

        follow(session, self, self._on_paths_changed)

    def show_place(self, section: str, path: str) -> None:
        """Show the threads about ``path`` in ``section``; all of the section for an empty path."""
        path = _whole(path)
        path = "" if path == section else path
        if (section, path) == (self._section, self.path):
            return
        self._section, self.path, self._most = section, path, PAGE
        self.verticalScrollBar().setValue(0)
        self._show_anew()

    def show_thread(self, thread_id: str) -> None:
        """Bring a thread of the place that is shown to the top, and mark it as the one that is meant."""
        self.mark_thread(thread_id)
        self._wanted_thread = thread_id
        ids = [thread.id for thread in self._here()]
        if thread_id in ids and ids.index(thread_id) >= self._most:
            self._most = ids.index(thread_id) + 1
            self._show_anew()
        self._show_wanted()

    def mark_thread(self, thread_id: str) -> None:
        """This thread is the one somebody was led to; empty for none."""
        self._current = thread_id
        for each, card in self._cards.items():
            card.set_current(is_current=each == thread_id)

    def _show_wanted(self) -> None:
        card, ground = self._cards.get(self._wanted_thread), self.widget()
        if card is not None and ground is not None and not self._filling.is_running:
            self._wanted_thread = ""
            settle()
            self._bring(card, ground)

    def _bring(self, card: ThreadCard, ground: QWidget) -> None:
        top = card.mapTo(ground, QPoint(0, 0)).y()
        self.verticalScrollBar().setValue(max(0, top - tokens.SPACE))
        self._brought_to = self.verticalScrollBar().value()

    def _on_range_changed(self) -> None:
        """Wrapped words know their height late: the thread that is meant stays on top meanwhile."""
        card, ground = self._cards.get(self._current), self.widget()
        if card is None or ground is None or self._filling.is_running or _holds_focus(card):
            return
        if self.verticalScrollBar().value() == self._brought_to:
            self._bring(card, ground)

    def focus_draft(self, place: str) -> None:
        """Put the cursor into unfinished words; ``place`` as in ``Drafts``."""
        self._wanted_draft = place
        self._focus_wanted()

    def showEvent(self, event: QShowEvent) -> None:
        """Now it is seen: take over what has happened."""
        super().showEvent(event)
        if self._is_outdated:
            self._build()

    def _on_paths_changed(self, paths: frozenset[str]) -> None:
        if not self._drafts.is_handing_over and any(is_comment(path) for path in paths):
            self._show_anew()

    def _show_anew(self) -> None:
        self._is_outdated = True
        if self.isVisible():
            self._build()

    # Showing

    def _build(self) -> None:
        """Made anew as a whole; what was in sight stays in sight, and the cursor where it was."""
        self._is_outdated = False
        # What is said of drafts here is said of all that was typed.
        self._drafts.hand_over()
        height, before = self.verticalScrollBar().value(), self.widget()
        at = self._cursor()
        had_focus = before is not None and _holds_focus(before)
        ground = QWidget()
        # No alignment: a layout that has one never gives wrapped words more than they ask for in one line.
        whole, column = QVBoxLayout(ground), QVBoxLayout()
        whole.setContentsMargins(tokens.SPACE, tokens.SPACE, tokens.SPACE, tokens.SPACE)
        whole.addLayout(column)
        whole.addStretch(1)
        column.setSpacing(tokens.GAP)
        # While it is filled it is as high as it was, so that nothing jumps.
        ground.setMinimumHeight(before.height() if before is not None and height else 0)
        self._cards, self._box = {}, None
        self._filling.stop()
        show_content(self, ground)
        ground.adjustSize()
        self.verticalScrollBar().setValue(height)
        self._filling.run(self._parts(column))
        self._lost_cursor = at
        if at is not None:
            self._put_cursor(*at)
        elif had_focus:
            self.setFocus()

    def _on_filled(self) -> None:
        ground = self.widget()
        if ground is not None:
            ground.setMinimumHeight(0)
        if self._lost_cursor is not None and self.hasFocus():
            # Its box was not made yet when the others were.
            self._put_cursor(*self._lost_cursor)
        self._lost_cursor = None
        self._focus_wanted()
        self._show_wanted()

    def _parts(self, column: QVBoxLayout) -> Iterator[None]:
        report, here = self._session.report, self._here()
        column.addWidget(label(place_name(report, self.path or self._section)))
        if not here:
            words = _("Nobody has said anything here.")
            if not self.path:
                words = _("Nobody has said anything about this section.")
            column.addWidget(help_line(words))
        yield from self._add_threads(column, here[: self._most])
        if len(here) > self._most:
            more = Button(_("Show more"), "chevron-down", ButtonKind.QUIET)
            more.clicked.connect(self._on_more)
            column.addLayout(in_row(more, None))
        if not self.path:
            self._add_without_place(column)
        if not self._session.read_only:
            self._add_new(column)
        ids = {thread.id for thread in here}
        threads = self._session.comments.of_section(self._section) if self.path else ()
        yield from self._add_elsewhere(column, [each for each in threads if each.id not in ids])

    def _here(self) -> tuple[Thread, ...]:
        """The threads of the place, or of the whole section."""
        book = self._session.comments
        return book.within(self.path) if self.path else book.of_section(self._section)

    def _on_more(self) -> None:
        self._most += PAGE
        self._show_anew()

    def _add_threads(self, column: QVBoxLayout, threads: Sequence[Thread]) -> Iterator[None]:
        place = self.path or self._section
        for thread in threads:
            about = thread.first.about
            if about != place:
                line = PlaceLine(place_name(self._session.report, about), about)
                line.place_wanted.connect(self.place_wanted)
                column.addWidget(line)
                place = about
            card = ThreadCard(thread, self._drafts, read_only=bool(self._session.read_only))
            card.answered.connect(self._on_answered)
            card.status_chosen.connect(self._on_status_chosen)
            card.set_current(is_current=thread.id == self._current)
            self._cards[thread.id] = card
            column.addWidget(card)
            yield

    def _add_new(self, column: QVBoxLayout) -> None:
        about = self.path or self._section
        self._new = QWidget()
        self._new_column = QVBoxLayout(self._new)
        self._new_column.setContentsMargins(0, 0, 0, 0)
        self._write = Button(_("Write a comment …"), "add", ButtonKind.QUIET)
        self._write.clicked.connect(self._on_write)
        self._new_column.addLayout(in_row(self._write, None))
        column.addWidget(self._new)
        if self._drafts.words(about).strip():
            self._open_new()

    def _open_new(self) -> DraftBox:
        if self._box is None:
            about = self.path or self._section
            box = DraftBox(self._drafts, about, _("Your comment"), _("Keep the comment"))
            box.sent.connect(self._on_new_sent)
            box.closed.connect(self._on_new_closed)
            if read_path(about).row is not None:
                self._new_column.addWidget(help_line(_("Reviewers see it in the next workbook.")))
            self._new_column.addWidget(box)
            self._write.hide()
            self._box = box
        return self._box

    def _add_without_place(self, column: QVBoxLayout) -> None:
        """Unfinished answers to comments that are not in the report any more; in the first section."""
        report = self._session.report
        if self._session.comments.section_of("") != self._section:
            return
        for draft in report.drafts.values():
            if draft.answers is None or draft.answers in report.comments:
                continue
            column.addWidget(help_line(_("What you wrote to a comment that is not in the report any more:")))
            if self._session.read_only:
                column.addWidget(Words(draft.words))
                continue
            box = DraftBox(self._drafts, draft.place, _("Your comment"), _("Keep as a comment"))
            box.sent.connect(partial(self._on_placeless_sent, draft.id))
            box.closed.connect(self._on_new_closed)
            column.addWidget(box)

    def _add_elsewhere(self, column: QVBoxLayout, threads: Sequence[Thread]) -> Iterator[None]:
        """The other places of the section, one line for each."""
        counts: dict[str, list[Thread]] = {}
        for thread in threads:
            counts.setdefault(_whole(thread.first.about), []).append(thread)
        drafts = self._session.comments.drafts_of_section(self._section)
        unsent = {_whole(about_of(self._session.report, draft)) for draft in drafts}
        # With the whole section all answers are seen, in their threads.
        kept = {_whole(draft.place) for draft in drafts if draft.answers is None}
        for about in sorted((unsent if self.path else kept) - {self.path or self._section}):
            counts.setdefault(about, [])
        if not counts:
            return
        column.addSpacing(tokens.SPACE)
        column.addWidget(Words(_("Elsewhere in this section"), font=tokens.strong_font()))
        for about, found in counts.items():
            name = place_name(self._session.report, about)
            line = PlaceLine(name, about, found, is_unsent=about in unsent)
            line.place_wanted.connect(self.place_wanted)
            column.addWidget(line)
            yield

    # The cursor

    def _boxes(self) -> list[DraftBox]:
        ground = self.widget()
        return ground.findChildren(DraftBox) if ground is not None else []

    def _cursor(self) -> tuple[str, int] | None:
        """In which draft the cursor is, and where in it."""
        for box in self._boxes():
            if box.field.hasFocus():
                return box.place, box.field.textCursor().position()
        return None

    def _put_cursor(self, place: str, position: int) -> None:
        for box in self._boxes():
            if box.place == place and box.window() is self.window():
                cursor = box.field.textCursor()
                cursor.setPosition(min(position, box.field.document().characterCount() - 1))
                box.field.setTextCursor(cursor)
                box.field.setFocus()
                self._lost_cursor = None
                return
        self.setFocus()

    def _focus_wanted(self) -> None:
        for box in self._boxes():
            if self._wanted_draft and box.place == self._wanted_draft:
                self._wanted_draft = ""
                # One goes on where the words end.
                box.field.moveCursor(QTextCursor.MoveOperation.End)
                box.field.setFocus()
                self.ensureWidgetVisible(box)

    # What is asked for

    def _on_answered(self, thread_id: str, words: str) -> None:
        from desktop_app.services.review import answer

        self._send(partial(answer, self._session, thread_id, words, self._draft_at(comment_path(thread_id))))

    def _on_status_chosen(self, thread_id: str, status: str) -> None:
        from desktop_app.services.review import set_status

        try:
            set_status(self._session, thread_id, status)
        except DeskError as error:
            self.failed.emit(error.sentence)
            return
        card = self._cards.get(thread_id)
        if card is not None:
            card.status.setFocus()

    def _on_write(self) -> None:
        self._open_new().field.setFocus()

    def _on_new_closed(self) -> None:
        self._show_anew()

    def _on_new_sent(self, words: str) -> None:
        from desktop_app.services.review import comment

        about = self.path or self._section
        self._send(partial(comment, self._session, about, words, self._draft_at(about)))

    def _draft_at(self, place: str) -> str:
        """The id of the comment that the words at ``place`` become."""
        draft = self._session.draft_at(place)
        return draft.id if draft is not None else ""

    def _on_placeless_sent(self, draft: str, words: str) -> None:
        from desktop_app.services.review import comment

        self._send(partial(comment, self._session, "", words, draft))

    def _send(self, send: Callable[[], object]) -> None:
        """The words are no draft any more, unless they could not be kept."""
        try:
            send()
        except DeskError as error:
            self.failed.emit(error.sentence)
            return
        self.setFocus()


def _whole(path: str) -> str:
    """The row or question whose threads are shown together: fields and goals belong to it."""
    place = read_path(path)
    if place.field is not None:
        return f"{place.head}/{place.row}"
    return place.subject


def _holds_focus(widget: QWidget) -> bool:
    focus = widget.window().focusWidget()
    return focus is not None and widget.isAncestorOf(focus)
