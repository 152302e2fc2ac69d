"""The one shape in which blocks are stored and compared.

The rules, each there because an editor, a cell or a reader cannot tell the two sides apart:

- Neighbouring runs of one format are one run; runs without characters go.
- A line break of any kind ends the paragraph; inside an item the rest is a further paragraph of that
  item, inside a note it is a space.
- Paragraphs and notes in which a reader sees nothing go; so do items and lists without content.
  All other white space stays as typed, at both ends of a paragraph too.
- Neighbouring lists of one kind at one level are one list.
- An item starts with a paragraph. A list that stands first in an item moves to the end of the item
  before; in the first item of a list it moves out, to stand before that list.
- Lists nest at most ``MAX_LIST_DEPTH`` levels; items further in become items of the last level.
- Characters as in ``characters.clean_characters``, links as in ``characters.safe_href``; a link that
  may not stay leaves its words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile

from desktop_app.report.text.characters import clean_characters, is_blank, safe_href
from desktop_app.report.text.values import Block, Inline, Item, ListBlock, Note, Paragraph, Run
from desktop_app.runtime.dataclass import replace

#: List levels; Word has 9, Qt and HTML no limit, and nobody reads 20.
MAX_LIST_DEPTH = 20


def normal_blocks(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """``blocks`` in their one shape; a second time it changes nothing."""
    return tuple(_merged_lists(_normal(blocks, 0)))


def _normal(blocks: Iterable[Block], depth: int) -> list[Block]:
    """The blocks below ``depth`` list levels; neighbouring lists are not merged yet."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.extend(_paragraphs(block.inlines))
        else:
            found.extend(_lists(block, depth + 1))
    return found


def _lists(block: ListBlock, depth: int) -> list[Block]:
    """The list, after the lists that had to move out of its first item."""
    moved_out: list[Block] = []
    items: list[list[Block]] = []
    for item in block.items if depth < MAX_LIST_DEPTH else _flat_items(block.items):
        blocks = _normal(item.blocks, depth)
        leading = sum(1 for _ in takewhile(lambda inner: isinstance(inner, ListBlock), blocks))
        (items[-1] if items else moved_out).extend(blocks[:leading])
        if leading < len(blocks):
            items.append(blocks[leading:])
    if items:
        moved_out.append(ListBlock(block.ordered, tuple(Item(tuple(_merged_lists(own))) for own in items)))
    return moved_out


def _flat_items(items: Iterable[Item]) -> Iterator[Item]:
    """The items and all items nested in them, as items of one list."""
    for item in items:
        own: list[Block] = []
        for block in item.blocks:
            if isinstance(block, Paragraph):
                own.append(block)
                continue
            yield Item(tuple(own))
            own = []
            yield from _flat_items(block.items)
        yield Item(tuple(own))


def _merged_lists(blocks: Iterable[Block]) -> Iterator[Block]:
    waiting: list[ListBlock] = []
    for block in blocks:
        if waiting and not (isinstance(block, ListBlock) and block.ordered == waiting[0].ordered):
            yield _one_list(waiting)
            waiting = []
        if isinstance(block, ListBlock):
            waiting.append(block)
        else:
            yield block
    if waiting:
        yield _one_list(waiting)


def _one_list(lists: list[ListBlock]) -> ListBlock:
    if len(lists) == 1:
        return lists[0]
    return ListBlock(lists[0].ordered, tuple(item for block in lists for item in block.items))


def _paragraphs(inlines: Iterable[Inline]) -> Iterator[Paragraph]:
    """The paragraphs between the line breaks of ``inlines`` in which something is to be seen."""
    lines: list[list[Inline]] = [[]]
    for inline in inlines:
        if isinstance(inline, Note):
            runs = tuple(_merged_runs(_note_runs(inline.runs)))
            if not is_blank("".join(run.text for run in runs)):
                lines[-1].append(Note(runs))
            continue
        run = _clean(inline)
        if "\n" not in run.text:
            lines[-1].append(run)
            continue
        for number, piece in enumerate(run.text.split("\n")):
            if number:
                lines.append([])
            lines[-1].append(replace(run, text=piece))
    for line in lines:
        if any(isinstance(inline, Note) or not is_blank(inline.text) for inline in line):
            yield Paragraph(tuple(_merged_inlines(line)))


def _note_runs(runs: Iterable[Run]) -> list[Run]:
    cleaned = (_clean(run) for run in runs)
    return [replace(run, text=run.text.replace("\n", " ")) if "\n" in run.text else run for run in cleaned]


def _clean(run: Run) -> Run:
    text = clean_characters(run.text)[0]
    href = safe_href(run.href)
    if text == run.text and href == run.href:
        return run
    return Run(text, run.marks, href)


def _merged_inlines(inlines: Iterable[Inline]) -> Iterator[Inline]:
    waiting: list[Run] = []
    for inline in inlines:
        if isinstance(inline, Run):
            waiting.append(inline)
            continue
        yield from _merged_runs(waiting)
        waiting = []
        yield inline
    yield from _merged_runs(waiting)


def _merged_runs(runs: Iterable[Run]) -> Iterator[Run]:
    waiting: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        if waiting and not run.has_format_of(waiting[0]):
            yield _one_run(waiting)
            waiting = []
        waiting.append(run)
    if waiting:
        yield _one_run(waiting)


def _one_run(runs: list[Run]) -> Run:
    if len(runs) == 1:
        return runs[0]
    return replace(runs[0], text="".join(run.text for run in runs))
