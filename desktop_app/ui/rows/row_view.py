"""One row as laid-out text: its words, chips for goals and timeframe, what else is filled in, problems."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QCursor,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.formdef.model import FieldType, Level, Presentation
from desktop_app.report.attachments import attached_within
from desktop_app.report.paths import row_path
from desktop_app.report.problems import Problem
from desktop_app.report.report import Row
from desktop_app.report.review import Thread
from desktop_app.report.text.html import to_html
from desktop_app.report.text.model import Text
from desktop_app.report.value_words import value_words
from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.parts import IconButton, Tone, Words, paint_focus
from desktop_app.ui.rows.chips import RowChips
from desktop_app.ui.rows.context import ListContext
from desktop_app.ui.rows.problem_lines import problem_line, told
from desktop_app.ui.rows.row_menu import RowStep, row_menu
from desktop_app.ui.values_in_words import LOCAL_FORMATS

_KEYS = {
    (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier): RowStep.REMOVE,
    (Qt.Key.Key_Insert, Qt.KeyboardModifier.NoModifier): RowStep.ADD_BELOW,
    (Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier): RowStep.DUPLICATE,
    (Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier): RowStep.UP,
    (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier): RowStep.DOWN,
    (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier): RowStep.EDIT,
    (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier): RowStep.EDIT,
    (Qt.Key.Key_Enter, Qt.KeyboardModifier.NoModifier): RowStep.EDIT,
}

_KEYS_TO_READ = {(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier): RowStep.COPY}
"""The keys where nothing can be changed."""

_ALL = 1_000_000
_GOING = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Home: -_ALL,
    Qt.Key.Key_End: _ALL,
    Qt.Key.Key_PageUp: -8,
    Qt.Key.Key_PageDown: 8,
}
"""How many rows a key goes up or down."""


class _RowText(Words):
    """An answer as wide as its row. How wide it would like to be nobody asks: to find that out, the label
    would lay out the words several times, and that takes longer than all else a row is made of."""

    def sizeHint(self) -> QSize:
        """One line; the row's height comes from its width."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """A few letters."""
        return QSize(tokens.CONTROL, self.fontMetrics().height())


