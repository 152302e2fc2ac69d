"""Footnotes back at their marks: the line at the foot of a page becomes a note where the text points to it.

A definition is a block (or a line of one) that begins with a superscript number, ``[^1]:`` or ``[1]``,
and it counts only when such a mark stands somewhere in the text. Numbers may begin anew on each page:
a definition belongs to the last open mark before it, else to the first after it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from desktop_app.exchange.old_reports.blocks import BREAK, LINE_END, Block, BlockKind
from desktop_app.exchange.old_reports.cutting import Cutter, cut
from desktop_app.report.text import Inline, Mark, Note, Paragraph, Run

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
#: A mark in plain characters: ``[^label]``, ``[1]``, or raised digits. Numbers have three digits at most.
_TYPED = r"\[\^(?P<label>[^\]\s]{1,20})\]|\[(?P<number>\d{1,3})\]|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})"
_MARK = re.compile(_TYPED)
_DEFINITION = re.compile(rf"\s*(?:{_TYPED})(?P<colon>:?)\s*(?=\S)")
_NUMBER = re.compile(r"\s*[\[(]?(\d{1,3})[\])]?\s*")
_SPACES = re.compile(r"\s+")
_LINE = re.compile(f"[{LINE_END}{BREAK}]")
#: Lines of one block that are looked at for definitions; no page has more footnotes.
_MAX_LINES = 200


@dataclass(frozen=True, slots=True)
class _MarkPlace:
    """Where a mark stands: the block, and the characters of its text it takes."""

    block: int
    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class _Definition:
    label: str
    runs: tuple[Run, ...]


def with_notes_at_marks(blocks: list[Block]) -> list[Block]:
    """The blocks, with the definitions taken out and standing as notes at their marks.

    A block that followed a definition says so; a definition without a mark stays a block.
    """
    pieces = [piece for block in blocks for piece in _lines_apart(block)]
    definitions = {
        index: definition for index, block in enumerate(pieces) if (definition := _definition(block))
    }
    if not definitions:
        return pieces
    open_marks = _marks(pieces, definitions)
    notes: dict[int, list[tuple[_MarkPlace, Note]]] = defaultdict(list)
    used: set[int] = set()
    for index, definition in definitions.items():
        place = _take_mark(open_marks[definition.label], index)
        if place is not None:
            used.add(index)
            notes[place.block].append((place, Note(definition.runs)))
    found: list[Block] = []
    after_aside = False
    for index, block in enumerate(pieces):
        if index in used:
            after_aside = True
            continue
        content = _with_notes(block.content, notes[index]) if index in notes else block.content
        found.append(replace(block, content=content, after_aside=after_aside))
        after_aside = False
    return found


def _lines_apart(block: Block) -> Iterator[Block]:
    """The block, cut before each line of it that begins a definition."""
    text = block.content.text
    breaks = [found.end() for found in _LINE.finditer(text)]
    cuts = [start for start in breaks[:_MAX_LINES] if _label_at(block.content, start)] if breaks else []
    if not cuts:
        yield block
        return
    for start, content in cut(block.content, cuts):
        yield replace(block, kind=block.kind if start == 0 else BlockKind.PARAGRAPH, content=content)


def _definition(block: Block) -> _Definition | None:
    if block.kind is BlockKind.HEADING or block.number is not None:
        return None
    label = _label_at(block.content, 0)
    if label is None:
        return None
    rest = block.content.part(label[1])
    runs = tuple(
        replace(inline, text=_SPACES.sub(" ", inline.text))
        for inline in rest.inlines
        if isinstance(inline, Run)
    )
    return _Definition(label[0], _trimmed(runs)) if rest.text.strip() and not rest.notes() else None


def _trimmed(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    first, *others = runs
    kept = [replace(first, text=first.text.lstrip()), *others]
    kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return tuple(kept)


def _label_at(content: Paragraph, start: int) -> tuple[str, int] | None:
    """The label of the mark at ``start``, with the offset after it."""
    typed = _DEFINITION.match(content.text, start)
    if typed:
        return (_label(typed), typed.end()) if typed["label"] is None or typed["colon"] else None
    offset = 0
    for inline in content.inlines:
        if isinstance(inline, Note):
            continue
        end = offset + len(inline.text)
        if end > start and inline.text.strip():
            number = _NUMBER.fullmatch(inline.text, max(0, start - offset))
            return (number[1], end) if number and Mark.SUPERSCRIPT in inline.marks else None
        offset = end
    return None


def _label(found: re.Match[str]) -> str:
    """Raised digits and superscript numbers are one family, brackets and carets are others."""
    if found["raised"]:
        return found["raised"].translate(_RAISED)
    return f"[{found['number']}]" if found["number"] else f"[^{found['label']}]"


def _marks(blocks: list[Block], definitions: Mapping[int, _Definition]) -> dict[str, list[_MarkPlace]]:
    """The marks that a definition asks for, in order; a definition itself has none."""
    labels = {definition.label for definition in definitions.values()}
    found: dict[str, list[_MarkPlace]] = defaultdict(list)
    for index, block in enumerate(blocks):
        if index in definitions:
            continue
        text = block.content.text
        first_word = len(text) - len(text.lstrip())
        for place in _marks_in(index, block.content):
            if place.label in labels and place.start > first_word:
                found[place.label].append(place)
    return found


def _marks_in(index: int, content: Paragraph) -> Iterator[_MarkPlace]:
    offset = 0
    for inline in content.inlines:
        if isinstance(inline, Note):
            continue
        end = offset + len(inline.text)
        number = _NUMBER.fullmatch(inline.text) if Mark.SUPERSCRIPT in inline.marks else None
        if number:
            yield _MarkPlace(index, offset, end, number[1])
        else:
            for typed in _MARK.finditer(inline.text):
                yield _MarkPlace(index, offset + typed.start(), offset + typed.end(), _label(typed))
        offset = end


def _take_mark(marks: list[_MarkPlace], index: int) -> _MarkPlace | None:
    """The mark a definition at ``index`` belongs to, no longer open afterwards."""
    if not marks:
        return None
    before = bisect_left(marks, index, key=lambda place: place.block)
    return marks.pop(before - 1 if before else 0)


def _with_notes(content: Paragraph, notes: list[tuple[_MarkPlace, Note]]) -> Paragraph:
    """The paragraph with notes in the place of their marks."""
    inlines: list[Inline] = []
    cutter = Cutter(content)
    for place, note in sorted(notes, key=lambda pair: pair[0].start):
        inlines.extend(cutter.up_to(place.start).inlines)
        cutter.up_to(place.end)
        inlines.append(note)
    inlines.extend(cutter.rest().inlines)
    return Paragraph(tuple(inlines))
