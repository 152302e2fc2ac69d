"""One question on a page: its label, a line of help, its editor, and what the checks say about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import Field, Level, ListDefinition, Section
from desktop_app.report.problems import Problem
from desktop_app.report.progress import is_optional
from desktop_app.report.review import Thread
from desktop_app.runtime.i18n import _
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui import tokens
from desktop_app.ui.editors.contract import EditorContext
from desktop_app.ui.editors.table import make_editor
from desktop_app.ui.focus import when_mouse_is_free
from desktop_app.ui.follow import follow
from desktop_app.ui.pages.page import held_still
from desktop_app.ui.parts import Tone, Words, help_line, in_row, label
from desktop_app.ui.rows.problem_lines import problem_line, told

if TYPE_CHECKING:
    from desktop_app.ui.confidential_mark import ConfidentialMark
    from desktop_app.ui.past import Past
    from desktop_app.ui.review.comment_mark import CommentMark


class QuestionField(QWidget):
    """Label, help, editor and problems of one field, tied together for keyboard and screen reader."""

    comments_wanted = Signal(str)
    """The path of the question, whose comments someone wants to see."""

    def __init__(
        self,
        question: Field,
        section: Section,
        labels: Labels,
        entry: ListDefinition | None = None,
        *,
        show_label: bool = True,
        cycle: str = "",
    ) -> None:
        """For ``question`` in ``section``, or in the rows of ``entry``, in a report of ``cycle``."""
        super().__init__()
        words, help_words = labels.field_label(question, entry), labels.field_help(question, entry)
        where = EditorContext(labels=labels, section=section, entry=entry, cycle=cycle)
        self.editor = make_editor(question, where)
        self.editor.set_names(words, help_words)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.HALF)
        self._mark: CommentMark | None = None
        self._threads: tuple[Thread, ...] = ()
        self._confidential: ConfidentialMark | None = None
        self._line: QHBoxLayout | None = None
        if show_label:
            name = label(words.replace("&", "&&"))
            name.setBuddy(self.editor.focus_target())
            line = self._line = in_row(name)
            line.setStretch(0, 1)
            if is_optional(question):
                optional = Words(_("optional"), font=tokens.small_font(), tone=Tone.QUIET, wrap=False)
                line.addWidget(optional, 0, Qt.AlignmentFlag.AlignTop)
            column.addLayout(line)
        if help_words:
            column.addWidget(help_line(help_words))
        column.addWidget(self.editor)
        self._room = QWidget()
        self._problems = QVBoxLayout(self._room)
        self._problems.setContentsMargins(0, 0, 0, 0)
        self._problems.setSpacing(tokens.HALF)
        self._problems.setAlignment(Qt.AlignmentFlag.AlignTop)
        # Goals are ticked one after the other: their line comes and goes above the list that is clicked next.
        self._least = 0 if show_label else QFontMetrics(tokens.small_font()).height()
        self._room.hide()
        column.addWidget(self._room)
        self._names = (words, help_words)
        self._session: EntrySession | None = None
        self._path = ""
        self._past: Past | None = None
        self._shown: list[str] = []

    def follow_problems(self, session: EntrySession, path: str) -> None:
        """Show what the checks find at ``path``, and that there are comments, from now on."""
        self._session, self._path = session, path
        self._give_room(self._least)
        follow(session, self, self._on_paths_changed)
        self._show_problems()
        self._show_comments()
        self._show_confidential()

    def take_files(self, past: Past, path: str) -> None:
        """Let files be attached to the answer at ``path``: chosen, or dropped onto it."""
        from desktop_app.ui.attachments.dropping import FileDrop
        from desktop_app.ui.attachments.room import FilesRoom

        self._past = past
        is_file = self.editor.take_files(past, path)
        if not is_file:
            FileDrop(self, past, path)
            self._add_clip()
        self._column.insertWidget(self._column.indexOf(self.editor) + 1, FilesRoom(past, path))

    def _add_clip(self) -> None:
        """At the end of the label; for the mouse alone, because keys go from answer to answer."""
        if self._line is None or self._past is None or self._past.session.is_closed:
            return
        from desktop_app.ui.attachments.dropping import Clip

        clip = Clip(_("Attach a file to this answer"))
        clip.clicked.connect(self.attach)
        self._line.addWidget(clip, 0, Qt.AlignmentFlag.AlignTop)

    def attach(self) -> None:
        """Ask for files to attach."""
        from desktop_app.ui.attachments.dropping import choose_and_attach

        if self._past is not None and not self._past.session.is_closed:
            choose_and_attach(self._past, self._path, self.window())

    def show_relevance(self, *, is_asked: bool, is_answered: bool) -> None:
        """A question that is not asked is not shown; an answer it has is not hidden with it."""
        self.setVisible(is_asked or is_answered)

    def _on_paths_changed(self, paths: frozenset[str]) -> None:
        self._show_problems()
        self._show_comments()
        self._show_confidential()

    def _show_confidential(self) -> None:
        is_marked = self._session is not None and self._path in self._session.report.confidential
        if self._confidential is None and is_marked:
            from desktop_app.ui.confidential_mark import ConfidentialMark

            assert self._session is not None
            self._confidential = ConfidentialMark(self._session, self._path)
            self._end_of_label().addWidget(self._confidential, 0, Qt.AlignmentFlag.AlignTop)
        if self._confidential is not None and self._confidential.isHidden() is is_marked:
            with held_still(self):
                self._confidential.setVisible(is_marked)

    def _show_comments(self) -> None:
        threads = self._session.comments.within(self._path) if self._session is not None else ()
        if threads == self._threads:
            return
        self._threads = threads
        with held_still(self):
            mark = self._mark or self._make_mark(threads)
            mark.show_threads(threads)

    def _make_mark(self, threads: Sequence[Thread]) -> CommentMark:
        from desktop_app.ui.review.comment_mark import CommentMark

        self._mark = CommentMark(self._path, threads)
        self._mark.comments_wanted.connect(self.comments_wanted)
        self._end_of_label().addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        return self._mark

    def _end_of_label(self) -> QHBoxLayout:
        """Where marks stand; below the editor of a question without a label."""
        if self._line is None:
            self._line = in_row(None)
            self._column.addLayout(self._line)
        return self._line

    def _show_problems(self) -> None:
        """A screen reader has it at once; the lines wait for a mouse button that is held."""
        if self._session is None:
            return
        sentences = [told(problem, self._session.report) for problem in self._found()]
        if sentences == self._shown:
            return
        self._shown = sentences
        words, help_words = self._names
        self.editor.set_names(words, " ".join(filter(None, (*sentences, help_words))))
        when_mouse_is_free(self, self._show_lines)

    def _show_lines(self) -> None:
        """Nothing moves below the cursor: lines that go leave their room until the page is left."""
        kept = self._height_of_room()
        assert self._session is not None
        with held_still(self):
            while (item := self._problems.takeAt(0)) is not None:
                widget = item.widget()
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()
            for problem in self._found():
                line = problem_line(problem, self._session.report)
                self._problems.addWidget(line)
                # Now, so that the page is held still for it; Qt itself would wait.
                line.show()
            self._give_room(kept)

    def _height_of_room(self) -> int:
        """What the lines take, or took while the page was shown."""
        if not self._room.isVisible() or not self._problems.count():
            return self._room.minimumHeight()
        return max(self._room.minimumHeight(), self._problems.totalHeightForWidth(self._room.width()))

    def _give_room(self, height: int) -> None:
        self._room.setMinimumHeight(height)
        self._room.setVisible(height > 0 or self._problems.count() > 0)

    def hideEvent(self, event: QHideEvent) -> None:
        """The page is left: what is no longer needed is given back unseen."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._give_room(self._least if self._session is not None else 0)

    def _found(self) -> list[Problem]:
        """Without mere hints, and without what can be seen: that nothing is written yet."""
        if self._session is None:
            return []
        return [
            problem
            for problem in self._session.problems.at(self._path)
            if problem.code == "not_asked" or (problem.level is not Level.HINT and problem.code != "required")
        ]
