"""Asks what an old report is that does not say so itself, in the place of a page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.formdef.library import FormLibrary
from desktop_app.runtime.paths import documents_folder
from desktop_app.ui.main_window import MainWindow

if TYPE_CHECKING:
    from desktop_app.services.importing import Untold
    from desktop_app.ui.pages.untold_page import UntoldPage

UNTOLD_PAGE = "#untold"


class UntoldDocuments(QObject):
    """Shows the page, beside the report that is open or alone."""

    said = Signal(object, str, str)
    """The path of the document, the id of its form, and the code of its country or nothing."""

    back_wanted = Signal()

    def __init__(self, window: MainWindow, library: Callable[[], FormLibrary]) -> None:
        """For the forms of ``library``, which is asked for when it is needed."""
        super().__init__(window)
        self._window, self._library = window, library
        self._document = Path()
        self._page: UntoldPage | None = None

    def ask(self, document: Path, untold: Untold) -> None:
        """Ask what ``document`` is; the page is kept while it is asked further about the same one."""
        if self._shown_page() is None or document != self._document:
            self._document = document
            self._show()
        page = self._shown_page()
        assert page is not None
        page.show_untold(untold.about, untold.form)

    def _shown_page(self) -> UntoldPage | None:
        """The page, unless another one is shown or it has gone with its report."""
        view = self._window.view
        shown = view.pages.page if view is not None else self._window.lone
        return self._page if self._page is not None and shown is self._page else None

    def _show(self) -> None:
        view = self._window.view
        if view is None:
            self._window.show_lone(self._make())
            return
        view.hand_over()
        if view.pages.shown == UNTOLD_PAGE:
            view.pages.back_wanted.emit()
        view.pages.forget(UNTOLD_PAGE)
        view.pages.offer(UNTOLD_PAGE, self._make)
        view.show_page(UNTOLD_PAGE)

    def _make(self) -> UntoldPage:
        from desktop_app.ui.pages.untold_page import UntoldPage
        from desktop_app.ui.start_offer import start_offer

        page = self._page = UntoldPage(self._document, start_offer(self._library(), documents_folder()))
        page.chosen.connect(self._on_chosen)
        page.back_wanted.connect(self._on_back_wanted)
        page.destroyed.connect(self._on_page_destroyed)
        return page

    def _on_page_destroyed(self, page: object) -> None:
        if self._page is page:
            self._page = None

    def _on_chosen(self, form: str, country: str) -> None:
        self.said.emit(self._document, form, country)

    def _on_back_wanted(self) -> None:
        if self._window.view is not None:
            self._window.view.pages.back_wanted.emit()
        else:
            self.back_wanted.emit()
