"""Tells parts of a page that the focus came into them or left them as a whole."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

_LOOK_AGAIN = 50
"""Milliseconds."""


def put_after(before: QWidget, *widgets: QWidget) -> None:
    """Let ``widgets``, made later than their neighbours, come right after ``before`` in the order of Tab."""
    for widget in widgets:
        QWidget.setTabOrder(before, widget)
        before = widget


def put_before(after: QWidget, *widgets: QWidget) -> None:
    """Let ``widgets`` come right before ``after`` in the order of Tab."""
    put_after(after, *widgets)
    if widgets:
        QWidget.setTabOrder(widgets[-1], after)


def when_mouse_is_free(owner: QObject, step: Callable[[], None]) -> None:
    """Do ``step`` now, or once no mouse button is held, unless ``owner`` is gone by then.

    What changes the layout when the focus leaves must not move the very thing that is being clicked.
    """
    if QApplication.mouseButtons() == Qt.MouseButton.NoButton:
        step()
    else:
        QTimer.singleShot(_LOOK_AGAIN, owner, partial(when_mouse_is_free, owner, step))


class FocusScope(QWidget):
    """A widget whose children share one focus: menus and popups of theirs count as inside."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Watched from now on."""
        super().__init__(parent)
        _FocusWatch.start()

    def focus_entered(self) -> None:
        """The focus is inside now."""

    def focus_left(self) -> None:
        """The focus is somewhere else now, or the window is not active."""

    def has_focus_inside(self) -> bool:
        """Whether the focus is in this widget or one of its children."""
        here = QApplication.focusWidget()
        return here is not None and (here is self or self.isAncestorOf(here))


class _FocusWatch(QObject):
    """One for the whole program, so that a page of many editors costs no more than one."""

    _running: _FocusWatch | None = None

    @classmethod
    def start(cls) -> None:
        application = QApplication.instance()
        if application is not None and (cls._running is None or not isValid(cls._running)):
            cls._running = cls(application)

    def __init__(self, application: QObject) -> None:
        super().__init__(application)
        self._inside: list[FocusScope] = []
        self._last: QWidget | None = None
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        last, self._last = self._last, new
        if last is not None and not isValid(last):
            # It is being destroyed, perhaps with all around it: whoever does that has said goodbye already.
            self._inside = [scope for scope in self._inside if isValid(scope)]
            if new is None:
                return
        inside = _scopes_around(new if new is not None else QApplication.activePopupWidget())
        before, self._inside = self._inside, inside
        for scope in before:
            if scope not in inside and isValid(scope):
                scope.focus_left()
        for scope in inside:
            if scope not in before and isValid(scope):
                scope.focus_entered()


def _scopes_around(widget: QWidget | None) -> list[FocusScope]:
    """The scopes a widget stands in, the innermost first; parents of a popup count, though it is a window."""
    found = []
    while widget is not None:
        if isinstance(widget, FocusScope):
            found.append(widget)
        widget = widget.parentWidget()
    return found
