"""Beside you: the parts of the panel at the side of the page, one of them shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.formdef.labels import Labels
from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.flow_layout import FlowLayout
from desktop_app.ui.follow import follow
from desktop_app.ui.parts import Button, ButtonKind, in_row
from desktop_app.ui.past import Past
from desktop_app.ui.review.drafts import Drafts
from desktop_app.ui.side_panel import SidePanel

if TYPE_CHECKING:
    from desktop_app.ui.history.place_panel import PlacePanel
    from desktop_app.ui.review.comments_panel import CommentsPanel

GUIDANCE = "guidance"
HISTORY = "history"
COMMENTS = "comments"
PARTS = (GUIDANCE, HISTORY, COMMENTS)


class BesidePanel(QWidget):
    """Guidance, history and comments. What is not seen first is made when it is asked for."""

    part_shown = Signal(str)
    brought_back = Signal(str)
    """The path of a place whose earlier words are back."""

    removal_wanted = Signal(str)
    """The path of a place whose words someone wants to remove for good."""

    place_wanted = Signal(str)
    """The path of a place that someone wants to see."""

    name_given = Signal(str)
    failed = Signal(str)
    """Why something could not be kept."""

    def __init__(self, guidance: SidePanel, past: Past | None, labels: Labels) -> None:
        """Without a ``past`` there is only the guidance."""
        super().__init__()
        self.guidance = guidance
        self.history: PlacePanel | None = None
        self.comments: CommentsPanel | None = None
        self.drafts: Drafts | None = None
        self._section = ""
        self._past, self._labels = past, labels
        self._place = ""
        self.part = GUIDANCE
        self._stack = QStackedWidget()
        self._stack.addWidget(guidance)
        self._buttons: dict[str, Button] = {}
        group = QButtonGroup(self)
        for part, words in (
            (GUIDANCE, _("Guidance")),
            (HISTORY, _("History")),
            (COMMENTS, _("Comments")),
        ):
            button = Button(words, kind=ButtonKind.QUIET)
            button.setCheckable(True)
            button.setProperty("part", part)
            button.clicked.connect(self._on_part_chosen)
            group.addButton(button)
            self._buttons[part] = button
        self._buttons[GUIDANCE].setChecked(True)
        self._head = QWidget(self)
        tabs = QWidget()
        flow = FlowLayout(tabs, 0)
        for button in self._buttons.values():
            flow.addWidget(button)
        line = in_row(tabs)
        line.setContentsMargins(tokens.GAP, tokens.GAP, tokens.GAP, 0)
        self._head.setLayout(line)
        self._head.setVisible(past is not None)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.HAIRLINE, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._stack, 1)
        self.setMinimumWidth(tokens.GRID * 30)
        if past is not None:
            self.drafts = Drafts(past.session, self)
            self.drafts.failed.connect(self.failed)
            self.drafts.name_given.connect(self.name_given)
            follow(past.session, self, self._on_paths_changed)

    def show_part(self, part: str) -> None:
        """Show the guidance, the history or the comments."""
        if self._past is None or part not in PARTS:
            return
        self.part = part
        self._buttons[part].setChecked(True)
        if part == GUIDANCE:
            self._stack.setCurrentWidget(self.guidance)
        else:
            shown = self._history(self._past) if part == HISTORY else self._comments(self._past)
            self._stack.setCurrentWidget(shown)
        self.part_shown.emit(part)

    def show_place(self, path: str) -> None:
        """The keyboard is at ``path`` now; empty for no question and no row."""
        self._place = path
        if self.history is not None:
            self.history.show_place(path)
        if self.comments is not None:
            self.comments.show_place(self._section, path)

    def show_section(self, code: str) -> None:
        """The page of the section ``code`` is shown now; no question and no row of it is chosen yet."""
        self._section = code
        self._show_count()
        self.show_place("")

    @property
    def place(self) -> str:
        """The place that is shown; empty for none in particular."""
        return self._place

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

    def _comments(self, past: Past) -> CommentsPanel:
        if self.comments is None:
            assert self.drafts is not None
            from desktop_app.ui.review.comments_panel import CommentsPanel

            self.comments = CommentsPanel(past.session, self.drafts)
            self.comments.place_wanted.connect(self.place_wanted)
            self.comments.failed.connect(self.failed)
            self.comments.show_place(self._section, self._place)
            self._stack.addWidget(self.comments)
        return self.comments

    def _on_paths_changed(self, paths: frozenset[str]) -> None:
        self._show_count()

    def _show_count(self) -> None:
        """How many comments of the section are open stands on the button of their part."""
        count = self._past.session.comments.open_of_section(self._section) if self._past is not None else 0
        words = _("Comments ({count})").format(count=count) if count else _("Comments")
        button = self._buttons[COMMENTS]
        if button.text() != words:
            button.setText(words)
            button.updateGeometry()

    def _on_part_chosen(self) -> None:
        self.show_part(self.sender().property("part"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A hairline towards the page."""
        painter = QPainter(self)
        painter.setPen(tokens.hairline(self.palette()))
        x = self.width() - 1 if self.isRightToLeft() else 0
        painter.drawLine(x, 0, x, self.height())
