"""One row being edited, in place: its main words first, then goals and timeframe, the rest behind "more"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.formdef.model import Field, FieldType, Presentation
from desktop_app.report.paths import row_path
from desktop_app.report.report import Row
from desktop_app.report.rules import is_relevant, list_names, row_names
from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.binding import Binding
from desktop_app.ui.editors.contract import FieldEditor
from desktop_app.ui.follow import follow
from desktop_app.ui.lines import Expander
from desktop_app.ui.pages.page import held_still
from desktop_app.ui.parts import Button, ButtonKind, IconButton, Tone, Words, heading, in_row
from desktop_app.ui.question import QuestionField
from desktop_app.ui.rows.context import ListContext
from desktop_app.ui.rows.row_menu import RowStep, row_menu

if TYPE_CHECKING:
    from desktop_app.ui.review.comment_mark import CommentMark


class RowEditor(QWidget):
    """Edits one row; everything is handed over as it is typed. ``Done`` only closes it."""

    step_requested = Signal(str, object)
    """The row's id and a ``RowStep``."""

    comments_wanted = Signal(str)
    """The path of the row or one of its fields: someone wants to see what was said about it."""

    def __init__(self, context: ListContext, row: Row, parent: QWidget | None = None) -> None:
        """Editors for every field of ``row``; ``set_number`` says which one it is."""
        super().__init__(parent)
        self._context = context
        self.row_id = row.id
        self._bindings: list[Binding] = []
        self._editors: dict[str, FieldEditor] = {}
        self._conditional: list[tuple[Field, QuestionField]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(tokens.SPACE, tokens.SPACE, tokens.SPACE, tokens.SPACE)
        self._column.setSpacing(tokens.SPACE)
        self._title = heading("")
        more = IconButton("more", _("More for this row"))
        more.clicked.connect(self._on_more)
        self._more = more
        self._head = in_row(self._title, more)
        # Words that may wrap ask for little: without all the room they would wrap beside it.
        self._head.setStretch(0, 1)
        self._mark: CommentMark | None = None
        self._column.addLayout(self._head)
        optional = self._optional()
        for question in context.entry.row.fields:
            if question not in optional:
                self._column.addWidget(self._field(question))
        self._expander: Expander | None = None
        self._supplements: QWidget | None = None
        self._add_expander(row)
        self._add_files(row_path(context.path, row.id))
        done = Button(_("&Done"), "check", ButtonKind.PRIMARY)
        done.setToolTip(_("Close this row. Everything is saved already. (Esc)"))
        done.clicked.connect(self._on_done)
        saved = Words(_("Saved as you type"), font=tokens.small_font(), tone=Tone.QUIET, wrap=False)
        self._column.addLayout(in_row(done, saved, None, *self._clips()))
        follow(context.session, self, self._on_paths_changed)
        self._show_comments()

    def _add_files(self, path: str) -> None:
        """The files of the row and its answers; more can be dropped anywhere onto it."""
        if self._context.past is None:
            return
        from desktop_app.ui.attachments.dropping import FileDrop
        from desktop_app.ui.attachments.room import FilesRoom

        self._column.addWidget(FilesRoom(self._context.past, path, within=True))
        FileDrop(self, self._context.past, path)

    def _clips(self) -> list[QWidget]:
        if self._context.past is None:
            return []
        attach = Button(_("Attach a file …"), "attach", ButtonKind.QUIET)
        attach.clicked.connect(self._on_attach)
        return [attach]

    def _on_attach(self) -> None:
        self.step_requested.emit(self.row_id, RowStep.ATTACH)

    def set_number(self, number: int, width: int) -> None:
        """Which row of the list it is, from 1."""
        name = self._context.labels.row_name(self._context.entry)
        words = f"{name} {number}"
        self._title.setText(words[:1].upper() + words[1:])

    def focus_field(self, code: str | None) -> None:
        """Put the cursor into the field, the main one for None."""
        if self._expander is not None and any(code == question.code for question in self._optional()):
            self._expander.setChecked(True)
        wanted = code if code in self._editors else self._context.entry.row.lead.code
        self._editors[wanted].focus_target().setFocus(Qt.FocusReason.OtherFocusReason)

    def unfinished(self) -> FieldEditor | None:
        """An editor in which something stands that is no answer yet."""
        return next(iter(self.unfinished_fields().values()), None)

    def unfinished_fields(self) -> dict[str, FieldEditor]:
        """Those editors, by the code of their field."""
        return {code: editor for code, editor in self._editors.items() if editor.unfinished()}

    @property
    def focused_field(self) -> str | None:
        """The code of the field the keyboard is in."""
        for code, editor in self._editors.items():
            focus = self.window().focusWidget()
            if focus is not None and editor.isAncestorOf(focus):
                return code
        return None

    def hand_over(self) -> None:
        """Give the session what stands in the editors now."""
        for binding in self._bindings:
            binding.hand_over()

    def release(self) -> None:
        """Hand over everything and let go of the session; before this editor goes away."""
        for binding in self._bindings:
            binding.release()

    def _field(self, question: Field) -> QWidget:
        context = self._context
        field = QuestionField(
            question, context.section, context.labels, context.entry, cycle=context.session.report.cycle
        )
        path = row_path(context.path, self.row_id, question.code)
        self._bindings.append(Binding(context.session, path, field.editor))
        field.follow_problems(context.session, path)
        field.comments_wanted.connect(self.comments_wanted)
        if context.past is not None and question.type is FieldType.ATTACHMENT:
            field.take_files(context.past, path)
        self._editors[question.code] = field.editor
        if question.goal is not None or question.relevant is not None:
            self._conditional.append((question, field))
            self._show_relevant()
        return field

    def _on_paths_changed(self, paths: frozenset[str]) -> None:
        if self._conditional:
            with held_still(self):
                self._show_relevant()
        self._show_comments()

    def _show_comments(self) -> None:
        path = row_path(self._context.path, self.row_id)
        threads = self._context.session.comments.within(path)
        if self._mark is None and threads:
            from desktop_app.ui.review.comment_mark import CommentMark

            self._mark = CommentMark(path, threads)
            self._mark.comments_wanted.connect(self.comments_wanted)
            # Otherwise it would be as high as the button beside it.
            self._head.insertWidget(self._head.count() - 1, self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        if self._mark is not None:
            self._mark.show_threads(threads)

    def _show_relevant(self) -> None:
        context, row = self._context, self._context.row_list.row(self.row_id)
        if row is None or not self._conditional:
            return
        report, section = context.session.report, context.section
        names = row_names(list_names(report, section, context.entry), context.entry, row)
        for question, field in self._conditional:
            is_asked = is_relevant(report, section, question, names)
            field.show_relevance(is_asked=is_asked, is_answered=question.code in row.values)

    def _optional(self) -> list[Field]:
        row_type = self._context.entry.row
        return [
            question
            for question in row_type.fields
            if question.presentation is Presentation.MORE and question is not row_type.lead
        ]

    def _add_expander(self, row: Row) -> None:
        """The optional fields are made when they are asked for, or hold something."""
        questions = self._optional()
        if not questions:
            return
        labels = [self._context.labels.field_label(question, self._context.entry) for question in questions]
        self._expander = Expander(_("More (optional): {fields}").format(fields=", ".join(labels)))
        self._column.addWidget(self._expander)
        self._expander.opened.connect(self._on_opened)
        self._expander.setChecked(any(question.code in row.values for question in questions))

    def _on_opened(self, is_open: bool) -> None:
        if self._supplements is None and self._expander is not None:
            self._supplements = QWidget()
            column = QVBoxLayout(self._supplements)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(tokens.SPACE)
            for question in self._optional():
                column.addWidget(self._field(question))
            self._column.insertWidget(self._column.indexOf(self._expander) + 1, self._supplements)
        if self._supplements is not None:
            self._supplements.setVisible(is_open)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc or Ctrl+Enter closes; Ctrl+D duplicates."""
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape or (
            control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self._on_done()
        elif control and event.key() == Qt.Key.Key_D:
            self.step_requested.emit(self.row_id, RowStep.DUPLICATE)
        else:
            super().keyPressEvent(event)

    def _on_done(self) -> None:
        self.step_requested.emit(self.row_id, RowStep.DONE)

    def _on_more(self) -> None:
        menu = row_menu(self._context, self.row_id, self, editing=True)
        menu.step_chosen.connect(self._on_step_chosen)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _on_step_chosen(self, step: RowStep) -> None:
        self.step_requested.emit(self.row_id, step)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A breath of the accent: this is the row being edited."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        painter.setBrush(tokens.tint(palette, 0.05))
        painter.setPen(QPen(tokens.mix(tokens.card(palette), tokens.accent(palette), 0.6), tokens.HAIRLINE))
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(rect, tokens.RADIUS, tokens.RADIUS)
