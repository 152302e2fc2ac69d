"""Paste a list from a document: the text stands here first, with a count of what will come of it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from desktop_app.report.text.model import Text
from desktop_app.report.timeframe.value import Timeframe
from desktop_app.report.values import Value
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.services.pasting import get_ready, rows_of_text
from desktop_app.ui.gradually import BREATH, Gradually
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
        self._finding = Gradually(self)
        self._finding.finished.connect(self._on_found)
        self._is_adding = False
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
                    "Each bullet or paragraph becomes one entry; a list stays with a line above it that ends"
                    " with a colon."
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

    def open(self) -> None:
        """Show what the clipboard holds; words written here before and never added stay instead."""
        self._opener.setEnabled(False)
        self.show()
        self._box.setFocus(Qt.FocusReason.OtherFocusReason)
        self._rows = []
        self._finding.run(self._fill(), 0)

    def _fill(self) -> Iterator[object]:
        """Take what the clipboard holds, and find its rows: of a long list each has a turn of its own."""
        yield BREATH
        if self._box.text_value() == self._pasted:
            self._insert_clipboard()
            yield BREATH
            if not self._timer.isActive():
                self._pasted = self._box.text_value()
        page = page_around(self)
        if page is not None:
            page.show_part(self)
        if not self._timer.isActive():
            # Chosen, so that pasting once more replaces what the clipboard has put here already.
            self._box.selectAll()
        yield from self._find_rows()

    def _insert_clipboard(self) -> None:
        self._box.clear()
        found = QApplication.clipboard().mimeData()
        if found is not None and (found.hasHtml() or found.hasText()):
            self._box.insertFromMimeData(found)
        # Its rows are found in a moment anyway: from now on it is somebody's typing that starts this.
        self._timer.stop()

    def _show_rows(self) -> None:
        """Find the rows of what stands here: of a long list a few at a time."""
        self._timer.stop()
        self._rows = []
        self._finding.run(self._find_rows())

    def _find_rows(self) -> Iterator[object]:
        yield BREATH
        yield from get_ready()
        for row in rows_of_text(self._box.text_value(), self._context.section, self._context.entry):
            self._rows.append(row)
            yield None

    def _on_found(self) -> None:
        if self._timer.isActive():
            # Other words by now: they are looked through in a moment.
            return
        count = len(self._rows)
        dated = sum(any(isinstance(value, Timeframe) for value in row.values()) for row in self._rows)
        self._add.setText(ngettext("Add {count} entry", "Add {count} entries", count).format(count=count))
        self._add.updateGeometry()
        self._add.setEnabled(count > 0)
        found = ngettext("{count} entry found.", "{count} entries found.", count).format(count=count)
        if not count:
            found = _("Paste or write the list above.")
        elif dated:
            words = ngettext("{count} has a timeframe.", "{count} have a timeframe.", dated)
            found = f"{found} {words.format(count=dated)}"
        self._told.setText(found)
        if self._is_adding:
            self._add_found()

    def _on_add(self) -> None:
        self._is_adding = True
        if self._timer.isActive():
            self._show_rows()
        elif not self._finding.is_running:
            self._add_found()

    def _add_found(self) -> None:
        self._is_adding = False
        rows, self._rows = self._rows, []
        if not rows:
            return
        self._box.clear()
        self._pasted = Text.empty()
        self._close()
        self.rows_ready.emit(rows)

    def _on_cancel(self) -> None:
        self._close()

    def _close(self) -> None:
        self._finding.stop()
        self._timer.stop()
        self._is_adding = False
        self.hide()
        self._opener.setEnabled(True)
        self._opener.setFocus(Qt.FocusReason.OtherFocusReason)
