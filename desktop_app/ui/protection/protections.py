"""Asks for passphrases, gives files new ones, and takes them away; holds no secret longer than it must."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.runtime.policy import policy
from desktop_app.ui.beginnings import Arrival
from desktop_app.ui.errands import Errands
from desktop_app.ui.job_queue import JobQueue
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.menus import Step
from desktop_app.ui.notice import NoticeStep
from desktop_app.ui.parts import Tone
from desktop_app.ui.protection.recovery_keys import RecoveryKeys
from desktop_app.ui.report_keeper import ReportKeeper

if TYPE_CHECKING:
    from desktop_app.services.backups import Backup
    from desktop_app.services.open_report import OpenReport
    from desktop_app.storage.protection import Key
    from desktop_app.ui.protection.unlock_page import UnlockPage

LAST_BACKUP = 30.0
"""Seconds the last backup of the file as it was may take before its passphrase is changed."""


class Protections(QObject):
    """The pages about passphrases, in the place of a report."""

    arrived = Signal(object)
    """An ``Arrival``: a file to go on with."""

    start_wanted = Signal()

    restore_wanted = Signal(object, object)
    """The report file and the ``Backup`` that shall take its place, whose key is in hand if it needs one."""

    def __init__(self, window: MainWindow, keeper: ReportKeeper, errands: Errands) -> None:
        """For the reports of ``keeper``, which holds the key of the one that is open."""
        super().__init__(window)
        self._window, self._keeper, self._errands = window, keeper, errands
        self._queue = JobQueue(self)
        self._recovery_keys = RecoveryKeys(window, keeper, self._queue)
        self._recovery_keys.put_away.connect(self.arrived)
        self._wanted = Arrival(Path())
        self._before: Path | None = None
        self._key: Key | None = None
        self._go_on: Callable[[str], None] | None = None
        self._backup: Backup | None = None

    def finish(self) -> None:
        """Wait for what is under way; for the end of the program."""
        self._queue.finish()

    @property
    def may_leave(self) -> bool:
        """False, and the page says why, while a recovery key is shown that nobody has put away yet."""
        return self._recovery_keys.may_leave

    # Opening

    def tell(self, arrival: Arrival, error: DeskError) -> bool:
        """Ask for the passphrase of a file that could not be opened without; False for other errors."""
        from desktop_app.storage.errors import ProtectedFileError, WrongPassphraseError

        if not isinstance(error, ProtectedFileError | WrongPassphraseError):
            return False
        self._keeper.forget_key()
        page = self._unlock_page()
        if page is None or self._wanted.path != arrival.path:
            before = self._keeper.path
            if not self._keeper.close():
                return True
            self._before = before
            page = self._show_unlock(arrival.path)
        self._wanted, self._backup = arrival, None
        page.show_busy(is_busy=False)
        if isinstance(error, WrongPassphraseError):
            page.show_failure(error.sentence)
        return True

    def restore(self, path: Path, backup: Backup) -> None:
        """Ask for the passphrase of ``backup``, if it has one that is not in hand, before it is restored."""
        from desktop_app.storage.format import is_protected

        try:
            must_ask = is_protected(backup.path) and self._keeper.key_for(backup.path) is None
        except DeskError as error:
            self._window.show_failure(error.sentence)
            return
        if not must_ask:
            self.restore_wanted.emit(path, backup)
            return
        before = self._keeper.path
        if self._keeper.close():
            self._before, self._wanted, self._backup = before, Arrival(path), backup
            self._show_unlock(backup.path)

    def _show_unlock(self, path: Path) -> UnlockPage:
        from desktop_app.ui.protection.unlock_page import UnlockPage

        page = UnlockPage(path)
        page.opened.connect(self._on_unlock)
        page.back_wanted.connect(self._on_unlock_left)
        self._window.show_lone(page)
        return page

    def _unlock_page(self) -> UnlockPage | None:
        from desktop_app.ui.protection.unlock_page import UnlockPage

        return self._window.lone if isinstance(self._window.lone, UnlockPage) else None

    def _on_unlock(self, words: str, is_recovery_key: bool) -> None:
        path, page = self._to_unlock, self._unlock_page()
        if page is not None:
            page.show_busy(is_busy=True)

        def work() -> object:
            from desktop_app.services.protection import read_key
            from desktop_app.services.working_places import left_here

            # The drive may be away, and the file be worked on here.
            at = left_here(path) or path
            if is_recovery_key:
                return read_key(at, recovery_key=words)
            return read_key(at, passphrase=words)

        self._queue.add(work, self._on_key, self._on_no_key)

    def _on_key(self, key: object) -> None:
        page = self._unlock_page()
        if page is None:
            # Somebody went elsewhere meanwhile.
            return
        is_recovery_key = page.is_recovery
        if key is not None:
            self._keeper.hold_key(self._to_unlock, key)  # type: ignore[arg-type]
        page.show_busy(is_busy=False)
        if self._backup is not None:
            self.restore_wanted.emit(self._wanted.path, self._backup)
        else:
            self.arrived.emit(self._wanted)
            if is_recovery_key:
                self._offer_new_passphrase()

    def _offer_new_passphrase(self) -> None:
        """Whoever needed the recovery key has forgotten the passphrase."""
        opened, notice = self._keeper.opened, self._window.notice
        if opened is None or opened.key is None or opened.read_only:
            return
        words = _(
            "You opened the report with its recovery key. If the passphrase is forgotten, choose another."
        )
        before = [] if notice.isHidden() else [notice.words]
        steps = [NoticeStep(_("&Choose a new passphrase …"), self.change)]
        notice.tell("\n".join([*before, words]), Tone.WARNING, steps)

    @property
    def _to_unlock(self) -> Path:
        return self._backup.path if self._backup is not None else self._wanted.path

    def _on_no_key(self, error: DeskError) -> None:
        page = self._unlock_page()
        if page is not None:
            page.show_busy(is_busy=False)
            page.show_failure(error.sentence)

    def _on_unlock_left(self) -> None:
        before, self._before = self._before, None
        if before is not None and before != self._to_unlock:
            self.arrived.emit(Arrival(before))
        else:
            self.start_wanted.emit()

    # What IT requires

    def tell_required(self, notices: Sequence[str] = ()) -> bool:
        """Offer a passphrase for the report that is open where IT requires one and it has none."""
        opened = self._keeper.opened
        if opened is None or not opened.read_only or not self._is_required(opened):
            return False
        steps = [NoticeStep(_("&Protect it with a passphrase …"), self.protect)]
        words = "\n".join([opened.read_only, *opened.notices, *notices])
        self._window.notice.tell(words, Tone.WARNING, steps)
        return True

    def tell_complaints(self) -> None:
        """Say what is wrong with the policy file; IT hears of it from the person."""
        complaints = policy().complaints
        if complaints:
            self._window.notice.add("\n".join([*complaints, _("Please tell your IT department.")]))

    def _is_required(self, opened: OpenReport) -> bool:
        from desktop_app.services.required_protection import ProtectionRequiredError, refuse_unprotected

        try:
            refuse_unprotected(opened.local_path)
        except ProtectionRequiredError:
            return True
        except DeskError:
            return False
        return False

    # The steps of the menu

    def show_steps(self) -> None:
        """Offer in the menu what goes with the report that is open."""
        opened = self._keeper.opened
        is_protected = opened is not None and opened.key is not None
        self._window.menus.set_enabled(Step.PROTECT, opened is not None and not is_protected)
        self._window.menus.set_enabled(Step.CHANGE_PASSPHRASE, is_protected)
        self._window.menus.set_enabled(Step.UNPROTECT, is_protected)

    def protect(self) -> None:
        """Ask for a passphrase for the report that is open."""
        words = _("Protect “{file}” with a passphrase")
        self._choose(words, _("Protect the &file"), self._on_passphrase)

    def change(self) -> None:
        """Ask for another passphrase for the report that is open."""
        words = _("Another passphrase for “{file}”")
        self._choose(words, _("&Change the passphrase"), self._on_passphrase)

    def ask_for_new(self, path: Path, then: Callable[[str], None]) -> None:
        """Ask for the passphrase of a file that is to be made at ``path``; ``then`` gets it."""
        if self._keeper.close():
            self._wanted = Arrival(path)
            self._show_choice(_("A passphrase for “{file}”"), _("&Use this passphrase"), then)

    def _choose(self, title: str, accept: str, then: Callable[[str], None]) -> None:
        from desktop_app.storage.errors import ProtectionMissingError
        from desktop_app.storage.sqlite import has_cipher

        opened = self._keeper.opened
        if opened is None:
            return
        if not has_cipher():
            self._window.show_failure(ProtectionMissingError(opened.path).sentence)
            return
        self._key, backups = opened.key, opened.backups
        if self._keeper.close():
            self._wanted = Arrival(opened.path)
            if backups is not None:
                # It is of the file as it was, and must not come after it was given a passphrase.
                self._queue.add(lambda: backups.wait(LAST_BACKUP), _nothing, _nothing)
            self._show_choice(title, accept, then)

    def _show_choice(self, title: str, accept: str, then: Callable[[str], None]) -> None:
        from desktop_app.ui.protection.protect_page import ProtectPage

        page = ProtectPage(title.format(file=self._wanted.path.name), accept)
        self._go_on = then
        page.chosen.connect(self._on_chosen)
        page.back_wanted.connect(self._on_choice_left)
        self._window.show_lone(page)

    def _on_chosen(self, passphrase: str) -> None:
        if self._go_on is not None:
            self._go_on(passphrase)

    def _on_choice_left(self) -> None:
        if self._wanted.path.exists():
            self.arrived.emit(self._wanted)
        else:
            self.start_wanted.emit()

    def _on_passphrase(self, passphrase: str) -> None:
        path, key = self._wanted.path, self._key

        def work() -> object:
            from desktop_app.services.protection import change_passphrase, open_backups, protect

            made = protect(path, passphrase) if key is None else change_passphrase(path, key, passphrase)
            return made, len(open_backups(path, made.key))

        self._queue.add(work, self._on_protected, self._on_refused)

    def _on_refused(self, error: DeskError) -> None:
        self._window.show_failure(error.sentence)

    def _on_protected(self, result: object) -> None:
        from desktop_app.services.protection import Protected

        match result:
            case (Protected(key=key, notices=notices), int(count)):
                self.show_recovery_key(self._wanted, key, notices, count)

    def show_recovery_key(
        self, arrival: Arrival, key: Key, notices: Sequence[str] = (), open_backups: int = 0
    ) -> None:
        """As ``RecoveryKeys.show``."""
        self._key = None
        self._recovery_keys.show(arrival, key, notices, open_backups)

    # Taking it away

    def unprotect(self) -> None:
        """Ask for the passphrase once more, and make an ordinary file of the report that is open."""
        from desktop_app.services.required_protection import ProtectionStaysError
        from desktop_app.ui.protection.unlock_page import UnlockPage

        opened = self._keeper.opened
        if opened is None or opened.key is None:
            return
        if policy().require_protection:
            # Settled since the menu was made.
            self._window.show_failure(ProtectionStaysError(opened.path).sentence)
            return
        if not self._keeper.close():
            return
        self._wanted, self._backup = Arrival(opened.path), None
        words = _(
            "Without a passphrase everybody who gets hold of “{file}” can read it. Backups made until now"
            " keep their passphrase. To go on, type the passphrase once more."
        )
        title, accept = _("Remove the protection of “{file}”?"), _("Remove the protec&tion")
        page = UnlockPage(opened.path, title, [words.format(file=opened.path.name)], accept)
        page.opened.connect(self._on_unprotect)
        page.back_wanted.connect(self._on_choice_left)
        self._window.show_lone(page)

    def _on_unprotect(self, words: str, is_recovery_key: bool) -> None:
        path, page = self._wanted.path, self._unlock_page()
        if page is not None:
            page.show_busy(is_busy=True)

        def work() -> object:
            from desktop_app.services.protection import read_key, unprotect

            if is_recovery_key:
                unprotect(path, read_key(path, recovery_key=words))
            else:
                unprotect(path, read_key(path, passphrase=words))
            told = _("“{file}” is not protected any more.")
            return Arrival(path, (told.format(file=path.name),), is_done=True)

        self._queue.add(work, self._on_unprotected, self._on_no_key)

    def _on_unprotected(self, arrival: object) -> None:
        self._keeper.forget_key()
        self.arrived.emit(arrival)


def _nothing(_result: object) -> None:
    """The next piece of work has waited for this one, that is all."""
