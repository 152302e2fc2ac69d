"""Words that were looked for, selected where the person was led to."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QTextEdit, QWidget

from desktop_app.services.finding import span


def select_words(editor: QWidget | None, words: str) -> None:
    """Select ``words`` in the editor that has the keyboard, where it is one of words and holds them."""
    if isinstance(editor, QLineEdit):
        found = span(editor.text(), words)
        if found is not None:
            editor.setSelection(found[0], found[1] - found[0])
    elif isinstance(editor, QTextEdit):
        text = editor.toPlainText()
        found = span(text, words)
        if found is not None:
            cursor = editor.textCursor()
            cursor.setPosition(_units(text[: found[0]]))
            cursor.setPosition(_units(text[: found[1]]), QTextCursor.MoveMode.KeepAnchor)
            editor.setTextCursor(cursor)
            editor.ensureCursorVisible()


def _units(text: str) -> int:
    """As Qt counts characters."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
