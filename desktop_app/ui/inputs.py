"""What every editor is made of: a well, a frame around what can be typed in, and a line to type in."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QEvent, QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QClipboard,
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.report.text.model import clean_characters
from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.parts import paint_focus
from desktop_app.ui.tips import tip

LONGEST_LINE = 100_000
"""Characters; with a longer line every key takes Qt a second and more."""

_RING = 2
"""Pixels the ring of the focus takes on each side."""


@cache
def _steps() -> tuple[QKeySequence, ...]:
    """Made when first needed: Qt has no standard keys before there is an application."""
    return (
        QKeySequence(QKeySequence.StandardKey.Undo),
        QKeySequence(QKeySequence.StandardKey.Redo),
        QKeySequence("Ctrl+Z"),
        QKeySequence("Ctrl+Shift+Z"),
        QKeySequence("Ctrl+Y"),
    )


def is_report_step(event: QKeyEvent) -> bool:
    """Whether the keys undo or redo: that is the report's business, never a single field's."""
    return QKeySequence(event.keyCombination()) in _steps()


def drop_report_steps(menu: QMenu) -> QMenu:
    """Take Qt's own undo and redo out of a field's menu."""
    for action in menu.actions():
        if action.objectName() in ("edit-undo", "edit-redo"):
            menu.removeAction(action)
    while menu.actions() and menu.actions()[0].isSeparator():
        menu.removeAction(menu.actions()[0])
    return menu


def tint_placeholder(widget: QWidget) -> None:
    """Grey words that can still be read."""
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.PlaceholderText, tokens.quiet(palette))
    widget.setPalette(palette)


def paint_well(painter: QPainter, rect: QRectF, palette: QPalette, *, focused: bool, open_: bool) -> None:
    """The frame of an input: an outline, a hairline when it is closed, a ring with the cursor inside."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    line = tokens.strong_line(palette) if open_ else tokens.hairline(palette)
    painter.setPen(QPen(line, tokens.HAIRLINE))
    painter.setBrush(tokens.card(palette))
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), tokens.SMALL_RADIUS, tokens.SMALL_RADIUS)
    if focused:
        paint_focus(painter, rect, palette, tokens.SMALL_RADIUS)


class Well(QFrame):
    """A frame around one input and what belongs to it. ``row`` holds both, ``column`` what stands below."""

    def __init__(self, field: LineEdit | None = None, parent: QWidget | None = None) -> None:
        """Around ``field``."""
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._focused = False
        self._open = True
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.row = QHBoxLayout()
        self.row.setSpacing(tokens.HALF)
        self.row.setContentsMargins(tokens.GAP, _RING, tokens.HALF, _RING)
        self.column.addLayout(self.row)
        if field is not None:
            self.row.addWidget(field, 1)
            field.focus_changed.connect(self.set_focused)

    def set_focused(self, focused: bool) -> None:
        """Show that the cursor is inside."""
        self._focused = focused
        self.update()

    def set_open(self, open_: bool) -> None:
        """Whether something can be typed."""
        self._open = open_
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_well(painter, QRectF(self.rect()), self.palette(), focused=self._focused, open_=self._open)


class LineEdit(QLineEdit):
    """One line to type in, without a frame of its own; keeps what is typed. Undo is the report's, mostly."""

    typed = Signal()
    """The user changed the words: by keys, an input method, paste or drop."""

    characters_removed = Signal(int)
    paste_refused = Signal(str)
    focus_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None, *, own_undo: bool = False) -> None:
        """An empty line. ``own_undo``: what is typed here is no answer, so undo is the line's own."""
        super().__init__(parent)
        self._own_undo = own_undo
        self.setFrame(False)
        self.setMaxLength(LONGEST_LINE * 2)
        self.setMinimumHeight(tokens.CONTROL - 2 * _RING)
        self.setAttribute(Qt.WidgetAttribute.WA_MacShowFocusRect, False)
        tint_placeholder(self)
        self.textEdited.connect(self._on_text_edited)

    def minimumSizeHint(self) -> QSize:
        """Never wider than its place: what does not fit scrolls."""
        return QSize(tokens.CONTROL * 2, super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and is_report_step(event)
            and not self._own_undo
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_report_step(event) and not self._own_undo:
            event.ignore()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_checked()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if self.isReadOnly():
            event.ignore()
        else:
            super().inputMethodEvent(event)

    def paste_checked(self) -> None:
        """Paste, unless it is so much that the program would stand still."""
        if not self.isReadOnly() and self._takes(QGuiApplication.clipboard().mimeData()):
            self.paste()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        clipboard = QGuiApplication.clipboard()
        is_paste = event.button() == Qt.MouseButton.MiddleButton and clipboard.supportsSelection()
        if not is_paste or self._takes(clipboard.mimeData(QClipboard.Mode.Selection)):
            super().mouseReleaseEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Words are welcome; a file is for the window."""
        if event.mimeData().hasUrls() and all(url.isLocalFile() for url in event.mimeData().urls()):
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        if self._takes(event.mimeData()):
            super().dropEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        if not self._own_undo:
            drop_report_steps(menu)
        paste = menu.findChild(QAction, "edit-paste")
        if paste is not None:
            paste.triggered.disconnect()
            paste.triggered.connect(self.paste_checked)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_changed.emit(False)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationPaletteChange:
            tint_placeholder(self)

    def _takes(self, mime: QMimeData | None) -> bool:
        if mime is None or len(mime.text()) <= LONGEST_LINE:
            return True
        self.paste_refused.emit(_("This is too long for one line. Nothing was pasted."))
        return False

    def _on_text_edited(self, characters: str) -> None:
        cleaned, removed = clean_characters(characters)
        cleaned = cleaned.replace("\n", " ")
        if cleaned != characters:
            from_end = len(characters) - self.cursorPosition()
            self.setText(cleaned)
            self.setCursorPosition(max(0, len(cleaned) - from_end))
        self.typed.emit()
        if removed:
            self.characters_removed.emit(removed)


class PathLine(LineEdit):
    """A path to type or choose. Only its end may be in sight, so the tool tip has all of it."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__(own_undo=True)
        # In every language: else the first stroke would stand at the end.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.textChanged.connect(self._on_text_changed)

    def _on_text_changed(self, path: str) -> None:
        self.setToolTip(tip(path))
