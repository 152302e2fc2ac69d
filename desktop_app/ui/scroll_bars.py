"""Narrow scroll bars that stand back, drawn from the palette."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QStyle, QStyleOptionSlider, QWidget

from desktop_app.ui import tokens

_WIDTH = 12


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
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = self.style().subControlRect(
            QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarSlider, self
        )
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        share = 0.55 if self.isSliderDown() or self.underMouse() else 0.32
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.mix(palette.window().color(), palette.windowText().color(), share))
        rect = QRectF(handle).adjusted(3, 1, -3, -1)
        painter.drawRoundedRect(rect, rect.width() / 2, rect.width() / 2)


def use_quiet_scroll_bar(area: QAbstractScrollArea) -> None:
    """Give the area the narrow scroll bar."""
    area.setVerticalScrollBar(QuietScrollBar(area))
