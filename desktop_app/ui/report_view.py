"""An open report: outline, page, side panel and problems side by side."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.formdef.labels import Labels
from desktop_app.report.paths import UNPLACED, read_path
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui import tokens
from desktop_app.ui.outline import Outline
from desktop_app.ui.pages.section_page import SectionPage
from desktop_app.ui.pages.send_page import Export, SendPage
from desktop_app.ui.pages.unplaced_page import UnplacedPage
from desktop_app.ui.problem_strip import ProblemStrip
from desktop_app.ui.side_panel import SidePanel

SEND = "#send"
UNPLACED_PAGE = "#unplaced"

AnyPage = SectionPage | SendPage | UnplacedPage


class ReportView(QWidget):
    """Shows one report; pages are built when first shown."""

    folder_wanted = Signal(object)
    page_shown = Signal(str)
    """The code of the page: a section's code, or one of the fixed pages."""

    def __init__(self, session: EntrySession, export: Export, folder: Path) -> None:
        """For ``session``; packages go to ``folder`` unless chosen otherwise."""
        super().__init__()
        self._session = session
        self._export = export
        self._folder = folder
        self._labels = Labels(session.report.form, session.report.language)
        self._pages: dict[str, AnyPage] = {}
        self._shown = ""
        self.shows_panel = True
        self.outline = Outline(session, self._labels)
        self._stack = QStackedWidget()
        self.panel = SidePanel()
        self.problems = ProblemStrip(session)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        for widget, stretch in ((self.outline, 0), (self._stack, 1), (self.panel, 0)):
            split.addWidget(widget)
            split.setStretchFactor(split.indexOf(widget), stretch)
        self.outline.setMinimumWidth(tokens.GRID * 26)
        split.setSizes([tokens.GRID * 32, tokens.GRID * 110, tokens.GRID * 36])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(split, 1)
        column.addWidget(self.problems)
        self.outline.section_chosen.connect(self.show_page)
        self.outline.path_chosen.connect(self.go_to)
        self.outline.send_chosen.connect(self.show_send)
        self.problems.path_chosen.connect(self.go_to)
        self.panel.suggestion_chosen.connect(self._on_suggestion_chosen)

    @property
    def shown(self) -> str:
        """The code of the page shown."""
        return self._shown

    @property
    def page(self) -> AnyPage | None:
        """The page shown."""
        return self._pages.get(self._shown)

    def show_page(self, code: str) -> None:
        """Show the page with this code; the page before is left and saved."""
        if code == self._shown:
            return
        if self.page is not None:
            self.page.leave()
        page = self._pages.get(code) or self._make_page(code)
        self._shown = code
        self._stack.setCurrentWidget(page)
        section = page.section if isinstance(page, SectionPage) else None
        self.panel.show_section(section, self._labels)
        self.panel.setVisible(self.shows_panel and section is not None)
        self.outline.show_section(code if section is not None else None)
        if isinstance(page, SendPage):
            page.show_problems()
        self.page_shown.emit(code)

    def set_panel(self, shown: bool) -> None:
        """Show the panel beside the sections, or not."""
        self.shows_panel = shown
        self.panel.setVisible(shown and isinstance(self.page, SectionPage))

    def show_send(self) -> None:
        """Show the page to check and send."""
        self.show_page(SEND)

    def show_neighbour(self, step: int) -> None:
        """Show the next (1) or the previous (-1) section; after the last one, the page to send."""
        codes = [section.code for section in self._session.report.form.walk()] + [SEND]
        index = codes.index(self._shown) + step if self._shown in codes else 0
        if 0 <= index < len(codes):
            self.show_page(codes[index])

    def go_to(self, path: str) -> None:
        """Show the place at ``path`` and put the keyboard there."""
        place = read_path(path)
        form = self._session.report.form
        if place.head == UNPLACED:
            self.show_page(UNPLACED_PAGE)
        elif form.section(place.head) is not None:
            self.show_page(place.head)
        elif form.section(place.section) is not None:
            self.show_page(place.section)
            page = self.page
            if page is not None:
                page.go_to(path)

    def _make_page(self, code: str) -> AnyPage:
        page: AnyPage
        if code == SEND:
            send = SendPage(self._session, self._export, self._folder)
            send.path_chosen.connect(self.go_to)
            send.folder_wanted.connect(self.folder_wanted)
            page = send
        elif code == UNPLACED_PAGE:
            page = UnplacedPage(self._session)
        else:
            section = self._session.report.form.section(code)
            assert section is not None
            page = SectionPage(self._session, section, self._labels)
            page.section_wanted.connect(self.show_page)
        self._pages[code] = page
        self._stack.addWidget(page)
        return page

    def _on_suggestion_chosen(self, text: object) -> None:
        if isinstance(self.page, SectionPage):
            self.page.add_action(text)

    def hand_over(self) -> None:
        """Give the session everything typed and not handed over yet."""
        if self.page is not None:
            self.page.hand_over()

    def release(self) -> None:
        """Hand over everything and let go of the session; before this view goes away."""
        for page in self._pages.values():
            page.release()
        self._session.leave()
