"""Answers of a list become rows: each item or paragraph is one action, its timeframe apart.

A paragraph that ends in a colon keeps the list that follows it, unless the items carry timeframes of
their own: then they are the actions. A heading that is no form wording begins the action after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from desktop_app.exchange.old_reports.blocks import Block, BlockKind
from desktop_app.exchange.old_reports.texts import depth, single_spaced, text_of
from desktop_app.report.text import Paragraph, Text, normalise
from desktop_app.report.timeframe import SplitTimeframe, Timeframe, shipped_languages, split_timeframe

#: Characters at the end of an action among which its timeframe stands; no timeframe is half as long.
_LONGEST_END = 400


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One action as it will be entered."""

    text: Text
    timeframe: Timeframe | None = None


@dataclass(slots=True)
class Drafts:
    """The rows of a portion, and the blocks that are none, such as words that only lead to items."""

    rows: list[DraftRow]
    asides: list[Block]


def rows_of(blocks: Sequence[Block], *, with_timeframe: bool) -> Drafts:
    """The rows in ``blocks``. ``with_timeframe``: rows have a field for it, else it stays in the text."""
    drafts = Drafts([], [])
    for group in _groups(_from_first_level(blocks)):
        if _is_no_action(group):
            drafts.asides.extend(group)
        elif with_timeframe and _leads_to_actions(group):
            drafts.asides.append(group[0])
            for own in _groups(group[1:]):
                _add(drafts.rows, _flat(own), with_timeframe=True)
        else:
            _add(drafts.rows, _flat(group), with_timeframe=with_timeframe)
    return drafts


def _add(rows: list[DraftRow], group: Sequence[Block], *, with_timeframe: bool) -> None:
    draft = with_timeframe_apart(text_of(group)) if with_timeframe else DraftRow(text_of(group))
    if draft.text.is_empty and draft.timeframe is not None and rows and rows[-1].timeframe is None:
        # A timeframe that slipped into a paragraph of its own.
        rows[-1] = replace(rows[-1], timeframe=draft.timeframe)
    elif draft.text.is_empty:
        rows.append(DraftRow(text_of(group)))
    else:
        rows.append(draft)


# Which blocks make one action.


def _from_first_level(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the outermost items at level 1, however far a document indents its lists."""
    surplus = min((block.level for block in blocks if block.kind is BlockKind.ITEM), default=1) - 1
    if surplus == 0:
        return list(blocks)
    return [
        replace(block, level=max(block.level - surplus, 1)) if depth(block) else block for block in blocks
    ]


def _groups(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """The blocks that make one action each: with what is nested in it or led to by it."""
    group: list[Block] = []
    start: Block | None = None
    for block in blocks:
        if start is not None and not _stays(start, group[-1], block):
            yield group
            group, start = [], None
        group.append(block)
        if start is None and block.kind is not BlockKind.HEADING:
            start = block
    if group:
        yield group


def _stays(start: Block, last: Block, block: Block) -> bool:
    """Whether ``block`` belongs to the action that begins with ``start`` and so far ends with ``last``."""
    if block.kind is BlockKind.ITEM:
        return _is_lead(start) or (block.level > 1 and depth(last) > 0)
    return depth(block) > 0 and depth(last) > 0


def _start(group: Sequence[Block]) -> Block | None:
    """The first block that is no heading."""
    return next((block for block in group if block.kind is not BlockKind.HEADING), None)


def _is_lead(block: Block) -> bool:
    return block.kind is not BlockKind.ITEM and block.content.text.rstrip().endswith(":")


def _is_no_action(group: Sequence[Block]) -> bool:
    """Whether there are only headings, or only a number as in a table's first column."""
    start = _start(group)
    return start is None or (len(group) == 1 and start.content.text.strip(" .)").isdecimal())


def _leads_to_actions(group: Sequence[Block]) -> bool:
    return _is_lead(group[0]) and any(
        _split(single_spaced(block.content).text).phrase is not None for block in group[1:]
    )


def _flat(group: Sequence[Block]) -> list[Block]:
    """The group with the item that begins it as a paragraph, and what is nested in it one level up."""
    start = _start(group)
    if start is None or start.kind is not BlockKind.ITEM:
        return list(group)
    return [
        replace(block, kind=BlockKind.PARAGRAPH if block is start else block.kind, level=block.level - 1)
        if depth(block)
        else block
        for block in group
    ]


# The timeframe in brackets at the end.


def with_timeframe_apart(text: Text) -> DraftRow:
    """The text as a row: the timeframe in brackets at its end, if there is one, is taken out and read.

    Where the text ends in a list, the end of its first paragraph counts.
    """
    place = len(text.blocks) - 1
    if place > 0 and not isinstance(text.blocks[place], Paragraph):
        place = 0
    paragraph = text.blocks[place] if text.blocks else None
    if not isinstance(paragraph, Paragraph):
        return DraftRow(text)
    split = _split(paragraph.text)
    if split.phrase is None or split.span is None:
        return DraftRow(text)
    start, end = split.span
    kept = Paragraph(
        (
            *paragraph.part(0, start).inlines,
            *paragraph.part(start, end).notes(),
            *paragraph.part(end).inlines,
        )
    )
    blocks = (*text.blocks[:place], kept, *text.blocks[place + 1 :])
    return DraftRow(normalise(Text(blocks)), Timeframe.read(split.phrase, shipped_languages()))


def _split(text: str) -> SplitTimeframe:
    """The split at the end of ``text``; only the last characters can be a timeframe."""
    before = max(0, len(text) - _LONGEST_END)
    split = split_timeframe(text[before:])
    if split.span is None:
        return split
    return replace(split, span=(split.span[0] + before, split.span[1] + before))
