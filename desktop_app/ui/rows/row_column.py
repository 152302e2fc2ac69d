"""The rows of a list below each other; only those near the visible part of the page exist as widgets.

Rows stand in chunks. A chunk out of sight is an empty widget of the same height, so that a list of
thousands opens as fast as one of ten and the page does not jump.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.ui import tokens
from desktop_app.ui.rows.context import ListContext
from desktop_app.ui.rows.row_editor import RowEditor
from desktop_app.ui.rows.row_view import RowView

CHUNK = 24
"""Rows in a chunk: about a screen."""

ESTIMATED_ROW = 84
"""Pixels a row is thought to take before it was ever shown."""


class RowChunk(QWidget):
    """A few neighbouring rows, as widgets or as empty room."""

    def __init__(self, column: RowColumn, first: int, row_ids: list[str]) -> None:
        """Rows ``row_ids``; ``first`` is the number of the first one, from 1."""
        super().__init__(column)
        self._column = column
        self.first = first
        self.row_ids = row_ids
        self.widgets: dict[str, RowView | RowEditor] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(tokens.HAIRLINE)
        self.is_loaded = False
        self.setFixedHeight(ESTIMATED_ROW * len(row_ids))

    def load(self) -> None:
        """Make the widgets."""
        if self.is_loaded:
            return
        self.is_loaded = True
        for number, row_id in enumerate(self.row_ids, start=self.first):
            widget = self._column.make_row(row_id, number)
            self.widgets[row_id] = widget
            self._layout.addWidget(widget)
        self.setMinimumHeight(0)
        self.setMaximumHeight(16_777_215)

    def unload(self) -> None:
        """Keep only the height; never a chunk that is being edited."""
        if not self.is_loaded or any(isinstance(widget, RowEditor) for widget in self.widgets.values()):
            return
        self.setFixedHeight(self.height())
        for widget in self.widgets.values():
            self._layout.removeWidget(widget)
            widget.deleteLater()
        self.widgets.clear()
        self.is_loaded = False

    def replace(self, row_id: str) -> RowView | RowEditor | None:
        """Make the row's widget anew, as view or editor, whichever is due."""
        old = self.widgets.get(row_id)
        if old is None:
            return None
        number = self.first + self.row_ids.index(row_id)
        fresh = self._column.make_row(row_id, number)
        self._layout.replaceWidget(old, fresh)
        had_focus = old.hasFocus()
        _dispose(old)
        self.widgets[row_id] = fresh
        fresh.show()
        if had_focus and isinstance(fresh, RowView):
            fresh.setFocus(Qt.FocusReason.OtherFocusReason)
        return fresh

    def paintEvent(self, event: QPaintEvent) -> None:
        """Hairlines between rows."""
        painter = QPainter(self)
        painter.setPen(tokens.hairline(self.palette()))
        for widget in list(self.widgets.values())[:-1]:
            y = widget.geometry().bottom() + 1
            painter.drawLine(tokens.SPACE, y, self.width() - tokens.SPACE, y)


def _dispose(widget: RowView | RowEditor) -> None:
    if isinstance(widget, RowEditor):
        widget.release()
    widget.hide()
    widget.deleteLater()


class RowColumn(QWidget):
    """All rows of one list. ``editing`` is the id of the row being edited, if it is one of these."""

    step_requested = Signal(str, object)
    field_requested = Signal(str, str)
    neighbour_requested = Signal(str, int)

    def __init__(self, context: ListContext) -> None:
        """The rows of the context's list."""
        super().__init__()
        self._context = context
        self.editing: str | None = None
        self._chunks: list[RowChunk] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(tokens.HAIRLINE)
        self.rebuild()

    def make_row(self, row_id: str, number: int) -> RowView | RowEditor:
        """The widget a row needs now."""
        row = self._context.row_list.row(row_id)
        assert row is not None
        widget: RowView | RowEditor
        if row_id == self.editing:
            widget = RowEditor(self._context, row, number, self)
        else:
            view = RowView(self._context, row, number, self)
            view.field_requested.connect(self.field_requested)
            view.neighbour_requested.connect(self.neighbour_requested)
            widget = view
        widget.step_requested.connect(self.step_requested)
        return widget

    def rebuild(self) -> None:
        """Take over which rows there are and in what order; chunks that are the same stay as they are."""
        ids = [row.id for row in self._context.row_list.rows]
        wanted = [ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)]
        for index, row_ids in enumerate(wanted):
            if index < len(self._chunks):
                if self._chunks[index].row_ids == row_ids:
                    continue
                self._remove_chunk(index)
            chunk = RowChunk(self, index * CHUNK + 1, row_ids)
            was_first = index == 0
            self._chunks.insert(index, chunk)
            self._layout.insertWidget(index, chunk)
            if was_first:
                chunk.load()
        while len(self._chunks) > len(wanted):
            self._remove_chunk(len(self._chunks) - 1)

    def _remove_chunk(self, index: int) -> None:
        chunk = self._chunks.pop(index)
        for widget in chunk.widgets.values():
            if isinstance(widget, RowEditor):
                widget.release()
        self._layout.removeWidget(chunk)
        chunk.hide()
        chunk.deleteLater()

    def load_visible(self, seen: QRect) -> None:
        """Make the rows in ``seen`` (in this widget's coordinates) and one screen around it."""
        around = seen.adjusted(0, -seen.height(), 0, seen.height())
        far = seen.adjusted(0, -4 * seen.height(), 0, 4 * seen.height())
        for chunk in self._chunks:
            if chunk.geometry().intersects(around):
                chunk.load()
            elif not chunk.geometry().intersects(far):
                chunk.unload()

    def refresh(self, row_id: str) -> None:
        """Show a row anew after its answers changed; an editor follows by itself."""
        chunk = self._chunk_of(row_id)
        if chunk is not None and isinstance(chunk.widgets.get(row_id), RowView) and row_id != self.editing:
            chunk.replace(row_id)

    def edit(self, row_id: str | None, field_code: str | None = None) -> RowEditor | None:
        """Make ``row_id`` the row being edited (none for None), and put the cursor into the field."""
        before, self.editing = self.editing, row_id
        if before is not None and before != row_id:
            chunk = self._chunk_of(before)
            if chunk is not None:
                chunk.replace(before)
        if row_id is None:
            return None
        chunk = self._chunk_of(row_id)
        if chunk is None:
            self.editing = None
            return None
        chunk.load()
        widget = chunk.widgets[row_id]
        editor = widget if isinstance(widget, RowEditor) else chunk.replace(row_id)
        assert isinstance(editor, RowEditor)
        editor.focus_field(field_code)
        return editor

    def row_widget(self, row_id: str) -> RowView | RowEditor | None:
        """The row's widget, made if need be; None when the row is not in this list."""
        chunk = self._chunk_of(row_id)
        if chunk is None:
            return None
        chunk.load()
        return chunk.widgets[row_id]

    def hand_over(self) -> None:
        """Give the session what stands in the open editor."""
        if self.editing is not None:
            widget = self.row_widget(self.editing)
            if isinstance(widget, RowEditor):
                widget.hand_over()

    def _chunk_of(self, row_id: str) -> RowChunk | None:
        for chunk in self._chunks:
            if row_id in chunk.row_ids:
                return chunk
        return None
