"""What the reviewers will see: the pages of the report as it stands, to look at, print and save."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from desktop_app.report.report import Report
from desktop_app.report.status import Status
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.runtime.policy import Feature
from desktop_app.services.allowed import is_allowed, switched_off_words
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui import tokens
from desktop_app.ui.back_button import BackButton
from desktop_app.ui.documents.page_view import PageView
from desktop_app.ui.editors.segments import SegmentBar
from desktop_app.ui.flow_layout import FlowLayout
from desktop_app.ui.follow import follow
from desktop_app.ui.job_queue import JobQueue
from desktop_app.ui.parts import Button, ButtonKind, IconButton, Tone, Words, help_line, in_row, title

if TYPE_CHECKING:
    from desktop_app.exchange.documents.pictures import PagePictures
    from desktop_app.exchange.documents.plan import DocumentPlan

FULL, SHORT, BLANK, SIGN_OFF = "full", "short", "blank", "sign-off"


@dataclass(frozen=True)
class Paper:
    """A document whose pages are shown: what it is, its plan, and the name proposed for its file."""

    which: str
    is_public: bool
    plan: DocumentPlan
    pictures: PagePictures
    stem: str


class DocumentPage(QWidget):
    """A bar of choices above the pages. Whoever offers it gives the report and takes what is asked for."""

    print_wanted = Signal(object)
    save_wanted = Signal(object)
    """A ``Paper``."""

    back_wanted = Signal()
    settled = Signal()
    """What was chosen is shown, or it is said why not."""

    def __init__(self, session: EntrySession, read: Callable[[], Report]) -> None:
        """``read`` gives the report as it is recorded; it is called in a thread of its own, and waits."""
        super().__init__()
        self.ground = self
        self._session, self._read = session, read
        self.paper: Paper | None = None
        self._pending: PagePictures | None = None
        self._is_old = True
        self._wants_public = False
        self._then: SignalInstance | None = None
        self._jobs = JobQueue(self)
        self._turn = 0
        self._make_parts()
        self._lay_out()
        follow(session, self, self._on_paths_changed)

    def _make_parts(self) -> None:
        self.choice = SegmentBar(
            [
                (FULL, _("Full")),
                (SHORT, _("Short")),
                (BLANK, _("Blank form")),
                (SIGN_OFF, _("Sign-off page")),
            ]
        )
        self.choice.setAccessibleName(_("Which document"))
        self.choice.show_code(FULL)
        self.choice.chosen.connect(self._on_chosen)
        self.public = QCheckBox(_("P&ublic copy"))
        self.public.setToolTip(_("Without what is marked confidential."))
        if not is_allowed(Feature.PUBLIC_COPY):
            self.public.setToolTip(switched_off_words())
        # As high as the documents beside it.
        self.public.setMinimumHeight(max(tokens.CONTROL, self.choice.segments()[0].sizeHint().height()))
        self.public.clicked.connect(self._on_public_clicked)
        self.smaller = IconButton("zoom-out", _("Smaller pages (Ctrl+-)"))
        self.smaller.clicked.connect(self._on_smaller)
        self.larger = IconButton("zoom-in", _("Larger pages (Ctrl++)"))
        self.larger.clicked.connect(self._on_larger)
        self.print = Button(_("&Print …"), "print", ButtonKind.PRIMARY)
        self.print.clicked.connect(self._on_print)
        self.save = Button(_("&Save as …"), "save-as")
        self.save.setToolTip(_("As PDF, Word document or web page."))
        self.save.clicked.connect(self._on_save)
        self.words = help_line("")
        self.trouble = Words("", tone=Tone.WARNING)
        self.trouble.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.trouble.hide()
        self.view = PageView()
        self.view.page_shown.connect(self._on_page_shown)
        self.view.zoomed.connect(self._on_zoomed)
        self.view.failed.connect(self._on_view_failed)

    def _lay_out(self) -> None:
        back = BackButton(_("Back to the report"))
        back.clicked.connect(self.back_wanted)
        head = in_row(title(_("What the reviewers will see")), None, self.save, self.print)
        head.setStretch(0, 1)
        bar = QWidget()
        flow = FlowLayout(bar, tokens.SPACE)
        flow.addWidget(self.choice)
        flow.addWidget(self.public)
        below = in_row(self.words, self.smaller, self.larger)
        below.setStretch(0, 1)
        top = QVBoxLayout()
        top.setContentsMargins(tokens.WIDE, tokens.SPACE, tokens.WIDE, tokens.GAP)
        top.setSpacing(tokens.GAP)
        top.addLayout(in_row(back, None))
        top.addLayout(head)
        top.addWidget(bar)
        top.addLayout(below)
        top.addWidget(self.trouble)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.view, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The documents to choose from stand in one line where there is room for it."""
        super().resizeEvent(event)
        wanted = self.choice.maximumWidth()
        has_room = event.size().width() >= wanted + 2 * tokens.WIDE
        self.choice.setMinimumWidth(wanted if has_room else 0)

    @property
    def is_busy(self) -> bool:
        """Whether pages are being made."""
        return self._jobs.is_busy

    # Choosing

    def choose(self, which: str) -> None:
        """Show the document ``which``: one of the codes above."""
        if self.choice.code() != which:
            self.choice.show_code(which)
            self._is_old = True
        if self.isVisible():
            self._make()

    def when_shown(self, signal: SignalInstance) -> None:
        """Ask for printing or saving as soon as the pages are there."""
        self._then = signal

    def _on_public_clicked(self, is_wanted: bool) -> None:
        self._wants_public = is_wanted
        self._on_chosen()

    def _on_chosen(self) -> None:
        if self.choice.code() is None:
            self.choice.show_code(FULL)
        self._is_old = True
        self._make()

    def _on_paths_changed(self, paths: frozenset[str]) -> None:
        self._is_old = True
        if self.isVisible():
            self._make()

    # Making

    def _make(self) -> None:
        """Plan and set the document beside the window, unless what is shown is it already."""
        which = self.choice.code() or FULL
        may_be_public = which in (FULL, SHORT) and is_allowed(Feature.PUBLIC_COPY)
        self.public.setEnabled(may_be_public)
        # A tick says what is shown; what was wanted of the others is theirs again later.
        self.public.setChecked(may_be_public and self._wants_public)
        if not self._is_old:
            self._settle()
            return
        self._drop()
        self._is_old = False
        self._turn += 1
        self.trouble.hide()
        self.words.setText(_("The pages are being made …"))
        self._show_ways(is_there=False)
        self._session.leave()
        is_public = self.public.isChecked()
        work = partial(_planned, self._read, which, is_public)
        self._jobs.add(work, partial(self._on_planned, self._turn), partial(self._on_failed, self._turn))

    def _on_planned(self, turn: int, paper: object) -> None:
        if turn != self._turn or not isinstance(paper, Paper):
            return
        self._pending = paper.pictures
        work = partial(_measured, paper)
        self._jobs.add(work, partial(self._on_measured, turn), partial(self._on_failed, turn))

    def _on_measured(self, turn: int, paper: object) -> None:
        if turn != self._turn or not isinstance(paper, Paper):
            return
        self._pending = None
        self.paper = paper
        self.view.show_pages(paper.pictures.pages, paper.pictures.picture)
        self._show_ways(is_there=True)
        told = paper.pictures.notices()
        self.trouble.setText("\n".join(told))
        self.trouble.setVisible(bool(told))
        self._settle()

    def _settle(self) -> None:
        signal, self._then = self._then, None
        if signal is not None and self.paper is not None:
            signal.emit(self.paper)
        self.settled.emit()

    def _on_failed(self, turn: int, error: DeskError) -> None:
        if turn != self._turn:
            return
        self._pending = self._then = None
        self._is_old = True
        self.words.setText("")
        self._on_view_failed(error.sentence)
        self.settled.emit()

    def _on_view_failed(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.show()

    def _drop(self) -> None:
        """What is shown or under way is no longer wanted."""
        for pictures in (self._pending, self.paper.pictures if self.paper is not None else None):
            if pictures is not None:
                pictures.stop()
        self._pending = self.paper = None
        self.view.clear()

    def _show_ways(self, *, is_there: bool) -> None:
        for button in (self.print, self.save, self.smaller, self.larger):
            button.setEnabled(is_there)

    # Showing

    def _on_page_shown(self, number: int) -> None:
        self._show_words()

    def _on_zoomed(self) -> None:
        self._show_words()

    def _show_words(self) -> None:
        if self.paper is None:
            return
        words = _("Page {page} of {pages} · {percent} %").format(
            page=max(1, self.view.current),
            pages=self.paper.pictures.pages,
            percent=round(self.view.scale * 100),
        )
        if self._session.report.status == Status.DRAFT and self.paper.which != BLANK:
            words = _("{page} · Draft: words may still change").format(page=words)
        self.words.setText(words)

    def _on_smaller(self) -> None:
        self.view.zoom_by(-1)

    def _on_larger(self) -> None:
        self.view.zoom_by(1)

    def _on_print(self) -> None:
        if self.paper is not None:
            self.print_wanted.emit(self.paper)

    def _on_save(self) -> None:
        if self.paper is not None:
            self.save_wanted.emit(self.paper)

    # Used by the window

    def enter(self) -> None:
        """The page is shown now."""
        self._make()

    def leave(self) -> None:
        """The pages stay as they are until the report changes. Nobody prints then."""
        self._then = None

    def hand_over(self) -> None:
        """Nothing is being typed here."""

    def release(self) -> None:
        """Wait for what is under way; before the page goes away."""
        self._turn += 1
        self._session.ignore(self._on_paths_changed)
        if self._pending is not None:
            self._pending.stop()
        if self.paper is not None:
            self.paper.pictures.stop()
        self._jobs.finish()
        self.view.release()


def _planned(read: Callable[[], Report], which: str, is_public: bool) -> Paper:
    """In a thread of its own."""
    from desktop_app.exchange.documents.pictures import PagePictures
    from desktop_app.services.documents import Kind, document_plan, file_stem

    kind = {BLANK: Kind.BLANK, SIGN_OFF: Kind.SIGN_OFF}.get(which, Kind.PDF)
    report, is_short = read(), which == SHORT
    plan = document_plan(report, kind, short=is_short, public=is_public)
    pictures = PagePictures(plan, sign_off=which == SIGN_OFF)
    return Paper(which, is_public, plan, pictures, file_stem(report, kind, short=is_short, public=is_public))


def _measured(paper: Paper) -> Paper:
    """In a thread of its own, too."""
    paper.pictures.measure()
    return paper
