"""What can be done with a row, as one menu with the keys beside it."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.runtime.i18n import _
from desktop_app.ui import icons
from desktop_app.ui.rows.context import ListContext


class RowStep(Enum):
    """A step someone asks for."""

    EDIT = "edit"
    COPY = "copy"
    DONE = "done"
    ADD_BELOW = "add_below"
    DUPLICATE = "duplicate"
    UP = "up"
    DOWN = "down"
    OTHER_LIST = "other_list"
    ATTACH = "attach"
    CONFIDENTIAL = "confidential"
    REMOVE = "remove"
    REMOVE_FOR_GOOD = "remove_for_good"


class RowMenu(QMenu):
    """The menu of one row."""

    step_chosen = Signal(object)
    """A ``RowStep``."""

    def __init__(self, parent: QWidget) -> None:
        """An empty menu that goes away once it was used."""
        super().__init__(parent)
        self.aboutToHide.connect(self.deleteLater)
        self.triggered.connect(self._on_triggered)

    def offer(
        self, step: RowStep, words: str, icon_name: str, keys: str = "", *, enabled: bool = True
    ) -> QAction:
        """Add an entry. ``keys`` are shown beside it."""
        action = QAction(icons.icon(icon_name), f"{words}\t{keys}" if keys else words, self)
        action.setData(step)
        action.setEnabled(enabled)
        self.addAction(action)
        return action

    def _on_triggered(self, action: QAction) -> None:
        self.step_chosen.emit(action.data())


def row_menu(context: ListContext, row_id: str, parent: QWidget, *, editing: bool = False) -> RowMenu:
    """The menu for a row of this list. While it is edited, some of the keys are for the words in it."""
    menu = RowMenu(parent)
    if context.is_read_only:
        menu.offer(RowStep.COPY, _("Copy the words"), "duplicate", "Ctrl+C")
        return menu
    rows = context.row_list.rows
    index = next((i for i, row in enumerate(rows) if row.id == row_id), 0)
    below, up, down, remove = ("", "", "", "") if editing else (_("Ins"), "Alt+↑", "Alt+↓", _("Del"))
    if not editing:
        menu.offer(RowStep.EDIT, _("Edit"), "notes", _("Enter"))
    menu.offer(RowStep.ADD_BELOW, _("Add one below"), "add", below)
    menu.offer(RowStep.DUPLICATE, _("Duplicate"), "duplicate", "Ctrl+D")
    menu.addSeparator()
    menu.offer(RowStep.UP, _("Move up"), "move-up", up, enabled=index > 0)
    menu.offer(RowStep.DOWN, _("Move down"), "move-down", down, enabled=index < len(rows) - 1)
    for other in context.sibling_lists:
        words = _("Move to “{list}”").format(list=context.labels.list_title(other))
        menu.offer(RowStep.OTHER_LIST, words, "external-link")
    menu.addSeparator()
    if context.past is not None:
        menu.offer(RowStep.ATTACH, _("Attach a file …"), "attach", "Ctrl+Shift+A")
    row = context.row_list.row(row_id)
    marked = row is not None and "" in row.confidential
    words = _("Take off the mark “confidential”") if marked else _("Mark as confidential")
    menu.offer(RowStep.CONFIDENTIAL, words, "confidential")
    menu.offer(RowStep.REMOVE, _("Remove"), "remove", remove)
    if context.past is not None:
        menu.addSeparator()
        menu.offer(RowStep.REMOVE_FOR_GOOD, _("Remove for good …"), "erase")
    return menu
