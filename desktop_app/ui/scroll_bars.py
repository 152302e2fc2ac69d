"""Narrow scroll bars that stand back, drawn from the palette."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QWidget

from desktop_app.ui import tokens

_WIDTH = 12
_ARROW = 14
_SHORTEST = 26
"""Pixels that Qt's own style takes for an arrow at each end, and for the handle at least."""


class QuietScrollBar(QScrollBar):
    """Behaves like any other; shows a rounded handle only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setFixedWidth(_WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def event(self, event: QEvent) -> bool:
        """Repaint when the pointer comes and goes."""
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave):
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The handle."""
        if self.minimum() == self.maximum():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        share = 0.55 if self.isSliderDown() or self.underMouse() else 0.32
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.mix(palette.window().color(), palette.windowText().color(), share))
        rect = self._handle().adjusted(3, 1, -3, -1)
        painter.drawRoundedRect(rect, rect.width() / 2, rect.width() / 2)

    def _handle(self) -> QRectF:
        """Where the style has the handle. Asking it would load all of its names, before the first page."""
        room = self.height() - 2 * _ARROW
        steps = self.maximum() - self.minimum()
        length = max(_SHORTEST, room * self.pageStep() / (steps + self.pageStep()))
        top = _ARROW + (room - length) * (self.sliderPosition() - self.minimum()) / steps
        return QRectF(0, top, self.width(), length)


def use_quiet_scroll_bar(area: QAbstractScrollArea) -> None:
    """Give the area the narrow scroll bar.

    It gets a viewport that Python knows from the start, too: to find out what Qt's own is, all classes
    of widgets would be loaded, before the first page.
    """
    area.setViewport(QWidget())
    area.setVerticalScrollBar(QuietScrollBar(area))
