"""The ground of every page: a scrolling column, never wider than a line of text is easy to read."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop_app.ui import tokens
from desktop_app.ui.scroll_bars import use_quiet_scroll_bar


class Page(QScrollArea):
    """A page with its ``column`` of parts. ``scrolled`` tells that other parts came into view."""

    scrolled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty page."""
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        use_quiet_scroll_bar(self)
        self.ground = QWidget()
        self.column = QVBoxLayout(self.ground)
        self.column.setSpacing(tokens.SPACE)
        self.column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setWidget(self.ground)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._centre()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column in the middle."""
        super().resizeEvent(event)
        self._centre()
        self.scrolled.emit()

    def visible_rect(self) -> QRect:
        """What of the page can be seen, in the page's own coordinates."""
        return QRect(0, self.verticalScrollBar().value(), self.viewport().width(), self.viewport().height())

    def show_part(self, part: QWidget) -> None:
        """Scroll so that ``part`` can be seen, its beginning first."""
        self.ground.layout().activate()  # type: ignore[union-attr]
        top = part.mapTo(self.ground, part.rect().topLeft()).y()
        seen = self.visible_rect()
        if top < seen.top() + tokens.PAGE or top + min(part.height(), seen.height() // 2) > seen.bottom():
            self.verticalScrollBar().setValue(max(0, top - tokens.PAGE * 2))

    def _centre(self) -> None:
        room = self.viewport().width() - tokens.page_width(self)
        side = max(tokens.WIDE, room // 2)
        self.column.setContentsMargins(side, tokens.PAGE, side, tokens.PAGE * 2)

    def _on_scrolled(self) -> None:
        self.scrolled.emit()
