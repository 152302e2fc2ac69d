"""The ways to a report: start one, open a file, bring an old one in, look at the example."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.runtime import paths
from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.runtime.policy import policy
from desktop_app.services.reports import start_report
from desktop_app.ui.errands import Errands
from desktop_app.ui.jobs import Report
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.remembered import Remembered

if TYPE_CHECKING:
    from desktop_app.services.importing import Untold
    from desktop_app.services.left_behind import LeftBehind
    from desktop_app.storage.protection import Key
    from desktop_app.ui.pages.new_report import NewReport
    from desktop_app.ui.pages.start_page import StartPage


@dataclass(frozen=True, slots=True)
class Arrival:
    """A report file that is ready to be opened. ``notices``: what the person should know about it.

    ``is_done``: the notices say no more than that what was wanted is done.
    ``to_read``: only to read, ``why`` in a sentence. ``number``: of the report in the file, else the newest.
    """

    path: Path
    notices: tuple[str, ...] = ()
    is_done: bool = False
    is_example: bool = False
    to_read: bool = False
    why: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A report that is in its file now; ``key`` when the file was made with a new passphrase."""

    arrival: Arrival
    key: Key | None


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said of an old report: the id of its form, the code of its country."""

    form: str | None = None
    country: str | None = None


NOTHING_SAID = Said()


class Beginnings(QObject):
    """Asks where files are, has them made, and tells when one is ready to be opened."""

    arrived = Signal(object)
    """An ``Arrival``."""

    untold = Signal(object, object)
    """The path of an old report, and the ``Untold`` that a person has to say of it first."""

    passphrase_wanted = Signal(object, object)
    """The path of a file that is to be made, and what takes its passphrase."""

    protected = Signal(object, object)
    """An ``Arrival`` of a file made with a passphrase, and its key, whose recovery key is to be shown."""

    def __init__(
        self,
        window: MainWindow,
        errands: Errands,
        remembered: Remembered,
        let_go: Callable[[Path], bool | None],
        who: str,
        key_for: Callable[[Path], Key | None],
    ) -> None:
        """``let_go`` closes that report file if it is open; None if it was not, False if it stays.

        ``who``: the person's name, for the log of changes. ``key_for``: the key of that file, if in hand.
        """
        super().__init__(window)
        self._window, self._errands, self._remembered = window, errands, remembered
        self._let_go, self._who, self._key_for = let_go, who, key_for
        window.start_shown.connect(self._on_start_shown)

    def set_person(self, who: str) -> None:
        """The person's name from now on."""
        self._who = who

    def choose_file(self) -> None:
        """Ask which report file to open."""
        from desktop_app.ui.files import choose_report_file

        chosen = choose_report_file(self._window, self._remembered.folder(paths.documents_folder()))
        if chosen is not None:
            self.arrived.emit(Arrival(chosen))

    def choose_document(self) -> None:
        """Ask for an old report and where its report file shall live, and bring it in."""
        from desktop_app.ui.files import choose_document

        folder = self._remembered.folder(paths.documents_folder())
        document = choose_document(self._window, folder)
        if document is not None:
            self.look_at(document)

    def look_at(self, document: Path, said: Said = NOTHING_SAID) -> None:
        """Read ``document``; then ask where its report file shall live, or first what it does not say."""

        def work(report: Report) -> Untold | None:
            from desktop_app.services.importing import look_at_document

            return look_at_document(document, form_id=said.form, country=said.country)

        def looked(untold: object) -> None:
            if untold is not None:
                self.untold.emit(document, untold)
            else:
                self.choose_target(document, said=said)

        self._errands.run(_("Reading the document …"), work, looked)

    def choose_target(
        self, document: Path, key_passphrase: str | None = None, said: Said = NOTHING_SAID
    ) -> None:
        """Ask where the report file of ``document`` shall live, and bring it in.

        ``key_passphrase`` opens our own signing key, which an encrypted package needs.
        """
        from desktop_app.ui.files import SUFFIX, choose_place

        folder = self._remembered.folder(paths.documents_folder())
        proposed = folder / f"{Path(document.name.removesuffix('.age')).stem}{SUFFIX}"
        target = choose_place(self._window, proposed, _("Where the report file shall live"))
        if target is not None:
            self.bring_in(document, target, key_passphrase, said)

    def bring_in(
        self, document: Path, target: Path, key_passphrase: str | None = None, said: Said = NOTHING_SAID
    ) -> None:
        """Import ``document`` into the report file ``target``, which is made when it is missing."""
        bring_in = partial(self._bring_in, document, target, key_passphrase, said)
        if policy().require_protection and not target.exists():
            self.passphrase_wanted.emit(target, bring_in)
        else:
            bring_in(None)

    def _bring_in(
        self,
        document: Path,
        target: Path,
        key_passphrase: str | None,
        said: Said,
        passphrase: str | None,
    ) -> None:
        was_open = self._let_go(target)
        if was_open is False:
            return

        def work(report: Report) -> Made:
            from desktop_app.services.importing import import_document

            key, new = self._keys(target, passphrase)
            imported = import_document(
                target,
                document,
                form_id=said.form,
                country=said.country,
                who=self._who,
                key=key,
                key_passphrase=key_passphrase,
                may_ask=True,
            )
            count = ngettext("{count} entry brought in.", "{count} entries brought in.", imported.rows)
            told = count.format(count=imported.rows), *imported.notices
            arrival = Arrival(imported.path, told, is_done=not imported.notices)
            return Made(arrival, new)

        def go_back() -> None:
            if was_open:
                self.arrived.emit(Arrival(target))

        self._errands.run(_("Reading the document …"), work, self._on_made, go_back)

    def _keys(self, path: Path, passphrase: str | None) -> tuple[Key | None, Key | None]:
        """The key to write the file at ``path`` with, and the same if the file is made with it."""
        from desktop_app.services.required_protection import new_key, refuse_unprotected

        if path.exists():
            refuse_unprotected(path)
            return self._key_for(path), None
        new = new_key(path, passphrase)
        return new, new

    def _on_made(self, made: object) -> None:
        assert isinstance(made, Made)
        if made.key is not None:
            self.protected.emit(made.arrival, made.key)
        else:
            self.arrived.emit(made.arrival)

    def open_example(self) -> None:
        """Open the example, with whatever was written in it."""
        self._open_example(is_fresh=False)

    def open_fresh_example(self) -> None:
        """Open an example in which nothing was written; the one that was written in stays."""
        self._open_example(is_fresh=True)

    def _open_example(self, *, is_fresh: bool) -> None:
        def work(report: Report) -> Arrival:
            from desktop_app.services.demo import Example, example_folder, fresh_example, latest_example

            folder = example_folder()
            example = (
                Example(fresh_example(folder), is_untouched=True) if is_fresh else latest_example(folder)
            )
            if example.is_untouched:
                words = _("This is an example to look around in. Your own reports are untouched.")
            else:
                words = _(
                    "This is the example with what you wrote in it. “Begin the example afresh” in the menu"
                    " Help gives you one as it was at first, and keeps this one."
                )
            return Arrival(example.path, (words,), is_example=example.is_untouched)

        self._errands.run(_("Opening the example …"), work, self.arrived.emit)

    # The start page

    def _on_start_shown(self, page: StartPage) -> None:
        page.open_wanted.connect(self._on_open_wanted)
        page.import_wanted.connect(self.choose_document)
        page.laid_aside.connect(self._on_laid_aside)
        page.example_wanted.connect(self.open_example)
        page.new.new_wanted.connect(self._on_new_wanted)
        page.new.path_choice_wanted.connect(self._on_path_choice_wanted)

    def _on_laid_aside(self, left: LeftBehind) -> None:
        from desktop_app.services.left_behind import lay_aside

        try:
            lay_aside(left)
        except DeskError as error:
            self._window.show_failure(error.sentence)

    def _on_open_wanted(self, path: Path | None) -> None:
        if path is not None:
            self.arrived.emit(Arrival(path))
        else:
            self.choose_file()

    def _on_path_choice_wanted(self, proposed: Path) -> None:
        from desktop_app.ui.files import choose_place

        chosen = choose_place(self._window, proposed, _("Where the report file shall live"))
        if chosen is not None and self._window.start_page is not None:
            self._window.start_page.new.set_path(chosen)

    def _on_new_wanted(self, wanted: NewReport) -> None:
        try:
            if wanted.path.parent == paths.documents_folder():
                # A new account may have no such folder yet.
                wanted.path.parent.mkdir(parents=True, exist_ok=True)
            if wanted.passphrase is not None:
                # To make a key of it takes its time, on purpose.
                self._errands.run(_("Starting the report …"), partial(self._start, wanted), self._on_made)
                return
            made = self._start(wanted)
        except DeskError as error:
            self._window.show_failure(error.sentence)
        except OSError as error:
            words = _("“{folder}” cannot be made: {reason}. Choose another folder.")
            self._window.show_failure(words.format(folder=wanted.path.parent, reason=error.strerror))
        else:
            self._on_made(made)

    def _start(self, wanted: NewReport, _report: Report | None = None) -> Made:
        key, new = self._keys(wanted.path, wanted.passphrase)
        start_report(
            wanted.path,
            wanted.form,
            wanted.country,
            wanted.cycle,
            wanted.language,
            version=wanted.version,
            who=self._who,
            key=key,
        )
        return Made(Arrival(wanted.path), new)
