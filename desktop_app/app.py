"""The program with its window: the one place that wires window, services and settings together."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox

from desktop_app import __version__
from desktop_app.formdef.labels import Labels
from desktop_app.runtime import i18n, paths
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.runtime.logs import start_logging
from desktop_app.runtime.person import account_name
from desktop_app.runtime.settings import Settings, load_settings, save_settings
from desktop_app.services.open_report import OpenReport, open_report
from desktop_app.services.reports import form_library, start_report
from desktop_app.ui.application import catch_everything, make_application, set_look
from desktop_app.ui.header import SaveSignal
from desktop_app.ui.jobs import Job, Report
from desktop_app.ui.keys import show_keys
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.menus import LOOKS, Step
from desktop_app.ui.pages.send_page import ExportOutcome
from desktop_app.ui.pages.start_page import FormChoice, NewReport
from desktop_app.ui.parts import Tone

log = logging.getLogger(__name__)

CLOSING_TIME = 30.0
"""Seconds closing waits for the disk before it asks."""


class Desk(QObject):
    """Carries out what the window asks for that is not about the page shown."""

    def __init__(self, window: MainWindow, settings: Settings, settings_path: Path) -> None:
        """Connect the window; show nothing yet."""
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._settings_path = settings_path
        self._library = form_library()
        self._open: OpenReport | None = None
        self._job: Job | None = None
        self._saved = SaveSignal(self)
        self._saved.changed.connect(window.show_durability)
        self._steps: dict[Step, Callable[[], None]] = {
            Step.NEW: self._show_start,
            Step.OPEN: self._choose_file,
            Step.IMPORT: self._choose_document,
            Step.CLOSE: self._close_report_and_show_start,
            Step.QUIT: self._quit,
            Step.EXAMPLE: self._open_example,
            Step.KEYS: self._show_keys,
            Step.ABOUT: self._show_about,
        }
        window.step_chosen.connect(self._on_step_chosen)
        window.recent_chosen.connect(self.open_file)
        window.new_wanted.connect(self._on_new_wanted)
        window.open_wanted.connect(self._on_open_wanted)
        window.example_wanted.connect(self._open_example)
        window.folder_wanted.connect(self._on_folder_wanted)
        window.page_shown.connect(self._on_page_shown)
        window.closing.connect(self._on_closing)
        window.menus.set_look(settings.appearance)
        window.header.panel.setChecked(settings.side_panel)

    # Opening and closing

    def begin(self, path: Path | None) -> None:
        """Open ``path``, else what was open last, else the start page."""
        if path is not None:
            self.open_file(path)
        elif self._settings.last_file and Path(self._settings.last_file).is_file():
            self.open_file(Path(self._settings.last_file))
        else:
            self._show_start()

    def open_file(self, path: Path) -> bool:
        """Open a report file in the place of the present one; says why when it cannot."""
        if self._open is not None and self._open.path == path:
            return True
        if not self._close_report():
            return False
        try:
            opened = open_report(path, self._library, who=self._settings.person or account_name())
        except DeskError as error:
            self._show_start()
            self._window.show_failure(error.sentence)
            return False
        self._open = opened
        opened.journal.listen(self._saved.tell)
        self._settings.opened(path)
        self._window.menus.set_recent(self._recent())
        place = self._settings.places.get(str(path), "")
        self._window.show_report(opened.session, path, self._export, place)
        self._window.show_durability(opened.journal.durability)
        for notice in opened.notices:
            self._window.notice.tell(notice, Tone.WARNING)
        return True

    def _close_report(self) -> bool:
        """Save and close the open report; False when it cannot be saved and the person stays."""
        if self._open is None:
            return True
        if self._window.view is not None:
            self._window.view.hand_over()
        self._open.session.leave()
        is_saved = self._open.journal.flush(CLOSING_TIME)
        if not is_saved and not self._may_give_up():
            return False
        self._window.show_start(self._form_choices(), self._recent(), paths.documents_folder())
        if is_saved:
            self._open.close()
        else:
            self._open.give_up()
        self._open = None
        return True

    def _may_give_up(self) -> bool:
        failure = self._open.journal.durability.failure if self._open else None
        answer = QMessageBox.warning(
            self._window,
            _("Not saved yet"),
            _(
                "The last changes are not on the disk yet. {reason}\n\nStay, and the program keeps trying."
            ).format(reason=failure or ""),
            QMessageBox.StandardButton.Cancel | QMessageBox.StandardButton.Discard,
            QMessageBox.StandardButton.Cancel,
        )
        return answer == QMessageBox.StandardButton.Discard

    def _show_start(self) -> None:
        if self._open is not None and not self._close_report():
            return
        self._window.menus.set_recent(self._recent())
        self._window.show_start(self._form_choices(), self._recent(), paths.documents_folder())

    def _close_report_and_show_start(self) -> None:
        self._settings.last_file = ""
        self._show_start()

    def _recent(self) -> list[Path]:
        return [path for path in map(Path, self._settings.recent) if path.is_file()]

    def _form_choices(self) -> list[FormChoice]:
        choices = []
        for entry in self._library.entries():
            form = self._library.form(entry.id, entry.version)
            labels = Labels(form, i18n.language())
            countries = form.choice_lists[form.respondents].choices
            named = sorted(((choice.code, labels.country(choice.code)) for choice in countries), key=_by_name)
            languages = tuple((tag, language_name(tag)) for tag in form.languages)
            choices.append(
                FormChoice(
                    form.id,
                    form.version,
                    labels.form_title(),
                    form.cycles,
                    tuple(named),
                    languages,
                    form.labels_verified,
                )
            )
        return choices

    # What the window asks for

    def _on_step_chosen(self, step: Step) -> None:
        if step in LOOKS:
            self._set_look(step.value)
        else:
            self._steps[step]()

    def _on_new_wanted(self, wanted: NewReport) -> None:
        try:
            start_report(
                wanted.path,
                wanted.form,
                wanted.country,
                wanted.cycle,
                wanted.language,
                version=wanted.version,
            )
        except DeskError as error:
            self._window.show_failure(error.sentence)
            return
        self.open_file(wanted.path)

    def _on_open_wanted(self, path: Path | None) -> None:
        if path is not None:
            self.open_file(path)
        else:
            self._choose_file()

    def _choose_file(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self._window, _("Open a report file"), str(self._last_folder()), _("Report files (*.adesk)")
        )
        if chosen:
            self.open_file(Path(chosen))

    def _last_folder(self) -> Path:
        recent = self._recent()
        return recent[0].parent if recent else paths.documents_folder()

    def _choose_document(self) -> None:
        kinds = _("Old reports and packages (*.md *.txt *.json *.zip)")
        chosen, _kind = QFileDialog.getOpenFileName(
            self._window, _("Import an old report"), str(self._last_folder()), kinds
        )
        if not chosen:
            return
        document = Path(chosen)
        target, _kind = QFileDialog.getSaveFileName(
            self._window,
            _("Where the report file shall live"),
            str(self._last_folder() / f"{document.stem}.adesk"),
            _("Report files (*.adesk)"),
        )
        if target and self._close_report():
            self._import(document, Path(target))

    def _import(self, document: Path, target: Path) -> None:
        from desktop_app.services.importing import Imported, import_document

        def work(report: Report) -> Imported:
            return import_document(target, document)

        self._run(Job(work, self), self._on_imported)

    def _on_imported(self, imported: object) -> None:
        from desktop_app.services.importing import Imported

        assert isinstance(imported, Imported)
        if self.open_file(imported.path) and imported.notices:
            self._window.notice.tell("\n".join(imported.notices), Tone.WARNING)

    def _open_example(self) -> None:
        from desktop_app.services.demo import fresh_example

        folder = paths.data_folder() / "example"

        def work(report: Report) -> Path:
            return fresh_example(folder)

        if self._close_report():
            self._run(Job(work, self), self._on_example_ready)

    def _on_example_ready(self, path: object) -> None:
        assert isinstance(path, Path)
        if self.open_file(path):
            self._settings.last_file = ""
            self._window.notice.tell(
                _("This is an example to look around in. Your own reports are untouched.")
            )

    def _run(self, job: Job, done: Callable[[object], None]) -> None:
        if self._job is not None:
            return
        self._job = job
        job.done.connect(self._on_job_over)
        job.failed.connect(self._on_job_over)
        job.done.connect(done)
        job.failed.connect(self._window.show_failure)
        job.start()

    def _on_job_over(self, outcome: object) -> None:
        if self._job is not None:
            self._job.wait()
            self._job = None

    def _export(self, folder: Path, replace: bool, report: Report) -> ExportOutcome:
        """Called in a job's thread: reads the file by itself, writes only the package."""
        from desktop_app.services.exporting import export_file

        assert self._open is not None
        self._open.journal.flush(CLOSING_TIME)
        exported = export_file(
            self._open.path, self._open.session.report.number, folder, replace=replace, progress=report
        )
        return ExportOutcome(exported.path, exported.checksum, tuple(exported.notices))

    def _on_folder_wanted(self, package: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(package.parent))):
            self._window.notice.tell(
                _("The folder could not be opened. It is: {folder}").format(folder=package.parent),
                Tone.WARNING,
            )

    def _on_page_shown(self, code: str) -> None:
        if self._open is not None:
            self._settings.places[str(self._open.path)] = code

    def _set_look(self, look: str) -> None:
        self._settings.appearance = look
        set_look(look)
        self._window.menus.set_look(look)

    def _show_keys(self) -> None:
        show_keys(self._window, self._window.menus.keys())

    def _show_about(self) -> None:
        QMessageBox.about(
            self._window,
            _("About Alliance Desk"),
            _(
                "Alliance Desk {version}\n\nNational reports, written offline."
                " The program never uses a network."
            ).format(version=__version__),
        )

    # The end

    def _quit(self) -> None:
        self._window.close()

    def _on_closing(self, event: QCloseEvent) -> None:
        place = self._open.path if self._open is not None else None
        if not self._close_report():
            event.ignore()
            return
        if self._job is not None:
            self._job.wait()
        if place is not None and self._settings.last_file:
            self._settings.last_file = str(place)
        self._settings.window = self._window.geometry_words()
        self._settings.side_panel = self._window.header.panel.isChecked()
        try:
            save_settings(self._settings, self._settings_path)
        except (DeskError, OSError) as error:
            log.warning("settings were not saved: %s", error)
        event.accept()

    def hand_over_now(self) -> None:
        """The session ends or a signal came: everything typed goes to disk at once."""
        if self._open is not None:
            if self._window.view is not None:
                self._window.view.hand_over()
            self._open.session.leave()
            self._open.journal.flush(CLOSING_TIME)

    def tell_crash(self) -> None:
        """Something went wrong that nobody foresaw; say so, and that the words are safe."""
        self._window.notice.tell(
            _("Something went wrong inside the program. What you wrote is kept; details are in the log."),
            Tone.ERROR,
        )


def _by_name(entry: tuple[str, str]) -> str:
    return entry[1].casefold()


def language_name(tag: str) -> str:
    """A language's own name, such as "français"."""
    return QLocale(tag).nativeLanguageName() or tag


def main(arguments: Sequence[str]) -> int:
    """Open the window, with a report file if one is named. Returns the exit code."""
    start_logging(paths.log_folder())
    settings_path = paths.config_folder() / "settings.json"
    settings = load_settings(settings_path)
    application = make_application(settings)
    window = MainWindow()
    desk = Desk(window, settings, settings_path)
    catch_everything(application, desk.hand_over_now, desk.tell_crash)
    window.restore(settings.window)
    desk.begin(Path(arguments[0]).absolute() if arguments else None)
    window.show()
    return application.exec()
