"""Sentences that the end of a page cut in two are one sentence again.

A block is joined to the one before it when that one does not end a sentence and the new one plainly
goes on: it begins in lower case, or the old one ends in a comma or hyphen, or a footnote stood between
them and a whole line of running words comes before. Page numbers between the two are passed over.
Form wording is never joined to anything; the form's title, as the head of a page, is passed over too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import Enum, auto

from desktop_app.exchange.old_reports.blocks import LINE_END, Block, BlockKind
from desktop_app.report.text import Paragraph, Run

_PAGE_NUMBER = re.compile(r"\s*[-–—|]?\s*\d{1,3}(?:\s*/\s*\d{1,3})?\s*[-–—|]?\s*")
_SENTENCE_END = re.compile(r"[.!?…:;]\s*[\"'”’»)\]]*\s*$")
_ITEM_NUMBER = re.compile(r"\s*\d{1,3}\s*[-–—]\s*")
_GOES_ON = re.compile(r"(?:,|\w[-\u2010])\s*$")
_RUNNING = re.compile(r"[\w,]\s*$")
_LOWER = re.compile(r"\s*[\"'“‘«(\[]*(?P<letter>[^\W\d_])")
_ENUMERATED = re.compile(r"\s*\(?[^\W\d_]{1,4}[.)]\s")
_RUNNING_WORDS = 8


class Role(Enum):
    """What a block is to the sentences around it."""

    ANSWER = auto()
    WORDING = auto()
    PASSED_OVER = auto()


def is_page_number(block: Block) -> bool:
    """Whether the block is nothing but a number, as at the head or foot of a page.

    Of "- 4 -" readers take the first dash for the mark of an item.
    """
    if block.kind is BlockKind.CELL or block.content.notes():
        return False
    pattern = _ITEM_NUMBER if block.kind is BlockKind.ITEM else _PAGE_NUMBER
    return pattern.fullmatch(block.content.text) is not None


@dataclass(slots=True)
class _Open:
    """The last answer, which the next block may go on with; its pieces are joined once, at the end."""

    place: int
    pieces: list[Block]


def mended(blocks: Iterable[Block], role: Callable[[Block], Role]) -> list[Block]:
    """The blocks with cut sentences joined; what stood between the halves comes after them."""
    found: list[Block | None] = []
    standing: _Open | None = None
    for block in blocks:
        its_role = role(block)
        if its_role is Role.ANSWER and standing is not None and _continues(standing.pieces[-1], block):
            standing.pieces.append(block)
            continue
        if its_role is not Role.PASSED_OVER:
            _close(found, standing)
            standing = _Open(len(found), [block]) if its_role is Role.ANSWER else None
        found.append(None if its_role is Role.ANSWER else block)
    _close(found, standing)
    return [block for block in found if block is not None]


def _close(found: list[Block | None], standing: _Open | None) -> None:
    if standing is None:
        return
    first, *others = standing.pieces
    inlines = list(first.content.inlines)
    for block in others:
        inlines.append(Run(LINE_END))
        inlines.extend(block.content.inlines)
    found[standing.place] = replace(first, content=Paragraph(tuple(inlines)))


def _continues(before: Block, block: Block) -> bool:
    if block.kind is BlockKind.CELL:
        if before.kind is not BlockKind.CELL or before.column != block.column or block.column == 0:
            return False
    elif block.kind is not BlockKind.PARAGRAPH or block.level:
        return False
    if before.kind is BlockKind.HEADING or (before.kind is BlockKind.CELL and before.column == 0):
        return False
    old, new = before.content.text, block.content.text
    if _SENTENCE_END.search(old[-40:]) or _ENUMERATED.match(new):
        return False
    letter = _LOWER.match(new)
    if letter and letter["letter"].islower():
        return True
    if _GOES_ON.search(old[-10:]):
        return True
    return (
        block.after_aside
        and before.kind is BlockKind.PARAGRAPH
        and _RUNNING.search(old[-10:]) is not None
        and len(old.split(maxsplit=_RUNNING_WORDS)) >= _RUNNING_WORDS
    )
