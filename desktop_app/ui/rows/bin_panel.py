"""Below a list: what was removed from it, when and by whom, each with the way back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.report.paths import row_path
from desktop_app.report.report import Row
from desktop_app.report.text.model import Text
from desktop_app.report.value_words import value_words
from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.moment_words import moment_words, who_words
from desktop_app.ui.parts import Button, ButtonKind, Card, IconButton, Words, help_line, in_row, label
from desktop_app.ui.rows.context import ListContext
from desktop_app.ui.rows.list_buttons import removed_rows
from desktop_app.ui.values_in_words import LOCAL_FORMATS

if TYPE_CHECKING:
    from desktop_app.services.history import Version
    from desktop_app.storage.report_file import ReportFile

PAGE = 10
"""Removed rows that are shown at first, and added with each step."""

_FIRST_WORDS = 300
"""Characters of a removed row's words; all of them are there again when it is back."""


class BinPanel(Card):
    """Opens in place; Esc closes it."""

    bring_back_chosen = Signal(str)
    """The id of a row in the bin."""

    removal_wanted = Signal(str)
    """The id of a row whose words someone wants to remove for good."""

    closed = Signal()

    def __init__(self, context: ListContext) -> None:
        """For the context's list; hidden at first."""
        super().__init__()
        self._context = context
        self._most = PAGE
        self._shown: list[str] = []
        self._told: dict[str, Words] = {}
        self._ways: list[Button] = []
        self._asked = 0
        close = IconButton("close", _("Close the list of what was removed"))
        close.clicked.connect(self._on_close)
        self.column.addLayout(in_row(label(_("Removed")), None, close))
        self.column.addWidget(
            help_line(_("What was removed is kept with all its answers. It is not part of the report."))
        )
        self._lines = QVBoxLayout()
        self._lines.setSpacing(tokens.SPACE)
        self.column.addLayout(self._lines)
        self._more = Button(_("Show older ones"), "chevron-down", ButtonKind.QUIET)
        self._more.clicked.connect(self._on_more)
        self.column.addLayout(in_row(self._more, None))
        self.hide()

    def open(self) -> None:
        """Show the panel with the keyboard at the first way back."""
        self._most = PAGE
        self._shown = []
        # Filled before it is shown: only so is it known at once how high it is.
        self._take_over()
        self.show()
        if self._ways:
            self._ways[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_bin(self) -> None:
        """Take over what is in the bin now; nothing in it closes the panel."""
        if not self.isHidden():
            self._take_over()

    def _take_over(self) -> None:
        rows = removed_rows(self._context)
        shown = [row.id for row in rows[: self._most]]
        if not rows:
            self._shown = []
            self.hide()
        elif shown != self._shown:
            self._shown = shown
            self._build(rows[: self._most])
        self._more.setVisible(len(rows) > self._most)

    def _build(self, rows: list[Row]) -> None:
        self._told, self._ways = {}, []
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row in rows:
            line = self._line(row)
            self._lines.addWidget(line)
            # Now, not when the event loop comes to it.
            line.show()
        self._ask_who([row.id for row in rows])

    def _line(self, row: Row) -> QWidget:
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.HALF)
        words = self._words(row)
        column.addWidget(Words(words))
        told = help_line("")
        self._told[row.id] = told
        column.addWidget(told)
        back = Button(_("Bring back"), "undo")
        back.setAccessibleName(_("Bring back: {words}").format(words=words))
        back.setProperty("row", row.id)
        back.clicked.connect(self._on_back)
        self._ways.append(back)
        buttons = [back]
        if self._context.past is not None:
            remove = Button(_("Remove for good …"), "erase", ButtonKind.QUIET)
            remove.setAccessibleName(_("Remove for good: {words}").format(words=words))
            remove.setProperty("row", row.id)
            remove.clicked.connect(self._on_remove)
            buttons.append(remove)
        column.addLayout(in_row(*buttons, None))
        return line

    def _words(self, row: Row) -> str:
        lead = self._context.entry.row.lead
        value = row.values.get(lead.code)
        if isinstance(value, Text):
            return value.first_line(_FIRST_WORDS)
        if value is not None:
            return value_words(lead, value, self._context.labels, LOCAL_FORMATS)
        return _("(no description)")

    # Who removed it

    def _ask_who(self, row_ids: list[str]) -> None:
        past = self._context.past
        if past is None:
            return
        list_path, report_id = self._context.path, past.report_id

        def read(file: ReportFile) -> dict[str, Version]:
            from desktop_app.services.history import versions_of

            found = {row_id: versions_of(file, report_id, row_path(list_path, row_id)) for row_id in row_ids}
            return {row_id: versions[0] for row_id, versions in found.items() if versions}

        self._asked += 1
        past.ask(self, read, partial(self._on_known, self._asked))

    def _on_known(self, asked: int, removals: dict[str, Version]) -> None:
        if asked != self._asked:
            return
        for row_id, version in removals.items():
            words = _("Removed: {moment}, {who}")
            moment = version.moment
            self._told[row_id].setText(
                words.format(moment=moment_words(moment.at), who=who_words(moment.who))
            )

    # What is asked for

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self._on_close()
        else:
            super().keyPressEvent(event)

    def _on_back(self) -> None:
        self.bring_back_chosen.emit(self.sender().property("row"))

    def _on_remove(self) -> None:
        self.removal_wanted.emit(self.sender().property("row"))

    def _on_more(self) -> None:
        self._most += PAGE
        self.show_bin()

    def _on_close(self) -> None:
        self.hide()
        self.closed.emit()
