"""Changed words put into a text answer without touching the format of all the others."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from desktop_app.report.text.model import Item, ListBlock, Paragraph, Run, Text, normalise
from desktop_app.report.text.values import Block, Mark
from desktop_app.services.review.hunks import Hunk, with_hunks


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph as a line of the plain text: its offset there, and what stands before its words."""

    paragraph: Paragraph
    start: int
    lead: int

    @property
    def end(self) -> int:
        return self.start + self.lead + len(self.paragraph.text)


def can_take(text: Text, hunks: Sequence[Hunk]) -> bool:
    """Whether every one of the changes can be made on its own in ``text``.

    Where a text has lists, links, footnotes or marks, a change has to stay within the words of one
    paragraph that has no footnote and no link.
    """
    if text.is_plain:
        return True
    lines = list(_lines(text))
    return bool(lines) and all(_line_of(lines, hunk) is not None for hunk in hunks)


def with_changes(text: Text, words: str, hunks: Sequence[Hunk], accepted: Collection[int]) -> Text:
    """``text``, whose plain words are ``words``, with the accepted changes. First ask ``can_take``."""
    if text.is_plain:
        return Text.plain(with_hunks(words, hunks, accepted))
    lines = list(_lines(text))
    changed = {id(line.paragraph): line.paragraph for line in lines}
    for hunk in reversed(hunks):
        line = _line_of(lines, hunk)
        if line is not None and hunk.number in accepted:
            offset = line.start + line.lead
            old = changed[id(line.paragraph)]
            changed[id(line.paragraph)] = _replaced(
                old, hunk.start - offset, hunk.end - offset, hunk.inserted
            )
    return normalise(Text(tuple(_rebuilt(text.blocks, changed))))


def _lines(text: Text) -> Iterator[_Line]:
    """The lines of the plain text with their paragraphs; none when they do not go together."""
    flat = [line for line in text.flat_lines() if not line.is_note]
    paragraphs = text.paragraphs()
    if len(flat) != len(paragraphs):
        return
    offset = 0
    for line, paragraph in zip(flat, paragraphs, strict=True):
        yield _Line(paragraph, offset, len(line.lead))
        offset += len(line.text) + 1


def _line_of(lines: Sequence[_Line], hunk: Hunk) -> _Line | None:
    """The line that the change is within; None when there is none, or its format leaves no room."""
    if "\n" in hunk.inserted:
        return None
    for line in lines:
        if line.start + line.lead <= hunk.start and hunk.end <= line.end:
            runs = line.paragraph.inlines
            is_bare = all(isinstance(inline, Run) and inline.href is None for inline in runs)
            return line if is_bare else None
    return None


def _replaced(paragraph: Paragraph, start: int, end: int, words: str) -> Paragraph:
    """The paragraph with other words between two offsets, set like those before them."""
    before, behind = paragraph.part(0, start), paragraph.part(end)
    runs = [inline for inline in (before.inlines[-1:] or behind.inlines[:1]) if isinstance(inline, Run)]
    marks = runs[0].marks if runs else frozenset[Mark]()
    inserted = (Run(words, marks),) if words else ()
    return Paragraph((*before.inlines, *inserted, *behind.inlines))


def _rebuilt(blocks: Sequence[Block], changed: dict[int, Paragraph]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, ListBlock):
            items = tuple(Item(tuple(_rebuilt(item.blocks, changed))) for item in block.items)
            yield ListBlock(block.ordered, items)
        else:
            yield changed[id(block)]
