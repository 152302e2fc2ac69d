"""Cutting a paragraph into pieces from its beginning to its end, each character looked at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from desktop_app.report.text import Inline, Paragraph, Run


@dataclass(slots=True)
class Cutter:
    """A paragraph of which pieces are taken in order. A note goes with the character before it.

    ``Paragraph.part`` begins anew each time; a paragraph of a hostile document has many parts.
    """

    paragraph: Paragraph
    _inline: int = field(default=0, init=False)
    _used: int = field(default=0, init=False)
    _offset: int = field(default=0, init=False)

    def up_to(self, stop: int) -> Paragraph:
        """What stands between the last place and the offset ``stop`` of the paragraph's text."""
        kept: list[Inline] = []
        inlines = self.paragraph.inlines
        while self._inline < len(inlines):
            inline = inlines[self._inline]
            if isinstance(inline, Run):
                room = stop - self._offset
                piece = inline.text[self._used : self._used + room] if room > 0 else ""
                if piece:
                    kept.append(replace(inline, text=piece))
                self._used += len(piece)
                self._offset += len(piece)
                if self._used < len(inline.text):
                    break
                self._used = 0
            elif self._offset <= stop:
                kept.append(inline)
            else:
                break
            self._inline += 1
        return Paragraph(tuple(kept))

    def rest(self) -> Paragraph:
        """All that was not taken yet."""
        return self.up_to(len(self.paragraph.text))


def cut(paragraph: Paragraph, starts: Iterable[int]) -> Iterator[tuple[int, Paragraph]]:
    """The pieces that begin at the offsets ``starts``, in rising order from 0, each with its offset."""
    cutter = Cutter(paragraph)
    start = 0
    for stop in starts:
        if stop > start:
            yield start, cutter.up_to(stop)
            start = stop
    yield start, cutter.rest()
