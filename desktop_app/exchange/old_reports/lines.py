"""What Markdown and plain text have in common: table rows with tabs, typed list marks, numbers of items."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from desktop_app.exchange.old_reports.blocks import BREAK, LINE_END, Block, BlockKind
from desktop_app.exchange.old_reports.cutting import cut
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
    for start, content in cut(block.content, sorted(bullets)):
        if start not in bullets:
            piece = replace(block, content=content)
        else:
            words = content.part(bullets[start].end() - start)
            piece = replace(block, kind=BlockKind.ITEM, content=words, level=block.level + 1)
        if piece.content.text.strip() or piece.content.notes():
            yield piece


def with_sure_numbers(blocks: Iterable[Block]) -> list[Block]:
    """The blocks, with numbers that count nothing put back in the text.

    "2. svibnja 2013." at the start of a paragraph looks like the second item of a list and is a date.
    Only numbers that count, from 1 and with a 2, belong to a list.
    """
    found = list(blocks)
    for place in _uncounted(found):
        block = found[place]
        words = Paragraph((Run(f"{block.number}. "), *block.content.inlines))
        # An item of an inner list stays where it is, since its outer item may have nothing else.
        kind, level = (block.kind, block.level) if block.level > 1 else (BlockKind.PARAGRAPH, 0)
        found[place] = replace(block, kind=kind, content=words, level=level, ordered=False, number=None)
    return found


def _uncounted(blocks: Sequence[Block]) -> Iterator[int]:
    """The places of numbered items whose number neither begins a count nor goes on with one."""
    last: dict[int, tuple[int, int]] = {}
    lone: set[int] = set()
    for place, block in enumerate(blocks):
        if block.kind is BlockKind.ITEM:
            # An outer item ends the counts inside the one before it.
            last = {level: count for level, count in last.items() if level <= block.level}
        if block.number is None:
            continue
        number, before = last.get(block.level, (0, -1))
        if block.number == number + 1:
            lone.discard(before)
            if block.number == 1:
                lone.add(place)
            last[block.level] = block.number, place
        elif block.number == 1:
            lone.add(place)
            last[block.level] = 1, place
        else:
            yield place
    yield from sorted(lone)
