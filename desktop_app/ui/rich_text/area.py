"""The ground of both text editors: it has no undo of its own and takes only clean text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QInputMethodEvent,
    QKeyEvent,
)
from PySide6.QtWidgets import QWidget

from desktop_app.report.text.model import Text
from desktop_app.ui import tokens
from desktop_app.ui.inputs import drop_report_steps, is_report_step
from desktop_app.ui.rich_text.document import insert_text, read_document, read_selection, write_document
from desktop_app.ui.rich_text.growing import GrowingTextEdit
from desktop_app.ui.rich_text.lines import settle


class TextArea(GrowingTextEdit):
    """Plain words in paragraphs. ``RichTextEdit`` adds the format."""

    text_edited = Signal()
    """The user changed something; never sent for what the program shows."""

    characters_removed = Signal(int)
    """So many characters of a paste had to go because no answer can hold them."""

    paste_refused = Signal(str)
    """Too much at once; the sentence for the user."""

    FORMATTED: ClassVar[bool] = False

    def __init__(self, parent: QWidget | None = None, *, min_lines: int = 2, framed: bool = True) -> None:
        """As ``GrowingTextEdit``; empty."""
        super().__init__(parent, min_lines=min_lines, framed=framed)
        self._quiet = 0
        self._block_count = 1
        self._text: Text | None = None
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.document().setIndentWidth(tokens.WIDE)
        self.clear()
        self.textChanged.connect(self._on_text_changed)

    def text_value(self) -> Text:
        """What stands there, normalised."""
        if self._text is None:
            self._text = read_document(self.document())
        return self._text

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

    def setReadOnly(self, read_only: bool) -> None:
        """Only to read and copy, with the keyboard too: Qt leaves that to the mouse."""
        super().setReadOnly(read_only)
        if read_only:
            flags = self.textInteractionFlags()
            self.setTextInteractionFlags(flags | Qt.TextInteractionFlag.TextSelectableByKeyboard)

    # What goes in and out

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        from desktop_app.ui.rich_text import clipboard

        return clipboard.can_paste(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        from desktop_app.ui.rich_text import clipboard

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
        from desktop_app.ui.rich_text import clipboard

        return clipboard.copied(read_selection(self.textCursor()), formatted=self.FORMATTED)

    # Keys

    def event(self, event: QEvent) -> bool:
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

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = drop_report_steps(self.createStandardContextMenu(event.pos()))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def _on_text_changed(self) -> None:
        self._text = None
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
