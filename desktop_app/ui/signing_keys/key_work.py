"""The steps with keys, each in a thread of its own: the key store of the system may ask the person first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.i18n import _
from desktop_app.ui.jobs import Job, Report

if TYPE_CHECKING:
    from desktop_app.ui.signing_keys.key_form import Filled
    from desktop_app.ui.signing_keys.state import KeysState


@dataclass(frozen=True, slots=True)
class Done:
    """``words``: what was done, in a sentence; empty where that can be seen. ``about``: the fingerprint of
    the other's key that is to be shown next."""

    words: str = ""
    about: str = ""


Work = Callable[[], Done]


class KeyWork(QObject):
    """One step at a time, which can be given up."""

    done = Signal(object, object)
    """The ``Done``, and the ``KeysState`` after it."""

    failed = Signal(object)
    """The ``DeskError``."""

    def __init__(self, parent: QObject) -> None:
        """Nothing is under way."""
        super().__init__(parent)
        self._job: Job | None = None

    def run(self, work: Work) -> bool:
        """Begin ``work``; False while something else is under way."""
        if self._job is not None:
            return False
        self._job = Job(partial(_done_and_state, work), self)
        self._job.done.connect(self._on_done)
        self._job.failed.connect(self._on_failed)
        self._job.start()
        return True

    def cancel(self) -> None:
        """Wait no longer for the key store."""
        if self._job is not None:
            self._job.cancel()

    def finish(self) -> None:
        """Give up what is under way, and wait for that; for the end of the program."""
        if self._job is not None:
            self._job.cancel()
            self._job.wait()

    def _over(self) -> None:
        assert self._job is not None
        self._job.wait()
        self._job.deleteLater()
        self._job = None

    def _on_done(self, result: tuple[Done, KeysState]) -> None:
        self._over()
        self.done.emit(*result)

    def _on_failed(self, error: object) -> None:
        self._over()
        self.failed.emit(error)


def _done_and_state(work: Work, report: Report) -> tuple[Done, KeysState]:
    from desktop_app.runtime import key_store
    from desktop_app.ui.signing_keys.state import read_state

    with key_store.while_waiting(partial(report, 0, 1)):
        done = work()
    return done, read_state()


def nothing() -> Done:
    """Only to see what there is."""
    return Done()


def make(passphrase: str | None, name: str) -> Done:
    """Make the own key. What ``make_key`` raises."""
    from desktop_app.services.keys import make_key

    own = make_key(passphrase, name=name, may_ask=True)
    words = _("Your key is made. It is kept {where}. Make a backup of it now.")
    return Done(words.format(where=own.where))


def share(place: Path, filled: Filled) -> Done:
    """Write the public key to ``place``. What ``share_key`` raises."""
    from desktop_app.services.keys import share_key

    share_key(place, filled.name, passphrase=filled.present, may_ask=True)
    return Done(_("Your public key is saved: “{file}”. Give it to the secretariat.").format(file=place))


def back_up(place: Path, filled: Filled) -> Done:
    """Write a backup of the own key to ``place``. What ``export_key`` raises."""
    from desktop_app.services.keys import export_key

    export_key(place, filled.fresh or "", open_with=filled.present, may_ask=True)
    return Done(_("The backup of your key is saved: “{file}”. Keep it in a safe place.").format(file=place))


def restore(backup: Path, passphrase: str, *, replace: bool) -> Done:
    """Take up the own key from its backup. What ``restore_key`` raises."""
    from desktop_app.services.keys import restore_key

    own = restore_key(backup, passphrase, replace=replace, may_ask=True)
    return Done(_("Your key is restored. It is kept {where}.").format(where=own.where))


def add(paths: Sequence[Path]) -> Done:
    """Add the keys of others in these files. What ``add_partner`` raises."""
    from desktop_app.services.keys import add_partner

    added = [add_partner(path) for path in paths]
    names = ", ".join(each.name for each in added)
    if all(each.confirmed for each in added):
        return Done(_("The key of {names} was here already.").format(names=names), added[-1].fingerprint)
    words = _("The key of {names} is added. Compare its fingerprint before you rely on it.")
    return Done(words.format(names=names), added[-1].fingerprint)


def confirm(fingerprint: str) -> Done:
    """The key was compared with its owner. What ``confirm_partner`` raises."""
    from desktop_app.services.keys import confirm_partner

    partner = confirm_partner(fingerprint)
    return Done(_("The key of {name} is confirmed.").format(name=partner.name), fingerprint)


def remove(fingerprint: str) -> Done:
    """Take the key out. What ``remove_partner`` raises."""
    from desktop_app.services.keys import remove_partner

    return Done(_("The key of {name} is removed.").format(name=remove_partner(fingerprint).name))
