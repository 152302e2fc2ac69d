"""The paragraphs of Qt's document as lines with a list level, and lists kept in order while one types.

A list item is a block in one of Qt's lists, whose format names level and kind. A further paragraph of
an item is a block outside the lists with the item's level as its indent.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from itertools import count

from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCursor, QTextDocument, QTextList, QTextListFormat

from desktop_app.report.text.model import MAX_LIST_DEPTH
from desktop_app.runtime.dataclass import dataclass
from desktop_app.ui import tokens

_BULLET_STYLES = (
    QTextListFormat.Style.ListDisc,
    QTextListFormat.Style.ListCircle,
    QTextListFormat.Style.ListSquare,
)
_ORDERED_STYLE = QTextListFormat.Style.ListDecimal


class LineKind(Enum):
    """What a block is: ``MORE`` is a further paragraph of the list item above it."""

    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    NUMBER = "number"
    MORE = "more"

    @property
    def is_item(self) -> bool:
        """Whether it has a mark."""
        return self in (LineKind.BULLET, LineKind.NUMBER)


@dataclass(frozen=True, slots=True)
class Line:
    """``depth`` counts the list levels, 0 outside lists."""

    kind: LineKind = LineKind.PARAGRAPH
    depth: int = 0


PLAIN_LINE = Line()


def item_kind(ordered: bool) -> LineKind:
    """The kind of an item of a numbered or bullet list."""
    return LineKind.NUMBER if ordered else LineKind.BULLET


def list_of(block: QTextBlock) -> QTextList | None:
    """Qt's list that ``block`` is an item of, if it is one."""
    return block.textList()


def line_of(block: QTextBlock) -> Line:
    """What ``block`` is."""
    found = list_of(block)
    if found is not None:
        list_format = found.format()
        return Line(item_kind(list_format.style() == _ORDERED_STYLE), max(1, list_format.indent()))
    indent = block.blockFormat().indent()
    return Line(LineKind.MORE, indent) if indent > 0 else PLAIN_LINE


def block_format(line: Line) -> QTextBlockFormat:
    """The format of a block outside Qt's lists; an item still has to be put into one."""
    made = QTextBlockFormat()
    made.setBottomMargin(tokens.HALF)
    made.setLineHeight(tokens.LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if line.kind is LineKind.MORE:
        made.setIndent(line.depth)
    return made


def list_format(line: Line) -> QTextListFormat:
    """The format of the list an item stands in."""
    made = QTextListFormat()
    made.setIndent(line.depth)
    bullet = _BULLET_STYLES[(line.depth - 1) % len(_BULLET_STYLES)]
    made.setStyle(_ORDERED_STYLE if line.kind is LineKind.NUMBER else bullet)
    return made


def set_line(block: QTextBlock, line: Line) -> None:
    """Make ``block`` something else; ``settle`` then joins it to the list it belongs to."""
    cursor = QTextCursor(block)
    cursor.setBlockFormat(block_format(line))
    if line.kind.is_item:
        cursor.createList(list_format(line))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands: which list (a number of our own), and the lists around it, the outermost first."""

    line: Line
    lists: tuple[int, ...] = ()


class Nesting:
    """Says of one line after the other in which list it stands, and mends levels that cannot be."""

    def __init__(self) -> None:
        self._open: list[tuple[int, LineKind]] = []
        self._numbers = count()

    def place(self, line: Line) -> Place:
        """The place of the next line."""
        if line.kind is LineKind.PARAGRAPH:
            self._open.clear()
            return Place(PLAIN_LINE)
        if line.kind is LineKind.MORE:
            del self._open[line.depth :]
            if not self._open:
                return Place(PLAIN_LINE)
            return Place(Line(LineKind.MORE, len(self._open)), self._lists())
        depth = min(line.depth, len(self._open) + 1, MAX_LIST_DEPTH)
        del self._open[depth:]
        if len(self._open) == depth and self._open[-1][1] is not line.kind:
            self._open.pop()
        if len(self._open) < depth:
            self._open.append((next(self._numbers), line.kind))
        return Place(Line(line.kind, depth), self._lists())

    def _lists(self) -> tuple[int, ...]:
        return tuple(number for number, _ in self._open)


def blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    """All blocks in order."""
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def settle(document: QTextDocument) -> None:
    """After an edit of lines: put every item into the list it will be read into, so that numbers are true."""
    nesting = Nesting()
    lists: dict[int, QTextList] = {}
    taken: set[int] = set()
    for block in blocks(document):
        line = line_of(block)
        place = nesting.place(line)
        if place.line != line:
            set_line(block, place.line)
        if not place.line.kind.is_item:
            continue
        number = place.lists[-1]
        if number not in lists:
            lists[number] = _own_list(block, place.line, taken)
            taken.add(lists[number].objectIndex())
        own = list_of(block)
        if own is None or own.objectIndex() != lists[number].objectIndex():
            lists[number].add(block)


def _own_list(block: QTextBlock, line: Line, taken: set[int]) -> QTextList:
    """The list that begins with ``block``: its present one, unless an earlier list has it."""
    present = list_of(block)
    if present is not None and present.objectIndex() not in taken:
        return present
    return QTextCursor(block).createList(list_format(line))
