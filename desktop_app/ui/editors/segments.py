"""Options, one of them chosen: yes or no, the phases of a scale. Side by side, or stacked if long."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QRadioButton, QSizePolicy, QWidget

from desktop_app.ui import icons, tokens
from desktop_app.ui.parts import paint_focus

_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading)
_DOT = tokens.HALF + 2
_NARROWEST = tokens.CONTROL * 3
_MOST_LINES = 3


class Segment(QRadioButton):
    """One option. ``level`` of ``levels`` is drawn as dots, so that the order is seen and not only read."""

    def __init__(self, code: str, words: str, level: int, levels: int, parent: QWidget) -> None:
        """Not chosen."""
        super().__init__(words.replace("&", "&&"), parent)
        self.code = code
        self.words = words
        self._level, self._levels = level, levels
        self._is_closed = False
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

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
        if self._is_closed:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def hitButton(self, point: QPoint) -> bool:
        """All of it can be clicked."""
        return self.rect().contains(point)

    def height_for(self, width: int) -> int:
        """The height the words need in ``width`` pixels."""
        return max(tokens.CONTROL, self._text_height(width) + 2 * tokens.GAP)

    def lines_for(self, width: int) -> int:
        """How many lines the words take in ``width`` pixels."""
        return round(self._text_height(width) / self.fontMetrics().lineSpacing())

    def narrowest(self) -> int:
        """The width below which a single word would be broken."""
        longest = max((self.fontMetrics().horizontalAdvance(word) for word in self.words.split()), default=0)
        return longest + self._lead_width() + 2 * tokens.GAP

    def natural(self) -> int:
        """The width all words take in one line."""
        return self.fontMetrics().horizontalAdvance(self.words) + self._lead_width() + 2 * tokens.SPACE

    def _lead_width(self) -> int:
        return (
            tokens.SMALL_ICON + tokens.GAP + (self._levels * (_DOT + 3) + tokens.GAP if self._levels else 0)
        )

    def _text_height(self, width: int) -> int:
        room = QRect(0, 0, max(1, width - self._lead_width() - 2 * tokens.GAP), 10_000)
        return self.fontMetrics().boundingRect(room, _WRAP, self.words).height()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        open_ = self.isEnabled() and not self._is_closed
        accent = tokens.accent(palette)
        line = (
            accent if self.isChecked() else tokens.strong_line(palette) if open_ else tokens.hairline(palette)
        )
        ground = tokens.card(palette)
        if self.isChecked():
            ground = tokens.tint(palette, 0.14)
        elif self.underMouse() and open_:
            ground = tokens.hover(palette)
        painter.setPen(QPen(line, tokens.HAIRLINE))
        painter.setBrush(ground)
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(rect, tokens.SMALL_RADIUS, tokens.SMALL_RADIUS)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            self._paint_content(painter, mirrored=True)
        else:
            self._paint_content(painter, mirrored=False)
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), palette, tokens.SMALL_RADIUS)

    def _paint_content(self, painter: QPainter, *, mirrored: bool) -> None:
        palette = self.palette()
        ink = tokens.accent(palette) if self.isChecked() else tokens.quiet(palette)

        def place(left: float, width: float, top: float, height: float) -> QRectF:
            return QRectF(self.width() - left - width if mirrored else left, top, width, height)

        middle = self.height() / 2
        mark = place(tokens.GAP, tokens.SMALL_ICON, middle - tokens.SMALL_ICON / 2, tokens.SMALL_ICON)
        if self.isChecked():
            icons.paint(painter, "check", mark, ink)
        else:
            painter.setPen(QPen(ink, 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(mark.adjusted(3, 3, -3, -3))
        left = float(tokens.GAP + tokens.SMALL_ICON + tokens.GAP)
        painter.setPen(QPen(ink, 1.2))
        for number in range(self._levels):
            painter.setBrush(ink if number < self._level else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(place(left, _DOT, middle - _DOT / 2, _DOT).adjusted(0.6, 0.6, -0.6, -0.6))
            left += _DOT + 3
        left += tokens.GAP if self._levels else 0
        painter.setPen(tokens.text(palette))
        room = place(left, self.width() - left - tokens.GAP, 0, self.height())
        painter.drawText(room, _WRAP, self.words)


class SegmentBar(QWidget):
    """All options. Arrow keys go from one to the next; Delete takes the choice back."""

    chosen = Signal()
    """The user chose, or took the choice back."""

    def __init__(self, options: Sequence[tuple[str, str]], *, ordered: bool = False) -> None:
        """``options``: codes and words in order; ``ordered`` draws their levels."""
        super().__init__()
        self._group = QButtonGroup(self)
        levels = len(options) if ordered else 0
        self._segments = [
            Segment(code, words, number, levels, self)
            for number, (code, words) in enumerate(options, start=1)
        ]
        for segment in self._segments:
            self._group.addButton(segment)
        self._group.buttonClicked.connect(self._on_clicked)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMaximumWidth(self._widest() * len(self._segments) + self._gaps())
        self._is_closed = False

    def code(self) -> str | None:
        """The code of the chosen option."""
        for segment in self._segments:
            if segment.isChecked():
                return segment.code
        return None

    def show_code(self, code: str | None) -> None:
        """Choose an option, or none; no signal is sent."""
        self._group.setExclusive(False)
        for segment in self._segments:
            segment.setChecked(segment.code == code)
        self._group.setExclusive(True)
        # One stop for Tab, as Qt does it for a choice of the user.
        for segment in self._segments:
            is_stop = segment is self.focus_segment()
            segment.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_stop else Qt.FocusPolicy.ClickFocus)

    def focus_segment(self) -> Segment:
        """The option the focus goes to: the chosen one, else the first."""
        return next((segment for segment in self._segments if segment.isChecked()), self._segments[0])

    def segments(self) -> tuple[Segment, ...]:
        """The options in order."""
        return tuple(self._segments)

    def set_closed(self, closed: bool) -> None:
        """Whether it only shows."""
        self._is_closed = closed
        for segment in self._segments:
            segment.set_closed(closed)

    def take_back(self) -> None:
        """The user wants no choice."""
        if self.code() is not None and not self._is_closed:
            self.show_code(None)
            self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.take_back()
        else:
            super().keyPressEvent(event)

    # Places: side by side while no word breaks and no option takes more than three lines

    def sizeHint(self) -> QSize:
        width = sum(segment.natural() for segment in self._segments) + self._gaps()
        return QSize(width, tokens.CONTROL)

    def minimumSizeHint(self) -> QSize:
        return QSize(max(segment.narrowest() for segment in self._segments), tokens.CONTROL)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        share = self._share(width)
        if share:
            return max(segment.height_for(share) for segment in self._segments)
        return sum(segment.height_for(width) for segment in self._segments) + self._gaps(tokens.HALF)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LayoutDirectionChange, QEvent.Type.FontChange):
            self._place()

    def _gaps(self, gap: int = tokens.GAP) -> int:
        return (len(self._segments) - 1) * gap

    def _widest(self) -> int:
        return max(_NARROWEST, *(segment.natural() for segment in self._segments))

    def _share(self, width: int) -> int:
        """The width of each option side by side; 0 where they stand below each other."""
        share = (width - self._gaps()) // len(self._segments)
        share = min(share, self._widest())
        fits = all(
            segment.narrowest() <= share and segment.lines_for(share) <= _MOST_LINES
            for segment in self._segments
        )
        return share if fits else 0

    def _place(self) -> None:
        share = self._share(self.width())
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left, top = 0, 0
        for segment in self._segments:
            width = share or self.width()
            height = self.height() if share else segment.height_for(width)
            segment.setGeometry(self.width() - left - width if rtl else left, top, width, height)
            if share:
                left += width + tokens.GAP
            else:
                top += height + tokens.HALF

    def _on_clicked(self, button: QAbstractButton) -> None:
        if not self._is_closed:
            self.chosen.emit()
