"""Where the keyboard is in a window when Tab is pressed, and when what had it can hold it no longer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop_app.ui.pages.page import page_around
from desktop_app.ui.tab_order import next_stop


class WindowFocus(QObject):
    """A button that works waits for its focus on its page; nothing else gets it meanwhile."""

    def __init__(self, ground: QWidget, page: Callable[[], QWidget | None]) -> None:
        """For what stands below ``ground``; ``page`` gives the page that is shown."""
        super().__init__(ground)
        self._ground, self._page = ground, page
        self._waiting: QWidget | None = None
        """What had the keyboard, and gets it back when it can hold it."""
        self._resting: QWidget | None = None
        """The page that has the keyboard meanwhile."""

    def move(self, present: QWidget | None, *, forward: bool) -> bool:
        """Go on to the next control, or to the one before; False when there is none."""
        if present is not None and not self._can_hold(present):
            return self._give_way(present)
        target = next_stop(self._ground, self._place_of(present), forward=forward)
        if target is None:
            return False
        target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        page = page_around(target)
        if page is not None:
            page.show_part(target)
        return True

    def rest(self) -> None:
        """Put the keyboard to the page if nothing has it."""
        present, page = self._ground.window().focusWidget(), self._page()
        if page is not None and (present is None or not self._can_hold(present)):
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _can_hold(self, widget: QWidget) -> bool:
        return widget.isEnabled() and widget.isVisibleTo(self._ground.window())

    def _place_of(self, present: QWidget | None) -> QWidget | None:
        """From where Tab goes on."""
        waiting = self._waiting
        if present is None or present is not self._resting or waiting is None or not isValid(waiting):
            return present
        while waiting is not None and not waiting.isVisibleTo(self._ground):
            waiting = waiting.parentWidget()
        return waiting if waiting is not None and self._ground.isAncestorOf(waiting) else present

    def _give_way(self, present: QWidget) -> bool:
        """The page of ``present`` has the keyboard now: no control somebody could press unawares."""
        page: QWidget | None = page_around(present)
        if page is None or not self._can_hold(page):
            page = self._page()
        if page is None or not self._can_hold(page):
            return False
        self._waiting, self._resting = present, page
        if not present.isEnabled():
            present.installEventFilter(self)
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What can be pressed again has the keyboard again, unless somebody has put it elsewhere."""
        if event.type() == QEvent.Type.EnabledChange and isinstance(watched, QWidget) and watched.isEnabled():
            watched.removeEventFilter(self)
            if watched is self._waiting and self._ground.window().focusWidget() is self._resting:
                watched.setFocus(Qt.FocusReason.OtherFocusReason)
        return False
