"""Footnotes in the document: their signs, drawn as numbers, counted anew whenever the order changes."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QPyTextObject,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QApplication

from desktop_app.report.text.model import Mark, Note
from desktop_app.ui import tokens
from desktop_app.ui.rich_text.formats import (
    NOTE_OBJECT,
    NOTE_SIGN,
    format_of,
    note_format,
    note_number,
    note_of,
    with_number,
)


class NoteSign(QPyTextObject):
    """Draws a note's sign: its number, small and raised."""

    def __init__(self, parent: QObject) -> None:
        """Lives as long as ``parent``, the document's editor."""
        super().__init__(parent)

    def intrinsicSize(self, document: QTextDocument, position: int, found: QTextFormat) -> QSizeF:
        font, words = _font(document), _words(found)
        return QSizeF(
            QFontMetricsF(font).horizontalAdvance(words) + 2, QFontMetricsF(document.defaultFont()).ascent()
        )

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        document: QTextDocument,
        position: int,
        found: QTextFormat,
    ) -> None:
        painter.save()
        painter.setFont(_font(document))
        painter.setPen(tokens.accent(QApplication.palette()))
        flags = int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextDontClip)
        painter.drawText(QRectF(rect), flags, _words(found))
        painter.restore()


def _font(document: QTextDocument) -> QFont:
    font = QFont(document.defaultFont())
    font.setPointSizeF(font.pointSizeF() * tokens.RAISED_SCALE)
    font.setWeight(QFont.Weight.DemiBold)
    return font


def _words(found: QTextFormat) -> str:
    number = note_number(QTextCharFormat(found.toCharFormat()))
    return str(number) if number else "*"


def note_positions(document: QTextDocument) -> Iterator[int]:
    """Where notes stand, in order; positions in UTF-16 units, as Qt counts."""
    raw = document.toRawText()
    at = raw.find(NOTE_SIGN)
    while at >= 0:
        yield at if raw.isascii() else len(raw[:at].encode("utf-16-le")) // 2
        at = raw.find(NOTE_SIGN, at + 1)


def number_notes(document: QTextDocument) -> None:
    """Give every sign the number of its place."""
    for number, position in enumerate(note_positions(document), start=1):
        found = sign_at(document, position)
        if found is not None and note_number(found) != number:
            _chosen(document, position).setCharFormat(with_number(found, number))


def sign_at(document: QTextDocument, position: int) -> QTextCharFormat | None:
    """The format of the note's sign at ``position``; None when there is none."""
    if not 0 <= position < document.characterCount() - 1:
        return None
    found = _chosen(document, position).charFormat()
    return found if found.objectType() == NOTE_OBJECT else None


def note_beside(cursor: QTextCursor) -> int | None:
    """The position of the note right before or right after the cursor."""
    for position in (cursor.position() - 1, cursor.position()):
        if sign_at(cursor.document(), position) is not None:
            return position
    return None


def insert_note(cursor: QTextCursor, note: Note) -> None:
    """Put a note's sign in the place of the selection."""
    around: frozenset[Mark] = frozenset() if cursor.atBlockStart() else format_of(cursor.charFormat())[0]
    cursor.insertText(NOTE_SIGN, note_format(note, around))


def read_note(document: QTextDocument, position: int) -> Note:
    """The note at ``position``; without words when there is none."""
    found = sign_at(document, position)
    return Note(()) if found is None else note_of(found)


def change_note(document: QTextDocument, position: int, note: Note) -> None:
    """Give the note at ``position`` other words."""
    found = sign_at(document, position)
    if found is not None:
        made = with_number(note_format(note, format_of(found)[0]), note_number(found))
        _chosen(document, position).setCharFormat(made)


def remove_note(document: QTextDocument, position: int) -> None:
    """Take the note at ``position`` out."""
    if sign_at(document, position) is not None:
        _chosen(document, position).removeSelectedText()


def _chosen(document: QTextDocument, position: int) -> QTextCursor:
    cursor = QTextCursor(document)
    cursor.setPosition(position)
    cursor.setPosition(position + 1, QTextCursor.MoveMode.KeepAnchor)
    return cursor
