"""A line above the page for news that needs no answer: what was recovered, removed, or not possible."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.parts import IconButton, Tone, Words, tone_colour
from desktop_app.ui.rows.problem_lines import IconMark

_ICONS = {Tone.ERROR: "error", Tone.WARNING: "warning", Tone.SUCCESS: "check"}


class NoticeLine(QWidget):
    """Shows one notice until it is closed or another comes."""

    def __init__(self) -> None:
        """Hidden at first."""
        super().__init__()
        self._tone = Tone.QUIET
        self._icon = IconMark("info", Tone.QUIET, tokens.ICON)
        self._words = Words("")
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = IconButton("close", _("Close this notice"))
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.SPACE, tokens.HALF, tokens.GAP, tokens.HALF)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        row.setContentsMargins(tokens.SPACE, tokens.GAP, tokens.GAP, tokens.GAP)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def tell(self, words: str, tone: Tone = Tone.QUIET) -> None:
        """Show ``words``, and have a screen reader say them."""
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

        self._tone = tone
        self._icon.set_mark(_ICONS.get(tone, "info"), tone)
        self._words.setText(words)
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A tinted ground."""
        painter = QPainter(self)
        palette = self.palette()
        painter.fillRect(
            QRectF(self.rect()), tokens.mix(tokens.card(palette), tone_colour(self._tone, palette), 0.1)
        )
        painter.setPen(tokens.hairline(palette))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
