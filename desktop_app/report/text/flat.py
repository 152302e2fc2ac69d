"""A text as lines of runs, for places that know no lists, notes or links: cells, plain text, messages.

Lists become marks and indents, a note ``[1]`` at its place and a line of its own at the end, a link its
words and then its address in brackets. No word is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from desktop_app.report.text.values import Block, Inline, ListBlock, Note, Paragraph, Run
from desktop_app.runtime.dataclass import dataclass

#: Bullets of the odd and the even list levels; every usual font has both.
BULLETS = ("•", "–")


@dataclass(frozen=True, slots=True)
class FlatLine:
    """One line: ``indent`` spaces, then ``mark`` ("•", "1.", "[1]" or nothing) and a space, then the runs.

    ``depth`` counts the list levels around it; a line of a note has depth 0 and ``is_note`` set.
    """

    runs: tuple[Run, ...]
    mark: str = ""
    indent: int = 0
    depth: int = 0
    is_note: bool = False

    @property
    def lead(self) -> str:
        """What stands before the runs."""
        return " " * self.indent + (self.mark + " " if self.mark else "")

    @property
    def text(self) -> str:
        """The line as characters."""
        return self.lead + "".join(run.text for run in self.runs)


def flat_lines(blocks: Iterable[Block], *, note_numbers_from: int = 1) -> tuple[FlatLine, ...]:
    """The lines of ``blocks`` in reading order, then one line for each note."""
    notes: list[Note] = []
    lines = list(_lines(blocks, notes, note_numbers_from, indent=0, depth=0))
    lines.extend(
        FlatLine(tuple(_flat_runs(note.runs, [], 0)), mark=f"[{number}]", is_note=True)
        for number, note in enumerate(notes, start=note_numbers_from)
    )
    return tuple(lines)


def _lines(
    blocks: Iterable[Block], notes: list[Note], first: int, indent: int, depth: int
) -> Iterator[FlatLine]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield FlatLine(tuple(_flat_runs(block.inlines, notes, first)), indent=indent, depth=depth)
        else:
            yield from _list_lines(block, notes, first, indent, depth + 1)


def _list_lines(
    block: ListBlock, notes: list[Note], first: int, indent: int, depth: int
) -> Iterator[FlatLine]:
    bullet = BULLETS[(depth - 1) % len(BULLETS)]
    for number, item in enumerate(block.items, start=1):
        mark = f"{number}." if block.ordered else bullet
        lines = _lines(item.blocks, notes, first, indent + len(mark) + 1, depth)
        for position, line in enumerate(lines):
            # A normalised item starts with a paragraph: its line carries the mark, the others hang below.
            yield FlatLine(line.runs, mark, indent, depth) if position == 0 else line


def _flat_runs(inlines: Iterable[Inline], notes: list[Note], first: int) -> Iterator[Run]:
    for href, group in groupby(inlines, key=lambda inline: inline.href if isinstance(inline, Run) else None):
        words = ""
        for inline in group:
            if isinstance(inline, Note):
                notes.append(inline)
                yield Run(f"[{first + len(notes) - 1}]")
            else:
                words += inline.text
                yield Run(inline.text, inline.marks)
        if href is not None:
            address = href.removeprefix("mailto:")
            if address not in words:
                yield Run(f" ({address})")
