"""Packages in the window: chosen or dropped, read beside it, and the verdict shown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.ui.job_queue import JobQueue
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.remembered import Remembered
from desktop_app.ui.report_keeper import ReportKeeper

if TYPE_CHECKING:
    from desktop_app.services.verifying import Verified
    from desktop_app.ui.verifying.verdict_page import VerdictPage

ENDINGS = (".zip", ".zip.age")


def is_package(path: Path) -> bool:
    """Whether a file is named as a package is."""
    return path.name.lower().endswith(ENDINGS)


class Verdicts(QObject):
    """Shows one verdict at a time; a package that is chosen meanwhile takes its place."""

    import_wanted = Signal(object, object)
    """The path of a package to bring in, and the passphrase of our own key when one was given."""

    keys_wanted = Signal()
    back_wanted = Signal()
    """Back to the first page."""

    folder_wanted = Signal(object)
    """The path of a file whose folder someone wants to see."""

    def __init__(self, window: MainWindow, keeper: ReportKeeper, remembered: Remembered) -> None:
        """For the pages of ``window``, and the report that ``keeper`` has open."""
        super().__init__(window)
        self._window, self._keeper, self._remembered = window, keeper, remembered
        self._queue = JobQueue(self)
        self._page: VerdictPage | None = None
        self._path = Path()
        self._passphrase: str | None = None

    def choose(self) -> None:
        """Ask which package."""
        from desktop_app.runtime import paths
        from desktop_app.ui.files import choose_package

        chosen = choose_package(self._window, self._remembered.folder(paths.documents_folder()))
        if chosen is not None:
            self.show(chosen)

    def show(self, path: Path) -> None:
        """Verify the package at ``path``, against the report that is open, and show what was found."""
        self._path = path
        page = self._shown_page() or self._make_shown()
        page.show_busy(path)
        self._verify(None)

    def finish(self) -> None:
        """Do what is under way to its end; for the end of the program."""
        self._queue.finish()

    def _shown_page(self) -> VerdictPage | None:
        """The page, unless another one is shown or it has gone with its report."""
        view = self._window.view
        shown = view.pages.page if view is not None else self._window.lone
        return self._page if self._page is not None and shown is self._page else None

    def _make_shown(self) -> VerdictPage:
        from desktop_app.ui.verifying.verdict_page import VERDICT_PAGE, VerdictPage

        view = self._window.view
        if view is None:
            page = self._make(is_alone=True)
            self._window.show_lone(page)
            return page
        view.hand_over()
        view.pages.offer(VERDICT_PAGE, self._make_for_report)
        view.show_page(VERDICT_PAGE)
        view.pages.focus_page()
        shown = view.pages.page
        assert isinstance(shown, VerdictPage)
        self._page = shown
        return shown

    def _make_for_report(self) -> VerdictPage:
        return self._make(is_alone=False)

    def _make(self, *, is_alone: bool) -> VerdictPage:
        from desktop_app.ui.verifying.verdict_page import VerdictPage

        page = VerdictPage(is_alone=is_alone)
        page.another_wanted.connect(self.choose)
        page.import_wanted.connect(self._on_import_wanted)
        page.receipt.receipt_wanted.connect(self._on_receipt_wanted)
        page.receipt.folder_wanted.connect(self._on_folder_wanted)
        page.keys_wanted.connect(self.keys_wanted)
        page.back_wanted.connect(self.back_wanted)
        page.passphrase_given.connect(self._verify)
        page.destroyed.connect(self._on_page_destroyed)
        self._page = page
        return page

    def _on_page_destroyed(self, page: object) -> None:
        if self._page is page:
            self._page = self._passphrase = None

    def _on_import_wanted(self) -> None:
        self.import_wanted.emit(self._path, self._passphrase)

    def _verify(self, passphrase: str | None) -> None:
        path, opened = self._path, self._keeper.opened
        self._passphrase = passphrase
        report_file = opened.local_path if opened is not None else None
        key = opened.key if opened is not None else None

        def work() -> tuple[Path, Verified | DeskError, bool]:
            from desktop_app.services.verifying import OwnKeyNeededError, verify

            try:
                found = verify(path, report_file, key=key, passphrase=passphrase, may_ask=True)
                return path, found, passphrase is None and _has_passphrase()
            except OwnKeyNeededError as error:
                return path, error, _has_passphrase()
            except DeskError as error:
                return path, error, passphrase is not None

        self._queue.add(work, self._on_found, self._on_refused)

    def _on_found(self, result: object) -> None:
        assert isinstance(result, tuple)
        path, found, asks = result
        page = self._shown_page()
        if page is None or path != self._path:
            return
        if not isinstance(found, DeskError):
            page.show_verdict(found, needs_passphrase=asks)
        elif asks:
            page.show_locked(path, found.sentence, asks=True)
        else:
            page.show_refused(path, found.sentence)

    # The receipt

    def _on_receipt_wanted(self, correction: str | None, given: str | None) -> None:
        path, passphrase = self._path, given or self._passphrase
        who = self._remembered.settings.person

        def work() -> tuple[Path, list[str], bool]:
            from desktop_app.services.receipts import make_receipt

            try:
                made = make_receipt(path, correction=correction, who=who, passphrase=passphrase, may_ask=True)
            except DeskError as error:
                return path, [error.sentence], False
            return path, [_("The receipt was written: {path}").format(path=made.path), made.told], True

        self._queue.add(work, self._on_receipt, self._on_refused)

    def _on_receipt(self, result: object) -> None:
        assert isinstance(result, tuple)
        path, sentences, is_made = result
        page = self._shown_page()
        if page is not None and path == self._path:
            page.receipt.tell(sentences, is_made=is_made)
            page.show_part(page.receipt)

    def _on_folder_wanted(self) -> None:
        self.folder_wanted.emit(self._path)

    def _on_refused(self, error: DeskError) -> None:
        page = self._shown_page()
        if page is not None:
            page.show_refused(self._path, error.sentence)
        else:
            self._window.show_failure(error.sentence)


def _has_passphrase() -> bool:
    """Whether there is a key of our own that a passphrase opens."""
    from desktop_app.services.keys import Kept, own_key

    own = own_key()
    return own is not None and own.kept is Kept.FILE
