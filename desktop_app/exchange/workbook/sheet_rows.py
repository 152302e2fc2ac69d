"""Rows of a readable sheet, one below the other, each as high as its words need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from desktop_app.exchange.workbook.cells import joined, plain
from desktop_app.exchange.workbook.heights import row_height, split_for_rows
from desktop_app.exchange.workbook.plan import Cell, Look, RowPlan, Tone, Words
from desktop_app.exchange.workbook.styles import STYLES
from desktop_app.runtime.i18n import _


@dataclass
class SheetRows:
    """The rows so far, in columns of the given ``widths``."""

    widths: Sequence[float]
    rows: list[RowPlan] = field(default_factory=list)

    def gap(self, height: float = 10.0) -> None:
        """An empty row."""
        self.rows.append(RowPlan({}, height))

    def add(self, cells: Mapping[int, Cell]) -> None:
        """One row whose words are known to fit."""
        shown = {column: cell for column, cell in sorted(cells.items()) if cell.content is not None or cell.rule}
        self.rows.append(RowPlan(shown, row_height(shown, self.widths)))

    def add_long(self, cells: Mapping[int, Cell], column: int, mark: int) -> None:
        """As many rows as the words in ``column`` need.

        A long answer goes on in further rows; the column ``mark`` then says which part of how many. The
        other cells stand in the first row, their hairline below the last.
        """
        cell = cells[column]
        words = cell.content
        assert isinstance(words, tuple) or words is None
        parts: Sequence[Words | None] = [None]
        if words:
            parts = split_for_rows(words, self.widths[column - 1], STYLES[cell.look])
        for number, part in enumerate(parts, start=1):
            row = dict(cells) if number == 1 else {key: replace(each, content=None) for key, each in cells.items()}
            row[column] = replace(cell, content=part)
            if len(parts) > 1:
                row[mark] = _numbered(row.get(mark, Cell(None, Look.NUMBER)), number, len(parts))
            if number < len(parts):
                row = {key: replace(each, rule=False) for key, each in row.items()}
            self.add(row)


def _numbered(cell: Cell, number: int, count: int) -> Cell:
    words = cell.content if isinstance(cell.content, tuple) else ()
    mark = plain(_("({number}/{count})").format(number=number, count=count), Tone.QUIET)
    return replace(cell, content=joined((words, mark)))
