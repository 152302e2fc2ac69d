"""The small lines below a text in which a link or a footnote is written. What is typed counts at once."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.report.text.model import Note, Paragraph, Run, Text
from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.focus import put_after
from desktop_app.ui.inputs import LineEdit, Well
from desktop_app.ui.parts import Button, ButtonKind, IconButton, Tone, Words, in_row
from desktop_app.ui.rich_text import clipboard, marks, notes
from desktop_app.ui.rich_text.addresses import completed_address
from desktop_app.ui.rich_text.document import insert_text
from desktop_app.ui.rich_text.editor import RichTextEdit
from desktop_app.ui.rich_text.formats import format_of, note_number, run_format

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class InPlaceLine(QWidget):
    """A name, a field, a button to remove and one to close. Enter and Esc close too."""

    closed = Signal()

    def __init__(self, editor: RichTextEdit, name: str, remove: str) -> None:
        """For ``editor``; hidden until it is opened."""
        super().__init__()
        self._editor = editor
        self._cursor = QTextCursor()
        self._name = Words(name, font=tokens.small_font(), tone=Tone.QUIET, wrap=False)
        self._sentence = Words("", font=tokens.small_font(), tone=Tone.WARNING)
        self._sentence.hide()
        self._remove = Button(remove, kind=ButtonKind.QUIET)
        self._remove.clicked.connect(self._on_remove)
        self._close = IconButton("check", _("Done"))
        self._close.clicked.connect(self.finish)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.HALF)
        self.hide()

    def _fill(self, well: Well, field: QWidget) -> None:
        self._field = field
        row = in_row(self._name, self._remove, self._close)
        row.insertWidget(1, well, 1)
        self._column.addLayout(row)
        self._column.addWidget(self._sentence)

    def follow_in_tab_order(self, before: QWidget) -> None:
        """Come right after ``before`` when one goes on by Tab."""
        put_after(before, self._field, self._remove, self._close)

    def _tell(self, sentence: str) -> None:
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (*_ENTER, Qt.Key.Key_Escape) and not event.modifiers():
            self.finish()
        else:
            super().keyPressEvent(event)

    def finish(self) -> None:
        """Close and go back to the text."""
        self.shut()
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def shut(self) -> None:
        """Close without moving the focus."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def _on_remove(self) -> None:
        raise NotImplementedError


class LinkLine(InPlaceLine):
    """The address of the selected words, or of the link at the cursor."""

    def __init__(self, editor: RichTextEdit) -> None:
        """For ``editor``."""
        super().__init__(editor, _("Link to"), _("Remove link"))
        self._address = LineEdit()
        self._address.setAccessibleName(_("Address of the link"))
        self._address.setPlaceholderText("https://")
        self._address.typed.connect(self._on_typed)
        self._words_follow = False
        self._fill(Well(self._address), self._address)

    def open(self) -> None:
        """Show the line for where the cursor is."""
        self._cursor = QTextCursor(self._editor.textCursor())
        link = marks.link_around(self._cursor)
        if link is not None and not self._cursor.hasSelection():
            _choose(self._cursor, link.start, link.end)
        href = format_of(link.format)[1] if link is not None else None
        self._words_follow = not self._cursor.hasSelection()
        self._address.setText(href or "")
        self._remove.setEnabled(href is not None)
        self._tell("")
        self.show()
        self._address.setFocus(Qt.FocusReason.OtherFocusReason)
        self._address.selectAll()

    def finish(self) -> None:
        """Close, unless the address is none: then say so."""
        typed = self._address.text()
        if typed.strip() and completed_address(typed) is None:
            self._tell(_("This is no address. It must begin with https://, http:// or mailto:."))
            return
        super().finish()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            super().finish()
        else:
            super().keyPressEvent(event)

    def _on_typed(self) -> None:
        self._tell("")
        href = completed_address(self._address.text())
        if href is None:
            return
        colour = tokens.accent(self._editor.palette())
        if self._words_follow:
            typing = format_of(self._cursor.charFormat())[0]
            start = self._cursor.selectionStart()
            self._cursor.insertText(self._address.text().strip(), run_format(typing, href, colour))
            _choose(self._cursor, start, self._cursor.position())
        else:
            marks.set_link(self._cursor, href, colour)
        self._remove.setEnabled(True)

    def _on_remove(self) -> None:
        marks.set_link(self._cursor, None, tokens.accent(self._editor.palette()))
        self._address.clear()
        super().finish()


