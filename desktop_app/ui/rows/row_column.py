"""The rows of a list below each other; only those near the visible part of the page exist as widgets.

So a list of thousands opens as fast as one of ten. Rows have no layout: each gets its place from the
heights, which are measured when a row is first shown and guessed before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from desktop_app.ui import tokens
from desktop_app.ui.rows.context import ListContext
from desktop_app.ui.rows.row_heights import RowHeights
from desktop_app.ui.rows.row_view import RowView

if TYPE_CHECKING:
    from desktop_app.ui.rows.row_editor import RowEditor

    RowWidget = RowView | RowEditor

FIRST_SCREEN = 1000
"""Pixels that are filled before it is known what can be seen."""

AT_ONCE = 6
"""Rows that are made before keys and clicks are looked at again: a long one takes five milliseconds."""


class RowColumn(QWidget):
    """All rows of one list. ``editing`` is the id of the row being edited, if it is one of these."""

    step_requested = Signal(str, object)
    field_requested = Signal(str, str)
    neighbour_requested = Signal(str, int)
    comments_wanted = Signal(str)

    moved = Signal(int)
    """Rows above the visible part turned out this many pixels higher than was thought."""

    def __init__(self, context: ListContext) -> None:
        """The rows of the context's list."""
        super().__init__()
        self._context = context
        self.editing: str | None = None
        self._heights = RowHeights()
        self._widgets: dict[str, RowWidget] = {}
        self._seen = QRect(0, 0, 1, FIRST_SCREEN)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self._is_held = False
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._on_soon)
        self._take_over_ids()

    def sizeHint(self) -> QSize:
        return QSize(tokens.CONTROL * 8, self._heights.total)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    # Which rows there are

    def take_over(self) -> None:
        """Take over which rows there are and in what order; widgets of rows that stay are kept."""
        self._take_over_ids()
        self._arrange()
        self._soon.start()

    def _take_over_ids(self) -> None:
        self._heights.set_rows([row.id for row in self._context.row_list.rows])
        if self.editing is not None and self._heights.index(self.editing) is None:
            self.editing = None
        for row_id in list(self._widgets):
            index = self._heights.index(row_id)
            if index is None:
                _dispose(self._widgets.pop(row_id))
            else:
                self._widgets[row_id].set_number(index + 1, self._number_width())
        self.updateGeometry()

    def load_visible(self, seen: QRect) -> None:
        """Make the rows in ``seen`` (in this widget's coordinates), and soon half a screen around it."""
        self._seen = seen
        if self.isVisible():
            # Before, it has not its width yet, and rows would be laid out for nothing.
            self._load(seen)
        self._soon.start()

    def _on_soon(self) -> None:
        if not (self._load(self._seen) and self._load(self._seen, self._seen.height() // 2)):
            self._soon.start()

    def _load(self, seen: QRect, around: int = 0) -> bool:
        """Make some rows of what is seen, and ``around`` it; whether all are there. Else it goes on soon."""
        ids = self._heights.ids
        if not ids or self._is_held:
            return not ids
        height = seen.height()
        with self._held_still():
            first, last = self._heights.at(seen.top() - around), self._heights.at(seen.bottom() + around)
            # The last row exists always, so that Shift+Tab comes into the list from below.
            missing = [row_id for row_id in (*ids[first : last + 1], ids[-1]) if row_id not in self._widgets]
            self._make(missing[:AT_ONCE])
            self._drop_far(seen.adjusted(0, -4 * height, 0, 4 * height))
            self._arrange()
        if missing:
            self._soon.start()
        return not missing

    @contextmanager
    def _held_still(self) -> Iterator[None]:
        """Whatever rows turn out to take, those that are seen stay where they are on the screen."""
        if self._is_held or not self._heights.ids:
            yield
            return
        self._is_held = True
        top = self._seen.top()
        edge = self._heights.edge(top)
        before = self._heights.top(edge)
        try:
            yield
            change = self._heights.top(edge) - before
            if change and top > 0:
                # What is seen moves with it, and is looked at soon.
                self.moved.emit(change)
        finally:
            self._is_held = False

    def _make(self, row_ids: Iterable[str]) -> None:
        """Make the widgets of these rows where there are none."""
        for row_id in row_ids:
            if row_id not in self._widgets:
                self._widgets[row_id] = self._widget_for(row_id)
                self._measure(row_id)

    def _drop_far(self, kept: QRect) -> None:
        first, last = self._heights.at(kept.top()), self._heights.at(kept.bottom())
        for row_id, widget in list(self._widgets.items()):
            index = self._heights.index(row_id)
            is_last = index == len(self._heights.ids) - 1
            is_needed = not isinstance(widget, RowView) or _has_focus(widget) or is_last
            if index is not None and not first <= index <= last and not is_needed:
                _dispose(self._widgets.pop(row_id))

    def _widget_for(self, row_id: str) -> RowWidget:
        row = self._context.row_list.row(row_id)
        index = self._heights.index(row_id)
        assert row is not None
        assert index is not None
        widget: RowWidget
        if row_id == self.editing:
            from desktop_app.ui.rows.row_editor import RowEditor

            widget = RowEditor(self._context, row, self)
        else:
            widget = RowView(self._context, row, self)
            widget.field_requested.connect(self.field_requested)
            widget.neighbour_requested.connect(self.neighbour_requested)
        widget.set_number(index + 1, self._number_width())
        widget.step_requested.connect(self.step_requested)
        widget.comments_wanted.connect(self.comments_wanted)
        return widget

    def _number_width(self) -> int:
        digits = self.fontMetrics().horizontalAdvance("0") * len(str(len(self._heights.ids)))
        return max(tokens.WIDE + tokens.HALF, digits + tokens.HALF)

    # Places

    def _measure(self, row_id: str) -> bool:
        widget = self._widgets[row_id]
        height = widget.heightForWidth(self.width()) if widget.hasHeightForWidth() else 0
        return self._heights.set_height(row_id, height if height > 0 else widget.sizeHint().height())

    def _arrange(self) -> None:
        for row_id, widget in self._widgets.items():
            index = self._heights.index(row_id)
            if index is not None:
                top = self._heights.top(index)
                widget.setGeometry(0, top, self.width(), self._heights.bottom(index) - top)
                # Only now: a widget shown before it has its place is laid out twice.
                widget.show()
        if self.height() != self._heights.total:
            self.updateGeometry()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In another width the rows have other heights."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            for row_id in self._widgets:
                self._measure(row_id)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """A row wants another height."""
        if event.type() == QEvent.Type.Show and not self._widgets:
            # The page around it may get a scroll bar first, and then the rows another width.
            self._soon.start()
        elif event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            with self._held_still():
                changed = [row_id for row_id in self._widgets if self._measure(row_id)]
                if changed:
                    self._arrange()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Hairlines between rows."""
        painter = QPainter(self)
        painter.setPen(tokens.hairline(self.palette()))
        for widget in self._widgets.values():
            y = widget.geometry().bottom() + 1
            if event.rect().top() <= y <= event.rect().bottom() and y < self.height():
                painter.drawLine(tokens.SPACE, y, self.width() - tokens.SPACE, y)

    def row_rect(self, row_id: str) -> QRect | None:
        """Where the row stands, in this widget's coordinates; None when it is not in this list."""
        index = self._heights.index(row_id)
        if index is None:
            return None
        top = self._heights.top(index)
        return QRect(0, top, self.width(), self._heights.bottom(index) - top)

    def row_widget(self, row_id: str) -> RowWidget | None:
        """The row's widget, made if need be; None when the row is not in this list."""
        if self._heights.index(row_id) is None:
            return None
        if row_id not in self._widgets:
            self._make([row_id])
            self._arrange()
        return self._widgets[row_id]

    # Showing anew, editing

    def refresh(self, row_ids: Iterable[str]) -> None:
        """Show rows anew after their answers changed; an editor follows by itself."""
        changed = [row_id for row_id in row_ids if isinstance(self._widgets.get(row_id), RowView)]
        for row_id in changed:
            self._remake(row_id)
        if changed:
            self._arrange()

    def refresh_problems(self) -> None:
        """Show those rows anew of which the checks say something else now."""
        self.refresh(
            [
                row_id
                for row_id, widget in self._widgets.items()
                if isinstance(widget, RowView) and widget.is_outdated()
            ]
        )

    def edit(self, row_id: str | None, field_code: str | None = None) -> RowEditor | None:
        """Make ``row_id`` the row being edited (none for None), and put the cursor into the field."""
        before, self.editing = self.editing, row_id
        editor = None
        if row_id is not None:
            if isinstance(self.row_widget(row_id), RowView):
                self._remake(row_id)
            found = self._widgets[row_id]
            assert not isinstance(found, RowView)
            editor = found
            editor.focus_field(field_code)
        if before is not None and before != row_id and before in self._widgets:
            self._remake(before)
        self._arrange()
        return editor

    def _remake(self, row_id: str) -> None:
        """Make the row's widget anew, as view or editor, whichever is due; the focus stays in the row."""
        old = self._widgets[row_id]
        had_focus = _has_focus(old)
        if not isinstance(old, RowView):
            old.release()
        fresh = self._widgets[row_id] = self._widget_for(row_id)
        self._measure(row_id)
        self._arrange()
        if had_focus and isinstance(fresh, RowView):
            fresh.setFocus(Qt.FocusReason.OtherFocusReason)
        _dispose(old)

    @property
    def editor(self) -> RowEditor | None:
        """The editor of the row being edited."""
        widget = self._widgets.get(self.editing) if self.editing is not None else None
        return None if isinstance(widget, RowView) else widget

    def hand_over(self) -> None:
        """Give the session what stands in the open editor."""
        if self.editor is not None:
            self.editor.hand_over()

    def index(self, row_id: str) -> int | None:
        """Which of the rows shown it is, from 0."""
        return self._heights.index(row_id)

    @property
    def focused_row(self) -> str | None:
        """The row the keyboard is in."""
        for row_id, widget in self._widgets.items():
            if _has_focus(widget):
                return row_id
        return None


def _has_focus(widget: QWidget) -> bool:
    focus = QApplication.focusWidget() or widget.window().focusWidget()
    return focus is not None and (focus is widget or widget.isAncestorOf(focus))


def _dispose(widget: RowWidget) -> None:
    if not isinstance(widget, RowView):
        widget.release()
    widget.hide()
    widget.deleteLater()
