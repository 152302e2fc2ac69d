"""The main window: menus, header and the page shown. A shell only; it carries out nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.formdef.labels import Labels
from desktop_app.report.journal import Durability
from desktop_app.runtime.i18n import _
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.example_names import is_example
from desktop_app.ui import icons
from desktop_app.ui.asking_line import AskingLine
from desktop_app.ui.back_button import PageGround
from desktop_app.ui.beside import COMMENTS, GUIDANCE
from desktop_app.ui.export import Export
from desktop_app.ui.header import Header
from desktop_app.ui.menus import Menus, Step
from desktop_app.ui.notice import NoticeLine
from desktop_app.ui.parts import Tone
from desktop_app.ui.past import Past
from desktop_app.ui.retracing import Retracing
from desktop_app.ui.sending.status_line import status_line
from desktop_app.ui.window_drop import WindowDrop
from desktop_app.ui.window_focus import WindowFocus

if TYPE_CHECKING:
    from desktop_app.services.left_behind import LeftBehind
    from desktop_app.storage.place_state import PlaceState
    from desktop_app.ui.pages.lone_page import LonePage
    from desktop_app.ui.pages.new_report import NewReportOffer
    from desktop_app.ui.pages.start_page import StartPage
    from desktop_app.ui.report_view import ReportView

FIRST_SIZE = QSize(1280, 800)
TITLE_BAR = 40
"""Pixels that the system's title bar takes at most at the usual size; it is not known before it is shown."""
SMALLEST_SIZE = QSize(600, 360)
"""What is left of a small screen whose user has everything drawn at twice the size."""


