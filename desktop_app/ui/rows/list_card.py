"""One list on a page: its official heading, its rows, and the ways to add to it or say why it is empty."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop_app.formdef.model import State
from desktop_app.report.paths import read_path
from desktop_app.report.state_words import state_words
from desktop_app.report.text.model import Text
from desktop_app.report.values import Value
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.ui import tokens
from desktop_app.ui.follow import follow
from desktop_app.ui.parts import Button, ButtonKind, Card, Tone, Words, heading, help_line, in_row
from desktop_app.ui.rows.context import ListContext
from desktop_app.ui.rows.paste_panel import PastePanel
from desktop_app.ui.rows.problem_lines import IconMark
from desktop_app.ui.rows.row_column import RowColumn
from desktop_app.ui.rows.row_editor import RowEditor
from desktop_app.ui.rows.row_menu import RowStep


class ListCard(QWidget):
    """Everything about one list. It carries out the steps asked of its rows."""

    edit_begun = Signal(object)
    """This card: a row of it is being edited now, so others should close theirs."""

    part_wanted = Signal(object)
    """A widget that should come into view."""

    def __init__(self, context: ListContext) -> None:
        """The context's list."""
        super().__init__()
        self._context = context
        column = QVBoxLayout(self)
        column.setContentsMargins(0, tokens.GAP, 0, 0)
        column.setSpacing(tokens.GAP)
        self._count = Words("", tone=Tone.QUIET, wrap=False)
        line = in_row(heading(context.labels.list_title(context.entry)), self._count)
        line.setStretch(0, 1)
        column.addLayout(line)
        prompt = context.labels.list_prompt(context.entry)
        if prompt:
            column.addWidget(help_line(prompt))
        self._card = Card(margin=tokens.HALF)
        column.addWidget(self._card)
        self.rows = RowColumn(context)
        self.rows.step_requested.connect(self._on_step_requested)
        self.rows.field_requested.connect(self._on_field_requested)
        self.rows.neighbour_requested.connect(self._on_neighbour_requested)
        self._card.column.addWidget(self.rows)
        self._empty = QWidget()
        self._empty_words = Words("", tone=Tone.QUIET)
        self._empty_icon = IconMark("state-empty", Tone.QUIET, tokens.ICON)
        self._take_back = Button(_("Take back"), kind=ButtonKind.QUIET)
        self._take_back.clicked.connect(self._on_take_back)
        line = in_row(self._empty_icon, self._empty_words, self._take_back)
        line.setStretch(1, 1)
        line.setContentsMargins(tokens.SPACE, tokens.SPACE, tokens.SPACE, tokens.SPACE)
        self._empty.setLayout(line)
        self._card.column.addWidget(self._empty)
        self._paste = PastePanel(context)
        self._paste.rows_ready.connect(self._on_rows_ready)
        self._paste.closed.connect(self._on_paste_closed)
        self._paste.hide()
        column.addLayout(self._buttons())
        column.addWidget(self._paste)
        follow(context.session, self, self._on_paths_changed)
        self.show_list()

    def _buttons(self) -> QHBoxLayout:
        row_name = self._context.labels.row_name(self._context.entry)
        self._add = Button(_("&Add"), "add", ButtonKind.PLAIN)
        self._add.setAccessibleName(_("Add: {row}").format(row=row_name))
        self._add.clicked.connect(self._on_add)
        self._paste_button = Button(_("&Paste a list"), "paste", ButtonKind.QUIET)
        self._paste_button.setToolTip(
            _("One action for each bullet or paragraph of a list from your document.")
        )
        self._paste_button.clicked.connect(self._on_paste)
        self._state = Button("", "no-action", ButtonKind.QUIET)
        self._state.clicked.connect(self._on_state)
        self._other_states = Button(_("Other reason …"), None, ButtonKind.QUIET)
        self._other_states.clicked.connect(self._on_other_states)
        states = self._context.entry.states
        if states:
            self._state.setText(state_words(states[0], self._context.labels).rstrip("."))
        self._bin = Button("", "undo", ButtonKind.QUIET)
        self._bin.clicked.connect(self._on_bin)
        return in_row(
            self._add,
            self._paste_button,
            self._state,
            self._other_states,
            None,
            self._bin,
            spacing=tokens.GAP,
        )

    # Showing

    def show_list(self) -> None:
        """Take over the list as it stands."""
        row_list, labels = self._context.row_list, self._context.labels
        count = len(row_list.rows)
        self._count.setText(
            ngettext("{count} entry", "{count} entries", count).format(count=count) if count else ""
        )
        self.rows.setVisible(count > 0)
        self._empty.setVisible(count == 0)
        can_state = count == 0 and row_list.state is None and bool(self._context.entry.states)
        self._state.setVisible(can_state)
        self._other_states.setVisible(can_state and len(self._context.entry.states) > 1)
        self._take_back.setVisible(row_list.state is not None)
        self._empty_icon.set_mark("state-empty" if row_list.state is None else "state-complete", Tone.QUIET)
        if row_list.state is not None:
            self._empty_words.setText(state_words(row_list.state, labels))
            self._empty_words.set_tone(Tone.NORMAL)
        else:
            form_words = labels.form.texts.find("list", self._context.entry.code, "empty", labels.language)
            self._empty_words.setText(
                form_words or _("Nothing here yet. Add an entry, or say why there is none.")
            )
            self._empty_words.set_tone(Tone.QUIET)
        removed = sum(1 for row in row_list.bin.values() if row.values)
        self._bin.setVisible(removed > 0)
        self._bin.setText(ngettext("{count} removed", "{count} removed", removed).format(count=removed))
        self._bin.setToolTip(_("Removed entries are kept. Bring one back."))

    def load_visible(self, seen: QRect) -> None:
        """Make the rows that ``seen`` (in this card's coordinates) shows."""
        offset = self.rows.mapTo(self, QPoint(0, 0))
        self.rows.load_visible(seen.translated(-offset))

    def edit_row(self, row_id: str, field_code: str | None = None) -> None:
        """Open the row for editing and bring it into view."""
        self.edit_begun.emit(self)
        editor = self.rows.edit(row_id, field_code)
        if editor is not None:
            self.part_wanted.emit(editor)

    def close_editor(self) -> None:
        """End editing in this list. A row left without a word is not kept as an action."""
        row_id = self.rows.editing
        if row_id is None:
            return
        self.rows.hand_over()
        self.rows.edit(None)
        self._context.session.leave()
        self._context.session.drop_blank_row(self._context.path, row_id)

    def _on_paths_changed(self, paths: frozenset[str]) -> None:
        mine = [place for place in map(read_path, paths) if place.head == self._context.path]
        goals_changed = any(path == f"{self._context.section.code}.goals" for path in paths)
        if not mine and not goals_changed:
            return
        if any(place.row is None or place.field is None for place in mine):
            self.rows.rebuild()
            self.show_list()
        changed = {place.row for place in mine if place.row is not None}
        if goals_changed:
            changed.update(row.id for row in self._context.row_list.rows)
        for row_id in changed:
            self.rows.refresh(row_id)

    # Steps

    def _on_add(self) -> None:
        self.edit_begun.emit(self)
        self.close_editor()
        row_id = self._context.session.add_row(self._context.path)
        self.edit_row(row_id)

    def _on_field_requested(self, row_id: str, code: str) -> None:
        self.edit_row(row_id, code)

    def _on_neighbour_requested(self, row_id: str, step: int) -> None:
        ids = [row.id for row in self._context.row_list.rows]
        index = ids.index(row_id) + step
        if 0 <= index < len(ids):
            widget = self.rows.row_widget(ids[index])
            if widget is not None:
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                self.part_wanted.emit(widget)

    def _on_step_requested(self, row_id: str, step: RowStep) -> None:
        path, session = self._context.path, self._context.session
        if step is RowStep.EDIT:
            self.edit_row(row_id)
            return
        if self.rows.editing is not None and step is not RowStep.DONE:
            self.rows.hand_over()
        index = next(i for i, row in enumerate(self._context.row_list.rows) if row.id == row_id)
        if step is RowStep.DONE:
            self.close_editor()
            self._focus_row(row_id)
        elif step is RowStep.DUPLICATE:
            self.close_editor()
            self.edit_row(session.duplicate_row(path, row_id))
        elif step in (RowStep.UP, RowStep.DOWN):
            session.move_row(path, row_id, index + (1 if step is RowStep.DOWN else -1))
            self._focus_row(row_id)
        elif step is RowStep.OTHER_LIST:
            self.close_editor()
            session.move_row_to_list(path, row_id, self._context.sibling_lists[0].path)
        elif step is RowStep.CONFIDENTIAL:
            row = self._context.row_list.row(row_id)
            session.set_confidential(f"{path}/{row_id}", row is not None and "" not in row.confidential)
        elif step is RowStep.REMOVE:
            self._remove(row_id, index)

    def _remove(self, row_id: str, index: int) -> None:
        if self.rows.editing == row_id:
            self.rows.hand_over()
            self.rows.edit(None)
        self._context.session.remove_rows(self._context.path, [row_id])
        rows = self._context.row_list.rows
        if rows:
            self._focus_row(rows[min(index, len(rows) - 1)].id)
        else:
            self._add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_row(self, row_id: str) -> None:
        widget = self.rows.row_widget(row_id)
        if isinstance(widget, RowEditor):
            widget.focus_field(None)
        elif widget is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
            self.part_wanted.emit(widget)

    # States, pasting, bin

    def _on_state(self) -> None:
        self._context.session.set_state(self._context.path, self._context.entry.states[0])
        self._take_back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_other_states(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for state in self._context.entry.states[1:]:
            menu.addAction(state_words(state, self._context.labels)).setData(state)
        menu.triggered.connect(self._on_state_chosen)
        menu.popup(self._other_states.mapToGlobal(QPoint(0, self._other_states.height())))

    def _on_state_chosen(self, action: QAction) -> None:
        state: State = action.data()
        self._context.session.set_state(self._context.path, state)

    def _on_take_back(self) -> None:
        self._context.session.set_state(self._context.path, None)
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_paste(self) -> None:
        self._paste.open_with(QApplication.clipboard().mimeData())
        self._paste_button.setEnabled(False)
        self.part_wanted.emit(self._paste)

    def _on_paste_closed(self) -> None:
        self._paste_button.setEnabled(True)
        self._paste_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_rows_ready(self, rows: list[dict[str, Value]]) -> None:
        ids = self._paste.add_to(self._context.session, rows)
        if ids:
            self._focus_row(ids[0])

    def _on_bin(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        lead = self._context.entry.row.lead.code
        for row_id, row in self._context.row_list.bin.items():
            if not row.values:
                continue
            value = row.values.get(lead)
            words = value.first_line(70) if isinstance(value, Text) else _("(no description)")
            menu.addAction(_("Bring back: {words}").format(words=words).replace("&", "&&")).setData(row_id)
        menu.triggered.connect(self._on_bring_back)
        menu.popup(self._bin.mapToGlobal(QPoint(0, self._bin.height())))

    def _on_bring_back(self, action: QAction) -> None:
        row_id: str = action.data()
        self._context.session.restore_row(self._context.path, row_id)
        self._focus_row(row_id)

    def release(self) -> None:
        """Hand over what is open and stop following; before this card goes away."""
        self.close_editor()
        self._context.session.ignore(self._on_paths_changed)
