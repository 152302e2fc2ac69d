"""How runs and notes look inside Qt's document, and how they are read back from it.

The truth stands in properties of our own where Qt's would say two things at once: a link is drawn
underlined, but only a run that carries the underline mark is underlined.
"""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextFormat, QTextFragment

from desktop_app.report.text import markup
from desktop_app.report.text.model import Inline, Mark, Note, Paragraph, Run, Text

NOTE_SIGN = "\ufffc"
"""The one character a note takes in the document: Qt's sign for an object."""

NOTE_OBJECT = QTextFormat.ObjectTypes.UserObject.value + 1

_FIRST = QTextFormat.Property.UserProperty.value + 1
_UNDERLINED, _NOTE, _NUMBER, _LITERAL = range(_FIRST, _FIRST + 4)

#: Characters Qt keeps for itself: they stand in the document as U+FFFD and are remembered in the format.
_RESERVED = ("\ufdd0", "\ufdd1", NOTE_SIGN)
_STAND_IN = "\ufffd"

Format = tuple[frozenset[Mark], str | None]
"""Marks and address of a run."""


def run_format(marks: frozenset[Mark], href: str | None, link_colour: QColor) -> QTextCharFormat:
    """The format of a run."""
    made = QTextCharFormat()
    _set_marks(made, marks, href, link_colour)
    return made


def reformatted(
    old: QTextCharFormat, marks: frozenset[Mark], href: str | None, link_colour: QColor
) -> QTextCharFormat:
    """``old`` with other marks and another address; a note stays a note."""
    made = run_format(marks, href if old.objectType() != NOTE_OBJECT else None, link_colour)
    for key in (_NOTE, _NUMBER, _LITERAL):
        if old.hasProperty(key):
            made.setProperty(key, old.property(key))
    made.setObjectType(old.objectType())
    return made


def _set_marks(made: QTextCharFormat, marks: frozenset[Mark], href: str | None, link_colour: QColor) -> None:
    if Mark.BOLD in marks:
        made.setFontWeight(QFont.Weight.Bold)
    if Mark.ITALIC in marks:
        made.setFontItalic(True)
    if Mark.SUPERSCRIPT in marks:
        made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
    if Mark.UNDERLINE in marks:
        made.setProperty(_UNDERLINED, True)
        made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    if href is not None:
        made.setAnchor(True)
        made.setAnchorHref(href)
        made.setForeground(link_colour)
        if Mark.UNDERLINE not in marks:
            made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)


def format_of(found: QTextCharFormat) -> Format:
    """The marks and the address that a format stands for."""
    marks = set()
    if found.fontWeight() >= QFont.Weight.DemiBold.value:
        marks.add(Mark.BOLD)
    if found.fontItalic():
        marks.add(Mark.ITALIC)
    if found.verticalAlignment() == QTextCharFormat.VerticalAlignment.AlignSuperScript:
        marks.add(Mark.SUPERSCRIPT)
    if found.hasProperty(_UNDERLINED):
        marks.add(Mark.UNDERLINE)
    href = found.anchorHref() if found.isAnchor() else ""
    return frozenset(marks), href or None


def note_format(note: Note, around: frozenset[Mark] = frozenset()) -> QTextCharFormat:
    """The format of a note's sign; ``around`` are the marks that words typed after it shall have."""
    made = run_format(around, None, QColor())
    made.setObjectType(NOTE_OBJECT)
    made.setProperty(_NOTE, markup.write(Text((Paragraph(note.runs),))))
    return made


def note_of(found: QTextCharFormat) -> Note:
    """The note of a sign's format; one without words while it is new."""
    notation = found.property(_NOTE)
    runs = (
        inline
        for paragraph in markup.read(notation if isinstance(notation, str) else "").paragraphs()
        for inline in paragraph.inlines
        if isinstance(inline, Run)
    )
    return Note(tuple(runs))


def note_number(found: QTextCharFormat) -> int:
    """The number a note's sign shows."""
    number = found.property(_NUMBER)
    return number if isinstance(number, int) else 0


def with_number(found: QTextCharFormat, number: int) -> QTextCharFormat:
    """The format of the same sign with another number."""
    made = QTextCharFormat(found)
    made.setProperty(_NUMBER, number)
    return made


def safe_pieces(run: Run, made: QTextCharFormat) -> list[tuple[str, QTextCharFormat]]:
    """The characters of ``run`` as they may be put into a document, each piece with its format."""
    if not any(character in run.text for character in _RESERVED):
        return [(run.text, made)]
    pieces: list[tuple[str, QTextCharFormat]] = []
    for character in run.text:
        if character in _RESERVED:
            literal = QTextCharFormat(made)
            literal.setProperty(_LITERAL, character)
            pieces.append((_STAND_IN, literal))
        elif pieces and pieces[-1][1] is made:
            pieces[-1] = (pieces[-1][0] + character, made)
        else:
            pieces.append((character, made))
    return pieces


class FormatReader:
    """Turns pieces of one document into inlines; looks at every format only once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[frozenset[Mark], str | None, Note | None, str]] = {}

    def add(self, fragment: QTextFragment, characters: str, inlines: list[Inline]) -> None:
        """Add to ``inlines`` what ``characters`` of the fragment stand for."""
        index = fragment.charFormatIndex()
        known = self._known.get(index)
        if known is None:
            known = self._known[index] = self._read(fragment.charFormat())
        marks, href, note, literal = known
        if note is not None:
            inlines.extend([note] * len(characters))
        else:
            inlines.append(
                Run(characters.replace(_STAND_IN, literal) if literal else characters, marks, href)
            )

    def _read(self, found: QTextCharFormat) -> tuple[frozenset[Mark], str | None, Note | None, str]:
        marks, href = format_of(found)
        literal = found.property(_LITERAL)
        note = note_of(found) if found.objectType() == NOTE_OBJECT else None
        return marks, href, note, literal if isinstance(literal, str) else ""
