"""Text answers into Qt's document and back. Qt's own Markdown and HTML are never used for that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtGui import QColor, QTextBlock, QTextCursor, QTextDocument

from desktop_app.report.text.model import (
    Block,
    Inline,
    Item,
    ListBlock,
    Note,
    Paragraph,
    Text,
    normalise,
)
from desktop_app.runtime.dataclass import dataclass, field
from desktop_app.ui.rich_text.formats import FormatReader, run_format, safe_pieces
from desktop_app.ui.rich_text.lines import (
    PLAIN_LINE,
    Line,
    LineKind,
    Nesting,
    block_format,
    blocks,
    item_kind,
    line_of,
    set_line,
    settle,
)
from desktop_app.ui.rich_text.notes import insert_note, number_notes

_Piece = tuple[Line, tuple[Inline, ...]]


def write_document(text: Text, document: QTextDocument, link_colour: QColor) -> None:
    """Replace the content of ``document`` by ``text``."""
    document.clear()
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    cursor.setBlockFormat(block_format(PLAIN_LINE))
    _insert(cursor, list(_lines(normalise(text).blocks, 0)), link_colour)
    cursor.endEditBlock()
    settle(document)
    number_notes(document)


def insert_text(cursor: QTextCursor, text: Text, link_colour: QColor) -> None:
    """Put ``text`` in the place of the cursor's selection.

    Its first paragraph goes on in the line at hand. Inside a list its paragraphs become items, and its
    lists join the list at hand.
    """
    pieces = list(_lines(normalise(text).blocks, 0))
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    if pieces:
        here = line_of(cursor.block())
        if here.kind is LineKind.PARAGRAPH:
            _make_room(cursor, pieces)
        else:
            pieces = [(_inside(line, here), inlines) for line, inlines in pieces]
        _insert(cursor, pieces, link_colour, keep_first_line=here.kind is not LineKind.PARAGRAPH)
    cursor.endEditBlock()
    settle(cursor.document())
    number_notes(cursor.document())


def _inside(line: Line, here: Line) -> Line:
    """What a pasted line becomes inside the list item ``here``."""
    if line.kind is LineKind.PARAGRAPH:
        return here
    return Line(line.kind, here.depth - 1 + line.depth)


def _make_room(cursor: QTextCursor, pieces: Sequence[_Piece]) -> None:
    """Break the paragraph at hand where a list is put into its middle, so that its words stay outside."""
    if cursor.block().length() <= 1:
        return
    if pieces[-1][0].kind is not LineKind.PARAGRAPH and not cursor.atBlockEnd():
        at = cursor.position()
        cursor.insertBlock()
        cursor.setPosition(at)
    if pieces[0][0].kind is not LineKind.PARAGRAPH and not cursor.atBlockStart():
        cursor.insertBlock()


def _insert(
    cursor: QTextCursor, pieces: Sequence[_Piece], link_colour: QColor, *, keep_first_line: bool = False
) -> None:
    for number, (line, inlines) in enumerate(pieces):
        if number:
            cursor.insertBlock(block_format(line), run_format(frozenset(), None, link_colour))
        if line.kind.is_item and (number or not keep_first_line):
            set_line(cursor.block(), line)
        for inline in inlines:
            _insert_inline(cursor, inline, link_colour)


def _insert_inline(cursor: QTextCursor, inline: Inline, link_colour: QColor) -> None:
    if isinstance(inline, Note):
        insert_note(cursor, inline)
        return
    for characters, made in safe_pieces(inline, run_format(inline.marks, inline.href, link_colour)):
        cursor.insertText(characters, made)


def _lines(found: Sequence[Block], depth: int) -> Iterator[_Piece]:
    for block in found:
        if isinstance(block, Paragraph):
            yield Line(LineKind.MORE, depth) if depth else PLAIN_LINE, block.inlines
            continue
        for item in block.items:
            for number, piece in enumerate(_lines(item.blocks, depth + 1)):
                # A normalised item begins with a paragraph: that one carries the mark.
                yield (Line(item_kind(block.ordered), depth + 1), piece[1]) if number == 0 else piece


@dataclass(slots=True)
class _OpenList:
    """A list that still grows."""

    ordered: bool
    items: list[list[Paragraph | _OpenList]] = field(default_factory=list)

    def closed(self) -> ListBlock:
        return ListBlock(self.ordered, tuple(Item(_closed(blocks)) for blocks in self.items))


def _closed(found: Sequence[Paragraph | _OpenList]) -> tuple[Block, ...]:
    return tuple(block if isinstance(block, Paragraph) else block.closed() for block in found)


def read_document(document: QTextDocument) -> Text:
    """The normalised text of the whole document."""
    return _read(blocks(document), 0, document.characterCount())


def read_selection(cursor: QTextCursor) -> Text:
    """The normalised text of what is selected."""
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    document = cursor.document()
    first, last = document.findBlock(start), document.findBlock(end)
    if first == last:
        return normalise(Text((Paragraph(_inlines(first, FormatReader(), start, end)),)))
    chosen = (block for block in blocks(document) if first.position() <= block.position() <= last.position())
    return _read(chosen, start, end)


def _read(found: Iterator[QTextBlock], start: int, end: int) -> Text:
    root: list[Paragraph | _OpenList] = []
    lists: dict[int, _OpenList] = {}
    nesting, formats = Nesting(), FormatReader()
    known_lines: dict[int, Line] = {}
    for block in found:
        index = block.blockFormatIndex()
        if index not in known_lines:
            known_lines[index] = line_of(block)
        place = nesting.place(known_lines[index])
        paragraph = Paragraph(_inlines(block, formats, start, end))
        around = place.lists[:-1] if place.line.kind.is_item else place.lists
        target = lists[around[-1]].items[-1] if around else root
        if not place.line.kind.is_item:
            target.append(paragraph)
            continue
        number = place.lists[-1]
        if number not in lists:
            lists[number] = _OpenList(place.line.kind is LineKind.NUMBER)
            target.append(lists[number])
        lists[number].items.append([paragraph])
    return normalise(Text(_closed(root)))


def _inlines(block: QTextBlock, formats: FormatReader, start: int, end: int) -> tuple[Inline, ...]:
    found: list[Inline] = []
    whole = start <= block.position() and block.position() + block.length() <= end
    walker = block.begin()
    while not walker.atEnd():
        fragment = walker.fragment()
        characters = fragment.text()
        if not whole:
            characters = _clipped(characters, fragment.position(), start, end)
        if characters:
            formats.add(fragment, characters, found)
        walker += 1
    return tuple(found)


def _clipped(characters: str, position: int, start: int, end: int) -> str:
    """The part between two positions; Qt counts in UTF-16 units."""
    units = characters.encode("utf-16-le")
    return units[max(0, start - position) * 2 : max(0, end - position) * 2].decode("utf-16-le", "ignore")