class NoteEdit(RichTextEdit):
    """The words of a note: one paragraph with marks and links."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.modifiers():
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        try:
            found = clipboard.pasted(source)
        except clipboard.PasteRefusedError as error:
            self.paste_refused.emit(str(error))
            return
        cursor = self.textCursor()
        insert_text(cursor, Text((Paragraph(_one_line(found.text)),)), tokens.accent(self.palette()))
        self.setTextCursor(cursor)

    def note(self) -> Note:
        """The note as it stands there."""
        return Note(_one_line(self.text_value()))


def _one_line(text: Text) -> tuple[Run, ...]:
    """All words of ``text`` in one line; notes in it become words in brackets."""
    runs: list[Run] = []
    for paragraph in text.paragraphs():
        if runs:
            runs.append(Run(" "))
        for inline in paragraph.inlines:
            runs.extend((Run(" ("), *inline.runs, Run(")")) if isinstance(inline, Note) else (inline,))
    return tuple(runs)


class NoteLine(InPlaceLine):
    """The words of the footnote at the cursor, or of a new one."""

    def __init__(self, editor: RichTextEdit) -> None:
        """For ``editor``."""
        super().__init__(editor, "", _("Remove note"))
        self._words = NoteEdit(min_lines=1, framed=False)
        self._words.document().setDocumentMargin(tokens.HALF - 2)
        self._words.setAccessibleName(_("Words of the footnote"))
        self._words.setPlaceholderText(_("What the note says"))
        self._words.text_edited.connect(self._on_text_edited)
        self._words.entered.connect(self.finish)
        self._words.paste_refused.connect(self._tell)
        well = Well()
        well.row.setContentsMargins(0, 0, 0, 0)
        well.row.addWidget(self._words, 1)
        self._words.focus_changed.connect(well.set_focused)
        self._fill(well, self._words)
        editor.text_edited.connect(self._on_editor_edited)

    def open(self, position: int | None = None) -> None:
        """Show the note at ``position``, else the one beside the cursor, else a new one at the cursor."""
        cursor = QTextCursor(self._editor.textCursor())
        if position is None:
            position = notes.note_beside(cursor)
        if position is None:
            cursor.setPosition(cursor.selectionEnd())
            position = cursor.position()
            notes.insert_note(cursor, Note(()))
            self._editor.setTextCursor(cursor)
        self._cursor = QTextCursor(self._editor.document())
        _choose(self._cursor, position, position + 1)
        note = notes.read_note(self._editor.document(), position)
        self._words.show_text(Text((Paragraph(note.runs),)))
        self._show_number()
        self._tell("")
        self.show()
        self._words.setFocus(Qt.FocusReason.OtherFocusReason)

    def shut(self) -> None:
        """Close; a note without words goes."""
        if not self.isHidden() and not self._words.text_value().blocks:
            notes.remove_note(self._editor.document(), self._cursor.selectionStart())
        super().shut()

    def _on_text_edited(self) -> None:
        notes.change_note(self._editor.document(), self._cursor.selectionStart(), self._words.note())

    def _on_editor_edited(self) -> None:
        if self.isHidden():
            return
        if notes.sign_at(self._editor.document(), self._cursor.selectionStart()) is None:
            self._words.clear()
            self.shut()
        else:
            self._show_number()

    def _show_number(self) -> None:
        found = notes.sign_at(self._editor.document(), self._cursor.selectionStart())
        number = note_number(found) if found is not None else 0
        self._name.setText(_("Note {number}").format(number=number))

    def _on_remove(self) -> None:
        notes.remove_note(self._editor.document(), self._cursor.selectionStart())
        self._words.clear()
        self.finish()


def _choose(cursor: QTextCursor, start: int, end: int) -> None:
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
