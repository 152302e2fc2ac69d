"""What Markdown and plain text have in common: table rows with tabs, typed list marks, numbers of items."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from desktop_app.exchange.old_reports.source import BREAK, LINE_END, Block, BlockKind
from desktop_app.report.text import Paragraph, Run

#: Bullets as typed, or as left by symbol fonts of word processors. A dash needs a space, "-5" is none.
BULLET = r"(?:[•·▪■◦‣●○\uf0b7\uf0a7][ \t]*|[-–—*+][ \t]+)"
#: The number of an item as typed. A year is none.
NUMBER = r"(?P<number>\d{1,3})[.)][ \t]+"

_BULLET = re.compile(rf"\s*{BULLET}(?=\S)")
_BEFORE_TAB = re.compile(rf"[ \t]*(?:{BULLET}|\(?\d{{1,3}}(?:\.\d{{1,3}})*[.)]?[ \t]+|\(?[a-z]\)[ \t]+)")
_LINE = re.compile(f"[{LINE_END}{BREAK}]")


def is_table_line(line: str) -> bool:
    """Whether a tab in the line parts cells, rather than an item from its mark."""
    mark = _BEFORE_TAB.match(line)
    rest = line[mark.end() :] if mark else line
    return "\t" in rest.lstrip("\t \N{NO-BREAK SPACE}")


def cells_of(line: str) -> list[str]:
    """The cells of a table line, in order, empty ones included."""
    return [cell.strip() for cell in line.split("\t")]


def with_typed_bullets(block: Block) -> Iterator[Block]:
    """The block, with every line of it that begins with a typed bullet as an item of its own.

    Items and headings stay whole.
    """
    text = block.content.text
    if block.kind in (BlockKind.ITEM, BlockKind.HEADING):
        yield block
        return
    starts = [0, *(found.end() for found in _LINE.finditer(text))]
    bullets = {start: mark for start in starts if (mark := _BULLET.match(text, start))}
    if not bullets:
        yield block
        return
    cuts = sorted({0, *bullets})
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        if start not in bullets:
            piece = replace(block, content=block.content.part(start, end))
        else:
            piece = replace(
                block,
                kind=BlockKind.ITEM,
                content=block.content.part(bullets[start].end(), end),
                level=block.level + 1,
            )
        if piece.content.text.strip() or piece.content.notes():
            yield piece


def with_sure_numbers(blocks: Iterable[Block]) -> list[Block]:
    """The blocks, with numbers that count nothing put back in the text.

    "2. svibnja 2013." at the start of a paragraph looks like the second item of a list and is a date.
    Only numbers that count, from 1 and with a 2, belong to a list.
    """
    found = list(blocks)
    numbered = [index for index, block in enumerate(found) if block.level == 1 and block.number is not None]
    last = 0
    for place, index in enumerate(numbered):
        number = found[index].number or 0
        following = found[numbered[place + 1]].number if place + 1 < len(numbered) else None
        if (number == 1 and following == 2) or (number > 1 and number == last + 1):
            last = number
            continue
        words = Paragraph((Run(f"{number}. "), *found[index].content.inlines))
        found[index] = replace(found[index], kind=BlockKind.PARAGRAPH, content=words, level=0, ordered=False)
    return found
