"""Blocks of a document as text answers: line ends closed up, items as nested lists, headings in bold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from desktop_app.exchange.old_reports.blocks import BREAK, LINE_END, Block, BlockKind
from desktop_app.report.text import Inline, Item, ListBlock, Mark, Paragraph, Run, Text, normalise
from desktop_app.report.text.values import Block as TextBlock

_SPACES = re.compile(rf"[ \t{LINE_END}]+")
_AROUND_BREAK = re.compile(rf"[ \t{LINE_END}]*{BREAK}[ \t{LINE_END}]*")


def text_of(blocks: Iterable[Block]) -> Text:
    """The blocks, one below the other, as one normalised text."""
    return normalise(Text(tuple(_nested(list(blocks), 1))))


def single_spaced(paragraph: Paragraph) -> Paragraph:
    """The paragraph with every stretch of spaces and line ends as one space, and none at its ends."""
    inlines: list[Inline] = []
    after_space = True
    for inline in paragraph.inlines:
        if not isinstance(inline, Run):
            inlines.append(inline)
            continue
        words = _AROUND_BREAK.sub(BREAK, _SPACES.sub(" ", inline.text))
        if after_space:
            words = words.lstrip(" ")
        if words:
            after_space = words[-1] in f" {BREAK}"
            inlines.append(replace(inline, text=words))
    return Paragraph(tuple(_without_last_space(inlines)))


def _without_last_space(inlines: list[Inline]) -> Iterator[Inline]:
    last = max((place for place, inline in enumerate(inlines) if isinstance(inline, Run)), default=-1)
    for place, inline in enumerate(inlines):
        if place == last and isinstance(inline, Run):
            yield replace(inline, text=inline.text.rstrip(f" {BREAK}"))
        else:
            yield inline


def _paragraph(block: Block) -> Paragraph:
    content = single_spaced(block.content)
    if block.kind is not BlockKind.HEADING:
        return content
    return Paragraph(
        tuple(
            replace(inline, marks=inline.marks | {Mark.BOLD}) if isinstance(inline, Run) else inline
            for inline in content.inlines
        )
    )


def _nested(blocks: Sequence[Block], level: int) -> Iterator[TextBlock]:
    """Blocks below ``level`` as paragraphs, the others as lists."""
    place = 0
    while place < len(blocks):
        if depth(blocks[place]) < level:
            yield _paragraph(blocks[place])
            place += 1
            continue
        end = place
        while end < len(blocks) and depth(blocks[end]) >= level:
            end += 1
        yield from _lists(blocks[place:end], level)
        place = end


def _lists(blocks: Sequence[Block], level: int) -> Iterator[ListBlock]:
    """The items of ``level`` as lists of one item; normalising puts neighbours together."""
    starts = [
        place for place, block in enumerate(blocks) if block.kind is BlockKind.ITEM and block.level == level
    ]
    cuts = sorted({0, *starts})
    for start, end in zip(cuts, [*cuts[1:], len(blocks)], strict=True):
        yield ListBlock(blocks[start].ordered, (Item(tuple(_nested(blocks[start:end], level + 1))),))


def depth(block: Block) -> int:
    """How many lists the block stands in; the level of a heading is none."""
    return 0 if block.kind is BlockKind.HEADING else block.level
