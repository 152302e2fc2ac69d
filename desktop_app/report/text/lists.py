"""Taking a pasted list apart: one text for each row it is to become."""

from __future__ import annotations

import re

from desktop_app.report.text.model import Text, normalise
from desktop_app.report.text.values import Block, Item, ListBlock, Paragraph

#: A typed list mark: a bullet, "1.", "1)", "(1)", "a)" or "(a)"; "2013.", "1.5" and "-5" are none.
_TYPED_MARK = re.compile(
    r"\s*(?:[•·▪■◦‣●○\uf0b7\uf0a7]\s*|(?:[-–—*]|\d{1,3}[.)]|\(\d{1,3}\)|\(?[^\W\d_]{1,4}\))\s+)"
)


def split_items(text: Text) -> list[Text]:
    """The texts of the rows that ``text`` becomes when it is pasted as a list, in order, with their format.

    One for each paragraph and for each top-level list item with all that is nested in it. A paragraph
    that ends in a colon keeps the list that follows it. Where most paragraphs begin with a typed list
    mark, the marks are taken for a list and removed.
    """
    pieces: list[Text] = []
    introduction: Paragraph | None = None
    for block in _with_typed_lists(normalise(text).blocks):
        if isinstance(block, ListBlock) and introduction is None:
            pieces.extend(Text(item.blocks) for item in block.items)
            continue
        if introduction is not None:
            keeps_list = isinstance(block, ListBlock)
            pieces.append(Text((introduction, block) if keeps_list else (introduction,)))
            introduction = None
        if isinstance(block, Paragraph):
            if block.text.rstrip().endswith(":"):
                introduction = block
            else:
                pieces.append(Text((block,)))
    if introduction is not None:
        pieces.append(Text((introduction,)))
    return [piece for piece in (normalise(piece) for piece in pieces) if not piece.is_empty]


def _with_typed_lists(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """``blocks`` with marked paragraphs as list items, if most paragraphs are marked."""
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    marked = sum(1 for paragraph in paragraphs if _TYPED_MARK.match(paragraph.text))
    if marked * 2 <= len(paragraphs):
        return blocks
    items = (_as_item(block) if isinstance(block, Paragraph) else block for block in blocks)
    return normalise(Text(tuple(items))).blocks


def _as_item(paragraph: Paragraph) -> Block:
    mark = _TYPED_MARK.match(paragraph.text)
    if mark is None:
        return paragraph
    is_number = any(character.isalnum() for character in mark[0])
    return ListBlock(is_number, (Item((paragraph.part(mark.end()),)),))