class RowView(QWidget):
    """Shows a row; a click or Enter asks to edit it, a menu and keys ask for the other steps."""

    step_requested = Signal(str, object)
    """The row's id and a ``RowStep``."""

    field_requested = Signal(str, str)
    """The row's id and the code of the field to edit."""

    neighbour_requested = Signal(str, int)
    """The row's id and how many rows the keyboard goes down, or up if negative."""

    comments_wanted = Signal(str)
    """The row's path: someone wants to see what was said about it."""

    def __init__(self, context: ListContext, row: Row, parent: QWidget | None = None) -> None:
        """Show ``row``; ``set_number`` says which one it is."""
        super().__init__(parent)
        self._context = context
        self.row_id = row.id
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        if not context.is_read_only:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        line = QHBoxLayout(self)
        line.setContentsMargins(tokens.SPACE, tokens.GAP + tokens.HALF, tokens.GAP, tokens.GAP + tokens.HALF)
        line.setSpacing(tokens.GAP)
        self._number = Words("", tone=Tone.QUIET, wrap=False)
        self._number.setAlignment(Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._number, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout()
        self._column.setSpacing(tokens.GAP)
        line.addLayout(self._column, 1)
        self._threads = self._found_threads()
        if self._threads:
            from desktop_app.ui.review.comment_mark import CommentMark

            mark = CommentMark(row_path(context.path, row.id), self._threads)
            mark.comments_wanted.connect(self.comments_wanted)
            line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        more = IconButton("more", _("More for this row"))
        more.clicked.connect(self._on_more)
        line.addWidget(more, 0, Qt.AlignmentFlag.AlignTop)
        self._more = more
        self._words: _RowText | None = None
        self._problems = self._told()
        self._files = self._found_files()
        self._build(row)
        if context.past is not None:
            from desktop_app.ui.attachments.dropping import FileDrop

            FileDrop(self, context.past, row_path(context.path, row.id))
        value = row.values.get(context.entry.row.lead.code)
        self._first_line = value.first_line(200) if isinstance(value, Text) else _("empty")
        keys = _("Enter edits, Delete removes, Alt and the arrow keys move.")
        if context.is_read_only:
            keys = _("To be read only. Control and C copy the words.")
        self.setAccessibleDescription(keys)

    def set_number(self, number: int, width: int) -> None:
        """Which row of the list it is, from 1; ``width`` pixels are for the numbers of all rows."""
        self._number.setText(str(number))
        self._number.setFixedWidth(width)
        name = f"{self._context.labels.row_name(self._context.entry)} {number}"
        self.setAccessibleName(f"{name}: {self._first_line}")

    def is_outdated(self) -> bool:
        """Whether checks or reviewers say something else of the row than what is shown."""
        return (
            self._problems != self._told()
            or self._threads != self._found_threads()
            or self._files != self._found_files()
        )

    def _found_files(self) -> tuple[object, ...]:
        """The files that go with the row and its answers, and the names of those being read."""
        path, past = row_path(self._context.path, self.row_id), self._context.past
        reading = past.files.reading(path) if past is not None and past.has_files else ()
        return (*attached_within(self._context.session.report, path), *reading)

    def _found_threads(self) -> tuple[Thread, ...]:
        return self._context.session.comments.within(row_path(self._context.path, self.row_id))

    def _told(self) -> list[str]:
        return [told(problem, self._context.session.report) for problem in self._found()]

    def _found(self) -> list[Problem]:
        found = self._context.session.problems.of_row(self.row_id)
        return [problem for problem in found if problem.level is not Level.HINT]

    def _build(self, row: Row) -> None:
        lead = self._context.entry.row.lead
        value = row.values.get(lead.code)
        if isinstance(value, Text):
            words = _RowText(to_html(value), rich=True)
            # A click anywhere in the row edits it, on a link too.
            words.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            if self._context.is_read_only:
                words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._words = words
            self._column.addWidget(words)
        elif value is not None:
            self._column.addWidget(Words(value_words(lead, value, self._context.labels, LOCAL_FORMATS)))
        else:
            empty = _("Nothing written yet. Click to write.")
            if self._context.is_read_only:
                empty = _("Nothing was written here.")
            self._column.addWidget(Words(empty, tone=Tone.QUIET))
        chips = RowChips(self._context, row)
        chips.field_requested.connect(self._on_chip_field)
        if chips.count:
            self._column.addWidget(chips)
        else:
            chips.deleteLater()
        self._add_supplements(row)
        if self._files and self._context.past is not None:
            from desktop_app.ui.attachments.attached_files import AttachedFiles

            path = row_path(self._context.path, row.id)
            self._column.addWidget(AttachedFiles(self._context.past, path, within=True))
        for problem in self._found():
            self._column.addWidget(problem_line(problem, self._context.session.report))

    def _add_supplements(self, row: Row) -> None:
        labels, entry = self._context.labels, self._context.entry
        for question in entry.row.fields:
            value = row.values.get(question.code)
            is_shown = question.presentation is Presentation.CHIPS or question is entry.row.lead
            if value is None or is_shown:
                continue
            label = labels.field_label(question, entry)
            if question.type is FieldType.TEXT and isinstance(value, Text) and not value.is_plain:
                self._column.addWidget(Words(f"{label}:", font=tokens.small_font(), tone=Tone.QUIET))
                self._column.addWidget(Words(to_html(value), font=tokens.small_font(), rich=True))
            else:
                words = f"{label}: {value_words(question, value, labels, LOCAL_FORMATS)}"
                self._column.addWidget(Words(words, font=tokens.small_font(), tone=Tone.QUIET))

    # Asking for steps

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click edits, where something can be changed."""
        if self._context.is_read_only:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        elif event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._edit_at(event.position().toPoint())

    def _edit_at(self, point: QPoint) -> None:
        """Ask to edit the row, and put the cursor where in its words somebody clicked."""
        from desktop_app.ui.rows.clicked_place import put_cursor, words_before

        window, words = self.window(), self._words
        before = words_before(words, words.mapFrom(self, point)) if words is not None else ""
        self.step_requested.emit(self.row_id, RowStep.EDIT)
        # Whoever took the step has put the keyboard into the words by now; another row may have refused.
        target = window.focusWidget()
        if words is not None and target is not None and not self.isVisible():
            put_cursor(target, before)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys named in the description."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        keys = _KEYS_TO_READ if self._context.is_read_only else _KEYS
        step = keys.get((Qt.Key(event.key()), modifiers))
        if step is not None:
            self.step_requested.emit(self.row_id, step)
        elif event.key() in _GOING and not modifiers:
            self.neighbour_requested.emit(self.row_id, _GOING[Qt.Key(event.key())])
        elif event.matches(QKeySequence.StandardKey.Paste) and self._paste_files():
            pass
        else:
            super().keyPressEvent(event)

    def _paste_files(self) -> bool:
        from desktop_app.ui.attachments.dropping import attach_pasted

        past = self._context.past
        return past is not None and attach_pasted(past, row_path(self._context.path, self.row_id))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The same menu as behind the dots."""
        self._show_menu(event.globalPos())

    def _on_more(self) -> None:
        self._show_menu(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _show_menu(self, at: QPoint) -> None:
        menu = row_menu(self._context, self.row_id, self)
        menu.step_chosen.connect(self._on_step_chosen)
        menu.popup(at)

    def _on_step_chosen(self, step: RowStep) -> None:
        self.step_requested.emit(self.row_id, step)

    def _on_chip_field(self, code: str) -> None:
        self.field_requested.emit(self.row_id, code)

    def event(self, event: QEvent) -> bool:
        """Repaint when the pointer comes and goes."""
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave):
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A ground under the pointer, a ring with the keyboard."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        # While something is dragged nobody says that the pointer left, or that rows moved below it.
        if self.underMouse() and self.rect().contains(self.mapFromGlobal(QCursor.pos())):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.hover(self.palette()))
            painter.drawRoundedRect(rect, tokens.SMALL_RADIUS, tokens.SMALL_RADIUS)
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), self.palette(), tokens.SMALL_RADIUS)
