"""Shows the backups, of the report that is open or of every file that has some, and makes one when asked."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.ui.job_queue import JobQueue
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.parts import Tone
from desktop_app.ui.remembered import Remembered
from desktop_app.ui.report_keeper import ReportKeeper

if TYPE_CHECKING:
    from desktop_app.services.backups import Backup
    from desktop_app.services.backups.shelf import Shelf
    from desktop_app.storage.protection import Key
    from desktop_app.ui.backups.backups_page import BackupsPage, BackupsState


class BackupPages(QObject):
    """Reads and makes backups beside the window; who may restore one is asked elsewhere."""

    back_wanted = Signal()
    """Back to the first page."""

    restore_wanted = Signal(object, object)
    """The report file, and the ``Backup`` that shall take its place."""

    def __init__(self, window: MainWindow, keeper: ReportKeeper, remembered: Remembered) -> None:
        """For the pages of ``window``, and the report that ``keeper`` has open."""
        super().__init__(window)
        self._window, self._keeper, self._remembered = window, keeper, remembered
        self._queue = JobQueue(self)
        self._page: BackupsPage | None = None
        self._path = Path()
        self._shelf: Shelf | None = None

    def show(self) -> None:
        """The backups of the report that is open; of all files when there is none."""
        from desktop_app.ui.pages.page_stack import BACKUPS_PAGE

        view, path = self._window.view, self._keeper.path
        if path is None or view is None:
            self._show_files()
            return
        self._path, self._shelf = path, None
        view.pages.offer(BACKUPS_PAGE, self._make_page)
        view.show_page(BACKUPS_PAGE)
        view.pages.focus_page()
        self._show_again()

    def finish(self) -> None:
        """Do what is under way to its end; for the end of the program."""
        self._queue.finish()

    # Every file

    def _show_files(self) -> None:
        from desktop_app.ui.backups.files_page import BackedUpFilesPage

        page = BackedUpFilesPage()
        page.file_chosen.connect(self._on_file_chosen)
        page.back_wanted.connect(self.back_wanted)
        self._window.show_lone(page)
        self._queue.add(_shelves, self._on_shelves, self._on_refused)

    def _on_shelves(self, shelves: object) -> None:
        from desktop_app.ui.backups.files_page import BackedUpFilesPage

        page = self._window.lone
        if isinstance(page, BackedUpFilesPage) and isinstance(shelves, list):
            page.show_shelves(shelves)

    def _on_file_chosen(self, shelf: Shelf) -> None:
        self._path, self._shelf = Path(shelf.places[0]), shelf
        page = self._make_page()
        self._window.show_lone(page)
        self._show_again()

    # One file

    def _make_page(self) -> BackupsPage:
        from desktop_app.ui.backups.backups_page import BackupsPage

        page = BackupsPage(self._path)
        page.back_wanted.connect(self._on_back_wanted)
        page.make_wanted.connect(self._on_make_wanted)
        page.restore_wanted.connect(self._on_restore_wanted)
        page.folder_wanted.connect(self._on_folder_wanted)
        page.folder_choice_wanted.connect(self._on_folder_choice_wanted)
        page.destroyed.connect(self._on_page_destroyed)
        self._page = page
        return page

    def _on_back_wanted(self) -> None:
        view = self._window.view
        if view is not None:
            view.pages.back_wanted.emit()
        else:
            self._show_files()

    def _on_page_destroyed(self, page: object) -> None:
        if self._page is page:
            self._page = None

    def _present_page(self) -> BackupsPage | None:
        """The page, unless it has gone with the report it belonged to."""
        lone, view = self._window.lone, self._window.view
        shown = view.pages.page if view is not None else lone
        return self._page if self._page is not None and shown is self._page else None

    def _show_again(self) -> None:
        path, shelf, opened = self._path, self._shelf, self._keeper.opened
        automatic = opened.backups if opened is not None else None
        failure = automatic.failure if automatic is not None else ""
        key = self._keeper.key_for(path)

        def work() -> object:
            return state_of(path, shelf, failure, key)

        self._queue.add(work, self._on_state, self._on_refused)

    def _on_state(self, state: object) -> None:
        page = self._present_page()
        if page is not None:
            page.show_state(state)  # type: ignore[arg-type]

    def _on_make_wanted(self) -> None:
        path, page, opened = self._path, self._present_page(), self._keeper.opened
        if page is None:
            return
        page.show_busy(is_busy=True)
        # Where the work happens in a working copy, that has the last words.
        local = opened.local_path if opened is not None and self._shelf is None else path
        key = self._keeper.key_for(path)

        def work() -> object:
            from desktop_app.services.backups import BY_HAND, make_backup

            return make_backup(local, BY_HAND, place=path, key=key)

        self._queue.add(work, self._on_made, self._on_refused)

    def _on_made(self, backup: object) -> None:
        page = self._present_page()
        if page is not None:
            page.show_busy(is_busy=False)
            self._show_again()

    def _on_refused(self, error: DeskError) -> None:
        page = self._present_page()
        if page is not None:
            page.show_busy(is_busy=False)
            page.show_failure(error.sentence)
        else:
            self._window.show_failure(error.sentence)

    def _on_restore_wanted(self, backup: Backup) -> None:
        target: Path | None = self._path
        if not self._path.parent.is_dir():
            from desktop_app.runtime.paths import documents_folder
            from desktop_app.ui.files import choose_place

            # Its drive is not there, or its folder is gone.
            proposed = documents_folder() / self._path.name
            target = choose_place(self._window, proposed, _("Where the report file shall live"))
        if target is not None:
            self.restore_wanted.emit(target, backup)

    # The folder

    def _on_folder_wanted(self) -> None:
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        from desktop_app.services.backups import backup_folder

        folder = backup_folder()
        if not folder.is_dir() or not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            words = _("The folder could not be opened. It is: {folder}")
            self._window.notice.tell(words.format(folder=folder), Tone.WARNING)

    def _on_folder_choice_wanted(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        from desktop_app.services.backups import backup_folder

        words = _("Folder for the backups")
        chosen = QFileDialog.getExistingDirectory(self._window, words, str(backup_folder()))
        if chosen:
            self.use_folder(Path(chosen))

    def use_folder(self, folder: Path) -> None:
        """Backups go to ``folder`` from now on."""
        self._remembered.settings.backup_folder = str(folder)
        # At once: what makes backups reads the settings by itself.
        self._remembered.save()
        words = _("Backups go to “{folder}” from now on. Those made before stay where they are.")
        self._window.notice.tell(words.format(folder=folder), Tone.SUCCESS)
        self._show_again()


def _shelves() -> object:
    from desktop_app.services.backups import shelves

    return shelves()


def state_of(path: Path, shelf: Shelf | None, failure: str, key: Key | None = None) -> BackupsState:
    """What there is to tell about the backups of the report file at ``path``; reads each of them.

    ``shelf``: its backups, where the file may be gone, or another one now.
    """
    from desktop_app.runtime.policy import policy
    from desktop_app.services.backups import FOLDER_VARIABLE, backup_folder, backups_of, list_backups
    from desktop_app.ui.backups.backups_page import BackupsState

    is_settled = policy().backup_folder is not None or bool(os.environ.get(FOLDER_VARIABLE, "").strip())
    backups = list_backups(path, key=key) if shelf is None else backups_of(shelf, key)
    return BackupsState(backup_folder(), is_settled, backups, failure)
