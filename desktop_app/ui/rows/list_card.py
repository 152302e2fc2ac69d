"""One list on a page: its official heading, its rows, and the ways to add to it or say why it is empty."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop_app.formdef.model import State
from desktop_app.report.paths import read_path
from desktop_app.report.values import Value
from desktop_app.runtime.i18n import ngettext
from desktop_app.ui import tokens
from desktop_app.ui.follow import follow
from desktop_app.ui.pages.page import held_still, page_around, settle
from desktop_app.ui.parts import Card, Tone, Words, heading, help_line, in_row
from desktop_app.ui.rows.context import ListContext
from desktop_app.ui.rows.empty_line import EmptyLine
from desktop_app.ui.rows.list_buttons import ListButtons
from desktop_app.ui.rows.paste_panel import PastePanel
from desktop_app.ui.rows.row_column import RowColumn
from desktop_app.ui.rows.row_editor import RowEditor
from desktop_app.ui.rows.row_menu import RowStep
from desktop_app.ui.rows.row_steps import NextRow, take_step


class ListCard(QWidget):
    """Everything about one list. It carries out the steps asked of its rows."""

    edit_begun = Signal(object)
    """This card: a row of it is being edited now, so others should close theirs."""

    row_wanted = Signal(object)
    """A ``NextRow`` of another list of the section."""

    def __init__(self, context: ListContext) -> None:
        """The context's list."""
        super().__init__()
        self._context = context
        self._count = Words("", tone=Tone.QUIET, wrap=False)
        self.rows = RowColumn(context)
        self.empty = EmptyLine(context)
        self.buttons = ListButtons(context)
        self._paste = PastePanel(context)
        self._paste.hide()
        self._lay_out()
        self.rows.step_requested.connect(self._on_step_requested)
        self.rows.field_requested.connect(self.edit_row)
        self.rows.neighbour_requested.connect(self._on_neighbour_requested)
        self.empty.take_back_chosen.connect(self._on_take_back)
        self.buttons.add_chosen.connect(self._on_add)
        self.buttons.paste_chosen.connect(self._on_paste)
        self.buttons.state_chosen.connect(self._on_state_chosen)
        self.buttons.bring_back_chosen.connect(self._on_bring_back)
        self._paste.rows_ready.connect(self._on_rows_ready)
        self._paste.closed.connect(self._on_paste_closed)
        follow(context.session, self, self._on_paths_changed)
        self._show_list()

    def _lay_out(self) -> None:
        labels, entry = self._context.labels, self._context.entry
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
        card = Card(margin=tokens.HALF)
        card.column.setSpacing(0)
        card.column.addWidget(self.rows)
        card.column.addWidget(self.empty)
        column.addWidget(card)
        column.addWidget(self.buttons)
        column.addWidget(self._paste)

    # Showing

    def _show_list(self) -> None:
        count = len(self._context.row_list.rows)
        words = ngettext("{count} entry", "{count} entries", count).format(count=count) if count else ""
        self._count.setText(words)
        self.rows.setVisible(count > 0)
        self.empty.setVisible(count == 0)
        self.empty.show_list()
        self.buttons.show_list()

    def showEvent(self, event: QShowEvent) -> None:
        """What other pages changed meanwhile."""
        super().showEvent(event)
        self.rows.refresh_problems()

    def load_visible(self, seen: QRect) -> None:
        """Make the rows that ``seen`` (in this card's coordinates) shows."""
        self.rows.load_visible(seen.translated(-self.rows.mapTo(self, QPoint(0, 0))))

    def _on_paths_changed(self, paths: frozenset[str]) -> None:
        mine = [place for place in map(read_path, paths) if place.head == self._context.path]
        if not mine and not self.isVisible():
            return
        with held_still(self):
            if any(place.row is None or place.field is None for place in mine):
                self._take_over()
            self.rows.refresh({place.row for place in mine if place.row is not None})
            if self.isVisible():
                self.rows.refresh_problems()

    def _take_over(self) -> None:
        """Other rows, or in another order. The keyboard does not fall off the list with a row."""
        focused = self.rows.focused_row
        index = self._index(focused) if focused is not None else None
        before = [row_id for row_id in (focused,) if row_id is not None]
        place = self.rows.place_of(focused) if focused is not None else None
        self.rows.take_over()
        self._show_list()
        if before and index is None and place is not None:
            rows = self._context.row_list.rows
            self.focus_row(rows[min(place, len(rows) - 1)].id if rows else None)

    def _index(self, row_id: str) -> int | None:
        return self._context.row_list.index(row_id)

    # Editing one row

    def edit_row(self, row_id: str, field_code: str | None = None) -> None:
        """Open the row for editing where it stands, and bring it into view."""
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
        self.rows.hand_over()
        self.rows.edit(None)
        self._context.session.leave()
        self._context.session.drop_blank_row(self._context.path, row_id)
        return True

    def _may_leave(self, row_id: str | None) -> bool:
        """Whether another row than the one being edited may be edited; else the cursor goes to what stops it."""
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
        if isinstance(widget, RowEditor):
            widget.focus_field(None)
        else:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_row(self, row_id: str) -> None:
        page = page_around(self)
        if page is None:
            return
        for _round in range(2):
            # On its way into view, rows above it may turn out to be of another height.
            settle()
            rect = self.rows.row_rect(row_id)
            if rect is not None:
                page.show_rect(rect.translated(self.rows.mapTo(page.ground, QPoint(0, 0))))

    # Steps

    def _on_add(self) -> None:
        if self.close_editor():
            self.edit_row(self._context.session.add_row(self._context.path))

    def _on_neighbour_requested(self, row_id: str, step: int) -> None:
        rows, index = self._context.row_list.rows, self._index(row_id)
        if index is not None and rows:
            self.focus_row(rows[max(0, min(index + step, len(rows) - 1))].id)

    def _on_step_requested(self, row_id: str, step: RowStep) -> None:
        if step is RowStep.EDIT:
            self.edit_row(row_id)
            return
        is_editing = self.rows.editing == row_id
        if step in (RowStep.UP, RowStep.DOWN, RowStep.CONFIDENTIAL):
            self.rows.hand_over()
        elif not self.close_editor() or self._index(row_id) is None:
            return
        self._go_on(take_step(self._context, row_id, step), is_editing=is_editing)

    def _go_on(self, following: NextRow, *, is_editing: bool) -> None:
        if following.list_path != self._context.path:
            self.row_wanted.emit(following)
        elif following.edit and following.row is not None:
            self.edit_row(following.row)
        elif is_editing and following.row == self.rows.editing and following.row is not None:
            self._show_row(following.row)
        else:
            self.focus_row(following.row)

    # States, pasting, bin

    def _on_state_chosen(self, state: State) -> None:
        self._context.session.set_state(self._context.path, state)
        self.empty.take_back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_take_back(self) -> None:
        self._context.session.set_state(self._context.path, None)
        self.buttons.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_paste(self) -> None:
        self._paste.open_with(QApplication.clipboard().mimeData())
        self.buttons.paste.setEnabled(False)
        page = page_around(self)
        if page is not None:
            page.show_part(self._paste)

    def _on_paste_closed(self) -> None:
        self.buttons.paste.setEnabled(True)
        self.buttons.paste.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_rows_ready(self, rows: list[dict[str, Value]]) -> None:
        if self.close_editor():
            ids = self._paste.add_to(self._context.session, rows)
            self.focus_row(ids[0] if ids else None)

    def _on_bring_back(self, row_id: str) -> None:
        self._context.session.restore_row(self._context.path, row_id)
        self.focus_row(row_id)
