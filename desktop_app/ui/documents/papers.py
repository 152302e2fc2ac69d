"""Documents of the open report: shown page by page, printed, saved where the person wants them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from shiboken6 import isValid

from desktop_app.report.report import Report
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.ui import jobs
from desktop_app.ui.errands import Errands
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.notice import NoticeStep
from desktop_app.ui.pages.page_stack import DOCUMENT_PAGE
from desktop_app.ui.parts import Tone
from desktop_app.ui.remembered import Remembered
from desktop_app.ui.report_keeper import ReportKeeper

if TYPE_CHECKING:
    from desktop_app.services.documents import Saved
    from desktop_app.services.open_report import OpenReport
    from desktop_app.storage.report_file import ReportFile
    from desktop_app.ui.documents.document_page import DocumentPage, Paper


class ClosedMeanwhileError(DeskError):
    """There is no report any more of which a document could be made."""


class Papers(QObject):
    """One document is shown at a time; it is printed or saved from there."""

    def __init__(
        self, window: MainWindow, keeper: ReportKeeper, errands: Errands, remembered: Remembered
    ) -> None:
        """For the report of ``keeper``."""
        super().__init__(window)
        self._window, self._keeper, self._errands = window, keeper, errands
        self._remembered = remembered
        self._page: DocumentPage | None = None
        self._which = ""

    def preview(self) -> None:
        """Show what the reviewers will see."""
        self._show("full")

    def print(self) -> None:
        """Show the whole report, and print it as soon as its pages are there."""
        page = self._show("full")
        if page is not None:
            page.when_shown(page.print_wanted)

    def sign_off(self) -> None:
        """Show the page to sign."""
        self._show("sign-off")

    def _show(self, which: str) -> DocumentPage | None:
        view = self._window.view
        if view is None or self._keeper.opened is None:
            return None
        view.hand_over()
        self._which = which
        page = self._page
        if page is not None and isValid(page) and view.isAncestorOf(page):
            page.choose(which)
        view.pages.offer(DOCUMENT_PAGE, self._make_page)
        view.show_page(DOCUMENT_PAGE)
        if self._page is not None:
            self._page.view.setFocus(Qt.FocusReason.OtherFocusReason)
        return self._page

    def _make_page(self) -> DocumentPage:
        from desktop_app.ui.documents.document_page import DocumentPage

        opened = self._keeper.opened
        assert opened is not None
        page = DocumentPage(opened.session, partial(recorded, opened))
        page.choose(self._which)
        page.print_wanted.connect(self._on_print_wanted)
        page.save_wanted.connect(self._on_save_wanted)
        page.back_wanted.connect(self._on_back_wanted)
        self._page = page
        return page

    def _on_back_wanted(self) -> None:
        if self._window.view is not None:
            self._window.view.pages.back_wanted.emit()

    # Printing

    def _on_print_wanted(self, paper: Paper) -> None:
        from desktop_app.ui.documents.printing import ask_printer, has_printer

        if self._errands.is_busy:
            self._tell_busy()
        elif not has_printer():
            self._window.notice.tell(
                _("No printer is set up on this computer. Save the PDF, and print it elsewhere."),
                Tone.WARNING,
                [NoticeStep(_("&Save the PDF …"), partial(self._on_save_wanted, paper))],
            )
        else:
            printer = ask_printer(self._window, paper.stem, paper.pictures.pages)
            if printer is not None:
                self.send(paper, printer)

    def send(self, paper: Paper, printer: object) -> None:
        """Print ``paper`` with a ``QPrinter`` whose dialog was answered."""
        from PySide6.QtPrintSupport import QPrinter

        from desktop_app.ui.documents.printing import page_range, print_pages

        assert isinstance(printer, QPrinter)
        numbers = page_range(printer, paper.pictures.pages)

        def work(report: jobs.Report) -> int:
            return print_pages(printer, numbers, paper.pictures.picture, report)

        self._errands.run(_("The pages are sent to the printer …"), work, self._on_printed)

    def _on_printed(self, count: object) -> None:
        assert isinstance(count, int)
        words = ngettext(
            "{count} page was sent to the printer.", "{count} pages were sent to the printer.", count
        )
        self._window.notice.tell(words.format(count=count), Tone.SUCCESS)

    # Saving

    def _on_save_wanted(self, paper: Paper) -> None:
        from desktop_app.runtime import paths
        from desktop_app.ui.files import choose_document_file

        folder = self._remembered.folder(paths.documents_folder())
        chosen = choose_document_file(self._window, folder, paper.stem, only_pdf=paper.which == "sign-off")
        if chosen is not None:
            path, may_go = chosen
            self.save(paper, path, replace=may_go)

    def save(self, paper: Paper, path: Path, *, replace: bool = False) -> None:
        """Make the document and put it at ``path``, whose ending says which kind it is.

        ``replace``: a file of that name may go, the person was asked.
        """

        def work(report: jobs.Report) -> Saved:
            from desktop_app.services.documents import Kind, document_of, keep_document

            kind = {".docx": Kind.DOCX, ".html": Kind.HTML}.get(path.suffix.lower(), Kind.PDF)
            if paper.which == "sign-off":
                kind = Kind.SIGN_OFF
            made = document_of(paper.plan, kind, path.stem)
            return keep_document(path.parent, dict(made.files), replace=replace and len(made.files) == 1)

        if not self._errands.run(_("“{file}” is being made …").format(file=path.name), work, self._on_saved):
            self._tell_busy()

    def _on_saved(self, saved: object) -> None:
        from desktop_app.services.documents import Saved, unprotected_notice

        assert isinstance(saved, Saved)
        opened = self._keeper.opened
        told = unprotected_notice(opened.key if opened is not None else None)
        names = ", ".join(path.name for path in saved.paths)
        steps = [NoticeStep(_("Open the &folder"), partial(self._window.folder_wanted.emit, saved.paths[0]))]
        words = "\n".join((_("Saved: {files}").format(files=names), *told))
        self._window.notice.tell(words, Tone.WARNING if told else Tone.SUCCESS, steps)

    def _tell_busy(self) -> None:
        self._window.show_failure(_("Something else is still under way. Try again in a moment."))


def recorded(opened: OpenReport) -> Report:
    """The report with everything recorded so far; in a thread of its own, because it waits."""
    from concurrent.futures import CancelledError

    from desktop_app.services.form_versions import load_report
    from desktop_app.services.reports import choose_summary, form_library

    number = opened.session.report.number

    def load(file: ReportFile) -> Report:
        return load_report(file, choose_summary(file.path, file.reports(), number), form_library()).report

    try:
        report: Report = opened.journal.read(load).result()
    except (RuntimeError, CancelledError) as error:
        raise ClosedMeanwhileError(_("The report was closed meanwhile.")) from error
    return report
