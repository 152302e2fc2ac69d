"""The ways to a report: start one, open a file, bring an old one in, look at the example."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.runtime import paths
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.services.reports import start_report
from desktop_app.ui.errands import Errands
from desktop_app.ui.jobs import Report
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.remembered import Remembered

if TYPE_CHECKING:
    from desktop_app.ui.pages.new_report import NewReport
    from desktop_app.ui.pages.start_page import StartPage


@dataclass(frozen=True, slots=True)
class Arrival:
    """A report file that is ready to be opened. ``notices``: what the person should know about it.

    ``to_read``: only to read, ``why`` in a sentence.
    """

    path: Path
    notices: tuple[str, ...] = ()
    is_example: bool = False
    to_read: bool = False
    why: str = ""


class Beginnings(QObject):
    """Asks where files are, has them made, and tells when one is ready to be opened."""

    arrived = Signal(object)
    """An ``Arrival``."""

    def __init__(
        self,
        window: MainWindow,
        errands: Errands,
        remembered: Remembered,
        let_go: Callable[[Path], bool | None],
        who: str,
    ) -> None:
        """``let_go`` closes that report file if it is open; None if it was not, False if it stays.

        ``who``: the person's name, for the log of changes.
        """
        super().__init__(window)
        self._window, self._errands, self._remembered = window, errands, remembered
        self._let_go, self._who = let_go, who
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
        from desktop_app.ui.files import SUFFIX, choose_document, choose_place

        folder = self._remembered.folder(paths.documents_folder())
        document = choose_document(self._window, folder)
        if document is None:
            return
        proposed = folder / f"{document.stem}{SUFFIX}"
        target = choose_place(self._window, proposed, _("Where the report file shall live"))
        if target is not None:
            self.bring_in(document, target)

    def bring_in(self, document: Path, target: Path) -> None:
        """Import ``document`` into the report file ``target``, which is made when it is missing."""
        was_open = self._let_go(target)
        if was_open is False:
            return

        def work(report: Report) -> Arrival:
            from desktop_app.services.importing import import_document

            imported = import_document(target, document, who=self._who)
            count = ngettext("{count} entry brought in.", "{count} entries brought in.", imported.rows)
            return Arrival(imported.path, (count.format(count=imported.rows), *imported.notices))

        def go_back() -> None:
            if was_open:
                self.arrived.emit(Arrival(target))

        self._errands.run(_("Reading the document …"), work, self.arrived.emit, go_back)

    def open_example(self) -> None:
        """Make the example anew and open it."""
        folder = paths.data_folder() / "example"

        def work(report: Report) -> Arrival:
            from desktop_app.services.demo import fresh_example

            words = _("This is an example to look around in. Your own reports are untouched.")
            return Arrival(fresh_example(folder), (words,), is_example=True)

        self._errands.run(_("Opening the example …"), work, self.arrived.emit)

    # The start page

    def _on_start_shown(self, page: StartPage) -> None:
        page.open_wanted.connect(self._on_open_wanted)
        page.import_wanted.connect(self.choose_document)
        page.example_wanted.connect(self.open_example)
        page.new.new_wanted.connect(self._on_new_wanted)
        page.new.path_choice_wanted.connect(self._on_path_choice_wanted)

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
            start_report(
                wanted.path,
                wanted.form,
                wanted.country,
                wanted.cycle,
                wanted.language,
                version=wanted.version,
                who=self._who,
            )
        except DeskError as error:
            self._window.show_failure(error.sentence)
        except OSError as error:
            words = _("“{folder}” cannot be made: {reason}. Choose another folder.")
            self._window.show_failure(words.format(folder=wanted.path.parent, reason=error.strerror))
        else:
            self.arrived.emit(Arrival(wanted.path))
