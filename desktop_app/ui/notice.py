"""A line above the page for news that needs no answer: what was recovered, removed, or not possible."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.ui import tokens
from desktop_app.ui.flow_layout import FlowLayout
from desktop_app.ui.parts import Button, IconButton, Tone, Words, tone_colour
from desktop_app.ui.rows.problem_lines import IconMark

if TYPE_CHECKING:
    from desktop_app.ui.lines import Expander

MOST_LINES = 2
"""Sentences that are shown at once: the page is not to be pushed away by what was told of it."""

_ICONS = {Tone.ERROR: "error", Tone.WARNING: "warning", Tone.SUCCESS: "check"}


@dataclass(frozen=True, slots=True)
class NoticeStep:
    """Something that can be done about a notice, with a button of its own."""

    words: str
    take: Callable[[], object]


class NoticeLine(QWidget):
    """Shows one notice, and what can be done about it, until it is closed or another comes."""

    def __init__(self) -> None:
        """Hidden at first."""
        super().__init__()
        self._tone = Tone.QUIET
        self._is_of_now = False
        self._icon = IconMark("info", Tone.QUIET, tokens.ICON)
        self._told: list[str] = []
        self._words = Words("")
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = IconButton("close", _("Close this notice"))
        close.clicked.connect(self.hide)
        self._row = row = QHBoxLayout(self)
        # Icon, first line and button stand at one height, however many lines there are.
        height, line = close.sizeHint().height(), self._words.fontMetrics().height()
        mark = QVBoxLayout()
        mark.setContentsMargins(0, (height - self._icon.height()) // 2, 0, 0)
        mark.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(mark)
        column = QVBoxLayout()
        column.setContentsMargins(0, (height - line) // 2, 0, (height - line) // 2)
        column.setSpacing(tokens.GAP)
        column.addWidget(self._words)
        self._more: Expander | None = None
        self._shelf = QWidget()
        self._buttons = FlowLayout(self._shelf, tokens.GAP)
        self._shelf.hide()
        self._steps: tuple[NoticeStep, ...] = ()
        column.addWidget(self._shelf)
        row.addLayout(column, 1)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        row.setContentsMargins(tokens.SPACE, tokens.GAP, tokens.GAP, tokens.GAP)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return "\n".join(self._told)

    def tell(
        self,
        words: str,
        tone: Tone = Tone.QUIET,
        steps: Sequence[NoticeStep] = (),
        *,
        of_now: bool = False,
    ) -> None:
        """Show ``words`` with a button for each step, and have a screen reader say them.

        ``of_now``: true only until the report is changed again.
        """
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

        self._tone, self._is_of_now = tone, of_now
        self._icon.set_mark(_ICONS.get(tone, "info"), tone)
        self._told = words.split("\n")
        self._show_words(is_open=False)
        self._show_steps(tuple(steps))
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def add(self, words: str) -> None:
        """Say ``words`` below what is shown; as a warning of their own where nothing is."""
        if self.isHidden():
            self.tell(words, Tone.WARNING)
        else:
            was_open = self._more is not None and self._more.isChecked()
            self.tell(f"{self.words}\n{words}", self._tone, self._steps)
            self._show_words(is_open=was_open)

    def note_change(self) -> None:
        """The report was changed: what was true of it before is not said any longer."""
        if self._is_of_now:
            self.hide()

    def focus_steps(self) -> None:
        """Put the keyboard to the first thing that can be done."""
        first = self._shelf.findChild(Button)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_words(self, *, is_open: bool) -> None:
        """All of them, or the first where there are many, and how many more there are."""
        more = len(self._told) - 1 if len(self._told) > MOST_LINES else 0
        if more and self._more is None:
            self._more = self._make_more()
        if self._more is not None:
            self._more.setText(ngettext("{count} more", "{count} more", more).format(count=more))
            self._more.setChecked(is_open)
            self._more.setVisible(more > 0)
        self._words.setText(self.words if is_open or not more else self._told[0])

    def _make_more(self) -> Expander:
        from desktop_app.ui.lines import Expander

        made = Expander("")
        made.opened.connect(self._on_more_opened)
        self._row.insertWidget(2, made, 0, Qt.AlignmentFlag.AlignTop)
        return made

    def _on_more_opened(self, is_open: bool) -> None:
        self._words.setText(self.words if is_open else self._told[0])

    def _show_steps(self, steps: tuple[NoticeStep, ...]) -> None:
        if steps == self._steps:
            return
        self._steps = steps
        while (item := self._buttons.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, step in enumerate(steps):
            button = Button(step.words)
            button.setProperty("number", number)
            button.clicked.connect(self._on_step)
            self._buttons.addWidget(button)
        self._buttons.invalidate()
        self._shelf.setVisible(bool(steps))

    def _on_step(self) -> None:
        self._steps[self.sender().property("number")].take()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A tinted ground."""
        painter = QPainter(self)
        palette = self.palette()
        painter.fillRect(
            QRectF(self.rect()), tokens.mix(tokens.card(palette), tone_colour(self._tone, palette), 0.1)
        )
        painter.setPen(tokens.hairline(palette))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
