"""Many parts below each other, of which only those near the visible piece of the page exist as widgets.

So thousands of them are there as soon as ten. What a part shows must be known elsewhere: its widget goes when
it is far away, and comes back when somebody scrolls there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from desktop_app.ui import tokens
from desktop_app.ui.gradually import BUDGET
from desktop_app.ui.pages.page import Page, page_around, settle
from desktop_app.ui.rows.row_heights import RowHeights

FIRST_SCREEN = 600
"""Pixels that are filled before it is known what can be seen."""

_KEPT = 3
"""Screens above and below from which on a widget goes."""

_TIMES = 3
"""How often the page is asked for room at a time."""


class SeenColumn(QWidget):
    """``make`` makes the part with that number, from 0. Its page tells what can be seen."""

    def __init__(self, count: int, make: Callable[[int], QWidget], gap: int = 0) -> None:
        """``gap``: pixels between two parts."""
        super().__init__()
        self._make_part, self._gap = make, gap
        self._heights = RowHeights()
        self._heights.set_rows([str(number) for number in range(count)])
        self._widgets: dict[int, QWidget] = {}
        self._seen = QRect(0, 0, 1, FIRST_SCREEN)
        self._page: Page | None = None
        self._is_held = False
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._on_scrolled)
        self.setSizePolicy(QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed))

    @property
    def widgets(self) -> Iterable[QWidget]:
        """Those that exist now."""
        return self._widgets.values()

    def sizeHint(self) -> QSize:
        return QSize(tokens.CONTROL * 8, self._heights.total)

    def minimumSizeHint(self) -> QSize:
        return QSize(tokens.CONTROL * 3, self._heights.total)

    def showEvent(self, event: QShowEvent) -> None:
        """From now on the page around says what is seen."""
        super().showEvent(event)
        if self._page is None and (page := page_around(self)) is not None:
            self._page = page
            page.scrolled.connect(self._on_scrolled)
        self._on_scrolled()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In another width the parts have other heights."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            with self._held_still():
                for number in self._widgets:
                    self._measure(number)
                self._arrange()
            self._load()
            self._later.start()

    def event(self, event: QEvent) -> bool:
        """A part wants another height."""
        if event.type() is QEvent.Type.LayoutRequest:
            with self._held_still():
                changed = [number for number in self._widgets if self._measure(number)]
                if changed:
                    self._arrange()
        return super().event(event)

    def _on_scrolled(self) -> None:
        if self._is_held:
            # The page scrolls because parts turned out higher: the same can be seen as before.
            self._later.start()
        elif self.isVisible():
            self._load()

    def _load(self) -> None:
        """Make what can be seen and half a screen around it; take away what is far."""
        if not self._heights.ids or not self.isVisible():
            return
        with self._held_still(is_making=True):
            self._drop_far()
            until = time.perf_counter() + BUDGET
            while (number := self._next()) is not None:
                self._widgets[number] = widget = self._make_part(number)
                widget.setParent(self)
                self._measure(number)
                if time.perf_counter() > until:
                    # Keys and clicks come between.
                    self._later.start()
                    break
            self._arrange()

    @contextmanager
    def _held_still(self, *, is_making: bool = False) -> Iterator[None]:
        """Whatever parts turn out to take, what is seen stays where it is on the screen.

        While parts are made between the top of the page and what stands below them all, that is the latter:
        it may be what somebody was led to.
        """
        if self._is_held or self._page is None:
            yield
            return
        self._is_held = True
        try:
            self._take_room()
            edge, bar = self._edge(is_making=is_making), self._page.verticalScrollBar()
            # A page that becomes shorter scrolls by itself: what counts is where it was.
            before, value = self._heights.top(edge), bar.value()
            yield
            if self._heights.top(edge) != before:
                self._take_room()
                bar.setValue(value + self._heights.top(edge) - before)
        finally:
            self._is_held = False

    def _take_room(self) -> None:
        """Have the page make as much room as the parts take, now.

        Qt forgets a wish that comes while it gives the widgets their places, and parts that get theirs may
        want to be higher once more.
        """
        for _time in range(_TIMES):
            if self.height() == self._heights.total:
                break
            self.updateGeometry()
            settle()

    def _edge(self, *, is_making: bool) -> int:
        """The first part that is seen, or behind the last one."""
        assert self._page is not None
        seen = self._page.visible_rect()
        self._seen = seen.translated(-self.mapTo(self._page.ground, QPoint(0, 0)))
        is_end_seen = self._seen.top() > 0 and self._seen.bottom() >= self._heights.total
        return self._heights.edge(self._seen.bottom() if is_making and is_end_seen else self._seen.top())

    def _next(self) -> int | None:
        """The next part to be made: what can be seen first, then what is half a screen away."""
        top, bottom, half = self._seen.top(), self._seen.bottom(), self._seen.height() // 2
        for first, last in ((top, bottom), (top - half, bottom + half)):
            for number in range(self._heights.at(first), self._heights.at(last) + 1):
                if number not in self._widgets:
                    return number
        # The last one exists always, so that the keyboard comes in from below.
        last_one = len(self._heights.ids) - 1
        return last_one if last_one not in self._widgets else None

    def _drop_far(self) -> None:
        far = self._seen.height() * _KEPT
        first, last = self._heights.at(self._seen.top() - far), self._heights.at(self._seen.bottom() + far)
        for number, widget in list(self._widgets.items()):
            is_last = number == len(self._heights.ids) - 1
            if not first <= number <= last and not is_last and not _has_focus(widget):
                del self._widgets[number]
                widget.hide()
                widget.deleteLater()

    def _measure(self, number: int) -> bool:
        widget, width = self._widgets[number], self.width()
        widget.ensurePolished()
        height = widget.heightForWidth(width) if widget.hasHeightForWidth() else 0
        height = height if height > 0 else widget.sizeHint().height()
        return self._heights.set_height(str(number), height + self._gap)

    def _arrange(self) -> None:
        for number, widget in self._widgets.items():
            top = self._heights.top(number)
            widget.setGeometry(0, top, self.width(), self._heights.bottom(number) - top - self._gap)
            if widget.isHidden():
                # Only now: a widget shown before it has its place is laid out twice.
                widget.show()
        if self.height() != self._heights.total:
            self.updateGeometry()


def _has_focus(widget: QWidget) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and (focus is widget or widget.isAncestorOf(focus))
