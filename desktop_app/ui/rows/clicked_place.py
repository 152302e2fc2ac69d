"""Where in the words of a row somebody clicked, so that the cursor is there when they can be edited."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QLabel, QTextEdit, QWidget

from desktop_app.ui.pages.page import page_around, settle

_ENOUGH = 24
"""Characters by which a place is found again where marks of notes and lists count otherwise."""


def words_before(label: QLabel, point: QPoint) -> str:
    """The words of ``label`` before the place nearest to ``point``, which is in its coordinates."""
    document = QTextDocument()
    document.setDefaultFont(label.font())
    document.setDocumentMargin(0)
    document.setHtml(label.text())
    document.setTextWidth(label.width())
    position = document.documentLayout().hitTest(QPointF(point), Qt.HitTestAccuracy.FuzzyHit)
    return _beginning(document.toPlainText(), position)


def put_cursor(target: QWidget | None, before: str) -> None:
    """Put the cursor of ``target``, if it is a text, behind the words ``before``, and bring it into sight."""
    if not isinstance(target, QTextEdit):
        return
    words = target.toPlainText()
    if not words.startswith(before):
        end = before[-_ENOUGH:]
        # Up to the end of those words, else to the same place.
        before = words[: words.find(end) + len(end)] if end in words else words[: len(before)]
    cursor = target.textCursor()
    cursor.setPosition(_steps(before))
    target.setTextCursor(cursor)
    _bring_into_sight(target, cursor)


def _beginning(words: str, position: int) -> str:
    """The words before a position of Qt, whole: inside of a sign there is no place."""
    pairs = words.encode("utf-16-le", "surrogatepass")[: 2 * max(0, position)]
    return pairs.decode("utf-16-le", "ignore")


def _steps(words: str) -> int:
    """Qt's position behind the words: it counts signs beyond the first 65,536, such as "🌱", twice."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def _bring_into_sight(target: QTextEdit, cursor: QTextCursor) -> None:
    page = page_around(target)
    if page is not None:
        settle()
        rect = target.cursorRect(cursor)
        rect.moveTopLeft(target.viewport().mapTo(page.ground, rect.topLeft()))
        page.show_rect(rect)
