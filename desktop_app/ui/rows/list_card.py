"""One list on a page, with everything that can be done with it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from desktop_app.formdef.model import State
from desktop_app.report.changes import OperationKind
from desktop_app.report.paths import row_path
from desktop_app.report.values import Value
from desktop_app.ui.pages.page import page_around
from desktop_app.ui.rows.context import ListContext
from desktop_app.ui.rows.row_menu import RowStep
from desktop_app.ui.rows.row_steps import NextRow, take_step
from desktop_app.ui.rows.row_words import row_words
from desktop_app.ui.rows.shown_list import ShownList
from desktop_app.ui.stepwise import A_TURN

if TYPE_CHECKING:
    from desktop_app.ui.rows.bin_panel import BinPanel
    from desktop_app.ui.rows.paste_panel import PastePanel


class ListCard(ShownList):
    """Carries out what its rows and buttons ask for, and says where the keyboard goes next."""

    row_wanted = Signal(object)
    """A ``NextRow`` of another list of the section."""

    removal_wanted = Signal(str)
    """The path of a row whose words someone wants to remove for good."""

    _bin: BinPanel | None = None
    """Made when it is first asked for."""

    def __init__(self, context: ListContext) -> None:
        """The context's list."""
        super().__init__(context)
        self.rows.step_requested.connect(self._on_step_requested)
        self.rows.field_requested.connect(self.edit_row)
        self.rows.neighbour_requested.connect(self._on_neighbour_requested)
        self.empty.take_back_chosen.connect(self._on_take_back)
        self.buttons.add_chosen.connect(self._on_add)
        self.buttons.state_chosen.connect(self._on_state_chosen)
        self.buttons.bin_chosen.connect(self._on_bin)
        self.buttons.paste_chosen.connect(self._on_paste)
        self._paste: PastePanel | None = None

    def _on_add(self) -> None:
        if self.close_editor():
            self.edit_row(self.context.session.add_row(self.context.path))

    def _on_neighbour_requested(self, row_id: str, steps: int) -> None:
        rows, index = self.context.row_list.rows, self.context.row_list.index(row_id)
        if index is not None:
            self.focus_row(rows[max(0, min(index + steps, len(rows) - 1))].id)

    def _on_step_requested(self, row_id: str, step: RowStep) -> None:
        if step is RowStep.COPY:
            QApplication.clipboard().setText(row_words(self.context, row_id))
            return
        if self.context.is_read_only:
            return
        if step is RowStep.EDIT:
            self.edit_row(row_id)
            return
        if step is RowStep.REMOVE_FOR_GOOD:
            self.rows.hand_over()
            self.removal_wanted.emit(row_path(self.context.path, row_id))
            return
        if step is RowStep.ATTACH:
            self._attach(row_id)
            return
        if step in (RowStep.UP, RowStep.DOWN, RowStep.CONFIDENTIAL):
            self.rows.hand_over()
        elif not self.close_editor():
            return
        if self.context.row_list.index(row_id) is None:
            # It was left without a word, and is gone.
            self.focus_row(None)
            return
        self._go_on(take_step(self.context, row_id, step))

    def _attach(self, row_id: str) -> None:
        from desktop_app.ui.attachments.dropping import choose_and_attach

        self.rows.hand_over()
        if self.context.past is not None:
            choose_and_attach(self.context.past, row_path(self.context.path, row_id), self.window())

    def _go_on(self, following: NextRow) -> None:
        if following.list_path != self.context.path:
            self.row_wanted.emit(following)
        elif following.edit and following.row is not None:
            self.edit_row(following.row)
        elif following.row != self.rows.focused_row or following.row is None:
            self.focus_row(following.row)
        else:
            self._show_row(following.row)

    def _on_state_chosen(self, state: State) -> None:
        self.context.session.set_state(self.context.path, state)
        self.empty.take_back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_take_back(self) -> None:
        self.context.session.set_state(self.context.path, None)
        self.buttons.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_paste(self) -> None:
        from desktop_app.ui.rows.paste_panel import PastePanel

        if self._paste is None:
            self._paste = PastePanel(self.context, self.buttons.paste)
            self._paste.rows_ready.connect(self._on_rows_ready)
            self.layout().addWidget(self._paste)  # type: ignore[union-attr]
        self._paste.open()

    def _on_rows_ready(self, rows: list[dict[str, Value]]) -> None:
        if self.close_editor():
            ids = self.context.session.add_rows(self.context.path, rows, kind=OperationKind.PASTE)
            # In a turn of its own: to add a long list has taken its time.
            QTimer.singleShot(A_TURN, self, partial(self.focus_row, ids[0] if ids else None))

    def _on_bin(self) -> None:
        from desktop_app.ui.rows.bin_panel import BinPanel

        if self._bin is None:
            self._bin = BinPanel(self.context)
            self._bin.bring_back_chosen.connect(self._on_bring_back)
            self._bin.removal_wanted.connect(self._on_bin_removal_wanted)
            self._bin.closed.connect(self.buttons.bin.setFocus)
            self.layout().addWidget(self._bin)  # type: ignore[union-attr]
        if self._bin.isVisible():
            self._bin.hide()
            return
        self._bin.open()
        page = page_around(self)
        if page is not None:
            for _round in range(2):
                # Its lines wrap: how high it is turns out when it has its width.
                page.show_part(self._bin)

    def _show_list(self) -> None:
        super()._show_list()
        if self._bin is not None:
            self._bin.show_bin()

    def _on_bin_removal_wanted(self, row_id: str) -> None:
        self.removal_wanted.emit(row_path(self.context.path, row_id))

    def _on_bring_back(self, row_id: str) -> None:
        self.context.session.restore_row(self.context.path, row_id)
        self.focus_row(row_id)
