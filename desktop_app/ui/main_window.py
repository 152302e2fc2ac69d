"""The main window: menus, header and the page shown. A shell only; it carries out nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.formdef.labels import Labels
from desktop_app.report.journal import Durability
from desktop_app.report.paths import read_path
from desktop_app.runtime.i18n import _
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui import icons
from desktop_app.ui.header import Header
from desktop_app.ui.menus import Menus, Step
from desktop_app.ui.notice import NoticeLine
from desktop_app.ui.pages.send_page import Export
from desktop_app.ui.pages.start_page import FormChoice, StartPage
from desktop_app.ui.parts import Tone
from desktop_app.ui.report_view import SEND, ReportView

FIRST_SIZE = QSize(1280, 800)


class MainWindow(QMainWindow):
    """Shows the start page or one report, and says what the person asks for."""

    step_chosen = Signal(object)
    """A ``menus.Step`` that is not about the page shown: open, close, import, quit, ..."""

    recent_chosen = Signal(object)
    new_wanted = Signal(object)
    open_wanted = Signal(object)
    example_wanted = Signal()
    folder_wanted = Signal(object)
    page_shown = Signal(str)
    closing = Signal(QCloseEvent)

    def __init__(self) -> None:
        """An empty window."""
        super().__init__()
        self.setWindowIcon(icons.app_icon())
        self.setWindowTitle(_("Alliance Desk"))
        self.setMinimumSize(900, 560)
        self.menus = Menus(self)
        self.header = Header()
        self.notice = NoticeLine()
        self.view: ReportView | None = None
        self.start_page: StartPage | None = None
        self._session: EntrySession | None = None
        self._stack = QStackedWidget()
        ground = QWidget()
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.notice)
        column.addWidget(self._stack, 1)
        self.setCentralWidget(ground)
        self.header.undo_chosen.connect(self.undo)
        self.header.redo_chosen.connect(self.redo)
        self.header.panel_toggled.connect(self._on_panel_toggled)
        self.menus.step_chosen.connect(self._on_step_chosen)
        self.menus.recent_chosen.connect(self.recent_chosen)

    # What is shown

    def show_start(self, forms: Sequence[FormChoice], recent: Sequence[Path], folder: Path) -> None:
        """No report is open: show the ways to one."""
        self._clear()
        self.header.hide()
        page = StartPage(forms, recent, folder)
        page.new_wanted.connect(self.new_wanted)
        page.open_wanted.connect(self.open_wanted)
        page.example_wanted.connect(self.example_wanted)
        self.start_page = page
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self.setWindowTitle(_("Alliance Desk"))
        self.menus.set_report_open(is_open=False)

    def show_report(self, session: EntrySession, file: Path, export: Export, page: str = "") -> None:
        """Show the session's report, at the page it was left at."""
        self._clear()
        report = session.report
        labels = Labels(report.form, report.language)
        title = f"{labels.country(report.country)} · {labels.form_short()} {report.cycle}"
        self._session = session
        self.header.show_report(title, status_words(report.status), verified=report.form.labels_verified)
        self.header.show()
        self.view = ReportView(session, export, file.parent)
        self.view.folder_wanted.connect(self.folder_wanted)
        self.view.page_shown.connect(self.page_shown)
        self._stack.addWidget(self.view)
        self._stack.setCurrentWidget(self.view)
        self.setWindowTitle(f"{title} — {_('Alliance Desk')}")
        self.menus.set_report_open(is_open=True)
        codes = [section.code for section in report.form.walk()]
        self.view.show_page(page if page in codes or page == SEND else codes[0])
        self.view.set_panel(self.header.panel.isChecked())
        self.view.outline.focus_sections()
        session.listen(self._on_paths_changed)
        self._show_steps()

    def _clear(self) -> None:
        if self.view is not None:
            self.view.release()
        if self._session is not None:
            self._session.ignore(self._on_paths_changed)
        self._session = None
        for widget in (self.view, self.start_page):
            if widget is not None:
                self._stack.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self.view = None
        self.start_page = None

    def show_durability(self, durability: Durability) -> None:
        """Say in the header what is on disk."""
        self.header.save_state.show_durability(durability)

    def show_failure(self, sentence: str) -> None:
        """Say why something was not possible, where the person is looking."""
        if self.start_page is not None:
            self.start_page.show_failure(sentence)
        else:
            self.notice.tell(sentence, Tone.ERROR)

    # Steps of the page shown

    def undo(self) -> None:
        """Take back the report's last step, and show where it was."""
        if self._session is not None and self.view is not None:
            self.view.hand_over()
            self._show_where(self._session.undo())

    def redo(self) -> None:
        """Make the step last taken back again, and show where it is."""
        if self._session is not None and self.view is not None:
            self.view.hand_over()
            self._show_where(self._session.redo())

    def _show_where(self, paths: frozenset[str]) -> None:
        codes = {read_path(path).section or read_path(path).head for path in paths}
        if self.view is not None and codes and self.view.shown not in codes:
            self.view.go_to(min(paths).partition("/")[0].partition("#")[0])

    def _on_step_chosen(self, step: Step) -> None:
        view = self.view
        if step is Step.UNDO:
            self.undo()
        elif step is Step.REDO:
            self.redo()
        elif view is None:
            self.step_chosen.emit(step)
        elif step is Step.FIND:
            view.outline.focus_find()
        elif step is Step.SEND:
            view.show_send()
        elif step is Step.NEXT_SECTION:
            view.show_neighbour(1)
        elif step is Step.PREVIOUS_SECTION:
            view.show_neighbour(-1)
        elif step is Step.SIDE_PANEL:
            self.header.panel.toggle()
        elif step is Step.PROBLEMS:
            view.problems.open_list()
        else:
            self.step_chosen.emit(step)

    def _on_panel_toggled(self, shown: bool) -> None:
        if self.view is not None:
            self.view.set_panel(shown)

    def _on_paths_changed(self, paths: frozenset[str]) -> None:
        self._show_steps()

    def _show_steps(self) -> None:
        if self._session is None:
            return
        self.header.undo.setEnabled(self._session.can_undo)
        self.header.redo.setEnabled(self._session.can_redo)
        self.menus.set_enabled(Step.UNDO, self._session.can_undo)
        self.menus.set_enabled(Step.REDO, self._session.can_redo)
        self.header.status.setText(status_words(self._session.report.status))

    # The window itself

    def restore(self, geometry: str) -> None:
        """Stand where the window stood last time; in the middle of the screen the first time."""
        if not geometry or not self.restoreGeometry(
            QByteArray.fromBase64(geometry.encode("ascii", "ignore"))
        ):
            screen = self.screen().availableGeometry()
            size = FIRST_SIZE.boundedTo(screen.size())
            self.resize(size)
            self.move(screen.center() - self.rect().center())

    def geometry_words(self) -> str:
        """Where the window stands, for the settings."""
        return bytes(self.saveGeometry().toBase64().data()).decode("ascii")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Everything typed is handed over; whoever owns the report decides."""
        if self.view is not None:
            self.view.hand_over()
        self.closing.emit(event)


def status_words(status: str) -> str:
    """A report's status in words."""
    words = {"draft": _("Draft"), "ready": _("Ready"), "approved": _("Approved"), "submitted": _("Submitted")}
    return words.get(status, status)
