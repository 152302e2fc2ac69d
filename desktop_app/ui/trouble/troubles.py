"""Out of trouble with a report file: shows what is the matter and carries out what is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.runtime import paths
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.ui.beginnings import Arrival
from desktop_app.ui.errands import Errands
from desktop_app.ui.job_queue import JobQueue
from desktop_app.ui.jobs import Report
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.notice import NoticeStep
from desktop_app.ui.parts import Tone
from desktop_app.ui.report_keeper import ReportKeeper

if TYPE_CHECKING:
    from desktop_app.services.backups import Backup
    from desktop_app.storage.errors import FileInUseError
    from desktop_app.storage.verifying import Damage
    from desktop_app.ui.trouble.damaged_page import DamagedPage


class Troubles(QObject):
    """No step of it changes a file that is in trouble; what takes its place is made whole first."""

    arrived = Signal(object)
    """An ``Arrival``: a file to go on with."""

    start_wanted = Signal()

    def __init__(
        self,
        window: MainWindow,
        keeper: ReportKeeper,
        errands: Errands,
        let_go: Callable[[Path], bool | None],
    ) -> None:
        """``let_go`` closes that report file if it is open; None if it was not, False if it stays."""
        super().__init__(window)
        self._window, self._keeper, self._errands, self._let_go = window, keeper, errands, let_go
        self._queue = JobQueue(self)
        self._path = self._salvaged = Path()
        self._reason = ""
        self._before: Path | None = None
        self._read_anyway: Path | None = None
        self._reads: Path | None = None
        """The file that was open to read when it was tried to write in it."""
        keeper.damaged.connect(self._on_damaged)

    def tell(self, path: Path, error: DeskError) -> bool:
        """Show the page for what went wrong on opening ``path``; False when there is none for it."""
        from desktop_app.storage.errors import DamagedFileError, FileInUseError

        if not isinstance(error, DamagedFileError | FileInUseError):
            return False
        before = self._keeper.path
        if not self._keeper.close():
            return False
        self._before, self._path = before, path
        if isinstance(error, FileInUseError):
            self._show_in_use(path, error)
        else:
            self._show_damaged(path, found=error.found)
        return True

    def tell_read_only(self, notices: Sequence[str] = ()) -> bool:
        """Say why the report that is open can only be read, and what to do; False when it can be written."""
        opened = self._keeper.opened
        if opened is None or not opened.read_only:
            return False
        self._path = opened.path
        advice = _("You can read, copy, check and export everything here.")
        # What a newer program has written cannot be written by this one, however often one tries.
        may_change = opened.can_be_copied or opened.read_only == self._reason
        steps = [NoticeStep(_("&Try again to write"), self._on_retry)] if may_change else []
        if opened.can_be_copied:
            steps.insert(0, NoticeStep(_("&Make a copy to write in …"), self._on_copy))
        if self._is_read_anyway(opened.path):
            steps = [NoticeStep(_("&What can be done …"), self._on_retry)]
        words = "\n".join([f"{opened.read_only} {advice}", *opened.notices, *notices])
        self._window.notice.tell(words, Tone.WARNING, steps)
        return True

    def finish(self) -> None:
        """Wait for what is under way; for the end of the program."""
        self._queue.finish()

    # In use

    def _show_in_use(self, path: Path, error: FileInUseError) -> None:
        from desktop_app.ui.trouble.in_use_page import InUsePage, holder_words

        self._reason = holder_words(error, self._keeper.who)
        if self._reads == path:
            # Whoever reads goes on reading, at the same place.
            self._reads = None
            self.arrived.emit(Arrival(path, (_tried_again(),), to_read=True, why=self._reason))
            return
        page = InUsePage(path, error, self._keeper.who)
        page.read_wanted.connect(self._on_read_in_use)
        page.retry_wanted.connect(self._on_retry)
        page.back_wanted.connect(self._on_back)
        self._window.show_lone(page)

    def _on_read_in_use(self) -> None:
        self.arrived.emit(Arrival(self._path, to_read=True, why=self._reason))

    def _on_retry(self) -> None:
        self._read_anyway = None
        opened = self._keeper.opened
        self._reads = self._path if opened is not None and opened.path == self._path else None
        if self._let_go(self._path) is not False:
            self.arrived.emit(Arrival(self._path))
        self._reads = None

    def _on_back(self) -> None:
        before, self._before = self._before, None
        if before is not None and before != self._path:
            self.arrived.emit(Arrival(before))
        else:
            self.start_wanted.emit()

    # Read-only places

    def _on_copy(self) -> None:
        from desktop_app.ui.files import choose_place

        path = self._path
        proposed = paths.documents_folder() / _("{name} copy{suffix}").format(
            name=path.stem, suffix=path.suffix
        )
        target = choose_place(self._window, proposed, _("Make a copy to write in"))
        if target is not None:
            self.go_on_in_copy(path, target)

    def go_on_in_copy(self, path: Path, target: Path) -> None:
        """Copy the report file at ``path``, which takes no writing, to ``target`` and open that."""
        key = self._keeper.key_for(path)

        def work(report: Report) -> Arrival:
            from desktop_app.services.copying import copy_report_file

            copy_report_file(path, target, key=key)
            words = _("You are working in “{copy}” now. “{file}” stays as it is.")
            return Arrival(target, (words.format(copy=target, file=path.name),))

        self._errands.run(_("Copying the report file …"), work, self.arrived.emit)

    # Damage

    def _is_read_anyway(self, path: Path) -> bool:
        return self._read_anyway is not None and self._read_anyway == path

    def _on_damaged(self, damages: list[Damage]) -> None:
        opened = self._keeper.opened
        if opened is None or self._is_read_anyway(opened.path):
            return
        from desktop_app.services.left_behind import rescued_folder

        self._before, self._path = None, opened.path
        kept = self._keeper.abandon(rescued_folder())
        self._show_damaged(self._path, damages, kept=kept)

    def _show_damaged(
        self,
        path: Path,
        damages: Sequence[Damage] = (),
        *,
        found: Sequence[str] = (),
        kept: Path | None = None,
    ) -> None:
        from desktop_app.ui.trouble.damaged_page import DamagedPage
        from desktop_app.ui.trouble.looking import look_at_damage

        key = self._keeper.key_for(path)
        page = DamagedPage(path, kept)
        page.restore_wanted.connect(self._on_restore)
        page.salvage_wanted.connect(self._on_salvage)
        page.read_wanted.connect(self._on_read_damaged)
        page.kept_wanted.connect(self._on_kept)
        page.back_wanted.connect(self._on_back)
        self._window.show_lone(page)

        def work() -> object:
            return look_at_damage(path, damages, found, key)

        self._queue.add(work, self._on_looked, self._on_look_failed)

    def _damaged_page(self) -> DamagedPage | None:
        from desktop_app.ui.trouble.damaged_page import DamagedPage

        return self._window.lone if isinstance(self._window.lone, DamagedPage) else None

    def _on_looked(self, look: object) -> None:
        from desktop_app.ui.trouble.looking import Look

        page = self._damaged_page()
        if page is not None and isinstance(look, Look):
            page.show_found(look.found)
            page.show_readable(is_readable=look.is_readable)
            page.show_backups(look.backups, look.newest)

    def _on_look_failed(self, error: DeskError) -> None:
        self._window.show_failure(error.sentence)

    def _on_read_damaged(self) -> None:
        self._read_anyway = self._path
        words = _("The file is damaged: what you see may not be what was written. Nothing is changed in it.")
        self.arrived.emit(Arrival(self._path, to_read=True, why=words))

    def _on_kept(self, path: Path) -> None:
        self.arrived.emit(Arrival(path))

    def _on_restore(self, backup: Backup) -> None:
        self.restore(self._path, backup)

    def restore(self, path: Path, backup: Backup) -> None:
        """Put ``backup`` in the place of the report file at ``path``, and open it."""
        key = self._keeper.key_for(backup.path)
        was_open = self._let_go(path)
        if was_open is False:
            return

        def work(report: Report) -> Arrival:
            from desktop_app.services.backups import lost_passphrase, restore_backup

            before = restore_backup(backup, path, key=key)
            lost = lost_passphrase(before, path)
            told = (_restored_words(backup, before), *([lost] if lost else []))
            return Arrival(path, told, is_done=not lost)

        def go_back() -> None:
            if was_open:
                self.arrived.emit(Arrival(path))

        self._errands.run(_("Restoring the backup …"), work, self._on_restored, go_back)

    def _on_restored(self, arrival: object) -> None:
        self._read_anyway = None
        self.arrived.emit(arrival)

    def _on_salvage(self) -> None:
        from desktop_app.ui.files import choose_place

        path = self._path
        proposed = path.with_name(_("{name} saved").format(name=path.stem) + path.suffix)
        target = choose_place(self._window, proposed, _("Save what can be saved"))
        if target is None:
            return
        page, key = self._damaged_page(), self._keeper.key_for(path)
        country = page.country if page is not None else None

        def work(report: Report) -> object:
            from desktop_app.services.doctor import salvage
            from desktop_app.storage.rebuilding import UnnamedReportError

            try:
                return salvage(path, target, key, country=country)
            except UnnamedReportError as error:
                return error

        self._errands.run(_("Saving what can be saved …"), work, self._on_salvaged)

    def _on_salvaged(self, salvaged: object) -> None:
        from desktop_app.storage.rebuilding import Salvaged, UnnamedReportError
        from desktop_app.ui.trouble.damaged_page import SalvagedPage

        if isinstance(salvaged, UnnamedReportError):
            page_before = self._damaged_page()
            if page_before is not None and page_before.country is not None:
                # It was named, and that was not enough.
                page_before.show_failure(salvaged.sentence)
            elif page_before is not None:
                page_before.ask_country(salvaged.sentence, _countries())
            return
        assert isinstance(salvaged, Salvaged)
        self._salvaged = salvaged.target
        page = SalvagedPage(salvaged.target, salvaged.saved, salvaged.lost)
        page.open_wanted.connect(self._on_open_salvaged)
        page.back_wanted.connect(self._on_damage_again)
        self._window.show_lone(page)

    def _on_open_salvaged(self) -> None:
        self.arrived.emit(Arrival(self._salvaged))

    def _on_damage_again(self) -> None:
        self._show_damaged(self._path)


def _tried_again() -> str:
    from desktop_app.report.changes import utc_now
    from desktop_app.ui.moment_words import time_words

    return _("Tried again at {time}: it is still open there.").format(time=time_words(utc_now()))


def _countries() -> list[tuple[str, str]]:
    """Every country of every form, with its name, in the order of the names."""
    from desktop_app.services.reports import form_library
    from desktop_app.ui.start_offer import start_offer

    offer = start_offer(form_library(), Path())
    return list(dict(entry for form in offer.forms for entry in offer.details(form).countries).items())


def _restored_words(backup: Backup, before: Backup | None) -> str:
    from desktop_app.services.backups import DAMAGED
    from desktop_app.ui.moment_words import moment_words

    words = _("The report is again what it was: {moment}.").format(moment=moment_words(backup.at))
    if before is None:
        return words
    if before.why == DAMAGED:
        kept = _("The damaged file is kept: “{file}”.").format(file=before.path)
    else:
        kept = _("What was in the file before is kept among the backups.")
    return f"{words} {kept}"
