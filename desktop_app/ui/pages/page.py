"""The ground of every page: a scrolling column, never wider than a line of text is easy to read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop_app.ui import tokens
from desktop_app.ui.scroll_bars import use_quiet_scroll_bar

SMALL = 560
"""Pixels below which a page gives its margins to its content."""

LEVELS = 4
"""Layouts around each other: what a part wants reaches the one around it with the next round of events."""


class Page(QScrollArea):
    """A page with its ``column`` of parts. ``scrolled`` tells that other parts came into view."""

    scrolled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty page."""
        super().__init__(parent)
        self._is_held = False
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        use_quiet_scroll_bar(self)
        self.ground = QWidget()
        # Aligned to the top, a column gets no more height than it has at its widest: lines would be cut.
        whole = QVBoxLayout(self.ground)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self.column = QVBoxLayout()
        self.column.setSpacing(tokens.SPACE)
        whole.addLayout(self.column)
        whole.addStretch(1)
        self.setWidget(self.ground)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._centre()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column in the middle."""
        # First, so that what is on the page is laid out once, in the width it keeps.
        self._centre()
        super().resizeEvent(event)
        self.scrolled.emit()

    def unfinished(self) -> QWidget | None:
        """Where the cursor should go because something stands there that is not kept yet."""
        return None

    def visible_rect(self) -> QRect:
        """What of the page can be seen, in the page's own coordinates."""
        return QRect(0, self.verticalScrollBar().value(), self.viewport().width(), self.viewport().height())

    def show_part(self, part: QWidget) -> None:
        """Scroll no more than needed for ``part`` to be seen, its beginning first."""
        settle()
        self.show_rect(QRect(self._place_of(part), part.size()))

    def show_rect(self, rect: QRect) -> None:
        """As ``show_part``, for a place in the page's own coordinates."""
        seen = self.visible_rect()
        room = tokens.PAGE
        value = seen.top()
        if rect.bottom() + room > seen.bottom():
            value = rect.bottom() + room - seen.height()
        if rect.top() - room < value:
            value = rect.top() - room
        self.verticalScrollBar().setValue(max(0, value))

    @contextmanager
    def hold_still(self, height: Callable[[], int | None] | None = None) -> Iterator[None]:
        """Whatever changes on the page inside, one thing stays at its height on the screen.

        ``height`` says how far down the page that is; by default it is the widget with the focus.
        """
        if self._is_held or not self.isVisible():
            yield
            return
        measure = height or self._height_of_focus
        # Where the page becomes shorter meanwhile, it scrolls by itself: what counts is where it was.
        before, value = measure(), self.verticalScrollBar().value()
        self._is_held = True
        try:
            yield
        finally:
            self._is_held = False
        settle()
        after = measure()
        if before is not None and after is not None:
            self.verticalScrollBar().setValue(value + after - before)

    def _height_of_focus(self) -> int | None:
        widget = self.window().focusWidget()
        if widget is None or not self.ground.isAncestorOf(widget):
            return None
        height = self._place_of(widget).y()
        seen = self.visible_rect()
        return height if seen.top() <= height <= seen.bottom() else None

    def _place_of(self, part: QWidget) -> QPoint:
        return part.mapTo(self.ground, QPoint(0, 0))

    def _centre(self) -> None:
        width = self.viewport().width()
        least = tokens.WIDE if width >= SMALL else tokens.GAP
        side = max(least, (width - tokens.page_width(self)) // 2)
        self.column.setContentsMargins(side, tokens.PAGE, side, tokens.PAGE * 2)

    def _on_scrolled(self) -> None:
        self.scrolled.emit()


def settle() -> None:
    """Give every widget its place now, not when the event loop comes to it."""
    for _level in range(LEVELS):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)


def page_around(widget: QWidget) -> Page | None:
    """The page a widget stands on."""
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, Page):
        parent = parent.parentWidget()
    return parent


@contextmanager
def held_still(widget: QWidget, height: Callable[[], int | None] | None = None) -> Iterator[None]:
    """``Page.hold_still`` for a part that may not stand on a page yet."""
    page = page_around(widget)
    if page is None:
        yield
        return
    with page.hold_still(height):
        yield
