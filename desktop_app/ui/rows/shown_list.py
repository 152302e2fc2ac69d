"""One list as a page shows it: its official heading, its rows, and one of them being edited."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.report.paths import read_path
from desktop_app.runtime.i18n import ngettext
from desktop_app.ui import tokens
from desktop_app.ui.follow import follow
from desktop_app.ui.pages.page import held_still, page_around, settle
from desktop_app.ui.parts import Card, Tone, Words, heading, help_line, in_row
from desktop_app.ui.rows.context import ListContext
from desktop_app.ui.rows.empty_line import EmptyLine
from desktop_app.ui.rows.list_buttons import ListButtons
from desktop_app.ui.rows.row_column import RowColumn
from desktop_app.ui.rows.row_view import RowView


class ShownList(QWidget):
    """Follows the report. Which steps its buttons and rows take is up to ``ListCard``."""

    edit_begun = Signal(object)
    """This list: a row of it is being edited now, so others should close theirs."""

    def __init__(self, context: ListContext) -> None:
        """The context's list."""
        super().__init__()
        self.context = context
        self._count = Words("", tone=Tone.QUIET, wrap=False)
        self.rows = RowColumn(context)
        self.rows.moved.connect(self._on_moved)
        self.empty = EmptyLine(context)
        self.buttons = ListButtons(context)
        self._lay_out()
        follow(context.session, self, self._on_paths_changed)
        self._show_list()
        if context.past is not None:
            context.past.files_made.connect(self._on_files_made)
            if context.past.has_files:
                self._on_files_made()

    def _on_files_made(self) -> None:
        if self.context.past is not None:
            self.context.past.files.changed.connect(self._on_files_changed)

    def _on_files_changed(self) -> None:
        """Files are being read for rows, perhaps."""
        if self.isVisible():
            with held_still(self):
                self.rows.refresh_problems()

    def _lay_out(self) -> None:
        labels, entry = self.context.labels, self.context.entry
        column = QVBoxLayout(self)
        column.setContentsMargins(0, tokens.GAP, 0, 0)
        column.setSpacing(tokens.GAP)
        line = in_row(heading(labels.list_title(entry)))
        line.setStretch(0, 1)
        line.addWidget(self._count, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(line)
        prompt = labels.list_prompt(entry)
        if prompt:
            column.addWidget(help_line(prompt))
        if self.context.past is not None:
            from desktop_app.ui.attachments.room import FilesRoom

            column.addWidget(FilesRoom(self.context.past, entry.path))
        card = Card(margin=tokens.HALF)
        card.column.setSpacing(0)
        card.column.addWidget(self.rows)
        card.column.addWidget(self.empty)
        column.addWidget(card)
        column.addWidget(self.buttons)
        self.buttons.setVisible(not self.context.is_read_only)

    # Showing

    def _show_list(self) -> None:
        count = len(self.context.row_list.rows)
        words = ngettext("{count} entry", "{count} entries", count).format(count=count) if count else ""
        self._count.setText(words)
        self.rows.setVisible(count > 0)
        self.empty.setVisible(count == 0)
        self.empty.show_list()
        self.buttons.show_list()

    def showEvent(self, event: QShowEvent) -> None:
        """Take over what other pages changed meanwhile."""
        super().showEvent(event)
        self.rows.refresh_problems()

    def load_visible(self, seen: QRect) -> None:
        """Make the rows that ``seen`` (in this widget's coordinates) shows."""
        self.rows.load_visible(seen.translated(-self.rows.mapTo(self, QPoint(0, 0))))

    def _on_moved(self, pixels: int) -> None:
        """Rows above what is seen are higher than was thought: what is seen stays where it is."""
        page = page_around(self)
        if page is not None:
            bar = page.verticalScrollBar()
            # A page that becomes shorter scrolls by itself: what counts is where it was.
            value = bar.value()
            settle()
            bar.setValue(value + pixels)

    def _on_paths_changed(self, paths: frozenset[str]) -> None:
        mine = [place for place in map(read_path, paths) if place.head == self.context.path]
        if not mine and not self.isVisible():
            return
        with held_still(self):
            if any(place.row is None or place.field is None for place in mine):
                self._take_over()
            self.rows.refresh({place.row for place in mine if place.row is not None})
            if self.isVisible():
                self.rows.refresh_problems()

    def _take_over(self) -> None:
        """Other rows, or another order. The keyboard stays in the list when its row goes."""
        focused = self.rows.focused_row
        place = self.rows.index(focused) if focused is not None else None
        self.rows.take_over()
        self._show_list()
        if place is not None and self.rows.focused_row is None:
            rows = self.context.row_list.rows
            self.focus_row(rows[min(place, len(rows) - 1)].id if rows else None)

    # Editing one row

    def edit_row(self, row_id: str, field_code: str | None = None) -> None:
        """Open the row for editing where it stands, and bring it into view."""
        if self.context.is_read_only:
            self.focus_row(row_id)
            return
        if not self._may_leave(row_id):
            return
        with held_still(self, self._height_of(row_id)):
            self.edit_begun.emit(self)
            self.rows.edit(row_id, field_code)
        self._show_row(row_id)

    def close_editor(self) -> bool:
        """End editing in this list; False when something in it is no answer yet: it stays in sight.

        A row left without a word is not kept as an action.
        """
        row_id = self.rows.editing
        if row_id is None:
            return True
        if not self._may_leave(None):
            return False
        with held_still(self, self._height_of(row_id)):
            self.rows.hand_over()
            self.rows.edit(None)
            self.context.session.leave()
            self.context.session.drop_blank_row(self.context.path, row_id)
        return True

    def _may_leave(self, row_id: str | None) -> bool:
        """Whether the row being edited may be closed for ``row_id``; if not, the cursor goes to why."""
        editor = self.rows.editor
        unfinished = editor.unfinished() if editor is not None and editor.row_id != row_id else None
        if unfinished is not None:
            unfinished.focus_target().setFocus(Qt.FocusReason.OtherFocusReason)
        return unfinished is None

    def focus_row(self, row_id: str | None) -> None:
        """Put the keyboard to a row and bring it into view; to the button that adds one for None."""
        widget = self.rows.row_widget(row_id) if row_id is not None else None
        if row_id is None or widget is None:
            self.buttons.add.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._show_row(row_id)
        if isinstance(widget, RowView):
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            widget.focus_field(None)

    def focus_list(self) -> None:
        """Put the keyboard where one goes on with the list as a whole."""
        is_reasoned = self.context.row_list.state is not None
        target = self.empty.take_back if is_reasoned else self.buttons.add
        if self.context.is_read_only and self.context.row_list.rows:
            self.focus_row(self.context.row_list.rows[0].id)
            return
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_row(self, row_id: str) -> None:
        page = page_around(self)
        if page is None:
            return
        for _round in range(2):
            # On its way into view, rows around it may turn out to be of another height.
            settle()
            rect = self.rows.row_rect(row_id)
            if rect is not None:
                page.show_rect(rect.translated(self.rows.mapTo(page.ground, QPoint(0, 0))))

    def _height_of(self, row_id: str) -> Callable[[], int | None]:
        """Measures how far down the page the row begins; None while that is out of sight."""

        def measure() -> int | None:
            page, rect = page_around(self), self.rows.row_rect(row_id)
            if page is None or rect is None:
                return None
            height = self.rows.mapTo(page.ground, rect.topLeft()).y()
            return height if page.visible_rect().top() <= height <= page.visible_rect().bottom() else None

        return measure
