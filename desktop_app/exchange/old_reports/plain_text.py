"""Reading an old report as plain text: what word processors save, and what people paste into an editor."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop_app.exchange.old_reports.blocks import LINE_END, Block, BlockKind, Reading
from desktop_app.exchange.old_reports.footnotes import with_notes_at_marks
from desktop_app.exchange.old_reports.lines import (
    BULLET,
    NUMBER,
    cells_of,
    is_table_line,
    with_sure_numbers,
    with_typed_bullets,
)
from desktop_app.report.text import Paragraph, Run

_ITEM = re.compile(rf"(?P<indent>[ \t]*)(?:{BULLET}|{NUMBER})(?=\S)")
_SENTENCE_END = re.compile(r"[.!?:;][\"'”’»)\]]*$")

#: A line longer than this was not wrapped by hand: each line is a paragraph.
_LONGEST_WRAPPED_LINE = 120
#: A wrapped line that ends a sentence before this part of the usual width ends its paragraph.
_SHORT_LINE = 0.6
_LEVEL_INDENT = 2
_MAX_LEVEL = 9


def read_plain_text(text: str) -> Reading:
    """The blocks of a plain text document."""
    lines = text.replace("\r\n", "\n").split("\n")
    width = max(map(len, lines), default=0)
    blocks: list[Block] = []
    for paragraph in _paragraphs(lines, width):
        blocks.extend(_blocks(paragraph))
    bulleted = (piece for block in blocks for piece in with_typed_bullets(block))
    return Reading(with_notes_at_marks(with_sure_numbers(bulleted)), [])


def _paragraphs(lines: list[str], width: int) -> Iterator[list[str]]:
    """The lines of each paragraph, item or table row."""
    waiting: list[str] = []
    for line in lines:
        stands_alone = is_table_line(line) or not line.strip()
        if waiting and (stands_alone or _ITEM.match(line) or _is_over(waiting[-1], width)):
            yield waiting
            waiting = []
        if is_table_line(line):
            yield [line]
        elif line.strip():
            waiting.append(line)
    if waiting:
        yield waiting


def _is_over(line: str, width: int) -> bool:
    """Whether the paragraph ends with this line."""
    if width > _LONGEST_WRAPPED_LINE:
        return True
    return len(line) < width * _SHORT_LINE and _SENTENCE_END.search(line.rstrip()) is not None


def _blocks(lines: list[str]) -> Iterator[Block]:
    if is_table_line(lines[0]):
        for column, cell in enumerate(cells_of(lines[0])):
            if cell:
                yield Block(BlockKind.CELL, _paragraph(cell), column=column)
        return
    mark = _ITEM.match(lines[0])
    if mark is None:
        yield Block(BlockKind.PARAGRAPH, _paragraph(LINE_END.join(lines)))
        return
    content = _paragraph(LINE_END.join([lines[0][mark.end() :], *lines[1:]]))
    number = int(mark["number"]) if mark["number"] else None
    level = min(1 + len(mark["indent"].expandtabs(4)) // _LEVEL_INDENT, _MAX_LEVEL)
    yield Block(BlockKind.ITEM, content, level=level, ordered=number is not None, number=number)


def _paragraph(words: str) -> Paragraph:
    return Paragraph((Run(words),))
