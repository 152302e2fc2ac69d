"""The editor for answers with format: words, lists, links and footnotes. Its value is a ``Text``."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QHelpEvent, QInputMethodEvent, QKeyEvent, QKeySequence, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QToolTip, QWidget

from desktop_app.report.text.model import Mark, Text
from desktop_app.report.text.tags import escaped
from desktop_app.ui import tokens
from desktop_app.ui.inputs import is_report_step
from desktop_app.ui.rich_text import list_keys, marks
from desktop_app.ui.rich_text.area import TextArea
from desktop_app.ui.rich_text.formats import NOTE_OBJECT, NOTE_SIGN, format_of, run_format
from desktop_app.ui.rich_text.formatting import FormatActions
from desktop_app.ui.rich_text.notes import NoteSign, note_beside, number_notes, read_note

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PLAIN = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class RichTextEdit(TextArea):
    """A text editor for officials: what it cannot keep, it does not let one write."""

    FORMATTED = True

    note_pressed = Signal(int)
    """The sign of the note at this position was clicked."""

    def __init__(self, parent: QWidget | None = None, *, min_lines: int = 3, framed: bool = True) -> None:
        """An empty text, at least ``min_lines`` high."""
        super().__init__(parent, min_lines=min_lines, framed=framed)
        self._sign = NoteSign(self)
        self.document().documentLayout().registerHandler(NOTE_OBJECT, self._sign)
        self._typed_mark: str | None = None
        self._note_count = 0
        self.formatting = FormatActions(self)
        self.formatting.mark_chosen.connect(self.set_mark)
        self.formatting.list_chosen.connect(self.toggle_list)

    def show_text(self, text: Text) -> None:
        super().show_text(text)
        self._note_count = -1

    def set_mark(self, mark: Mark, on: bool) -> None:
        """Give the selection a mark or take it off; without a selection, what is typed next."""
        cursor = self.textCursor()
        colour = tokens.accent(self.palette())
        if cursor.hasSelection():
            marks.set_mark(cursor, mark, on, colour)
        else:
            self.setCurrentCharFormat(marks.typing_format(self.currentCharFormat(), mark, on, colour))

    def toggle_list(self, ordered: bool) -> None:
        """Make the selected lines a list of that kind, or paragraphs again."""
        cursor = self.textCursor()
        list_keys.toggle_list(cursor, ordered)
        self.setTextCursor(cursor)

    def put_in_order(self) -> None:
        super().put_in_order()
        count = self.document().toRawText().count(NOTE_SIGN)
        if count != self._note_count:
            self._note_count = count
            number_notes(self.document())

    # Keys

    def _leaves(self, event: QKeyEvent) -> bool:
        return super()._leaves(event) or self.formatting.has_key(QKeySequence(event.keyCombination()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed_mark, self._typed_mark = self._typed_mark, None
        if self.isReadOnly() or is_report_step(event):
            super().keyPressEvent(event)
            return
        cursor = self.textCursor()
        if self._is_line_key(event, cursor, typed_mark):
            self.setTextCursor(cursor)
            self.ensureCursorVisible()
            event.accept()
            return
        if event.text():
            self._step_out_of_link()
        super().keyPressEvent(event)

    def _is_line_key(self, event: QKeyEvent, cursor: QTextCursor, typed_mark: str | None) -> bool:
        """Do what the key does to lines and lists, if it does."""
        key = event.key()
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _ENTER and modifiers in (_PLAIN, _SHIFT):
            typing, _href = format_of(self.currentCharFormat())
            made = run_format(typing, None, tokens.accent(self.palette()))
            list_keys.enter(cursor, made, same_item=modifiers == _SHIFT)
            return True
        if modifiers != _PLAIN:
            return False
        if key == Qt.Key.Key_Backspace:
            if typed_mark is None:
                return list_keys.backspace(cursor)
            list_keys.take_back_typed_list(cursor, typed_mark)
            return True
        if key == Qt.Key.Key_Space:
            self._typed_mark = list_keys.start_typed_list(cursor)
            return self._typed_mark is not None
        return False

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab moves a list item a level in or out; where it cannot, and outside lists, the focus goes on."""
        cursor = self.textCursor()
        if not self.isReadOnly() and self.hasFocus() and list_keys.shift(cursor, 1 if forward else -1):
            self.setTextCursor(cursor)
            return True
        return super().focusNextPrevChild(forward)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._typed_mark = None
        if event.commitString() or event.preeditString():
            self._step_out_of_link()
        super().inputMethodEvent(event)

    def _step_out_of_link(self) -> None:
        cursor = self.textCursor()
        if marks.leaves_link(cursor):
            typing, _href = format_of(self.currentCharFormat())
            self.setCurrentCharFormat(run_format(typing, None, tokens.accent(self.palette())))

    # Notes and links under the pointer

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            position = self._note_under(event.position().toPoint())
            if position is not None:
                self.note_pressed.emit(position)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = self._words_under(event.pos())
            # Escaped and marked as rich, so that no answer is ever taken for markup.
            QToolTip.showText(event.globalPos(), f"<p>{escaped(words)}</p>" if words else "", self)
            return True
        return super().viewportEvent(event)

    def _words_under(self, point: QPoint) -> str:
        position = self._note_under(point)
        if position is not None:
            return read_note(self.document(), position).text
        return self.anchorAt(point)

    def _note_under(self, point: QPoint) -> int | None:
        cursor = self.cursorForPosition(point)
        position = note_beside(cursor)
        if position is None:
            return None
        cursor.setPosition(position)
        start = self.cursorRect(cursor)
        cursor.setPosition(position + 1)
        end = self.cursorRect(cursor)
        left, right = sorted((start.center().x(), end.center().x()))
        return position if left <= point.x() <= right and start.top() <= point.y() <= start.bottom() else None

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and not self.document().isEmpty():
            everything = QTextCursor(self.document())
            everything.select(QTextCursor.SelectionType.Document)
            with self.quietly():
                marks.retint(everything, tokens.accent(self.palette()))
