"""The pages of one report, each made when it is first shown and kept as it was left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop_app.formdef.labels import Labels
from desktop_app.report.paths import ATTACHED, UNPLACED, read_path
from desktop_app.runtime.i18n import _
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui.export import Export
from desktop_app.ui.pages.page import Page, settle
from desktop_app.ui.pages.section_page import SectionPage
from desktop_app.ui.past import Past
from desktop_app.ui.tab_order import stops

SEND = "#send"
UNPLACED_PAGE = "#unplaced"
HISTORY_PAGE = "#history"
BACKUPS_PAGE = "#backups"
VERSIONS_PAGE = "#versions"
REVIEW_PAGE = "#review"
KEYS_PAGE = "#keys"
DOCUMENT_PAGE = "#document"

if TYPE_CHECKING:
    from desktop_app.ui.backups.backups_page import BackupsPage
    from desktop_app.ui.documents.document_page import DocumentPage
    from desktop_app.ui.history.history_page import HistoryPage
    from desktop_app.ui.pages.send_page import SendPage
    from desktop_app.ui.pages.unplaced_page import UnplacedPage
    from desktop_app.ui.pages.untold_page import UntoldPage
    from desktop_app.ui.review.preview_page import PreviewPage
    from desktop_app.ui.signing_keys.keys_page import KeysPage
    from desktop_app.ui.trouble.versions_page import VersionsPage
    from desktop_app.ui.verifying.verdict_page import VerdictPage

    ReportPage = SectionPage | SendPage | UnplacedPage | HistoryPage | DocumentPage
    AnyPage = ReportPage | BackupsPage | VersionsPage | PreviewPage | VerdictPage | KeysPage | UntoldPage


class PageStack(QStackedWidget):
    """A page's code is a section's code, or one of the fixed codes above."""

    path_chosen = Signal(str)
    section_chosen = Signal(str)
    folder_wanted = Signal(object)
    removal_wanted = Signal(str)
    """The path of a place whose words someone wants to remove for good."""

    comments_wanted = Signal(str)
    """The path of a question or row, whose comments someone wants to see."""

    restore_point_wanted = Signal()
    back_wanted = Signal()
    """To the place where one was before the page shown."""

    told = Signal(str)
    """What was done, in words for the person."""

    announced = Signal(str)
    """Why something could not be done, in words for the person."""

    name_given = Signal(str)
    step_wanted = Signal(object)
    """A ``menus.Step`` that somebody else takes."""

    def __init__(
        self,
        session: EntrySession,
        labels: Labels,
        export: Export,
        folder: Path,
        past: Past | None = None,
    ) -> None:
        """For the session's report; packages go to ``folder`` unless chosen otherwise."""
        super().__init__()
        self._session, self._labels = session, labels
        self._export, self._folder = export, folder
        self._past = past
        if past is not None:
            past.files_made.connect(self._on_files_made)
        self._pages: dict[str, AnyPage] = {}
        self._offered: dict[str, Callable[[], AnyPage]] = {}
        self.shown = ""
        self._unkept: dict[str, str] = {}
        """Words that are no answers, by path, and could not be kept yet."""

    @property
    def page(self) -> AnyPage | None:
        """The page shown."""
        return self._pages.get(self.shown)

    @property
    def is_aside(self) -> bool:
        """Whether the page shown leads back to where one was before it."""
        return self.shown == HISTORY_PAGE or self.shown in self._offered

    @property
    def codes(self) -> list[str]:
        """The codes of the pages in the working order."""
        return [section.code for section in self._session.report.form.walk()] + [SEND]

    def code_of(self, path: str) -> str:
        """The code of the page on which the place at ``path`` stands; empty for none."""
        place, form = read_path(path), self._session.report.form
        if path == SEND or (path == HISTORY_PAGE and self._past is not None):
            return path
        if place.head == ATTACHED and (attached := self._session.report.attached.get(place.row or "")):
            return self.code_of(attached.about)
        if place.head == UNPLACED:
            return UNPLACED_PAGE
        codes = [code for code in (place.head, place.section) if form.section(code) is not None]
        return codes[0] if codes else ""

    def _on_files_made(self) -> None:
        from desktop_app.ui.attachments.opening import AttachingNews

        assert self._past is not None
        news = AttachingNews(self._past.files)
        news.done.connect(self.told)
        news.refused.connect(self.announced)

    def attach_here(self) -> None:
        """Ask for files for the question or row the keyboard is in."""
        if self._session.is_closed:
            self.announced.emit(self._session.read_only or self._session.frozen_words)
        elif not isinstance(self.page, SectionPage) or not self.page.attach_here():
            self.announced.emit(_("Go to an answer or an entry first: the file is attached to it."))

    def mark_here(self) -> None:
        """Mark the question or row the keyboard is in as confidential, or take the mark off."""
        page = self.page
        place = page.last_place if isinstance(page, SectionPage) else ""
        if self._session.is_closed:
            self.announced.emit(self._session.read_only or self._session.frozen_words)
        elif not isinstance(page, SectionPage) or place == page.section.code:
            self.announced.emit(_("Go to an answer or an entry first: it is what is marked."))
        else:
            from desktop_app.ui.confidential_mark import switch_mark

            page.hand_over()
            self.told.emit(switch_mark(self._session, place))

    def offer(self, code: str, make: Callable[[], AnyPage]) -> None:
        """Let there be a page that somebody else makes when it is first shown."""
        self._offered[code] = make

    def forget(self, code: str) -> None:
        """Let a page that is not shown be made anew when it is shown next."""
        page = self._pages.pop(code, None) if code != self.shown else None
        if page is not None:
            page.release()
            self.removeWidget(page)
            page.deleteLater()

    def remake_sections(self) -> None:
        """Make the pages of sections anew when they are shown next; one that is shown now, at its place."""
        self.keep_unfinished()
        for code, each in list(self._pages.items()):
            if isinstance(each, SectionPage):
                self.forget(code)
        page = self.page
        if not isinstance(page, SectionPage):
            return
        focus = self.window().focusWidget()
        had_focus = focus is not None and page.isAncestorOf(focus)
        place, height = page.last_place, page.verticalScrollBar().value()
        page.release()
        del self._pages[self.shown]
        fresh = self._make(self.shown)
        self.setCurrentWidget(fresh)
        self.removeWidget(page)
        page.deleteLater()
        fresh.enter()
        if isinstance(fresh, SectionPage):
            settle()
            if had_focus or place != page.section.code:
                fresh.show_place(place)
            fresh.verticalScrollBar().setValue(height)

    def show_code(self, code: str) -> AnyPage:
        """Show the page with this code; the page before is left, and what was typed there saved."""
        before = self.page
        focus = self.window().focusWidget()
        had_focus = before is not None and focus is not None and before.isAncestorOf(focus)
        if before is not None:
            before.leave()
        page = self._pages.get(code) or self._make(code)
        self.shown = code
        self.setCurrentWidget(page)
        page.enter()
        if code == SEND:
            self._tell_unfinished()
        if had_focus:
            self.focus_page()
        return page

    def _make(self, code: str) -> AnyPage:
        page: AnyPage
        if code == SEND:
            from desktop_app.ui.pages.send_page import SendPage

            page = SendPage(self._session, self._export, self._folder, self._labels, self._past)
            page.path_chosen.connect(self.path_chosen)
            page.folder_wanted.connect(self.folder_wanted)
            page.told.connect(self.told)
            page.step_wanted.connect(self.step_wanted)
            page.name_given.connect(self.name_given)
        elif code == UNPLACED_PAGE:
            from desktop_app.ui.pages.unplaced_page import UnplacedPage

            page = UnplacedPage(self._session)
            page.path_chosen.connect(self.path_chosen)
        elif code in self._offered:
            page = self._offered[code]()
        elif code == HISTORY_PAGE:
            from desktop_app.ui.history.history_page import HistoryPage

            assert self._past is not None
            page = HistoryPage(self._past, self._labels)
            page.path_chosen.connect(self.path_chosen)
            page.told.connect(self.told)
            page.restore_point_wanted.connect(self.restore_point_wanted)
            page.back_wanted.connect(self.back_wanted)
        else:
            section = self._session.report.form.section(code)
            assert section is not None
            page = SectionPage(self._session, section, self._labels, self._past)
            page.removal_wanted.connect(self.removal_wanted)
            page.section_wanted.connect(self.section_chosen)
            page.comments_wanted.connect(self.comments_wanted)
        self._pages[code] = page
        self.addWidget(page)
        return page

    def show_name(self) -> None:
        """The person's name is another one now."""
        from desktop_app.ui.pages.send_page import SendPage

        page = self._pages.get(SEND)
        if isinstance(page, SendPage):
            page.show_name()

    def focus_page(self) -> None:
        """Put the keyboard to the page: where it was there, else to its beginning."""
        page = self.page
        if page is None:
            return
        target: QWidget | None = page.ground.focusWidget()
        if target is None or not target.isVisibleTo(page):
            target = next(stops(page), None)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def unfinished(self) -> tuple[str, QWidget, str] | None:
        """A page, where on it something stands that is no answer yet, and what becomes of that."""
        for code, page in self._pages.items():
            target = page.unfinished() if isinstance(page, Page) else None
            if target is not None:
                kept = _("Mend it, or close again: your words are kept among the unplaced texts then.")
                left_out = _("Mend it, or close again to leave it out.")
                return code, target, kept if isinstance(page, SectionPage) else left_out
        return None

    def keep_unfinished(self) -> None:
        """Keep among the unplaced texts what stands on the pages and is no answer.

        While nothing can be written it waits here until something can.
        """
        for page in self._pages.values():
            if isinstance(page, SectionPage):
                self._unkept.update(page.take_unfinished())
        if not self._session.is_closed:
            for path, words in self._unkept.items():
                self._session.keep_unplaced(words, path)
            self._unkept.clear()

    def unkept_words(self) -> str:
        """That words wait for answers that are not closed, and go with the report; empty for none."""
        words = _(
            "These words are no answer, and cannot be kept while the answers are closed: {words}. Open the"
            " answers again to keep them, or close again to leave them out."
        )
        quoted = (_("“{words}”").format(words=each) for each in self._unkept.values())
        return words.format(words="; ".join(quoted)) if self._unkept else ""

    def _tell_unfinished(self) -> None:
        """What is looked through and sent from now on has no such words."""
        pages = (each for each in self._pages.values() if isinstance(each, SectionPage))
        section = next((each.section for each in pages if each.unfinished() is not None), None)
        if section is not None:
            words = _(
                "{section}: something stands there that is no answer yet, and is not sent. Mend it first."
            )
            self.announced.emit(words.format(section=self._labels.section_short(section)))

    def release(self) -> None:
        """Let go of the session; before the pages go away."""
        for page in self._pages.values():
            page.release()
        if self._past is not None:
            self._past.release()
