"""Words that give way: what does not fit into their line is shortened and told by the tool tip."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from desktop_app.ui.parts import Tone, Words
from desktop_app.ui.tips import tip


class ElidedWords(Words):
    """Words on one line; what does not fit is replaced by "…" and shown as a tool tip."""

    def __init__(self, *, font: QFont | None = None, tone: Tone = Tone.NORMAL) -> None:
        """Empty at first."""
        super().__init__("", font=font, tone=tone, wrap=False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def set_words(self, words: str) -> None:
        """Show as much of ``words`` as there is room for."""
        self.setText(words)
        self.setToolTip(tip(words))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words, shortened if need be."""
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(self.rect(), int(flags), words)
