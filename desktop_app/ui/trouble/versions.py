"""Two versions of the report that is open: says so, compares them beside the window, and leads to either."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.formdef.library import FormLibrary
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.ui.beginnings import Arrival
from desktop_app.ui.job_queue import JobQueue
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.notice import NoticeStep
from desktop_app.ui.parts import Tone
from desktop_app.ui.report_keeper import ReportKeeper

if TYPE_CHECKING:
    from desktop_app.services.open_report import OpenReport
    from desktop_app.ui.trouble.versions_page import VersionsPage


PATIENCE = 5.0
"""Seconds the disk has for the last words before the two are compared without them."""


class Versions(QObject):
    """Mine is the report that is open, theirs the file somebody else wrote meanwhile."""

    arrived = Signal(object)
    """An ``Arrival``: the file to go on with."""

    def __init__(
        self,
        window: MainWindow,
        keeper: ReportKeeper,
        library: Callable[[], FormLibrary],
        let_go: Callable[[Path], bool | None],
    ) -> None:
        """For the report of ``keeper``. ``let_go`` closes a file that is open; False if it stays."""
        super().__init__(window)
        self._let_go = let_go
        self._window, self._keeper, self._library = window, keeper, library
        self._queue = JobQueue(self)
        self._mine = self._theirs = Path()
        self._steps = (NoticeStep(_("&See both versions …"), self.show),)
        self._left: tuple[Path, Path] | None = None
        """A copy in which the person goes on, and the file that took no words any more."""
        keeper.offer_in_conflict(self._steps)
        keeper.gone_on.connect(self._on_gone_on)

    def tell(self, notices: Sequence[str] = ()) -> bool:
        """Say that there is another version of the report just opened; False when there is none."""
        opened = self._keeper.opened
        if opened is None or self._versions_of(opened) is None:
            return False
        self._window.notice.tell("\n".join([*opened.notices, *notices]), Tone.WARNING, self._steps)
        return True

    def show(self) -> None:
        """Show both versions and what differs, as a page of the report that is open."""
        from desktop_app.ui.pages.page_stack import VERSIONS_PAGE

        opened, view = self._keeper.opened, self._window.view
        found = self._versions_of(opened) if opened is not None else None
        if opened is None or view is None or found is None:
            return
        self._mine, self._theirs = found
        self._window.notice.hide()
        view.hand_over()
        opened.session.leave()
        view.pages.offer(VERSIONS_PAGE, self._make_page)
        view.pages.forget(VERSIONS_PAGE)
        view.show_page(VERSIONS_PAGE)
        view.pages.focus_page()
        self._compare(opened)

    def finish(self) -> None:
        """Do what is under way to its end; for the end of the program."""
        self._queue.finish()

    def _on_gone_on(self, theirs: Path, mine: Path) -> None:
        """Somebody else may have changed the file, or it is just older."""
        if theirs.is_file():
            self._left = mine, theirs
            self._window.notice.tell(self._window.notice.words, Tone.SUCCESS, self._steps)

    def _versions_of(self, opened: OpenReport) -> tuple[Path, Path] | None:
        if self._left is not None and self._left[0] == opened.path:
            return self._left
        return _versions_of(opened)

    def _make_page(self) -> VersionsPage:
        from desktop_app.ui.trouble.versions_page import VersionsPage

        page = VersionsPage(self._mine, self._theirs)
        page.mine_wanted.connect(self._on_mine_wanted)
        page.theirs_wanted.connect(self._on_theirs_wanted)
        return page

    def _compare(self, opened: OpenReport) -> None:
        local, theirs, key, library = opened.local_path, self._theirs, opened.key, self._library()
        # What was typed last is compared too, when the disk has it.
        journal = opened.journal

        def work() -> object:
            from desktop_app.services.two_versions import compare_files
            from desktop_app.ui.values_in_words import LOCAL_FORMATS

            journal.flush(PATIENCE)
            return compare_files(local, theirs, library, LOCAL_FORMATS, key=key)

        self._queue.add(work, self._on_compared, self._on_refused)

    def _page(self) -> VersionsPage | None:
        from desktop_app.ui.trouble.versions_page import VersionsPage

        view = self._window.view
        page = view.pages.page if view is not None else None
        return page if isinstance(page, VersionsPage) else None

    def _on_compared(self, versions: object) -> None:
        page = self._page()
        if page is not None:
            page.show_versions(versions)  # type: ignore[arg-type]

    def _on_refused(self, error: DeskError) -> None:
        page = self._page()
        if page is not None:
            page.show_failure(error.sentence)

    def _on_mine_wanted(self) -> None:
        view = self._window.view
        if view is not None:
            view.show_page(view.pages.codes[0])
            view.pages.focus_page()

    def _on_theirs_wanted(self) -> None:
        # Theirs has the name under which mine was opened: mine is closed first, and is at its own place.
        if self._let_go(self._theirs) is not False:
            self.arrived.emit(Arrival(self._theirs))


def _versions_of(opened: OpenReport) -> tuple[Path, Path] | None:
    """Where mine goes and where theirs is; None when there is but one version."""
    from desktop_app.services.working_places import conflicted_copies

    conflict = opened.place.working.conflict if opened.place is not None else None
    if conflict is not None:
        return conflict.mine, conflict.theirs
    others = conflicted_copies(opened.path)
    return (opened.path, others[0]) if others else None
