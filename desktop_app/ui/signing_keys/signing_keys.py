"""Shows the page of keys, and has done what is asked there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.ui.jobs import JobCancelledError
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.notice import NoticeStep
from desktop_app.ui.parts import Tone

if TYPE_CHECKING:
    from desktop_app.ui.signing_keys.key_form import Filled
    from desktop_app.ui.signing_keys.key_work import Done, KeyWork, Work
    from desktop_app.ui.signing_keys.keys_page import KeysPage
    from desktop_app.ui.signing_keys.state import KeysState

Otherwise = Callable[["KeysPage", DeskError], bool]
"""Offers another way when a step fails; False for an error that it has none for."""


_BLINK = 300
"""Milliseconds within which most is done; that something is under way is said only after."""


class SigningKeys(QObject):
    """The page is made when it is first shown, and so is what does the work."""

    back_wanted = Signal()
    """Back to the first page: no report is open."""

    def __init__(self, window: MainWindow, name: Callable[[], str]) -> None:
        """For the page in ``window``. ``name`` is the person's, proposed to others."""
        super().__init__(window)
        self._window, self._name = window, name
        self._page: KeysPage | None = None
        self._work: KeyWork | None = None
        self._otherwise: Otherwise | None = None
        self._words = ""
        self._is_waiting = False
        self._given: list[Path] = []
        """Files with keys that arrived before the page had looked for keys."""
        self._soon = QTimer(self, singleShot=True, interval=_BLINK)
        self._soon.timeout.connect(self._tell_waiting)

    def show(self) -> None:
        """The page, in the report that is open, or alone."""
        from desktop_app.ui.pages.page_stack import KEYS_PAGE

        view = self._window.view
        if view is None:
            page = self._make_page()
            self._window.show_lone(page)
            page.enter()
            return
        view.pages.offer(KEYS_PAGE, self._make_page)
        view.show_page(KEYS_PAGE)
        # Nothing can be pressed before it is known what there is; then the keyboard goes on from here.
        if (shown := self._page) is not None:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self, paths: Sequence[Path]) -> None:
        """Show the page, and add the keys in the files there."""
        self._given = list(paths)
        self.show()

    def finish(self) -> None:
        """Give up what is under way; for the end of the program."""
        if self._work is not None:
            self._work.finish()

    def _make_page(self) -> KeysPage:
        from desktop_app.ui.signing_keys.keys_page import KeysPage

        page = self._page = KeysPage()
        page.destroyed.connect(self._on_page_destroyed)
        page.entered.connect(self._on_entered)
        page.back_wanted.connect(self._on_back_wanted)
        page.key_files_given.connect(self._on_key_files)
        page.own.make_wanted.connect(self._on_make_wanted)
        page.own.share_wanted.connect(self._on_share_wanted)
        page.own.backup_wanted.connect(self._on_backup_wanted)
        page.own.restore_wanted.connect(self._on_restore_wanted)
        page.partners.confirm_wanted.connect(self._on_confirm_wanted)
        page.partners.remove_wanted.connect(self._on_remove_wanted)
        return page

    def _on_page_destroyed(self, page: object) -> None:
        if self._page is page:
            self._page = None

    def _on_back_wanted(self) -> None:
        if self._window.view is not None:
            self._window.view.pages.back_wanted.emit()
        else:
            self.back_wanted.emit()

    # One step

    def _run(self, words: str, work: Work, otherwise: Otherwise | None = None) -> None:
        """Do ``work`` beside the window; ``otherwise`` is asked first when it fails."""
        from desktop_app.ui.signing_keys.key_work import KeyWork

        if self._work is None:
            self._work = KeyWork(self)
            self._work.done.connect(self._on_done)
            self._work.failed.connect(self._on_failed)
        if self._work.run(work):
            self._words, self._otherwise = words, otherwise
            self._soon.start()

    def _tell_waiting(self) -> None:
        """It takes its time; the notice says so wherever on the page one is, and lets one give it up."""
        page, work, notice = self._page, self._work, self._window.notice
        if page is None or work is None:
            return
        self._is_waiting = True
        focus = self._window.focusWidget()
        had_focus = focus is not None and page.isAncestorOf(focus)
        page.show_busy(is_busy=True)
        notice.tell(self._words, steps=[NoticeStep(_("Cance&l"), work.cancel)])
        if had_focus:
            notice.focus_steps()

    def _rest(self) -> None:
        """Nothing is under way any more."""
        self._soon.stop()
        if self._page is not None:
            self._page.show_busy(is_busy=False)
        if self._is_waiting:
            self._is_waiting = False
            self._window.notice.hide()

    def _on_done(self, done: Done, state: KeysState) -> None:
        self._rest()
        page = self._page
        if page is None:
            return
        page.show_state(state, self._name())
        if done.words:
            page.own.close_form()
            self._window.notice.tell(done.words, Tone.SUCCESS)
        page.put_keyboard(done.about)
        given, self._given = self._given, []
        if given:
            self._on_key_files(given)

    def _on_failed(self, error: DeskError) -> None:
        self._rest()
        self._given = []
        page, otherwise = self._page, self._otherwise
        if page is None:
            return
        if isinstance(error, JobCancelledError):
            page.show_failure(_("Given up. Nothing was changed."))
        elif otherwise is not None and otherwise(page, error):
            return
        elif page.own.form is not None:
            page.own.form.show_wrong(error.sentence)
        else:
            page.show_failure(error.sentence)
        page.put_keyboard()

    def _on_entered(self) -> None:
        from desktop_app.ui.signing_keys.key_work import nothing

        self._run(_("Looking for keys …"), nothing)

    # The own key

    def _on_make_wanted(self, passphrase: str | None) -> None:
        from desktop_app.ui.signing_keys.key_work import make

        self._run(_asking_words(), partial(make, passphrase, self._name()), _offer_passphrase)

    def _on_share_wanted(self, filled: Filled) -> None:
        from desktop_app.ui.signing_keys.files import choose_public_place
        from desktop_app.ui.signing_keys.key_work import share

        place = choose_public_place(self._window, filled.name)
        if place is not None:
            self._run(_asking_words(), partial(share, place, filled))

    def _on_backup_wanted(self, filled: Filled) -> None:
        from desktop_app.ui.signing_keys.files import choose_backup_place
        from desktop_app.ui.signing_keys.key_work import back_up

        place = choose_backup_place(self._window)
        if place is not None:
            self._run(_asking_words(), partial(back_up, place, filled))

    def _on_restore_wanted(self, backup: Path, passphrase: str, replace: bool) -> None:
        from desktop_app.ui.signing_keys.key_work import restore

        self._run(_asking_words(), partial(restore, backup, passphrase, replace=replace), _offer_replacing)

    # Those of others

    def _on_key_files(self, paths: Sequence[Path]) -> None:
        from desktop_app.ui.signing_keys.key_work import add

        self._run(_("Reading the key …"), partial(add, list(paths)))

    def _on_confirm_wanted(self, fingerprint: str) -> None:
        from desktop_app.ui.signing_keys.key_work import confirm

        self._run(_("Keeping that …"), partial(confirm, fingerprint))

    def _on_remove_wanted(self, fingerprint: str) -> None:
        from desktop_app.ui.signing_keys.key_work import remove

        self._run(_("Keeping that …"), partial(remove, fingerprint))


def _asking_words() -> str:
    return _("Asking the key store of this system. It may ask you for your password in a window of its own.")


def _offer_passphrase(page: KeysPage, error: DeskError) -> bool:
    """Without a key store the key is kept under a passphrase."""
    from desktop_app.services.keys import NoKeyStoreError

    if not isinstance(error, NoKeyStoreError):
        return False
    page.own.ask_for_passphrase(error.sentence)
    return True


def _offer_replacing(page: KeysPage, error: DeskError) -> bool:
    from desktop_app.services.keys import OwnKeyExistsError

    if not isinstance(error, OwnKeyExistsError):
        return False
    page.own.ask_replace(error.sentence)
    return True
