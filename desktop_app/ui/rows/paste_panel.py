"""Paste a list from a document: the text stands here first, with a count of what will come of it."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.report.changes import OperationKind
from desktop_app.report.timeframe.value import Timeframe
from desktop_app.report.values import Value
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.pasting import rows_of_text
from desktop_app.ui import tokens
from desktop_app.ui.parts import Button, ButtonKind, Card, Tone, Words, help_line, in_row, label
from desktop_app.ui.rich_text.editor import RichTextEdit
from desktop_app.ui.rows.context import ListContext


class PastePanel(Card):
    """A box for the pasted list and one button that adds its rows."""

    rows_ready = Signal(object)
    """The rows to add, as a list of values by field code."""

    closed = Signal()

    def __init__(self, context: ListContext, parent: QWidget | None = None) -> None:
        """For the context's list; hidden until ``open_with``."""
        super().__init__(parent)
        self._context = context
        self._rows: list[dict[str, Value]] = []
        name = label(_("Paste a list"))
        self._box = RichTextEdit()
        self._box.setAccessibleName(_("Paste a list"))
        self._box.setMinimumHeight(tokens.CONTROL * 3)
        name.setBuddy(self._box)
        self._told = Words("", tone=Tone.QUIET)
        self._add = Button("", "add", ButtonKind.PRIMARY)
        self._add.clicked.connect(self._on_add)
        cancel = Button(_("Cancel"), kind=ButtonKind.QUIET)
        cancel.clicked.connect(self._on_cancel)
        self.column.addWidget(name)
        self.column.addWidget(
            help_line(
                _(
                    "Each bullet or paragraph becomes one entry."
                    " A timeframe in brackets at its end is recognised."
                )
            )
        )
        self.column.addWidget(self._box)
        self.column.addWidget(self._told)
        self.column.addLayout(in_row(self._add, cancel, None))
        self._box.text_edited.connect(self._on_text_edited)

    def open_with(self, clipboard: QMimeData | None) -> None:
        """Show the panel, with what the clipboard holds if that is text."""
        self._box.clear()
        if clipboard is not None and (clipboard.hasHtml() or clipboard.hasText()):
            self._box.insertFromMimeData(clipboard)
        self._on_text_edited()
        self.show()
        self._box.setFocus()

    def add_to(self, session: EntrySession, rows: list[dict[str, Value]]) -> list[str]:
        """Add the rows to the list in one step; returns their ids."""
        return session.add_rows(self._context.path, rows, kind=OperationKind.PASTE)

    def _on_text_edited(self) -> None:
        self._rows = rows_of_text(self._box.text_value(), self._context.section, self._context.entry)
        count = len(self._rows)
        dated = sum(any(isinstance(value, Timeframe) for value in row.values()) for row in self._rows)
        self._add.setText(ngettext("Add {count} entry", "Add {count} entries", count).format(count=count))
        self._add.updateGeometry()
        self._add.setEnabled(count > 0)
        if not count:
            self._told.setText(_("Paste or write the list above."))
        else:
            found = ngettext("{count} entry found,", "{count} entries found,", count).format(count=count)
            times = ngettext("{count} of them with a timeframe.", "{count} of them with a timeframe.", dated)
            self._told.setText(f"{found} {times.format(count=dated)}")

    def _on_add(self) -> None:
        rows, self._rows = self._rows, []
        self._close()
        self.rows_ready.emit(rows)

    def _on_cancel(self) -> None:
        self._close()

    def _close(self) -> None:
        self._box.clear()
        self.hide()
        self.closed.emit()
