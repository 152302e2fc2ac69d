"""A line above the page of a section while its answers are closed: why, and the way on."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.report.status import Status
from desktop_app.runtime.i18n import _
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui import tokens
from desktop_app.ui.follow import follow
from desktop_app.ui.parts import Tone, Words, in_row, tone_colour
from desktop_app.ui.rows.problem_lines import IconMark
from desktop_app.ui.sending.returned import LONGEST_WORDS, returned_words
from desktop_app.ui.sending.ways_on import WaysOn


class FrozenLine(QWidget):
    """Quiet until somebody types: then it says that nothing was changed, and a screen reader says it too."""

    way_chosen = Signal(object, str)
    """A ``Way`` and the words given for it."""

    def __init__(self, session: EntrySession) -> None:
        """For the session's report."""
        super().__init__()
        self._session = session
        self._is_wanted = self._is_told_above = False
        self._is_loud = False
        self._icon = IconMark("confidential", Tone.QUIET, tokens.ICON)
        self._words = Words("")
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.ways = WaysOn(shelf_apart=True)
        self.ways.chosen.connect(self.way_chosen)
        self.ways.asking_changed.connect(self._show)
        line = in_row(self._icon, self._words, self.ways.shelf)
        line.setStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SPACE, tokens.GAP, tokens.SPACE, tokens.GAP)
        column.setSpacing(tokens.GAP)
        column.addLayout(line)
        column.addWidget(self.ways)
        follow(session, self, self._on_paths_changed)
        self._show()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def show_for_page(self, *, is_section: bool) -> None:
        """Only above the answers; the page to send says it in its own place."""
        self._is_wanted = is_section
        self._is_loud = False
        self._show()

    def set_told_above(self, *, is_told: bool) -> None:
        """Another line says above that the answers are closed, and leads on: one line is enough."""
        self._is_told_above = is_told
        self._show()

    def say_refused(self) -> None:
        """Somebody typed although nothing can be changed."""
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

        if not self._is_wanted:
            return
        self._is_loud = True
        self._show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.words))

    def _on_paths_changed(self, paths: frozenset[str]) -> None:
        self._show()

    def _show(self) -> None:
        session = self._session
        is_frozen = session.is_frozen and not session.read_only
        if not is_frozen:
            self._is_loud = False
        is_sent = session.report.status == Status.SUBMITTED
        returned = returned_words(session.report, LONGEST_WORDS) if is_sent else ""
        words = " ".join(filter(None, (returned, session.frozen_words)))
        if self._is_loud:
            words = _("Nothing was changed. {why}").format(why=words)
        if is_frozen and self._words.text() != words:
            self._words.setText(words)
        self._icon.set_mark("warning" if self._is_loud else "confidential", self._tone)
        self.ways.show_status(session.report.status if is_frozen else "")
        is_used = self._is_loud or self.ways.line is not None
        self.setVisible(is_frozen and self._is_wanted and (is_used or not self._is_told_above))
        self.update()

    @property
    def _tone(self) -> Tone:
        return Tone.WARNING if self._is_loud else Tone.QUIET

    def paintEvent(self, event: QPaintEvent) -> None:
        """A tinted ground with a hairline, as a notice has."""
        painter, palette = QPainter(self), self.palette()
        ground = tokens.mix(tokens.card(palette), tone_colour(self._tone, palette), 0.1)
        painter.fillRect(QRectF(self.rect()), ground)
        painter.setPen(tokens.hairline(palette))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
