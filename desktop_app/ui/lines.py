"""Lines that can be pressed: one that opens what stands below it, and one that leads elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolButton, QWidget

from desktop_app.ui import icons, tokens
from desktop_app.ui.parts import paint_focus


class Expander(QToolButton):
    """A line with a chevron that opens and closes what stands below it."""

    opened = Signal(bool)

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        """Closed at first."""
        super().__init__(parent)
        self.setText(words)
        self.setCheckable(True)
        self.setAutoRaise(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(tokens.SMALL_ICON, tokens.SMALL_ICON))
        self.setFont(tokens.small_font())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._show_chevron(False)
        self.toggled.connect(self._on_toggled)

    def _on_toggled(self, is_open: bool) -> None:
        self._show_chevron(is_open)
        self.opened.emit(is_open)

    def _show_chevron(self, is_open: bool) -> None:
        self.setIcon(icons.icon("chevron-down" if is_open else "chevron-right"))


class ClickableRow(QWidget):
    """A row that can be pressed like a button, with Enter or Space too."""

    activated = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Focusable, with a pointing hand."""
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click inside activates."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.activated.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space activate."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.activated.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A ground under the pointer, a ring with the keyboard."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.hover(self.palette()))
            painter.drawRoundedRect(QRectF(self.rect()), tokens.SMALL_RADIUS, tokens.SMALL_RADIUS)
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), self.palette(), tokens.SMALL_RADIUS)
