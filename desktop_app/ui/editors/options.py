"""An option with its full words, however long: a check box whose label wraps."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from desktop_app.ui import icons, tokens
from desktop_app.ui.parts import paint_focus

_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)


class WrappedOption(QCheckBox):
    """A box to tick. ``lead`` is a short name above the words, such as the number of a goal."""

    def __init__(self, words: str, lead: str = "", parent: QWidget | None = None) -> None:
        """Not ticked."""
        # An ampersand is a letter here, never the mark of a shortcut.
        super().__init__(words.replace("&", "&&"), parent)
        self._words = words
        self._lead = lead
        self._is_closed = False
        self.setAccessibleName(f"{lead}: {words}" if lead else words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_closed(self, closed: bool) -> None:
        """Whether it only shows."""
        self._is_closed = closed
        self.setCursor(Qt.CursorShape.ArrowCursor if closed else Qt.CursorShape.PointingHandCursor)
        self.update()

    def nextCheckState(self) -> None:
        """Assistive tools press a button without a key or the mouse."""
        if not self._is_closed:
            super().nextCheckState()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._is_closed:
            event.ignore()
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_closed and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Select):
            event.accept()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().averageCharWidth() * tokens.LINE_CHARACTERS // 2 + self._left()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        width = self._left() + tokens.CONTROL * 3
        return QSize(width, tokens.CONTROL)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(tokens.CONTROL, self._words_rect(width).bottom() + 1 + tokens.HALF)

    def hitButton(self, point: QPoint) -> bool:
        """The whole row can be clicked."""
        return self.rect().contains(point)

    def _left(self) -> int:
        return tokens.HALF + tokens.ICON + tokens.GAP

    def _lead_height(self) -> int:
        return QFontMetrics(tokens.small_font()).height() if self._lead else 0

    def _words_rect(self, width: int) -> QRect:
        """Where the words stand, seen from left to right."""
        left = self._left()
        room = QRect(0, 0, max(1, width - left - tokens.GAP), 100_000)
        height = self.fontMetrics().boundingRect(room, _WRAP, self._words).height()
        top = self._lead_height() + tokens.HALF
        if not self._lead:
            # A single line stands in the middle of the row's height, as beside any other control.
            top = max(tokens.HALF, (tokens.CONTROL - self.fontMetrics().height()) // 2)
        return QRect(left, top, room.width(), height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        row = QRectF(self.rect())
        if self.underMouse() and not self._is_closed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.hover(palette))
            painter.drawRoundedRect(row, tokens.SMALL_RADIUS, tokens.SMALL_RADIUS)
        words = self._words_rect(self.width())
        self._paint_box(painter, (tokens.CONTROL - tokens.ICON) // 2 + 1)
        if self._lead:
            painter.setFont(tokens.small_font())
            painter.setPen(tokens.quiet(palette))
            line = QRect(words.left(), tokens.HALF, words.width(), self._lead_height())
            painter.drawText(self._mirrored(line), _WRAP, self._lead)
            painter.setFont(self.font())
        painter.setPen(tokens.text(palette) if self.isEnabled() else tokens.quiet(palette))
        painter.drawText(self._mirrored(words), _WRAP, self._words)
        if self.hasFocus():
            paint_focus(painter, row, palette, tokens.SMALL_RADIUS)

    def _paint_box(self, painter: QPainter, top: float) -> None:
        palette = self.palette()
        side = tokens.ICON - 2
        box = QRectF(self._mirrored(QRect(tokens.HALF + 1, int(top), side, side)))
        faint = self._is_closed or not self.isEnabled()
        if self.isChecked():
            ground = tokens.quiet(palette) if faint else tokens.accent(palette)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(box, tokens.HALF, tokens.HALF)
            icons.paint(painter, "check", box.adjusted(1, 1, -1, -1), tokens.on_accent(palette))
        else:
            painter.setPen(QPen(tokens.hairline(palette) if faint else tokens.strong_line(palette), 1.4))
            painter.setBrush(tokens.card(palette))
            painter.drawRoundedRect(box.adjusted(0.7, 0.7, -0.7, -0.7), tokens.HALF, tokens.HALF)

    def _rtl(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _mirrored(self, rect: QRect) -> QRect:
        if not self._rtl():
            return rect
        return QRect(self.width() - rect.right() - 1, rect.top(), rect.width(), rect.height())
