"""Reviewed workbooks in the window: chosen or dropped, read beside it, looked through, brought in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.formdef.library import FormLibrary
from desktop_app.report.review import Decision, waits
from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.ui.beginnings import Arrival
from desktop_app.ui.errands import Errands
from desktop_app.ui.jobs import Report
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.notice import NoticeStep
from desktop_app.ui.parts import Tone
from desktop_app.ui.report_keeper import ReportKeeper
from desktop_app.ui.review.looking import looking_at
from desktop_app.ui.stepwise import A_TURN

if TYPE_CHECKING:
    from desktop_app.report.review import Thread
    from desktop_app.services.open_report import OpenReport
    from desktop_app.services.review import Applied, ReviewPreview
    from desktop_app.services.review.looking import Looked
    from desktop_app.ui.report_view import ReportView
    from desktop_app.ui.review.bringing import Bringing
    from desktop_app.ui.review.choices import Choices
    from desktop_app.ui.review.preview_page import PreviewPage


@dataclass(frozen=True, slots=True)
class _Looked:
    """A workbook that was read for a report."""

    opened: OpenReport
    looked: Looked
    workbook: Path

    @property
    def preview(self) -> ReviewPreview:
        """What it holds for the report."""
        return self.looked.preview


class Reviews(QObject):
    """One workbook is looked at at a time; of several the next one follows when this one is left."""

    arrived = Signal(object)
    """An ``Arrival``: another report of the file is to be opened."""

    def __init__(
        self,
        window: MainWindow,
        keeper: ReportKeeper,
        errands: Errands,
        library: Callable[[], FormLibrary],
    ) -> None:
        """For the report of ``keeper``. ``library`` gives the forms when they are needed."""
        super().__init__(window)
        self._window, self._keeper, self._errands, self._library = window, keeper, errands, library
        self._waiting: list[Path] = []
        self._looked: _Looked | None = None
        self._made_while = ""
        """What kept the answers as they were when the page was made, in words."""
        self._came_from = ""
        self._watched: ReportView | None = None
        self._told: list[str] = []
        self._first: Thread | None = None
        self._bringing: Bringing | None = None
        self._agreed: Choices | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a workbook is being brought in, or something else done in its place."""
        return self._errands.is_busy or self._bringing is not None

    def tell_busy(self) -> None:
        """Say why nothing is opened now."""
        self._window.show_failure(_("Something else is still under way. Drop it again in a moment."))

    def take(self, workbooks: Sequence[Path]) -> None:
        """Look at the workbooks one after the other, for the report that is open."""
        if self.is_busy:
            self.tell_busy()
        elif self._keeper.opened is None:
            words = _(
                "Open the report first that the workbook was made of. Then drop the workbook here again."
            )
            self._window.show_failure(words)
        else:
            self._waiting, self._told, self._first = list(workbooks), [], None
            self._take_next()

    def _take_next(self) -> bool:
        """Read the next workbook that waits; False when there is none."""
        opened = self._keeper.opened
        if not self._waiting or opened is None:
            return False
        path = self._waiting.pop(0)
        if self._window.view is not None:
            self._window.view.hand_over()
        opened.session.leave()
        look = looking_at(opened, path, self._library(), is_another_shown=self._looked is not None)
        words = _("Reading “{file}” …").format(file=path.name)

        def work(report: Report) -> _Looked:
            return _Looked(opened, look(report), path)

        if not self._errands.run(words, work, self._on_read, self._give_up, may_cancel=True):
            return False
        self._window.notice.tell(words, steps=[NoticeStep(_("&Cancel"), self._errands.cancel)])
        return True

    def _give_up(self) -> None:
        """A file that is no workbook ends the series: its sentence is to be read."""
        self._waiting, self._told = [], []

    def _on_read(self, looked: object) -> None:
        assert isinstance(looked, _Looked)
        if looked.opened is self._keeper.opened:
            self._looked = looked
            self._show()

    # The page

    def _show(self) -> None:
        from desktop_app.ui.pages.page_stack import REVIEW_PAGE

        view = self._window.view
        if view is None:
            return
        looked, self._looked = self._looked, None
        if view.pages.shown == REVIEW_PAGE:
            view.show_page(self._came_from or view.pages.codes[0])
        self._came_from, self._looked = view.pages.shown, looked
        if self._watched is not view:
            self._watched = view
            view.told.connect(self._on_told)
        view.pages.offer(REVIEW_PAGE, self._make_page)
        view.pages.forget(REVIEW_PAGE)
        view.show_page(REVIEW_PAGE)
        # In a turn of its own: to build the page has taken its time.
        QTimer.singleShot(A_TURN, self, self._focus_page)

    def _focus_page(self) -> None:
        if self._window.view is not None and self._page is not None:
            self._window.view.pages.focus_page()

    def _make_page(self) -> PreviewPage:
        from desktop_app.ui.review.preview_page import PreviewPage

        looked = self._looked
        assert looked is not None
        session = looked.opened.session
        self._made_while = session.frozen_words
        held = looked.looked
        about = (*self._told, *held.about)
        page = PreviewPage(
            held.preview, about, held.unknown, session.read_only, session.frozen_words, held.remarks
        )
        page.opening_wanted.connect(self._on_opening_wanted)
        page.other_wanted.connect(self._on_other_wanted)
        page.agreed.connect(self._on_agreed)
        page.declined.connect(self._on_declined)
        page.left.connect(self._on_left)
        page.cancelled.connect(self._on_cancelled)
        return page

    def _on_left(self) -> None:
        """The person looks at something else first: say how to come back."""
        if self._looked is not None and self._bringing is None:
            self._window.notice.tell(self._waiting_words(), steps=[self._way_back()])

    def _on_told(self, words: str) -> None:
        """Something was done meanwhile, such as opening the answers: the way back stays."""
        from desktop_app.ui.pages.page_stack import REVIEW_PAGE

        view = self._window.view
        is_elsewhere = view is not None and view.pages.shown != REVIEW_PAGE
        if self._looked is not None and self._bringing is None and is_elsewhere:
            told = f"{words}\n{self._waiting_words()}"
            self._window.notice.tell(told, Tone.SUCCESS, [self._way_back()])

    def _waiting_words(self) -> str:
        assert self._looked is not None
        return _("“{name}” is not brought in yet.").format(name=self._looked.preview.name)

    def _way_back(self) -> NoticeStep:
        return NoticeStep(_("&Go on with it"), self._go_on)

    def _on_opening_wanted(self) -> None:
        """Where the answers are opened again; a notice leads back here."""
        view = self._window.view
        if view is not None and self._looked is not None:
            view.send_page().clearance.ways.ask_first()

    def _on_other_wanted(self) -> None:
        """Open the report that the workbook was made of, and look at it there."""
        looked = self._looked
        if looked is None or self._bringing is not None:
            return
        number, files = looked.preview.belongs_to, [looked.workbook, *self._waiting]
        self.arrived.emit(Arrival(looked.opened.path, number=number))
        opened = self._keeper.opened
        if opened is looked.opened:
            # Something has to be finished first; the workbook waits.
            told = f"{self._window.notice.words}\n{self._waiting_words()}"
            self._window.notice.tell(told, Tone.WARNING, [self._way_back()])
            return
        self._leave_page()
        if opened is not None and opened.session.report.number == number:
            self.take(files)

    def _go_on(self) -> None:
        from desktop_app.ui.pages.page_stack import REVIEW_PAGE

        view = self._window.view
        if view is not None and self._looked is not None:
            if self._looked.opened.session.frozen_words != self._made_while:
                # Made anew: meanwhile the answers were opened, or closed.
                view.pages.forget(REVIEW_PAGE)
            view.pages.offer(REVIEW_PAGE, self._make_page)
            self._window.notice.hide()
            view.show_page(REVIEW_PAGE)
            view.pages.focus_page()

    def _leave_page(self) -> None:
        """Go back to where the person was; the page is not kept."""
        from desktop_app.ui.pages.page_stack import REVIEW_PAGE

        self._looked = None
        view = self._window.view
        if view is not None:
            if view.pages.shown == REVIEW_PAGE:
                view.show_page(self._came_from or view.pages.codes[0])
                view.pages.focus_page()
            view.pages.forget(REVIEW_PAGE)

    def _on_declined(self) -> None:
        self._leave_page()
        if not self._take_next():
            self._tell_all()

    def _on_agreed(self, choices: Choices) -> None:
        from desktop_app.services.review import bring_in
        from desktop_app.ui.review.bringing import Bringing

        looked = self._looked
        if looked is None or looked.opened is not self._keeper.opened or self._bringing is not None:
            return
        try:
            bringing = bring_in(
                looked.opened.session,
                looked.preview,
                choices.chosen,
                hunks=choices.accepted_hunks,
                refused=choices.refused,
                lists=choices.lists,
                even_if_other=choices.even_if_other,
            )
        except DeskError as error:
            self._show_failure(error.sentence)
            return
        self._bringing = Bringing(bringing, self)
        self._agreed = choices
        self._bringing.progressed.connect(self._on_progressed)
        self._bringing.over.connect(self._on_brought_in)
        self._bringing.start(choices.count)

    def _on_progressed(self, done: int, count: int) -> None:
        page = self._page
        if page is not None:
            page.show_progress(done, count)

    def _on_cancelled(self) -> None:
        if self._bringing is not None:
            self._bringing.give_up()

    def _on_brought_in(self) -> None:
        ended, looked = self._bringing, self._looked
        self._bringing = None
        assert ended is not None
        ended.deleteLater()
        if looked is None or looked.opened is not self._keeper.opened or self._agreed is None:
            return
        step = ended.bringing.step
        page = self._page
        if page is not None:
            page.end_progress()
        if step.failure is not None:
            self._show_failure(step.failure.sentence)
        elif step.is_made:
            self._leave_page()
            tell = partial(self._tell_brought_in, looked.preview, ended.bringing.applied, self._agreed)
            if ended.is_long:
                # In a turn of its own: to show another page has taken its time.
                QTimer.singleShot(A_TURN, self, tell)
            else:
                tell()

    def _tell_brought_in(self, preview: ReviewPreview, applied: Applied, choices: Choices) -> None:
        if self._keeper.opened is not None:
            self._note(preview, applied, choices)
            if not self._take_next():
                self._tell_all()

    @property
    def _page(self) -> PreviewPage | None:
        """The preview, where it is shown."""
        from desktop_app.ui.review.preview_page import PreviewPage

        page = self._window.view.pages.page if self._window.view is not None else None
        return page if isinstance(page, PreviewPage) else None

    def _show_failure(self, sentence: str) -> None:
        page = self._page
        if page is not None:
            page.show_failure(sentence)
        else:
            self._window.show_failure(sentence)

    def _note(self, preview: ReviewPreview, applied: Applied, choices: Choices) -> None:
        from desktop_app.ui.review.about_words import counts_words, undecided_words

        told = counts_words(
            applied.comments,
            applied.suggestions,
            applied.rows,
            len(choices.refused),
            applied.kept_in_words,
        )
        words = _("Brought in from “{name}”: {counts}. Undo takes all of it back.")
        self._told.append(words.format(name=preview.name, counts=told))
        judged = set(choices.judged)
        undecided = sum(found.id not in judged for found in preview.open_suggestions)
        if undecided:
            self._told.append(undecided_words(undecided))
        self._first = self._first or self._first_of(choices)

    def _tell_all(self) -> None:
        """What was brought in, when no more workbooks follow."""
        steps = [NoticeStep(_("&Show the first comment"), self._show_first)] if self._first else []
        opened = self._keeper.opened
        if opened is not None and opened.session.is_frozen and opened.session.comments.corrections:
            steps.append(NoticeStep(_("&Write an amendment"), self._open_answers))
        if self._told:
            self._window.notice.tell("\n".join(self._told), Tone.SUCCESS, steps, of_now=True)
        self._told = []

    def _open_answers(self) -> None:
        """A correction was asked for: the answers are to be opened again."""
        if self._window.view is not None:
            self._window.notice.hide()
            self._window.view.send_page().clearance.ways.ask_first()

    def _first_of(self, choices: Choices) -> Thread | None:
        """The first comment that came in and waits for an answer, else the first, in the report's order."""
        opened = self._keeper.opened
        if opened is None or not choices.comments:
            return None
        book = opened.session.comments
        threads = [
            thread
            for part in opened.session.report.form.walk()
            for thread in book.of_section(part.code)
            if thread.id in choices.comments
        ]
        return min(threads, key=_urgency, default=None)

    def _show_first(self) -> None:
        view = self._window.view
        if view is not None and self._first is not None:
            self._window.notice.hide()
            view.comments.show(self._first)


def _urgency(thread: Thread) -> int:
    """An open question comes before what was accepted, and that before what waits for nobody."""
    if not waits(thread):
        return 2
    return int(thread.first.decision == Decision.ACCEPTED)
