"""The pieces a text answer is made of: runs, notes, paragraphs, items and lists.

All are frozen and hashable. They may hold anything; ``normalising`` says which shape is the one
that is stored and compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import TypeAlias

from desktop_app.runtime.dataclass import dataclass, replace


class Mark(StrEnum):
    """How a run is set; the value is its tag in the notation."""

    BOLD = "b"
    ITALIC = "i"
    UNDERLINE = "u"
    SUPERSCRIPT = "sup"


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that share one format; ``href`` makes them a link."""

    text: str
    marks: frozenset[Mark] = frozenset()
    href: str | None = None

    def has_format_of(self, other: Run) -> bool:
        """Whether both could stand in one run."""
        return self.marks == other.marks and self.href == other.href


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, standing in its paragraph where its mark stands. Notes hold runs, never notes."""

    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The characters of the note."""
        return "".join(run.text for run in self.runs)


Inline: TypeAlias = Run | Note


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs and notes on one line of thought."""

    inlines: tuple[Inline, ...]

    @property
    def text(self) -> str:
        """The characters of the paragraph, without its notes."""
        return "".join(inline.text for inline in self.inlines if isinstance(inline, Run))

    def notes(self) -> tuple[Note, ...]:
        """The notes, in the order of their marks."""
        return tuple(inline for inline in self.inlines if isinstance(inline, Note))

    def part(self, start: int, end: int | None = None) -> Paragraph:
        """What stands between two offsets of ``text``, with its format.

        A note belongs to the character before it, so that cutting a paragraph in pieces gives
        every note to exactly one of them.
        """
        stop = len(self.text) if end is None else end
        kept: list[Inline] = []
        offset = 0
        for inline in self.inlines:
            if isinstance(inline, Note):
                if start < offset <= stop or offset == start == 0:
                    kept.append(inline)
                continue
            piece = inline.text[max(start - offset, 0) : max(stop - offset, 0)]
            offset += len(inline.text)
            if piece:
                kept.append(replace(inline, text=piece))
        return Paragraph(tuple(kept))


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: a paragraph, then further paragraphs and nested lists."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A numbered (``ordered``) or bullet list."""

    ordered: bool
    items: tuple[Item, ...]


Block: TypeAlias = Paragraph | ListBlock


def paragraphs_of(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    """Every paragraph, in reading order, those of items included."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for item in block.items:
                yield from paragraphs_of(item.blocks)
