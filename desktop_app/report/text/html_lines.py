"""Pasted HTML as a flat sequence of lines, and how lines become blocks again.

A flat sequence bears anything that clipboards hold: lists inside lists without an item between them,
lists that are only paragraphs with a level (Word), rows and cells, notes apart from their marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count, groupby

from desktop_app.report.text.html_style import is_number_mark
from desktop_app.report.text.values import Block, Inline, Item, ListBlock, Note, Paragraph, Run


@dataclass(frozen=True, slots=True)
class Level:
    """One list around a line: which list, and which of its items."""

    ordered: bool
    list_id: int
    item_id: int


@dataclass(frozen=True, slots=True)
class TypedLevel:
    """A list paragraph that only names its level, from 1; ``ordered`` is None where the mark decides."""

    list_name: str
    depth: int
    item_id: int
    ordered: bool | None = None


#: A mark of a list or a note with more characters is none, but words in a tag that was never closed.
_LONGEST_MARK = 12


@dataclass(slots=True)
class NoteMark:
    """Where a footnote stands, and the characters of its mark should the note itself be missing."""

    note_id: str
    runs: list[Run] = field(default_factory=list)

    @property
    def is_false(self) -> bool:
        """Whether words went astray in the mark."""
        return len("".join(run.text for run in self.runs).strip()) > _LONGEST_MARK


@dataclass(slots=True)
class HtmlLine:
    """One paragraph as it was found. ``note_id`` is set on the lines of a footnote's own text."""

    path: tuple[Level, ...] = ()
    typed_level: TypedLevel | None = None
    continues_item: bool = False
    note_id: str | None = None
    list_mark: str = ""
    pieces: list[Run | NoteMark] = field(default_factory=list)

    def show_false_mark(self) -> None:
        """Make the list mark words again where there is no list (numbered headings) or it is no mark."""
        mark = " ".join(self.list_mark.split())
        if mark and (self.typed_level is None or len(mark) > _LONGEST_MARK):
            first = self.pieces[0] if self.pieces else None
            marks = first.marks if isinstance(first, Run) else frozenset()
            self.pieces.insert(0, Run(f"{mark} ", marks))


def merge_row(lines: list[HtmlLine], cell_starts: Sequence[int], path: tuple[Level, ...]) -> None:
    """Make the lines of a table row one line with tabs between the cells.

    A row with a list or with several paragraphs in a cell keeps them as lines of their own.
    """
    if len(cell_starts) < 2 or cell_starts[0] == len(lines):
        return
    ends = (*cell_starts[1:], len(lines))
    cells = [lines[start:end] for start, end in zip(cell_starts, ends, strict=True)]
    if any(len(cell) > 1 for cell in cells):
        return
    if any(line.path != path or line.typed_level or line.continues_item for cell in cells for line in cell):
        return
    row = HtmlLine(path=path, note_id=lines[cell_starts[0]].note_id)
    for number, cell in enumerate(cells):
        if number:
            row.pieces.append(Run("\t"))
        for line in cell:
            row.pieces.extend(line.pieces)
    lines[cell_starts[0] :] = [row]


def set_typed_paths(lines: Sequence[HtmlLine]) -> None:
    """Give list paragraphs that only name their level the path of a real nested list."""
    list_ids = count(-1, -1)
    standing: list[tuple[TypedLevel, Level]] = []
    for line in lines:
        typed = line.typed_level
        if typed is None:
            if line.continues_item and not line.path:
                line.path = tuple(level for _, level in standing)
            else:
                standing = []
            continue
        if not (standing and standing[-1][0].item_id == typed.item_id):
            ordered = is_number_mark(line.list_mark) if typed.ordered is None else typed.ordered
            while standing and standing[-1][0].depth > typed.depth:
                standing.pop()
            list_id = next(list_ids)
            if standing and standing[-1][0].depth == typed.depth:
                neighbour, level = standing.pop()
                if level.ordered == ordered and neighbour.list_name == typed.list_name:
                    list_id = level.list_id
            standing.append((typed, Level(ordered, list_id, typed.item_id)))
        line.path = tuple(level for _, level in standing)


def blocks_of(lines: Sequence[HtmlLine]) -> tuple[Block, ...]:
    """The blocks of ``lines`` with every note at its mark; a note without a mark stays as paragraphs."""
    notes: dict[str, list[HtmlLine]] = {}
    body: list[HtmlLine] = []
    for line in lines:
        if line.note_id is None:
            body.append(line)
        else:
            notes.setdefault(line.note_id, []).append(line)
    inlines = [(line.path, _inlines(line, notes)) for line in body]
    inlines.extend((line.path, _inlines(line, {})) for left in notes.values() for line in left)
    return _fold(inlines, 0)


def _inlines(line: HtmlLine, notes: dict[str, list[HtmlLine]]) -> tuple[Inline, ...]:
    """The inlines of ``line``; notes that find their mark here are taken out of ``notes``."""
    inlines: list[Inline] = []
    for piece in line.pieces:
        if isinstance(piece, Run):
            inlines.append(piece)
        elif piece.note_id in notes:
            inlines.append(Note(tuple(_note_runs(notes.pop(piece.note_id)))))
            inlines.extend(piece.runs if piece.is_false else ())
        else:
            inlines.extend(piece.runs)
            if piece.note_id == line.note_id:
                inlines.append(Run(" "))
    return tuple(inlines)


def _note_runs(lines: Sequence[HtmlLine]) -> list[Run]:
    runs: list[Run] = []
    for number, line in enumerate(lines):
        if number:
            runs.append(Run(" "))
        for piece in line.pieces:
            if isinstance(piece, Run):
                runs.append(piece)
            elif piece.note_id != line.note_id or piece.is_false:
                runs.extend(piece.runs)
    return runs


_Placed = tuple[tuple[Level, ...], tuple[Inline, ...]]


def _fold(lines: Sequence[_Placed], depth: int) -> tuple[Block, ...]:
    """The blocks of lines that share the first ``depth`` levels of their paths."""
    blocks: list[Block] = []
    for list_id, group in groupby(
        lines, key=lambda line: line[0][depth].list_id if len(line[0]) > depth else 0
    ):
        members = list(group)
        if list_id == 0:
            blocks.extend(Paragraph(inlines) for _, inlines in members)
            continue
        items = (list(own) for _, own in groupby(members, key=lambda line: line[0][depth].item_id))
        ordered = members[0][0][depth].ordered
        blocks.append(ListBlock(ordered, tuple(Item(_fold(own, depth + 1)) for own in items)))
    return tuple(blocks)
