"""Blocks and runs as nested tags, the same way in our notation and in HTML: one value gives one spelling."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from functools import lru_cache

from desktop_app.report.text.values import Block, Inline, Item, Mark, Note, Paragraph, Run

#: From the outside in; a link stands outside all of them.
_NESTING = (Mark.BOLD, Mark.ITALIC, Mark.UNDERLINE, Mark.SUPERSCRIPT)


def escaped(characters: str) -> str:
    """``characters`` with ``& < >`` written as entities, fit for text between tags."""
    return characters.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class TagWriter(ABC):
    """Collects in ``parts`` the tags of normalised blocks; subclasses say what stands for a note."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    @abstractmethod
    def write_note(self, note: Note) -> None:
        """Append what stands at the mark of ``note``."""

    def opening(self, tag: str, paragraph: Paragraph) -> str:
        """The tag, ``p`` or ``li``, that opens before the runs of ``paragraph``."""
        return f"<{tag}>"

    def write_blocks(self, blocks: Iterable[Block]) -> None:
        """Append paragraphs and lists, with nothing between them."""
        for block in blocks:
            if isinstance(block, Paragraph):
                self.parts.append(self.opening("p", block))
                self.write_inlines(block.inlines)
                self.parts.append("</p>")
            else:
                tag = "ol" if block.ordered else "ul"
                self.parts.append(f"<{tag}>")
                for item in block.items:
                    self._write_item(item)
                self.parts.append(f"</{tag}>")

    def _write_item(self, item: Item) -> None:
        first, rest = item.blocks[0], item.blocks[1:]
        if isinstance(first, Paragraph) and not any(isinstance(block, Paragraph) for block in rest):
            self.parts.append(self.opening("li", first))
            self.write_inlines(first.inlines)
            self.write_blocks(rest)
        else:
            self.parts.append("<li>")
            self.write_blocks(item.blocks)
        self.parts.append("</li>")

    def write_inlines(self, inlines: Iterable[Inline]) -> None:
        """Append runs and notes.

        Tags nest in the order a, b, i, u, sup. A tag stays open over neighbouring runs that share it and
        everything around it; before a note all are closed.
        """
        standing: tuple[str, ...] = ()
        for inline in inlines:
            wanted = () if isinstance(inline, Note) else _opening_tags(inline)
            if wanted != standing:
                self._change_tags(standing, wanted)
                standing = wanted
            if isinstance(inline, Note):
                self.write_note(inline)
            else:
                self.parts.append(escaped(inline.text))
        self._change_tags(standing, ())

    def _change_tags(self, standing: tuple[str, ...], wanted: tuple[str, ...]) -> None:
        shared = 0
        while shared < min(len(standing), len(wanted)) and standing[shared] == wanted[shared]:
            shared += 1
        for tag in reversed(standing[shared:]):
            self.parts.append("</a>" if tag.startswith("<a ") else f"</{tag[1:]}")
        self.parts.extend(wanted[shared:])


def _opening_tags(run: Run) -> tuple[str, ...]:
    tags = _mark_tags(run.marks)
    if run.href is None:
        return tags
    address = escaped(run.href).replace('"', "&quot;")
    return (f'<a href="{address}">', *tags)


@lru_cache(maxsize=16)
def _mark_tags(marks: frozenset[Mark]) -> tuple[str, ...]:
    return tuple(f"<{mark.value}>" for mark in _NESTING if mark in marks)