class MainWindow(QMainWindow):
    """Shows the start page or one report, and says what the person asks for."""

    name_given = Signal(str)
    step_chosen = Signal(object)
    """A ``menus.Step`` that is not about the page shown: open, close, import, quit, ..."""

    recent_chosen = Signal(object)
    start_shown = Signal(object)
    """The ``StartPage``, with signals of its own."""

    durability_shown = Signal(object)
    """The ``Durability`` of the report that is open."""

    errand_wanted = Signal(str, object, object)
    """Words for what is being done, the work for a thread of its own, and what takes its result."""

    folder_wanted = Signal(object)
    closing = Signal(QCloseEvent)

    files_dropped = Signal(object)
    """The paths of files that were dropped onto the window."""

    def __init__(self) -> None:
        """An empty window."""
        super().__init__()
        self.setWindowIcon(icons.app_icon())
        self.setWindowTitle(_("Alliance Desk"))
        self.setMinimumSize(SMALLEST_SIZE)
        self._drop = WindowDrop(self, self._has_report)
        self._drop.files_dropped.connect(self.files_dropped)
        self.menus = Menus(self)
        self.header = Header()
        self.header.hide()
        self.notice = NoticeLine()
        self.trouble = NoticeLine()
        """What keeps words from being saved, and what to do; apart from the notices, which come and go."""
        self.lone: LonePage | None = None
        self.asking = AskingLine()
        self.panel_part = GUIDANCE
        """Which part of the panel beside the page is shown."""
        self.attach_folder = ""
        """Where files to attach were chosen last; empty where none were."""
        self._past: Past | None = None
        self.view: ReportView | None = None
        self.start_page: StartPage | None = None
        self._session: EntrySession | None = None
        self._retracing: Retracing | None = None
        self._stack = QStackedWidget()
        self._ground = PageGround()
        column = QVBoxLayout(self._ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.trouble)
        column.addWidget(self.notice)
        column.addWidget(self.asking)
        column.addWidget(self._stack, 1)
        self.setCentralWidget(self._ground)
        self._focus = WindowFocus(self._ground, self._page_to_focus)
        self.menus.set_report_open(is_open=False)
        self.header.undo_chosen.connect(self.undo)
        self.header.redo_chosen.connect(self.redo)
        self.header.panel_toggled.connect(self._on_panel_toggled)
        self.menus.step_chosen.connect(self._on_step_chosen)
        self.menus.recent_chosen.connect(self.recent_chosen)

    # What is shown

    def _has_report(self) -> bool:
        return self.view is not None

    def show_start(
        self,
        offer: NewReportOffer,
        recent: Sequence[Path],
        away: Sequence[Path] = (),
        found: Sequence[LeftBehind] = (),
    ) -> None:
        """No report is open: show the ways to one. The arguments as those of ``StartPage``."""
        from desktop_app.ui.pages.start_page import StartPage

        self.clear()
        self.start_page = StartPage(offer, recent, away, found)
        self.start_shown.emit(self.start_page)
        self._stack.addWidget(self.start_page)
        self._stack.setCurrentWidget(self.start_page)
        self.start_page.focus_start()

    def show_lone(self, page: LonePage) -> None:
        """No report is open: show a page that says what is the matter, or what there is."""
        self.clear()
        self.lone = page
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        page.focus_start()

    def show_report(
        self,
        session: EntrySession,
        file: Path,
        export: Export,
        place: str = "",
        past: Past | None = None,
    ) -> None:
        """Show the session's report, at the place it was left at. ``past``: for its history."""
        from desktop_app.ui.report_view import ReportView

        self.clear()
        report = session.report
        labels = Labels(report.form, report.language)
        title = f"{labels.country(report.country)} · {labels.form_short()} {report.cycle}"
        self._session = session
        self.header.show_report(title, status_line(report), verified=report.form.labels_verified)
        self.header.show_example(is_example(file, report))
        self.header.protected.setVisible(past is not None and past.key is not None)
        self.header.show_read_only(session.read_only)
        self.header.show()
        self._past = past
        self.view = ReportView(session, export, file.parent, past)
        self._retracing = Retracing(session, self.view, self.notice)
        self.view.folder_wanted.connect(self.folder_wanted)
        self.view.told.connect(self._on_told)
        self.view.step_wanted.connect(self._on_step_chosen)
        self.view.name_given.connect(self.name_given)
        self.view.restore_point_wanted.connect(self._ask_restore_point)
        self.view.announced.connect(self._on_announced)
        self.view.removal_wanted.connect(self._on_removal_wanted)
        # Where nobody has said anything, the panel would be empty.
        has_part = self.panel_part != COMMENTS or bool(session.report.comments or session.report.drafts)
        self.view.beside.show_part(self.panel_part if has_part else GUIDANCE)
        self.view.beside.part_shown.connect(self._on_panel_part_shown)
        self._stack.addWidget(self.view)
        self._stack.setCurrentWidget(self.view)
        program = _("Alliance Desk")
        self.setWindowTitle(f"{title} — {program}")
        self.menus.set_report_open(is_open=True)
        self.view.set_panel(self.header.panel.isChecked())
        self.view.resume(place)
        self._focus.rest()
        session.listen(self._on_paths_changed)
        self._show_steps()

    def finish_files(self) -> None:
        """Attach the files that are still being read; waits for them."""
        if self._past is not None:
            self._past.finish_files()

    def clear(self) -> None:
        """Show nothing: what was shown has let go of its report."""
        if self.view is not None:
            self.view.release()
        if self._session is not None:
            self._session.ignore(self._on_paths_changed)
        if self._past is not None:
            self._past.deleteLater()
        self._session = self._past = None
        self.asking.shut()
        for widget in (self.view, self.start_page, self.lone):
            if widget is not None:
                self._stack.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self.view = self._retracing = None
        self.start_page = None
        self.lone = None
        self.header.hide()
        self.notice.hide()
        self.trouble.hide()
        self.setWindowTitle(_("Alliance Desk"))
        self.menus.set_report_open(is_open=False)

    def show_durability(self, durability: Durability, place: PlaceState | None = None) -> None:
        """Say in the header what is on disk. ``place``: how far the file is, when a copy is worked on."""
        if self._session is not None and self._session.read_only:
            return
        self.header.save_state.show_durability(durability, place)
        self.durability_shown.emit(durability)

    def show_failure(self, sentence: str) -> None:
        """Say why something was not possible, where the person is looking."""
        page = self.start_page or self.lone
        if page is not None:
            page.show_failure(sentence)
        else:
            self.notice.tell(sentence, Tone.ERROR)

    # Steps of the page shown

    def undo(self) -> None:
        """Take back the report's last step, and show where it was."""
        if self._retracing is not None:
            self._retracing.undo()

    def redo(self) -> None:
        """Make the step last taken back again, and show where it is."""
        if self._retracing is not None:
            self._retracing.redo()

    def _on_step_chosen(self, step: Step) -> None:
        view = self.view
        if view is None:
            self.step_chosen.emit(step)
            return
        match step:
            case Step.UNDO:
                self.undo()
            case Step.REDO:
                self.redo()
            case Step.ATTACH:
                view.pages.attach_here()
            case Step.CONFIDENTIAL:
                view.pages.mark_here()
            case Step.FIND:
                view.outline.focus_find()
            case Step.SEND:
                view.show_send()
            case Step.SUBMISSIONS:
                view.show_submissions()
            case Step.RESTORE_POINT:
                self._ask_restore_point()
            case Step.HISTORY:
                view.show_history()
            case Step.PLACE_HISTORY:
                self.header.panel.setChecked(True)
                view.show_history_here()
            case Step.COMMENTS:
                self.header.panel.setChecked(True)
                view.show_comments_here()
            case Step.NEXT_COMMENT:
                if not view.comments.show_next():
                    self.notice.tell(_("No comment waits for an answer."))
            case Step.NEXT_SECTION:
                view.show_neighbour(1)
            case Step.PREVIOUS_SECTION:
                view.show_neighbour(-1)
            case Step.SIDE_PANEL:
                self.header.panel.toggle()
            case Step.PROBLEMS:
                view.problems.toggle_list()
            case _:
                self.step_chosen.emit(step)

    def _ask_restore_point(self) -> None:
        self.asking.ask(
            _("Name of the restore point:"),
            _("Set it"),
            self._on_restore_point_named,
            help_words=_("You can compare with it and come back to it later. Nothing is changed now."),
        )

    def _on_restore_point_named(self, name: str) -> None:
        if self._session is not None and self.view is not None:
            self.view.hand_over()
            self._session.set_restore_point(name)
            self.notice.tell(_("The restore point “{name}” is set.").format(name=name), Tone.SUCCESS)

    def _on_removal_wanted(self, path: str) -> None:
        from desktop_app.ui.history.removal import Removal

        if self._past is not None and self.view is not None:
            self.view.hand_over()
            removal = Removal(self._past, path, self)
            removal.told.connect(self.notice.tell)
            removal.errand_wanted.connect(self.errand_wanted)
            removal.begin()

    def _on_told(self, words: str) -> None:
        self.notice.tell(words, Tone.SUCCESS, of_now=True)

    def _on_announced(self, words: str) -> None:
        self.notice.tell(words, Tone.WARNING)

    def _on_panel_part_shown(self, part: str) -> None:
        self.panel_part = part

    def _on_panel_toggled(self, shown: bool) -> None:
        from desktop_app.ui.pages.section_page import SectionPage

        if self.view is None:
            return
        is_left_out = self.view.beside.isHidden() and isinstance(self.view.pages.page, SectionPage)
        if not shown and is_left_out:
            # A small window had no room for it: who presses wants to see it.
            self.header.panel.setChecked(True)
        else:
            self.view.set_panel(shown, asked=shown)

    def _on_paths_changed(self, paths: frozenset[str]) -> None:
        self.notice.note_change()
        self._show_steps()

    def _show_steps(self) -> None:
        if self._session is None:
            return
        self.header.undo.setEnabled(self._session.can_undo)
        self.header.redo.setEnabled(self._session.can_redo)
        self.header.show_steps(self._session)
        # Words just typed may not be handed over yet: the keys must work for them too.
        self.menus.set_enabled(Step.UNDO, not self._session.read_only)
        self.menus.set_enabled(Step.REDO, self._session.can_redo)
        self.menus.set_enabled(Step.RESTORE_POINT, not self._session.read_only)
        self.menus.set_enabled(Step.HISTORY, self._past is not None)
        self.menus.set_enabled(Step.PLACE_HISTORY, self._past is not None)
        self.header.show_status(status_line(self._session.report))

    # The window itself

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes through the window in the order in which things stand there.

        Qt asks too when what has the keyboard is hidden, or cannot be pressed while it works.
        """
        return self._focus.move(self.focusWidget(), forward=next)

    def _page_to_focus(self) -> QWidget | None:
        return self.view.pages.page if self.view is not None else self.start_page or self.lone

    def restore(self, geometry: str) -> None:
        """Stand where the window stood last time; in the middle of the screen the first time."""
        if not geometry or not self.restoreGeometry(
            QByteArray.fromBase64(geometry.encode("ascii", "ignore"))
        ):
            room = self.screen().availableGeometry().adjusted(0, 0, 0, -TITLE_BAR)
            self.resize(FIRST_SIZE.boundedTo(room.size()))
            # The frame stands there, and the title bar is part of it.
            self.move(room.center() - self.rect().center())

    def geometry_words(self) -> str:
        """Where the window stands, for the settings."""
        return bytes(self.saveGeometry().toBase64().data()).decode("ascii")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Whoever owns the report decides."""
        self.closing.emit(event)
