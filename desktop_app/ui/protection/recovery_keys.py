"""The recovery key of a file that has just got its passphrase: shown until it is put away, once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.runtime.errors import DeskError
from desktop_app.ui.beginnings import Arrival
from desktop_app.ui.job_queue import JobQueue
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.report_keeper import ReportKeeper

if TYPE_CHECKING:
    from desktop_app.storage.protection import Key
    from desktop_app.ui.protection.recovery_key_page import RecoveryKeyPage


class RecoveryKeys(QObject):
    """Shows the key, and sees to the backups that were made before without a passphrase."""

    put_away = Signal(object)
    """The ``Arrival`` to go on with."""

    def __init__(self, window: MainWindow, keeper: ReportKeeper, queue: JobQueue) -> None:
        """``queue`` runs what takes longer, one piece of work after the other."""
        super().__init__(window)
        self._window, self._keeper, self._queue = window, keeper, queue
        self._arrival = Arrival(Path())

    @property
    def may_leave(self) -> bool:
        """False, and the page says why, while a recovery key is shown that nobody has put away yet."""
        page = self._page()
        if page is None or page.may_leave:
            return True
        page.ask_to_confirm()
        return False

    def show(self, arrival: Arrival, key: Key, notices: Sequence[str] = (), open_backups: int = 0) -> None:
        """Show the recovery key of the file that has just got its ``key``; then go on with ``arrival``.

        ``open_backups``: how many backups made before anybody can read.
        """
        from desktop_app.ui.protection.recovery_key_page import RecoveryKeyPage

        if not self._keeper.close():
            return
        self._arrival = arrival
        self._keeper.hold_key(arrival.path, key)
        page = RecoveryKeyPage(arrival.path, key.recovery_key, notices, open_backups)
        page.protect_backups_wanted.connect(self._on_protect_backups)
        page.delete_backups_wanted.connect(self._on_delete_backups)
        page.done.connect(self._on_key_put_away)
        self._window.show_lone(page)

    def _page(self) -> RecoveryKeyPage | None:
        lone = self._window.lone
        if lone is None:
            return None
        from desktop_app.ui.protection.recovery_key_page import RecoveryKeyPage

        return lone if isinstance(lone, RecoveryKeyPage) else None

    def _on_key_put_away(self) -> None:
        self.put_away.emit(self._arrival)

    def _on_protect_backups(self) -> None:
        path, key = self._arrival.path, self._keeper.key_for(self._arrival.path)
        assert key is not None

        def work() -> object:
            from desktop_app.services.protection import open_backups, protect_backups

            return protect_backups(open_backups(path, key), key)

        self._queue.add(work, self._on_backups_protected, self._on_refused)

    def _on_delete_backups(self) -> None:
        path, key = self._arrival.path, self._keeper.key_for(self._arrival.path)
        assert key is not None

        def work() -> object:
            from desktop_app.services.protection import delete_backups, open_backups

            return delete_backups(open_backups(path, key))

        self._queue.add(work, self._on_backups_deleted, self._on_refused)

    def _on_backups_protected(self, result: object) -> None:
        self._show_backups(result, were_deleted=False)

    def _on_backups_deleted(self, result: object) -> None:
        self._show_backups(result, were_deleted=True)

    def _show_backups(self, result: object, *, were_deleted: bool) -> None:
        from desktop_app.services.protection import OlderBackups

        page = self._page()
        if page is not None and isinstance(result, OlderBackups):
            page.show_backups(result.done, result.failed, were_deleted=were_deleted)

    def _on_refused(self, error: DeskError) -> None:
        self._window.show_failure(error.sentence)
