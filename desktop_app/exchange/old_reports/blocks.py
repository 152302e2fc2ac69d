"""The words of an old report as one flat sequence of blocks.

Every reader gives the same blocks, so that what follows need not know the kind of file. Inside a
block ``LINE_END`` is a line end of the source that may be nothing but wrapping, and ``BREAK`` one
that its author made.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from desktop_app.report.text import Paragraph

MAX_BLOCKS = 20_000
"""Paragraphs, items and cells of one document; more are no report."""

LINE_END = "\n"
BREAK = "\u2028"


class BlockKind(StrEnum):
    """What a block was in the document; old conversions are often wrong about headings."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CELL = "cell"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the document that stands by itself.

    ``level`` is the depth of headings and items from 1; a paragraph with a level continues an item.
    ``number`` is what an ordered item was given; ``column`` a cell's place in its row, from 0.
    ``after_aside``: a footnote stood before it, as at the foot of a page.
    """

    kind: BlockKind
    content: Paragraph
    level: int = 0
    ordered: bool = False
    number: int | None = None
    column: int = 0
    after_aside: bool = False


class Reading(NamedTuple):
    """What a reader made of a document's text."""

    blocks: list[Block]
    notices: list[str]
