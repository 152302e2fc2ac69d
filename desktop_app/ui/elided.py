"""Words that give way: what does not fit into their line is shortened and told by the tool tip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop_app.ui import tokens
from desktop_app.ui.parts import Tone, Words, paint_focus
from desktop_app.ui.pressing import EnterPresses
from desktop_app.ui.tips import tip

_LINE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading)


class ElidedWords(Words):
    """Words on one line. They ask for the room of all of them and take less."""

    def __init__(
        self,
        *,
        font: QFont | None = None,
        tone: Tone = Tone.NORMAL,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        """Empty at first. ``mode``: where it is shortened."""
        super().__init__("", font=font, tone=tone, wrap=False)
        self._mode = mode
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """Room for a first word."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), tokens.CONTROL), hint.height())

    def set_words(self, words: str) -> None:
        """Show as much of ``words`` as there is room for."""
        self.setText(words)
        self.setToolTip(tip(words))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words, shortened if need be."""
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        words = self.fontMetrics().elidedText(self.text(), self._mode, self.width())
        painter.drawText(self.rect(), _LINE, words)


class ElidedButton(EnterPresses, QAbstractButton):
    """Quiet words that can be pressed; underlined below the pointer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty at first."""
        super().__init__(parent)
        self.setFont(tokens.small_font())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_words(self, words: str) -> None:
        """Show as much of ``words`` as there is room for."""
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words)
        self.setToolTip(tip(words))

    def sizeHint(self) -> QSize:
        """One line; how wide is the window's choice."""
        return QSize(tokens.CONTROL * 4, max(tokens.WIDE, self.fontMetrics().height() + tokens.HALF))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words, shortened if need be, and the ring of the focus."""
        painter = QPainter(self)
        palette = self.palette()
        font = self.font()
        font.setUnderline(self.underMouse())
        painter.setFont(font)
        painter.setPen(tokens.quiet(palette))
        room = self.rect().adjusted(tokens.HALF, 0, -tokens.HALF, 0)
        words = self.fontMetrics().elidedText(
            self.accessibleName(), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, _LINE, words)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_focus(painter, self.rect().toRectF(), palette, tokens.SMALL_RADIUS)
