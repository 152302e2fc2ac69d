"""Beside you: the parts of the panel at the side of the page, one of them shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.formdef.labels import Labels
from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.parts import Button, ButtonKind, in_row
from desktop_app.ui.past import Past
from desktop_app.ui.side_panel import SidePanel

if TYPE_CHECKING:
    from desktop_app.ui.history.place_panel import PlacePanel

GUIDANCE = "guidance"
HISTORY = "history"
PARTS = (GUIDANCE, HISTORY)


class BesidePanel(QWidget):
    """Guidance and history. What is not the first part to be seen is made when it is asked for."""

    part_shown = Signal(str)
    brought_back = Signal(str)
    """The path of a place whose earlier words are back."""

    removal_wanted = Signal(str)
    """The path of a place whose words someone wants to remove for good."""

    def __init__(self, guidance: SidePanel, past: Past | None, labels: Labels) -> None:
        """Without a ``past`` there is only the guidance."""
        super().__init__()
        self.guidance = guidance
        self.history: PlacePanel | None = None
        self._past, self._labels = past, labels
        self._place = ""
        self.part = GUIDANCE
        self._stack = QStackedWidget()
        self._stack.addWidget(guidance)
        self._buttons: dict[str, Button] = {}
        group = QButtonGroup(self)
        for part, words, icon_name in (
            (GUIDANCE, _("Guidance"), "guidance"),
            (HISTORY, _("History"), "history"),
        ):
            button = Button(words, icon_name, ButtonKind.QUIET)
            button.setCheckable(True)
            button.setProperty("part", part)
            button.clicked.connect(self._on_part_chosen)
            group.addButton(button)
            self._buttons[part] = button
        self._buttons[GUIDANCE].setChecked(True)
        self._head = QWidget(self)
        line = in_row(*self._buttons.values(), None)
        line.setContentsMargins(tokens.GAP, tokens.GAP, tokens.GAP, 0)
        self._head.setLayout(line)
        self._head.setVisible(past is not None)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.HAIRLINE, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._stack, 1)
        self.setMinimumWidth(tokens.GRID * 30)

    def show_part(self, part: str) -> None:
        """Show the guidance or the history."""
        if self._past is None or part not in PARTS:
            return
        self.part = part
        self._buttons[part].setChecked(True)
        self._stack.setCurrentWidget(self.guidance if part == GUIDANCE else self._history(self._past))
        self.part_shown.emit(part)

    def show_place(self, path: str) -> None:
        """The keyboard is at ``path`` now; empty for no question and no row."""
        self._place = path
        if self.history is not None:
            self.history.show_place(path)

    def focus_part(self) -> None:
        """Put the keyboard to the part that is shown."""
        self._buttons[self.part].setFocus(Qt.FocusReason.OtherFocusReason)

    def _history(self, past: Past) -> PlacePanel:
        if self.history is None:
            from desktop_app.ui.history.place_panel import PlacePanel

            self.history = PlacePanel(past, self._labels)
            self.history.brought_back.connect(self.brought_back)
            self.history.removal_wanted.connect(self.removal_wanted)
            self.history.show_place(self._place)
            self._stack.addWidget(self.history)
        return self.history

    def _on_part_chosen(self) -> None:
        self.show_part(self.sender().property("part"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A hairline towards the page."""
        painter = QPainter(self)
        painter.setPen(tokens.hairline(self.palette()))
        x = self.width() - 1 if self.isRightToLeft() else 0
        painter.drawLine(x, 0, x, self.height())
