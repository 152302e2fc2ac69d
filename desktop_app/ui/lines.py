"""Lines that can be pressed: one that opens what stands below it, and one that leads elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from desktop_app.ui import icons, tokens
from desktop_app.ui.parts import paint_focus
from desktop_app.ui.pressing import EnterPresses
from desktop_app.ui.tips import tip


class Expander(EnterPresses, QToolButton):
    """A line with a chevron that opens and closes what stands below it."""

    opened = Signal(bool)

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        """Closed at first."""
        super().__init__(parent)
        self.setText(words)
        self.setCheckable(True)
        self.setFont(tokens.small_font())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self.opened)

    def sizeHint(self) -> QSize:
        """Room for the chevron and all words."""
        width = self.fontMetrics().horizontalAdvance(self.text()) + tokens.SMALL_ICON + 2 * tokens.GAP
        return QSize(width, max(tokens.WIDE, self.fontMetrics().height() + tokens.HALF))

    def minimumSizeHint(self) -> QSize:
        """Words that do not fit are shortened and told by the tool tip."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), tokens.CONTROL * 4), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say in the tool tip what is not seen."""
        super().resizeEvent(event)
        self.setToolTip(tip(self.text()) if self.width() < self.sizeHint().width() else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """The chevron and the words, underlined below the pointer."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        ink = tokens.text(palette) if self.isEnabled() else tokens.quiet(palette)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        size = tokens.SMALL_ICON
        x = self.width() - size if rtl else 0
        if self.isEnabled():
            name = "chevron-down" if self.isChecked() else "chevron-right"
            icons.paint(painter, name, QRectF(x, (self.height() - size) / 2, size, size), ink)
        font = self.font()
        font.setUnderline(self.underMouse() and self.isEnabled())
        painter.setFont(font)
        painter.setPen(ink)
        before, behind = size + tokens.HALF, tokens.HALF
        room = self.rect().adjusted(behind if rtl else before, 0, -before if rtl else -behind, 0)
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading), words)
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), palette, tokens.SMALL_RADIUS)


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
