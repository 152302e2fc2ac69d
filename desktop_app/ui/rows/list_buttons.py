"""Below a list: the ways to add to it, to say why it is empty, and to bring back what was removed."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from desktop_app.formdef.model import State
from desktop_app.report.report import Row
from desktop_app.report.state_words import state_words
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.ui import tokens
from desktop_app.ui.flow_layout import FlowLayout
from desktop_app.ui.parts import Button, ButtonKind
from desktop_app.ui.rows.context import ListContext


def removed_rows(context: ListContext) -> list[Row]:
    """The rows in the bin in which something was written, the one removed last first."""
    return [row for row in reversed(context.row_list.bin.values()) if row.values]


class ListButtons(QWidget):
    """Tells what was chosen; the list's card does it."""

    add_chosen = Signal()
    paste_chosen = Signal()
    state_chosen = Signal(object)
    """A ``State``: why the list is empty."""

    bin_chosen = Signal()
    """Someone wants to see what was removed."""

    def __init__(self, context: ListContext) -> None:
        """For the context's list."""
        super().__init__()
        self._context = context
        list_words = context.labels.list_short(context.entry)
        self.add = Button(_("Add"), "add")
        self.add.setAccessibleName(_("Add: {row}").format(row=context.labels.row_name(context.entry)))
        self.add.clicked.connect(self.add_chosen)
        self.paste = Button(_("Paste a list"), "paste", ButtonKind.QUIET)
        self.paste.setAccessibleName(_("Paste a list: {list}").format(list=list_words))
        self.paste.setToolTip(_("One entry for each bullet or paragraph of a list from your document."))
        self.paste.clicked.connect(self.paste_chosen)
        states = context.entry.states
        self.state = Button(
            state_words(states[0], context.labels).rstrip(".") if states else "",
            "no-action",
            ButtonKind.QUIET,
        )
        self.state.clicked.connect(self._on_state)
        self.other_states = Button(_("Other reason"), "chevron-down", ButtonKind.QUIET)
        self.other_states.setAccessibleName(_("Other reason why the list is empty"))
        self.other_states.clicked.connect(self._on_other_states)
        self.bin = Button("", "undo", ButtonKind.QUIET)
        self.bin.clicked.connect(self.bin_chosen)
        flow = FlowLayout(self, tokens.GAP)
        for button in (self.add, self.paste, self.state, self.other_states, self.bin):
            flow.addWidget(button)
        self.show_list()

    def show_list(self) -> None:
        """Offer what fits the list as it stands."""
        row_list, entry = self._context.row_list, self._context.entry
        can_state = not row_list.rows and row_list.state is None and bool(entry.states)
        self.state.setVisible(can_state)
        self.other_states.setVisible(can_state and len(entry.states) > 1)
        removed = len(removed_rows(self._context))
        self.bin.setVisible(removed > 0)
        self.bin.setText(ngettext("{count} removed", "{count} removed", removed).format(count=removed))
        self.bin.setToolTip(_("Removed entries are kept. See them, and bring them back."))
        self.bin.updateGeometry()

    def _on_state(self) -> None:
        self.state_chosen.emit(self._context.entry.states[0])

    def _on_other_states(self) -> None:
        menu = self._menu()
        for state in self._context.entry.states[1:]:
            menu.addAction(_shown(state_words(state, self._context.labels))).setData(state)
        menu.triggered.connect(self._on_other_state)
        _pop_up(menu, self.other_states)

    def _on_other_state(self, action: QAction) -> None:
        # Qt gives back what is a string too as a mere string.
        self.state_chosen.emit(State(action.data()))

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu


def _shown(words: str) -> str:
    return words.replace("&", "&&")


def _pop_up(menu: QMenu, button: QPushButton) -> None:
    menu.popup(button.mapToGlobal(QPoint(0, button.height())))
