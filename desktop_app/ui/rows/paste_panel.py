"""Paste a list from a document: the text stands here first, with a count of what will come of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence

from desktop_app.report.text.model import Text
from desktop_app.report.timeframe.value import Timeframe
from desktop_app.report.values import Value
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.services.pasting import rows_of_text
from desktop_app.ui.inputs import is_report_step
from desktop_app.ui.pages.page import page_around
from desktop_app.ui.parts import Button, ButtonKind, Card, Tone, Words, help_line, in_row, label
from desktop_app.ui.rich_text.editor import RichTextEdit
from desktop_app.ui.rows.context import ListContext

_PAUSE = 150
"""Milliseconds without a key before the rows are found anew."""


class PastePanel(Card):
    """A box for the pasted list and one button that adds its rows."""

    rows_ready = Signal(object)
    """The rows to add, as a list of values by field code."""

    def __init__(self, context: ListContext, opener: Button) -> None:
        """For the context's list; ``opener`` is the button that opened it, and gets the keyboard back."""
        super().__init__()
        self._context = context
        self._opener = opener
        self._rows: list[dict[str, Value]] = []
        self._pasted = Text.empty()
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._show_rows)
        name = label(_("Paste a list"))
        self._box = RichTextEdit()
        self._box.setAccessibleName(_("Paste a list"))
        name.setBuddy(self._box)
        self._told = Words("", tone=Tone.QUIET)
        self._add = Button("", "add", ButtonKind.PRIMARY)
        cancel = Button(_("Cancel"), kind=ButtonKind.QUIET)
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
        self._add.clicked.connect(self._on_add)
        cancel.clicked.connect(self._on_cancel)
        # Nothing here is in the report yet, so the report's undo has no say: the box has its own.
        self._box.setUndoRedoEnabled(True)
        self._box.installEventFilter(self)
        self._box.text_edited.connect(self._timer.start)
        self._box.paste_refused.connect(self._told.setText)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the panel."""
        if event.key() == Qt.Key.Key_Escape:
            self._on_cancel()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Undo and redo keys in the box are the box's."""
        if not isinstance(event, QKeyEvent) or not is_report_step(event):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.KeyPress:
            if event.matches(QKeySequence.StandardKey.Undo):
                self._box.document().undo()
            else:
                self._box.document().redo()
            self._timer.start()
        event.accept()
        return True

    def open_with(self, clipboard: QMimeData | None) -> None:
        """Show what the clipboard holds; words written here before and never added stay instead."""
        self._opener.setEnabled(False)
        self.show()
        if self._box.text_value() == self._pasted:
            self._box.clear()
            if clipboard is not None and (clipboard.hasHtml() or clipboard.hasText()):
                self._box.insertFromMimeData(clipboard)
            self._pasted = self._box.text_value()
        self._show_rows()
        page = page_around(self)
        if page is not None:
            page.show_part(self)
        # Chosen, so that pasting once more replaces what the clipboard has put here already.
        self._box.selectAll()
        self._box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_rows(self) -> None:
        self._timer.stop()
        self._rows = rows_of_text(self._box.text_value(), self._context.section, self._context.entry)
        count = len(self._rows)
        dated = sum(any(isinstance(value, Timeframe) for value in row.values()) for row in self._rows)
        self._add.setText(ngettext("Add {count} entry", "Add {count} entries", count).format(count=count))
        self._add.updateGeometry()
        self._add.setEnabled(count > 0)
        if not count:
            self._told.setText(_("Paste or write the list above."))
            return
        found = ngettext("{count} entry found.", "{count} entries found.", count).format(count=count)
        if dated:
            words = ngettext("{count} has a timeframe.", "{count} have a timeframe.", dated)
            found = f"{found} {words.format(count=dated)}"
        self._told.setText(found)

    def _on_add(self) -> None:
        self._show_rows()
        rows, self._rows = self._rows, []
        self._box.clear()
        self._pasted = Text.empty()
        self._close()
        self.rows_ready.emit(rows)

    def _on_cancel(self) -> None:
        self._close()

    def _close(self) -> None:
        self.hide()
        self._opener.setEnabled(True)
        self._opener.setFocus(Qt.FocusReason.OtherFocusReason)
