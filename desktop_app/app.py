"""The program with its window: the one place that wires window, services and settings together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication

from desktop_app.formdef.library import FormLibrary
from desktop_app.runtime import paths
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.runtime.policy import Feature, policy
from desktop_app.runtime.settings import Settings, load_settings
from desktop_app.services.allowed import is_allowed
from desktop_app.services.reports import form_library
from desktop_app.services.working_places import left_here
from desktop_app.ui.about import AboutProgram
from desktop_app.ui.application import catch_everything, make_application
from desktop_app.ui.backups.backup_pages import BackupPages
from desktop_app.ui.beginnings import Arrival, Beginnings, Said
from desktop_app.ui.diagnosing import Diagnosing
from desktop_app.ui.documents.papers import Papers
from desktop_app.ui.errands import Errands
from desktop_app.ui.form_deliveries import FormDeliveries, is_delivery
from desktop_app.ui.form_keeping import FormKeeping
from desktop_app.ui.garbage import GarbageCollection
from desktop_app.ui.jobs import Report
from desktop_app.ui.left_work import LeftWork
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.menus import LOOKS, Step
from desktop_app.ui.not_saved import NotSavedHelp
from desktop_app.ui.parts import Tone
from desktop_app.ui.personal import Personal
from desktop_app.ui.protection.protections import Protections
from desktop_app.ui.remembered import Remembered
from desktop_app.ui.report_keeper import ReportKeeper
from desktop_app.ui.review.dropped_files import DroppedFiles
from desktop_app.ui.review.reviews import Reviews
from desktop_app.ui.sending.receipts import Receipts
from desktop_app.ui.signing_keys.signing_keys import SigningKeys
from desktop_app.ui.trouble.troubles import Troubles
from desktop_app.ui.trouble.versions import Versions
from desktop_app.ui.untold_documents import UntoldDocuments
from desktop_app.ui.verifying.verdicts import Verdicts, is_package
from desktop_app.ui.versions.form_versions import FormVersions

SWITCHED_OFF_BY = {
    Step.IMPORT: Feature.IMPORT,
    Step.ATTACH: Feature.ATTACHMENTS,
    Step.INSTALL_FORM: Feature.FORM_DELIVERIES,
}
"""Steps of the menu that a policy can switch off."""

LOGS_AFTER = 500
"""Milliseconds after the start; what writes them takes its time to load."""


class Desk(QObject):
    """Carries out what the window asks for that is not about the page shown."""

    def __init__(self, window: MainWindow, settings: Settings, settings_path: Path) -> None:
        """Connect the window; show nothing yet."""
        super().__init__(window)
        self._window = window
        self.about = AboutProgram(window)
        self._remembered = Remembered(settings, settings_path, self)
        self._personal = Personal(window, self._remembered)
        who = self._personal.name
        self._forms: FormLibrary | None = None
        self._form_keeping = FormKeeping(self._library, self)
        self._keeper = ReportKeeper(window, self._library, who)
        self._keeper.left.connect(self._on_left)
        self._keeper.copied.connect(self._remembered.opened)
        self._keeper.written.connect(self._remember)
        NotSavedHelp(window, self._keeper)
        self._errands = Errands(self)
        self._errands.begun.connect(window.notice.tell)
        self._errands.over.connect(window.notice.hide)
        self._errands.failed.connect(window.show_failure)
        self._beginnings = beginnings = Beginnings(
            window, self._errands, self._remembered, self._let_go, who, self._keeper.key_for
        )
        beginnings.arrived.connect(self._on_arrived)
        self._untold = UntoldDocuments(window, self._library)
        beginnings.untold.connect(self._untold.ask)
        self._untold.said.connect(self._on_said_of_document)
        self._untold.back_wanted.connect(self._show_start)
        window.name_given.connect(self._personal.set_name)
        self._personal.named.connect(self._keeper.set_person)
        self._personal.named.connect(beginnings.set_person)
        self._backup_pages = BackupPages(window, self._keeper, self._remembered)
        self._troubles = Troubles(window, self._keeper, self._errands, self._let_go)
        self._form_versions = FormVersions(window, self._keeper, self._errands, self._library)
        self._protections = Protections(window, self._keeper, self._errands)
        self._left_work = LeftWork(window, who)
        self._versions = Versions(window, self._keeper, self._library, self._let_go)
        self._number: int | None = None
        """The number of the report that is open, where one was asked for by it."""
        self._reviews = Reviews(window, self._keeper, self._errands, self._library)
        self._dropped = DroppedFiles(window, self._keeper, self._reviews, self._remembered, self._may_leave)
        self._receipts = Receipts(window, self._keeper, self._errands, self._remembered)
        self._dropped.receipts_arrived.connect(self._receipts.take)
        self._verdicts = Verdicts(window, self._keeper, self._remembered)
        self._dropped.package_arrived.connect(self._verdicts.show)
        self._dropped.document_arrived.connect(beginnings.look_at)
        self._form_deliveries = FormDeliveries(window, self._errands, self._remembered)
        self._dropped.form_arrived.connect(self._form_deliveries.offer)
        self._form_deliveries.installed.connect(self._on_form_installed)
        self._diagnosing = Diagnosing(window, self._errands)
        self._papers = Papers(window, self._keeper, self._errands, self._remembered)
        self._signing_keys = SigningKeys(window, self._personal.given_name)
        self._dropped.keys_arrived.connect(self._signing_keys.take)
        self._offer_ways_out()
        self._steps: dict[Step, Callable[[], object]] = {
            Step.NEW: self._begin_new,
            Step.OPEN: beginnings.choose_file,
            Step.IMPORT: beginnings.choose_document,
            Step.CLOSE: self._close_for_good,
            Step.QUIT: window.close,
            Step.PREVIEW: self._papers.preview,
            Step.PRINT: self._papers.print,
            Step.SIGN_OFF: self._papers.sign_off,
            Step.REVIEW: self._dropped.choose,
            Step.RECEIPT: self._receipts.choose,
            Step.VERIFY: self._verdicts.choose,
            Step.SIGNING_KEYS: self._signing_keys.show,
            Step.BACKUPS: self._backup_pages.show,
            Step.FORM_VERSION: self._form_versions.look,
            Step.PROTECT: self._protections.protect,
            Step.CHANGE_PASSPHRASE: self._protections.change,
            Step.UNPROTECT: self._protections.unprotect,
            Step.EXAMPLE: beginnings.open_example,
            Step.FRESH_EXAMPLE: beginnings.open_fresh_example,
            Step.NAME: self._personal.ask_name,
            Step.INSTALL_FORM: self._form_deliveries.choose,
            Step.DIAGNOSTICS: self._diagnosing.copy,
            Step.KEYS: self.about.show_keys,
            Step.ABOUT: self.about.show,
        }
        window.step_chosen.connect(self._on_step_chosen)
        window.recent_chosen.connect(self.open_file)
        window.folder_wanted.connect(self._on_folder_wanted)
        window.errand_wanted.connect(self._on_errand_wanted)
        window.closing.connect(self._on_closing)
        for step, feature in SWITCHED_OFF_BY.items():
            if not is_allowed(feature):
                window.menus.switch_off(step)
        if policy().require_protection:
            window.menus.switch_off(Step.UNPROTECT)
        window.menus.set_look(settings.appearance)
        window.menus.set_recent(self._remembered.recent())
        window.header.panel.setChecked(settings.side_panel)
        window.panel_part, window.attach_folder = settings.panel_part, settings.attach_folder

    def _offer_ways_out(self) -> None:
        """What is chosen on the pages of backups and troubles leads to a report again."""
        self._backup_pages.restore_wanted.connect(self._protections.restore)
        self._protections.restore_wanted.connect(self._troubles.restore)
        self._backup_pages.back_wanted.connect(self._show_start)
        self._signing_keys.back_wanted.connect(self._show_start)
        self._verdicts.back_wanted.connect(self._show_start)
        self._verdicts.keys_wanted.connect(self._on_keys_wanted)
        self._verdicts.folder_wanted.connect(self._on_folder_wanted)
        self._verdicts.import_wanted.connect(self._beginnings.choose_target)
        arrivals = self._troubles.arrived, self._versions.arrived, self._form_versions.arrived
        for arrived in (*arrivals, self._protections.arrived, self._dropped.arrived, self._reviews.arrived):
            arrived.connect(self._on_arrived)
        self._troubles.start_wanted.connect(self._show_start)
        self._protections.start_wanted.connect(self._show_start)
        self._beginnings.passphrase_wanted.connect(self._protections.ask_for_new)
        self._beginnings.protected.connect(self._protections.show_recovery_key)

    def _library(self) -> FormLibrary:
        if self._forms is None:
            self._forms = form_library()
        return self._forms

    def _on_said_of_document(self, document: Path, form: str, country: str) -> None:
        self._beginnings.look_at(document, Said(form, country or None))

    def _on_form_installed(self) -> None:
        self._forms = None
        if self._window.start_page is not None:
            self._show_start()

    # Opening and closing

    def begin(self, path: Path | None) -> None:
        """Open ``path``, else what was open last, else the start page."""
        last = self._remembered.settings.last_file
        # Of a file on a share that is away the work is still here.
        is_there = bool(last) and (Path(last).is_file() or left_here(Path(last)) is not None)
        wanted = path or (Path(last) if is_there else None)
        if wanted is None or is_package(wanted):
            self._show_start()
        else:
            self.open_file(wanted)
        if wanted is not None and is_delivery(wanted):
            self._form_deliveries.offer(wanted)
        elif wanted is not None and is_package(wanted):
            self._verdicts.show(wanted)
        self._left_work.look_soon()
        self._protections.tell_complaints()

    def open_file(self, path: Path) -> bool:
        """Open a report file in the place of the present one; says why when it cannot."""
        return self._on_arrived(Arrival(path))

    def _on_arrived(self, arrival: Arrival) -> bool:
        path, settings = arrival.path, self._remembered.settings
        if self._is_open(path) and not self._is_other(arrival):
            return True
        if not self._protections.may_leave or (self._is_open(path) and not self._keeper.close()):
            return False
        try:
            place = settings.places.get(str(path), "")
            number = arrival.number
            if not self._keeper.open(path, place, number, to_read=arrival.to_read, why=arrival.why):
                return False
            self._number = number
        except DeskError as error:
            if self._protections.tell(arrival, error) or self._troubles.tell(path, error):
                return False
            if self._keeper.path is None and self._window.start_page is None:
                self._show_start()
            self._window.show_failure(error.sentence)
            return False
        self._form_keeping.keep_soon()
        if not arrival.is_example:
            self._remember(path)
        self._protections.show_steps()
        told = (self._protections.tell_required, self._form_versions.tell, self._troubles.tell_read_only)
        if not any(tell(arrival.notices) for tell in (*told, self._versions.tell)):
            done = Tone.SUCCESS if arrival.is_done else Tone.WARNING
            self._keeper.tell(arrival.notices, Tone.QUIET if arrival.is_example else done)
        return True

    def _remember(self, path: Path) -> None:
        self._remembered.opened(path)
        self._window.menus.set_recent(self._remembered.recent())

    def _is_open(self, path: Path) -> bool:
        return self._keeper.path is not None and self._keeper.path.resolve() == path.resolve()

    def _is_other(self, arrival: Arrival) -> bool:
        """Whether it is another report of the open file, or its newest where an older one was asked for."""
        opened = self._keeper.opened
        if arrival.number is None or opened is None:
            return self._number is not None
        return arrival.number != opened.session.report.number

    def _may_leave(self) -> bool:
        return self._protections.may_leave

    def _let_go(self, path: Path) -> bool | None:
        return self._keeper.close() if self._is_open(path) else None

    def _on_left(self, path: Path, place: str) -> None:
        settings = self._remembered.settings
        if str(path) in settings.recent:
            settings.places[str(path)] = place

    def _show_start(self) -> None:
        from desktop_app.services.left_behind import left_behind
        from desktop_app.ui.start_offer import start_offer

        if self._keeper.close():
            offer = start_offer(self._library(), paths.documents_folder())
            self._window.menus.set_recent(self._remembered.recent())
            remembered = self._remembered
            self._window.show_start(offer, remembered.recent(), remembered.away(), left_behind())

    def _begin_new(self) -> None:
        self._show_start()
        if self._window.start_page is not None:
            self._window.start_page.new.focus_start()

    def _close_for_good(self) -> None:
        """The next start is not to open it again."""
        if self._keeper.close():
            self._remembered.settings.last_file = ""
            self._keeper.forget_key()
            self._show_start()

    # What the window asks for

    def _on_step_chosen(self, step: Step) -> None:
        if step in LOOKS:
            self._personal.set_look(step.value)
        elif step in self._steps and not self._errands.is_busy and self._protections.may_leave:
            self._steps[step]()

    def _on_errand_wanted(
        self, words: str, work: Callable[[Report], object], then: Callable[[object], None]
    ) -> None:
        if not self._errands.run(words, work, then):
            busy = _("Something else is still under way. Ask again in a moment for this: {words}")
            self._window.show_failure(busy.format(words=words))

    def _on_folder_wanted(self, package: Path) -> None:
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(package.parent))):
            words = _("The folder could not be opened. It is: {folder}")
            self._window.notice.tell(words.format(folder=package.parent), Tone.WARNING)

    def _on_keys_wanted(self) -> None:
        self._on_step_chosen(Step.SIGNING_KEYS)

    # The end

    def _on_closing(self, event: QCloseEvent) -> None:
        if not self._protections.may_leave or not self._keeper.close():
            event.ignore()
            return
        self._window.hide()
        self._errands.wait()
        self._dropped.finish()
        self._troubles.finish()
        self._versions.finish()
        self._backup_pages.finish()
        self._signing_keys.finish()
        self._verdicts.finish()
        self._left_work.finish()
        self._form_keeping.finish()
        self._protections.finish()
        settings = self._remembered.settings
        settings.window = self._window.geometry_words()
        settings.side_panel = self._window.header.panel.isChecked()
        settings.panel_part, settings.attach_folder = self._window.panel_part, self._window.attach_folder
        self._remembered.save()
        event.accept()

    def hand_over(self) -> None:
        """The session may end: everything typed goes to disk at once."""
        self._keeper.hand_over()

    def end(self) -> None:
        """The system ends the program: everything typed is saved, and nothing is asked."""
        self._keeper.end(paths.data_folder() / "rescued")
        QApplication.closeAllWindows()

    def end_unfinished(self) -> None:
        """The display may have gone without a word to the window: what is still open is saved now."""
        if self._keeper.path is not None:
            self.end()


class Logs:
    """The log file, begun when the first page stands, or before if there is something to tell."""

    def __init__(self) -> None:
        self._is_started = False

    def start(self) -> None:
        """Begin; later calls do nothing."""
        if not self._is_started:
            from desktop_app.runtime.logs import start_logging

            self._is_started = True
            start_logging(paths.log_folder())


def main(arguments: Sequence[str]) -> int:
    """Open the window, with a report file if one is named. Returns the exit code."""
    settings_path = paths.config_folder() / "settings.json"
    settings = load_settings(settings_path)
    application = make_application(settings)
    GarbageCollection(application)
    window = MainWindow()
    desk = Desk(window, settings, settings_path)
    logs = Logs()
    catch_everything(
        application, logs.start, hand_over=desk.hand_over, end=desk.end, tell_crash=desk.about.tell_crash
    )
    application.applicationStateChanged.connect(desk.about.look)
    window.restore(settings.window)
    desk.begin(Path(arguments[0]).absolute() if arguments else None)
    window.show()
    QTimer.singleShot(LOGS_AFTER, application, logs.start)
    code = application.exec()
    desk.end_unfinished()
    return code
