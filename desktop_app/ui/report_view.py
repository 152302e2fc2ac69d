"""An open report: outline, page, side panel and problems side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QVBoxLayout, QWidget

from desktop_app.formdef.labels import Labels
from desktop_app.report.paths import read_path
from desktop_app.report.review import asks_the_country
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui import tokens
from desktop_app.ui.beside import COMMENTS, HISTORY, BesidePanel
from desktop_app.ui.checking import Checking
from desktop_app.ui.export import Export
from desktop_app.ui.not_asked import NotAsked
from desktop_app.ui.outline import Outline
from desktop_app.ui.pages.page_stack import HISTORY_PAGE, SEND, PageStack
from desktop_app.ui.pages.section_page import SectionPage
from desktop_app.ui.past import Past
from desktop_app.ui.problem_strip import ProblemStrip
from desktop_app.ui.review.comment_walk import CommentWalk
from desktop_app.ui.review.correction_line import CorrectionLine
from desktop_app.ui.sending.freezing import Freezing
from desktop_app.ui.side_panel import SidePanel
from desktop_app.ui.soon_needed import SoonNeeded

if TYPE_CHECKING:
    from desktop_app.ui.pages.send_page import SendPage
    from desktop_app.ui.sending.ways_on import Way

PANEL_ROOM = 1080
"""Pixels the window must have for the panel to stand beside the page unless someone asks for it."""


class ReportView(QWidget):
    """Shows one report. Its parts tell what was chosen; here it is decided what is shown."""

    folder_wanted = Signal(object)
    removal_wanted = Signal(str)
    """The path of a place whose words someone wants to remove for good."""

    step_wanted = Signal(object)
    """A ``menus.Step`` that somebody else takes: a paper to print, a receipt to choose, the keys."""

    name_given = Signal(str)
    """The person's name from now on; empty for the account's."""

    restore_point_wanted = Signal()
    told = Signal(str)
    """What was done, in words for the person."""

    announced = Signal(str)
    """What came of an edit somewhere else in the report."""

    def __init__(self, session: EntrySession, export: Export, folder: Path, past: Past | None = None) -> None:
        """For ``session``; packages go to ``folder`` unless chosen otherwise. ``past``: for its history."""
        super().__init__()
        self._session = session
        self._labels = Labels(session.report.form, session.report.language)
        self._place_before = ""
        """Where the person was before a page that is not to be gone on with another day."""
        self._shows_panel = True
        self._is_asked = False
        self._checking = Checking(session, self)
        SoonNeeded(self._checking, self)
        self.outline = Outline(session, self._checking, self._labels)
        self.pages = PageStack(session, self._labels, export, folder, past)
        self.panel = SidePanel()
        self.panel.takes_ideas = not session.is_closed
        self.beside = BesidePanel(self.panel, past, self._labels)
        self.problems = ProblemStrip(session, self._checking)
        self.correction = CorrectionLine(session)
        self.correction.next_wanted.connect(self._on_correction_wanted)
        self.correction.way_on_wanted.connect(self._on_way_on_wanted)
        self.correction.unfinished_wanted.connect(self._on_unfinished_wanted)
        self.comments = CommentWalk(session, self.pages, self.beside, self._show_with_comments)
        self._lay_out()
        self.freezing.changed.connect(self._on_frozen_changed)
        self.freezing.way_chosen.connect(self._on_way_chosen)
        self.outline.section_chosen.connect(self.show_page)
        self.outline.path_chosen.connect(self._on_find_chosen)
        self.outline.send_chosen.connect(self.show_send)
        self.outline.left.connect(self.pages.focus_page)
        self.pages.section_chosen.connect(self.show_page)
        self.pages.path_chosen.connect(self.go_to)
        self.pages.folder_wanted.connect(self.folder_wanted)
        self.problems.path_chosen.connect(self.go_to)
        self.problems.left.connect(self.pages.focus_page)
        self.panel.suggestion_chosen.connect(self._on_suggestion_chosen)
        self.pages.removal_wanted.connect(self.removal_wanted)
        self.pages.told.connect(self.told)
        self.pages.announced.connect(self.announced)
        self.pages.step_wanted.connect(self.step_wanted)
        self.pages.name_given.connect(self.name_given)
        self.beside.name_given.connect(self.name_given)
        self.pages.restore_point_wanted.connect(self.restore_point_wanted)
        self.pages.back_wanted.connect(self._on_back_wanted)
        self._not_asked = NotAsked(session, self._checking, self._is_in_sight, self)
        self._not_asked.told.connect(self.announced)
        self.beside.removal_wanted.connect(self.removal_wanted)
        self.beside.brought_back.connect(self._on_brought_back)
        self.beside.place_wanted.connect(self.show_commented)
        self.beside.failed.connect(self.announced)
        self.pages.comments_wanted.connect(self.show_comments)
        self.beside.part_shown.connect(self._on_part_shown)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus_changed)

    def _lay_out(self) -> None:
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        for widget, stretch in ((self.outline, 0), (self.pages, 1), (self.beside, 0)):
            split.addWidget(widget)
            split.setStretchFactor(split.indexOf(widget), stretch)
        self.outline.setMinimumWidth(tokens.GRID * 24)
        # In the smallest window it is the outline that gives way: no question of a page is cut then.
        self.pages.setMinimumWidth(tokens.GRID * 50)
        split.setSizes([tokens.GRID * 32, tokens.GRID * 110, tokens.GRID * 36])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.correction)
        self.freezing = Freezing(self._session, column, self)
        self.correction.told_frozen.connect(self.freezing.set_told_above)
        self.freezing.shut.connect(self.correction.focus_way_on)
        column.addWidget(split, 1)
        column.addWidget(self.problems)

    # What is shown

    @property
    def place(self) -> str:
        """Where the person is: the path of a question or row, else the code of the page."""
        page = self.pages.page
        if isinstance(page, SectionPage):
            return page.place
        return self.pages.shown if self.pages.code_of(self.pages.shown) else self._place_before

    def show_page(self, code: str) -> None:
        """Show the page with this code."""
        if code == self.pages.shown:
            return
        self.comments.leave()
        if not self.pages.is_aside:
            self._place_before = self.place
        page = self.pages.show_code(code)
        section = page.section if isinstance(page, SectionPage) else None
        self.panel.show_section(section, self._labels)
        self.beside.show_section(section.code if section is not None else "")
        self._show_panel()
        self.outline.show_section(code if section is not None else None)
        self._checking.section = code
        self.outline.show_sending(is_shown=section is None)
        self.freezing.show_for_page(is_section=section is not None)
        self.correction.show_for_page(is_section=section is not None)

    def resume(self, place: str) -> None:
        """Go on where the person was when the report was closed; at the beginning where that is gone."""
        self.show_page(self.pages.code_of(place) or self.pages.codes[0])
        page = self.pages.page
        if isinstance(page, SectionPage) and place not in ("", page.section.code):
            page.show_place(place)
        else:
            self.outline.focus_sections()

    def show_send(self) -> None:
        """Show the page to check and send."""
        self.show_page(SEND)
        self.pages.focus_page()

    def send_page(self) -> SendPage:
        """Show the page to check and send; it is returned."""
        from desktop_app.ui.pages.send_page import SendPage

        self.show_send()
        assert isinstance(self.pages.page, SendPage)
        return self.pages.page

    def show_submissions(self) -> None:
        """Show what was sent."""
        self.send_page().show_submissions()
        if not self._session.report.submissions:
            self.announced.emit(_("Nothing was submitted yet."))

    def show_history(self) -> None:
        """Show the moments of the report, to compare them and to go back to one."""
        self.show_page(HISTORY_PAGE)
        self.pages.focus_page()

    def show_neighbour(self, step: int) -> None:
        """Show the next (1) or the previous (-1) section; after the last one, the page to send."""
        codes = self.pages.codes
        index = codes.index(self.pages.shown) + step if self.pages.shown in codes else 0
        if 0 <= index < len(codes):
            self.show_page(codes[index])

    def go_to(self, path: str) -> None:
        """Show the place at ``path``, ready to be answered; a comment beside what it is about."""
        thread = self._session.comments.thread_at(path)
        if thread is not None:
            self.comments.show(thread)
            return
        code = self.pages.code_of(path)
        if code:
            self.show_page(code)
            if isinstance(self.pages.page, SectionPage):
                self.pages.page.go_to(path)

    def _on_find_chosen(self, path: str) -> None:
        from desktop_app.ui.found_words import select_words

        self.go_to(path)
        select_words(self.window().focusWidget(), self.outline.find_line.text())

    def show_change(self, paths: frozenset[str]) -> None:
        """Show where something was changed, on the page shown if it was there."""
        here = [path for path in paths if self.pages.code_of(path) == self.pages.shown]
        path = min(here or paths, default="")
        code, place = self.pages.code_of(path), self.place
        if not code or any(_is_within(changed, place) for changed in paths):
            return
        self.show_page(code)
        if isinstance(self.pages.page, SectionPage):
            self.pages.page.show_place(path)

    # The panel beside the page

    def set_panel(self, shown: bool, *, asked: bool = False) -> None:
        """Show the panel beside the sections, or not; in a small window only when ``asked`` for."""
        self._shows_panel = shown
        self._is_asked = asked
        self._show_panel()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a small window the page has all the room, until someone asks for the panel."""
        super().resizeEvent(event)
        if event.size().width() >= PANEL_ROOM:
            self._is_asked = False
        self._show_panel()

    def _show_panel(self) -> None:
        is_section = isinstance(self.pages.page, SectionPage)
        is_shown = self._shows_panel and is_section and (self.width() >= PANEL_ROOM or self._is_asked)
        needed = sum(part.minimumWidth() for part in (self.outline, self.pages, self.beside))
        # In the smallest window the panel that was asked for takes the place of the outline.
        self.outline.setVisible(not is_shown or self.width() >= needed)
        self.beside.setVisible(is_shown)

    def show_history_here(self) -> None:
        """Show the history of the place the keyboard is in, beside the page."""
        if isinstance(self.pages.page, SectionPage):
            self.set_panel(True, asked=True)
            self.beside.show_part(HISTORY)

    def show_comments(self, path: str) -> None:
        """Show what was said about the place at ``path``, beside the page."""
        self.set_panel(True, asked=True)
        self.beside.show_part(COMMENTS)
        self.beside.show_place(path)

    def show_comments_here(self) -> None:
        """Show what was said about the place the keyboard is in, beside the page."""
        if isinstance(self.pages.page, SectionPage):
            self.set_panel(True, asked=True)
            self.beside.show_part(COMMENTS)

    def _on_correction_wanted(self) -> None:
        self.comments.show_next(asks_the_country)

    def _on_way_on_wanted(self) -> None:
        line = self.freezing.line
        if line is not None and isinstance(self.pages.page, SectionPage):
            line.ways.ask_first()
            return
        page = self.send_page()
        page.clearance.ways.ask_first()
        page.show_part(page.clearance)

    def _on_unfinished_wanted(self) -> None:
        self.comments.show_draft()

    def show_commented(self, path: str) -> None:
        """Show the place a comment is about, and what the panel has of it."""
        self.show_page(self._session.comments.section_of(path))
        if isinstance(self.pages.page, SectionPage):
            self.pages.page.show_place(path)
        self.beside.show_place(path)

    def _show_with_comments(self, path: str) -> None:
        self.show_commented(path)
        self.show_comments(path)

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        is_on_page = new is not None and self.pages.isAncestorOf(new)
        self.freezing.watch(new if is_on_page else None)
        if is_on_page:
            self._follow_focus()

    def _on_frozen_changed(self) -> None:
        """The answers are closed now, or open again: their pages are made anew, where they were."""
        self.panel.takes_ideas = not self._session.is_closed
        self.pages.remake_sections()
        if isinstance(page := self.pages.page, SectionPage):
            self.panel.show_section(page.section, self._labels)

    def _on_way_chosen(self, way: Way, words: str) -> None:
        from desktop_app.ui.sending.ways_on import take_way

        self.hand_over()
        place = self.beside.place
        try:
            self.told.emit(take_way(self._session, way, words))
        except DeskError as error:
            if self.freezing.line is not None:
                self.freezing.line.ways.tell(error.sentence)
        else:
            self.pages.focus_page()
            if place:
                self.show_commented(place)

    def _on_part_shown(self, part: str) -> None:
        if part in (HISTORY, COMMENTS):
            self._follow_focus()

    def _follow_focus(self) -> None:
        """Tell the panel which question or row the keyboard is in; in none of them it stays as it is."""
        page = self.pages.page
        if isinstance(page, SectionPage):
            path = page.focused_path
            self.comments.leave()
            if path != page.section.code:
                self.beside.show_place(path)

    def _on_back_wanted(self) -> None:
        self.resume(self._place_before)
        if self.pages.shown == SEND:
            self.pages.focus_page()

    def _on_brought_back(self, path: str) -> None:
        """The keyboard goes there; the page moves only if the place cannot be seen as it stands."""
        page = self.pages.page
        if not isinstance(page, SectionPage):
            return
        bar = page.verticalScrollBar()
        before = bar.value()
        page.show_place(path)
        focus = self.window().focusWidget()
        if focus is not None and page.ground.isAncestorOf(focus):
            top = focus.mapTo(page.ground, QPoint(0, 0)).y()
            if before <= top < before + page.viewport().height():
                bar.setValue(before)

    def _on_suggestion_chosen(self, text: object) -> None:
        if isinstance(self.pages.page, SectionPage):
            self.pages.page.add_action(text)

    # Used by the window

    def show_unfinished(self) -> str:
        """Put the cursor to words that are not kept yet. Says what to do; empty when there are none."""
        found = self.pages.unfinished()
        if found is not None:
            code, target, what_then = found
            self.show_page(code)
            target.setFocus(Qt.FocusReason.OtherFocusReason)
            return " ".join((_("What stands here is no answer yet."), what_then))
        return self.pages.unkept_words()

    def hand_over(self) -> None:
        """Give the session everything typed and not handed over yet."""
        if self.pages.page is not None:
            self.pages.page.hand_over()
        if self.beside.drafts is not None:
            self.beside.drafts.hand_over()

    def _is_in_sight(self, path: str) -> bool:
        """Whether the page shown says at a question of its own what is the matter with it."""
        return read_path(path).row is None and self.pages.code_of(path) == self.pages.shown

    def release(self) -> None:
        """Hand over everything and let go of the session; before this view goes away."""
        self._checking.release()
        self.pages.release()
        if self.beside.drafts is not None:
            self.beside.drafts.hand_over()
        self._session.leave()


def _is_within(path: str, place: str) -> bool:
    return path == place or path.startswith(f"{place}/")
