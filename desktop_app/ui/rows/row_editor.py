"""One row being edited, in place: its main words first, then goals and timeframe, the rest behind "more"."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.formdef.model import Field, Presentation
from desktop_app.report.paths import row_path
from desktop_app.report.report import Row
from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.binding import Binding
from desktop_app.ui.editors.contract import FieldEditor
from desktop_app.ui.lines import Expander
from desktop_app.ui.parts import Button, ButtonKind, IconButton, Tone, Words, heading, in_row
from desktop_app.ui.question import QuestionField
from desktop_app.ui.rows.context import ListContext
from desktop_app.ui.rows.row_menu import RowStep, row_menu


class RowEditor(QWidget):
    """Edits one row; everything is handed over as it is typed. ``Done`` only closes it."""

    step_requested = Signal(str, object)
    """The row's id and a ``RowStep``."""

    def __init__(self, context: ListContext, row: Row, number: int, parent: QWidget | None = None) -> None:
        """Editors for every field of ``row``."""
        super().__init__(parent)
        self._context = context
        self.row_id = row.id
        self._bindings: list[Binding] = []
        self._editors: dict[str, FieldEditor] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(tokens.SPACE, tokens.SPACE, tokens.SPACE, tokens.SPACE)
        self._column.setSpacing(tokens.SPACE)
        self._title = heading("")
        more = IconButton("more", _("More for this row"))
        more.clicked.connect(self._on_more)
        self._more = more
        self._column.addLayout(in_row(self._title, None, more))
        self.set_number(number)
        for question in context.entry.row.fields:
            if question.presentation is not Presentation.MORE:
                self._column.addWidget(self._field(question))
        self._supplements = self._add_supplements(row)
        done = Button(_("&Done"), "check", ButtonKind.PRIMARY)
        done.setToolTip(_("Close this row. Everything is saved already. (Esc)"))
        done.clicked.connect(self._on_done)
        saved = Words(_("Saved as you type"), font=tokens.small_font(), tone=Tone.QUIET, wrap=False)
        self._column.addLayout(in_row(done, saved, None))

    def set_number(self, number: int) -> None:
        """Another place in the list."""
        name = self._context.labels.row_name(self._context.entry)
        words = f"{name} {number}"
        self._title.setText(words[:1].upper() + words[1:])

    def focus_field(self, code: str | None) -> None:
        """Put the cursor into the field, the main one for None."""
        wanted = code if code in self._editors else self._context.entry.row.lead.code
        editor = self._editors[wanted]
        if self._supplements is not None and self._supplements.isAncestorOf(editor):
            self._expander.setChecked(True)
        editor.focus_target().setFocus(Qt.FocusReason.OtherFocusReason)

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
        field = QuestionField(question, context.section, context.labels, context.entry)
        path = row_path(context.path, self.row_id, question.code)
        self._bindings.append(Binding(context.session, path, field.editor))
        field.follow_problems(context.session, path)
        self._editors[question.code] = field.editor
        return field

    def _add_supplements(self, row: Row) -> QWidget | None:
        questions = [q for q in self._context.entry.row.fields if q.presentation is Presentation.MORE]
        if not questions:
            return None
        labels = [self._context.labels.field_label(q, self._context.entry) for q in questions]
        self._expander = Expander(_("More (optional): {fields}").format(fields=", ".join(labels)))
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE)
        for question in questions:
            column.addWidget(self._field(question))
        self._column.addWidget(self._expander)
        self._column.addWidget(box)
        is_filled = any(question.code in row.values for question in questions)
        box.setVisible(is_filled)
        self._expander.opened.connect(box.setVisible)
        self._expander.setChecked(is_filled)
        return box

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
