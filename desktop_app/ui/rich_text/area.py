"""The ground of both text editors: grows with its words, has no undo of its own, takes only clean text."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from PySide6.QtCore import QEvent, QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QTextEdit, QWidget

from desktop_app.report.text.model import Text
from desktop_app.ui import tokens
from desktop_app.ui.inputs import drop_report_steps, is_report_step, paint_well, tint_placeholder
from desktop_app.ui.rich_text import clipboard
from desktop_app.ui.rich_text.document import insert_text, read_document, read_selection, write_document
from desktop_app.ui.rich_text.lines import settle

MOST_LINES = 20
"""An editor grows up to here, then it scrolls."""


class TextArea(QTextEdit):
    """Plain words in paragraphs. ``RichTextEdit`` adds the format."""

    text_edited = Signal()
    """The user changed something; never sent for what the program shows."""

    characters_removed = Signal(int)
    """So many characters of a paste had to go because no answer can hold them."""

    paste_refused = Signal(str)
    """Too much at once; the sentence for the user."""

    focus_changed = Signal(bool)

    FORMATTED: ClassVar[bool] = False

    def __init__(self, parent: QWidget | None = None, *, min_lines: int = 2, framed: bool = True) -> None:
        """At least ``min_lines`` high; ``framed`` draws its own frame (inside a ``Well`` it has none)."""
        super().__init__(parent)
        self._min_lines = min_lines
        self._framed = framed
        self._quiet = 0
        self._hint = 0
        self._block_count = 1
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewportMargins(2, 2, 2, 2)
        self.viewport().setAutoFillBackground(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(tokens.GAP - 2)
        self.document().setIndentWidth(tokens.WIDE)
        tint_placeholder(self)
        self.clear()
        self.textChanged.connect(self._on_text_changed)
        self.document().documentLayout().documentSizeChanged.connect(self._on_size_changed)
        self.cursorPositionChanged.connect(self._follow_cursor)

    def text_value(self) -> Text:
        """What stands there, normalised."""
        return read_document(self.document())

    def show_text(self, text: Text) -> None:
        """Show ``text``. The cursor stays, or goes to where the words changed; no signal is sent."""
        if text == self.text_value():
            return
        before, at = self.document().toRawText(), self.textCursor().position()
        with self.quietly():
            shown = text if self.FORMATTED or text.is_plain else Text.plain(text.plain_text())
            write_document(shown, self.document(), tokens.accent(self.palette()))
            cursor = self.textCursor()
            after = self.document().toRawText()
            place = _changed_end(before, after, at) if self.hasFocus() else 0
            cursor.setPosition(min(place, self.document().characterCount() - 1))
            self.setTextCursor(cursor)

    def clear(self) -> None:
        """Show nothing; no signal is sent."""
        with self.quietly():
            write_document(Text.empty(), self.document(), tokens.accent(self.palette()))

    @contextmanager
    def quietly(self) -> Iterator[None]:
        """What happens inside is not the user's doing."""
        self._quiet += 1
        try:
            yield
        finally:
            self._quiet -= 1

    def put_in_order(self) -> None:
        """After every change: lists and whatever else hangs on the order of things."""
        if self.document().blockCount() != self._block_count:
            self._block_count = self.document().blockCount()
            settle(self.document())

    # What goes in and out

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return clipboard.can_paste(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if self.isReadOnly() or not clipboard.can_paste(source):
            return
        try:
            found = clipboard.pasted(source, formatted=self.FORMATTED)
        except clipboard.PasteRefusedError as error:
            self.paste_refused.emit(str(error))
            return
        cursor = self.textCursor()
        insert_text(cursor, found.text, tokens.accent(self.palette()))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        if found.removed:
            self.characters_removed.emit(found.removed)

    def createMimeDataFromSelection(self) -> QMimeData:
        return clipboard.copied(read_selection(self.textCursor()), formatted=self.FORMATTED)

    # Keys, wheel, focus

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._framed:
            painter = QPainter(self)
            paint_well(
                painter,
                QRectF(self.rect()),
                self.palette(),
                focused=self.hasFocus(),
                open_=not self.isReadOnly(),
            )
            return True
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._leaves(event)
        ):
            event.ignore()
            return False
        return super().event(event)

    def _leaves(self, event: QKeyEvent) -> bool:
        """Whether the keys belong to the window and not to the text."""
        return is_report_step(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_report_step(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if self.isReadOnly():
            event.ignore()
        else:
            super().inputMethodEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus() and self.verticalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
            super().wheelEvent(event)
        else:
            event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = drop_report_steps(self.createStandardContextMenu(event.pos()))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_focus(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_focus(False)

    def _show_focus(self, focused: bool) -> None:
        self.update()
        self.focus_changed.emit(focused)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationPaletteChange:
            tint_placeholder(self)

    # Height

    def sizeHint(self) -> QSize:
        """As high as the words, within limits."""
        return QSize(tokens.CONTROL * 8, self._wanted_height())

    def minimumSizeHint(self) -> QSize:
        """As high as wished; how wide is the page's choice."""
        return QSize(tokens.CONTROL * 3, self._wanted_height())

    def _wanted_height(self) -> int:
        height = math.ceil(self.document().size().height()) + 4
        return max(self._lines_height(self._min_lines), min(height, self._lines_height(MOST_LINES)))

    def _lines_height(self, lines: int) -> int:
        line = self.fontMetrics().lineSpacing() * tokens.LINE_HEIGHT // 100
        return math.ceil(lines * line + 2 * self.document().documentMargin()) + 2 * tokens.HALF

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._follow_cursor()

    def _on_size_changed(self) -> None:
        wanted = self._wanted_height()
        scrolls = self.document().size().height() + 4 > self._lines_height(MOST_LINES)
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if scrolls else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if policy != self.verticalScrollBarPolicy():
            self.setVerticalScrollBarPolicy(policy)
        if wanted != self._hint:
            self._hint = wanted
            self.updateGeometry()

    def _follow_cursor(self) -> None:
        """Keep the line being typed on the screen when the page around it scrolls."""
        if not self.hasFocus():
            return
        page = self.parentWidget()
        while page is not None and not isinstance(page, QScrollArea):
            page = page.parentWidget()
        ground = page.widget() if page is not None else None
        if page is None or ground is None:
            return
        seen = self.cursorRect()
        place = self.viewport().mapTo(ground, seen.center())
        page.ensureVisible(page.horizontalScrollBar().value(), place.y(), 0, seen.height() + tokens.SPACE)

    def _on_text_changed(self) -> None:
        if self._quiet:
            return
        with self.quietly():
            self.put_in_order()
        self.text_edited.emit()


def _changed_end(before: str, after: str, at: int) -> int:
    """Where the words changed last; ``at`` when they did not. In UTF-16 units, as Qt counts."""
    if before == after:
        return at
    shared = 0
    shortest = min(len(before), len(after))
    while shared < shortest and before[-1 - shared] == after[-1 - shared]:
        shared += 1
    return len(after[: len(after) - shared].encode("utf-16-le")) // 2
