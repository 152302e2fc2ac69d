"""Rows of a readable sheet, one below the other, each as high as its words need."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from desktop_app.exchange.workbook.cells import joined, plain, split
from desktop_app.exchange.workbook.heights import one_line_width, row_height, split_for_rows
from desktop_app.exchange.workbook.plan import Cell, Content, Look, RowPlan, Tone, Words, words_of
from desktop_app.exchange.workbook.styles import BODY_SIZE, SHADES, STYLES
from desktop_app.runtime.i18n import _


@dataclass
class SheetRows:
    """The rows so far, in columns of the given ``widths``."""

    widths: Sequence[float]
    rows: list[RowPlan] = field(default_factory=list)
    _most_parts: int = 1

    def gap(self, height: float = 10.0) -> None:
        """An empty row, printed on one page with what follows."""
        self.rows.append(_gap(height))

    def add(self, cells: Mapping[int, Cell], mark: int | None = None, keeps: bool = False) -> None:
        """As many rows as the longest of the cells needs, mostly one.

        Long words go on in further rows; the column ``mark``, where there is one, then says which part
        of how many. A hairline stands below the last row. ``keeps``: it is printed on one page with the
        row that follows.
        """
        parts = {column: self._parts(column, cell) for column, cell in cells.items()}
        count = max(map(len, parts.values()), default=1)
        if count == 1:
            self._append(cells, keeps)
            return
        self._most_parts = max(self._most_parts, count)
        for number in range(1, count + 1):
            row = {
                column: replace(
                    cell,
                    content=parts[column][number - 1] if number <= len(parts[column]) else None,
                    rule=cell.rule and number == count,
                )
                for column, cell in sorted(cells.items())
            }
            if mark is not None:
                row[mark] = _numbered(row.get(mark, Cell(None, Look.NUMBER)), number, count)
            self._append(row, keeps and number == count)

    def width_beside(self, least: float) -> float:
        """How wide the column must be that says which part of how many it is, ``least`` or more."""
        style = replace(STYLES[Look.NUMBER], size=SHADES[Tone.QUIET].size or BODY_SIZE)
        longest = words_of(_part_mark(self._most_parts, self._most_parts))
        return max(least, float(math.ceil(one_line_width(longest, style))))

    def _parts(self, column: int, cell: Cell) -> Sequence[Content]:
        if not isinstance(cell.content, tuple):
            return [cell.content]
        style = STYLES[cell.look]
        if not style.wrap:
            return split(cell.content)
        return split_for_rows(cell.content, self.widths[column - 1], style)

    def _append(self, row: Mapping[int, Cell], keeps: bool) -> None:
        shown = {
            column: row[column]
            for column in sorted(row)
            if row[column].content is not None or row[column].rule
        }
        self.rows.append(RowPlan(shown, row_height(shown, self.widths), keeps))


@cache
def _gap(height: float) -> RowPlan:
    """Long reports have many of them, which are all the same."""
    return RowPlan({}, height, keeps=True)


def _numbered(cell: Cell, number: int, count: int) -> Cell:
    words = cell.content if isinstance(cell.content, tuple) else ()
    return replace(cell, content=joined((words, _part_mark(number, count))))


def _part_mark(number: int, count: int) -> Words:
    return plain(_("({number}/{count})").format(number=number, count=count), Tone.QUIET)
