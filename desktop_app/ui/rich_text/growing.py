"""A text field that is as high as its words, draws its own frame and keeps the line being typed in sight."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QTextEdit, QWidget

from desktop_app.ui import tokens
from desktop_app.ui.inputs import paint_well, tint_placeholder

MOST_LINES = 20
"""It grows up to here, then it scrolls."""

_RING = 2
"""Pixels the ring of the focus takes on each side."""


class GrowingTextEdit(QTextEdit):
    """Without content of its own; ``TextArea`` says what may be written."""

    focus_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None, *, min_lines: int = 2, framed: bool = True) -> None:
        """At least ``min_lines`` high; ``framed`` draws its own frame (inside a ``Well`` it has none)."""
        super().__init__(parent)
        self._min_lines = min_lines
        self._framed = framed
        self._hint = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewportMargins(_RING, _RING, _RING, _RING)
        self._use_own_viewport()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(tokens.GAP)
        tint_placeholder(self)
        self.document().documentLayout().documentSizeChanged.connect(self._on_size_changed)
        self.cursorPositionChanged.connect(self._follow_cursor)

    def _use_own_viewport(self) -> None:
        """One that Python knows: to find out what Qt's own is, all classes of widgets would be loaded.

        It is without a ground, which the frame paints, and otherwise as Qt's own.
        """
        viewport = QWidget()
        viewport.setCursor(Qt.CursorShape.IBeamCursor)
        viewport.setMouseTracking(self.hasMouseTracking())
        viewport.setAcceptDrops(self.acceptDrops())
        # The words are laid out for the viewport; Qt's own is gone in a moment.
        self.document().documentLayout().setPaintDevice(viewport)
        self.setViewport(viewport)

    def sizeHint(self) -> QSize:
        """As high as the words, within limits."""
        return QSize(tokens.CONTROL * 8, self._wanted_height())

    def minimumSizeHint(self) -> QSize:
        """As high as wished; how wide is the page's choice."""
        return QSize(tokens.CONTROL * 3, self._wanted_height())

    def _wanted_height(self) -> int:
        height = math.ceil(self.document().size().height()) + 2 * _RING
        return max(self._lines_height(self._min_lines), min(height, self._lines_height(MOST_LINES)))

    def _lines_height(self, lines: int) -> int:
        line = self.fontMetrics().lineSpacing() * tokens.LINE_HEIGHT // 100
        return math.ceil(lines * line + 2 * self.document().documentMargin()) + tokens.HALF + 2 * _RING

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._follow_cursor()

    def _on_size_changed(self) -> None:
        wanted = self._wanted_height()
        scrolls = self.document().size().height() + 2 * _RING > self._lines_height(MOST_LINES)
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

    # Frame, wheel, focus

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._framed:
            painter = QPainter(self)
            rect, open_ = QRectF(self.rect()), not self.isReadOnly()
            paint_well(painter, rect, self.palette(), focused=self.hasFocus(), open_=open_)
            return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus() and self.verticalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
            super().wheelEvent(event)
        else:
            event.ignore()

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
