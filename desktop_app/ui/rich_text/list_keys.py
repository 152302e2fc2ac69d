"""What keys and buttons do to list items. All work on a cursor; ``settle`` puts the lists in order after."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor

from desktop_app.report.text.model import MAX_LIST_DEPTH
from desktop_app.ui.rich_text.lines import (
    PLAIN_LINE,
    Line,
    LineKind,
    block_format,
    item_kind,
    line_of,
    set_line,
    settle,
)

_TYPED_BULLET = re.compile(r"[-*•–]")
_TYPED_NUMBER = re.compile(r"1[.)]")


def list_kind(cursor: QTextCursor) -> LineKind | None:
    """Bullets or numbers, when all the selected lines are items of that kind."""
    kinds = {line_of(block).kind for block in _chosen(cursor)}
    kind = kinds.pop()
    return kind if not kinds and kind.is_item else None


def toggle_list(cursor: QTextCursor, ordered: bool) -> None:
    """Make the selected lines items of such a list; when they all are, plain paragraphs."""
    wanted = item_kind(ordered)
    is_on = list_kind(cursor) is wanted
    cursor.beginEditBlock()
    for block in list(_chosen(cursor)):
        depth = max(1, line_of(block).depth)
        set_line(block, PLAIN_LINE if is_on else Line(wanted, depth))
    cursor.endEditBlock()
    settle(cursor.document())


def start_typed_list(cursor: QTextCursor) -> str | None:
    """Turn "-" or "1." typed at the start of a paragraph into a list; the mark that was typed, or None."""
    block = cursor.block()
    if cursor.hasSelection() or line_of(block) != PLAIN_LINE:
        return None
    mark = block.text()[: cursor.positionInBlock()]
    ordered = _TYPED_NUMBER.fullmatch(mark) is not None
    if not ordered and _TYPED_BULLET.fullmatch(mark) is None:
        return None
    cursor.beginEditBlock()
    cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
    set_line(cursor.block(), Line(item_kind(ordered), 1))
    cursor.endEditBlock()
    settle(cursor.document())
    return mark


def take_back_typed_list(cursor: QTextCursor, mark: str) -> None:
    """The mark was meant as typed: words again, no list."""
    cursor.beginEditBlock()
    set_line(cursor.block(), PLAIN_LINE)
    cursor.insertText(f"{mark} ")
    cursor.endEditBlock()
    settle(cursor.document())


def enter(cursor: QTextCursor, made: QTextCharFormat, *, same_item: bool) -> None:
    """Begin the next line, to be typed in ``made``; in a list an item, unless ``same_item`` goes on in it."""
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    block = cursor.block()
    line = line_of(block)
    item = _item_of(block) or line
    if line.kind is not LineKind.PARAGRAPH and block.length() <= 1 and not same_item:
        set_line(block, _line_after_empty(block, line, item))
    else:
        cursor.insertBlock(block_format(line), made)
        is_more = same_item and line.kind is not LineKind.PARAGRAPH
        set_line(cursor.block(), Line(LineKind.MORE, line.depth) if is_more else item)
    cursor.endEditBlock()
    settle(cursor.document())


def _line_after_empty(block: QTextBlock, line: Line, item: Line) -> Line:
    """What an empty line becomes: an item, an item of the list around it, or a paragraph."""
    if line.kind is LineKind.MORE:
        return item
    outer = _item_above(block, line.depth - 1)
    return outer if outer is not None else PLAIN_LINE


def backspace(cursor: QTextCursor) -> bool:
    """At the start of a line: an item loses its mark, a further paragraph joins the line before."""
    if cursor.hasSelection() or not cursor.atBlockStart():
        return False
    line = line_of(cursor.block())
    if line.kind is LineKind.PARAGRAPH:
        return False
    if line.kind is LineKind.MORE:
        cursor.deletePreviousChar()
    else:
        has_item_above = _item_above(cursor.block(), line.depth) is not None or line.depth > 1
        set_line(cursor.block(), Line(LineKind.MORE, line.depth) if has_item_above else PLAIN_LINE)
    settle(cursor.document())
    return True


def shift(cursor: QTextCursor, by: int) -> bool:
    """Move the selected items, with all nested in them, a level in (1) or out (-1); False if none can."""
    chosen = list(_chosen(cursor))
    first = line_of(chosen[0])
    if not first.kind.is_item or not _may_shift(chosen[0], first, by):
        return False
    cursor.beginEditBlock()
    moved = [*chosen, *_nested_in(chosen[-1])]
    for block in moved:
        line = line_of(block)
        if line.kind is not LineKind.PARAGRAPH:
            set_line(block, Line(line.kind, min(max(1, line.depth + by), MAX_LIST_DEPTH)))
    cursor.endEditBlock()
    settle(cursor.document())
    return True


def _may_shift(block: QTextBlock, line: Line, by: int) -> bool:
    if by < 0:
        return line.depth > 1
    before = block.previous()
    return line.depth < MAX_LIST_DEPTH and before.isValid() and line_of(before).depth >= line.depth


def _chosen(cursor: QTextCursor) -> Iterator[QTextBlock]:
    document = cursor.document()
    block, last = document.findBlock(cursor.selectionStart()), document.findBlock(cursor.selectionEnd())
    yield block
    while block != last:
        block = block.next()
        yield block


def _nested_in(block: QTextBlock) -> Iterator[QTextBlock]:
    depth = line_of(block).depth
    block = block.next()
    while block.isValid():
        line = line_of(block)
        if line.depth < depth or (line.depth == depth and line.kind.is_item):
            return
        yield block
        block = block.next()


def _item_of(block: QTextBlock) -> Line | None:
    """The item the line belongs to."""
    line = line_of(block)
    return line if line.kind.is_item else _item_above(block, line.depth)


def _item_above(block: QTextBlock, depth: int) -> Line | None:
    """The nearest item at ``depth`` whose list reaches down to ``block``."""
    block = block.previous()
    while depth > 0 and block.isValid():
        line = line_of(block)
        if line.depth < depth:
            return None
        if line.depth == depth and line.kind.is_item:
            return line
        block = block.previous()
    return None
