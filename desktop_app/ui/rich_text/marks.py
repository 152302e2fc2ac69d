"""Marks and links on what is selected: bold, italic, underline, superscript, an address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor

from desktop_app.report.text.model import Mark
from desktop_app.ui.rich_text.formats import Format, format_of, reformatted, run_format


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the document in one format, by positions."""

    start: int
    end: int
    format: QTextCharFormat


def spans(cursor: QTextCursor) -> Iterator[Span]:
    """The pieces of the selection in order."""
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    block = cursor.document().findBlock(start)
    while block.isValid() and block.position() < end:
        walker = block.begin()
        while not walker.atEnd():
            fragment = walker.fragment()
            first = max(start, fragment.position())
            last = min(end, fragment.position() + fragment.length())
            if first < last:
                yield Span(first, last, fragment.charFormat())
            walker += 1
        block = block.next()


def marks_of(cursor: QTextCursor, typing: QTextCharFormat) -> frozenset[Mark]:
    """The marks that all that is selected has; without a selection, those of what is typed next."""
    common: frozenset[Mark] | None = None
    # Looked through only as far as it takes: all of a long list may be selected.
    for span in spans(cursor):
        found = format_of(span.format)[0]
        common = found if common is None else common & found
        if not common:
            break
    if common is None:
        return frozenset() if cursor.hasSelection() else format_of(typing)[0]
    return common


def set_mark(cursor: QTextCursor, mark: Mark, on: bool, link_colour: QColor) -> None:
    """Give the selection the mark, or take it off."""

    def change(found: Format) -> Format:
        return (found[0] | {mark} if on else found[0] - {mark}), found[1]

    _reformat(cursor, change, link_colour)


def typing_format(typing: QTextCharFormat, mark: Mark, on: bool, link_colour: QColor) -> QTextCharFormat:
    """The format for what is typed next, with or without ``mark``."""
    marks, href = format_of(typing)
    return run_format(marks | {mark} if on else marks - {mark}, href, link_colour)


def set_link(cursor: QTextCursor, href: str | None, link_colour: QColor) -> None:
    """Make the selection a link, or plain words with None."""

    def change(found: Format) -> Format:
        return found[0], href

    _reformat(cursor, change, link_colour)


def retint(cursor: QTextCursor, link_colour: QColor) -> None:
    """Draw the links of the selection in another colour."""
    for span in list(spans(cursor)):
        if span.format.isAnchor():
            _set(cursor, span, reformatted(span.format, *format_of(span.format), link_colour))


def link_around(cursor: QTextCursor) -> Span | None:
    """The whole link the cursor or the selection's start stands in."""
    whole = QTextCursor(cursor.block())
    whole.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    at = cursor.selectionStart()
    found: Span | None = None
    for span in spans(whole):
        href = format_of(span.format)[1]
        if found is not None and href == format_of(found.format)[1] and found.end == span.start:
            found = Span(found.start, span.end, found.format)
        elif found is not None and found.start <= at <= found.end:
            break
        else:
            found = span if href is not None else None
    return found if found is not None and found.start <= at <= found.end else None


def leaves_link(cursor: QTextCursor) -> bool:
    """Whether the cursor stands at a link's end, where words typed next belong to the link no more."""
    if cursor.hasSelection() or not cursor.charFormat().isAnchor():
        return False
    link = link_around(cursor)
    return link is None or link.end == cursor.position()


def _reformat(cursor: QTextCursor, change: Callable[[Format], Format], link_colour: QColor) -> None:
    editing = QTextCursor(cursor)
    editing.beginEditBlock()
    for span in list(spans(cursor)):
        marks, href = change(format_of(span.format))
        _set(cursor, span, reformatted(span.format, marks, href, link_colour))
    editing.endEditBlock()


def _set(cursor: QTextCursor, span: Span, made: QTextCharFormat) -> None:
    part = QTextCursor(cursor.document())
    part.setPosition(span.start)
    part.setPosition(span.end, QTextCursor.MoveMode.KeepAnchor)
    part.setCharFormat(made)
