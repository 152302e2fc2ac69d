"""Where printed pages end, on A4 paper: so that no heading stands without what it is about.

Columns are counted in characters, rows in points. Programs and printers differ a little, so that a page is
planned a little less full than it could be.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from desktop_app.exchange.workbook.plan import Page, RowPlan, SheetPlan

SIDE_MARGIN, END_MARGIN = 0.4, 0.75
"""Inches, at the left and right, and above and below with the words that stand there."""
ACROSS = {Page.PORTRAIT: 94.0, Page.LANDSCAPE: 137.0}
"""Characters of a column's width side by side between the margins, as LibreOffice counts: few."""
_DOWN = {Page.PORTRAIT: 733.0, Page.LANDSCAPE: 487.0}
"""Points between the margins."""
_SAFE = 0.97
"""So much of a page is filled; the rest is for what rounds up the heights of rows."""
_EMPTY = 13.0
"""Points of a row without a height of its own."""
LEGIBLE = 0.66
"""The smallest scale at which tables are printed."""
_STEP = 5.0
_SMALLEST = 10
"""Percent; Excel takes no less."""


def scale(sheet: SheetPlan) -> int:
    """The size of the printed type in percent, at which the widest page of columns fits on the paper."""
    widths = [0.0 if index in sheet.hidden_columns else width for index, width in enumerate(sheet.widths, 1)]
    shown = widths[: sheet.printed or len(widths)]
    repeated = sum(shown[: sheet.repeated[1]])
    ends = [0, *sheet.page_ends, len(shown)]
    widest = max(sum(shown[start:end]) + (repeated if start else 0) for start, end in pairwise(ends))
    return max(_SMALLEST, min(100, int(100 * ACROSS[sheet.page] / max(widest, 1.0))))


def column_ends(widths: Sequence[float], page: Page, repeated: int) -> tuple[int, ...]:
    """The columns after which a page ends, so that the type stays legible; none where all fit on one.

    The first ``repeated`` columns stand on every page. The pages are of about the same width.
    """
    most = ACROSS[page] / LEGIBLE
    best = _ends(widths, repeated, most)
    room = most
    while best and (room := room - _STEP) > most / 2:
        ends = _ends(widths, repeated, room)
        if len(ends) > len(best):
            break
        best = ends
    return best


def _ends(widths: Sequence[float], repeated: int, room: float) -> tuple[int, ...]:
    """The same for pages of which each has as many columns as fit into ``room``."""
    kept = sum(widths[:repeated])
    ends: list[int] = []
    used = 0.0
    for index, width in enumerate(widths):
        if used + width > room and index > max(repeated, ends[-1] if ends else 0):
            ends.append(index)
            used = kept
        used += width
    return tuple(ends)


def row_ends(sheet: SheetPlan) -> tuple[int, ...]:
    """The rows after which a page ends. A row that keeps to the next one is not the last on a page."""
    rows = sheet.rows
    room = _DOWN[sheet.page] * 100 / scale(sheet) * _SAFE
    above = sum(map(_height, rows[: sheet.repeated[0]]))
    ends: list[int] = []
    start, used = 0, 0.0
    for index, row in enumerate(rows):
        while used + _height(row) > room and index > start:
            end = _last_before(rows, start, index)
            ends.append(end)
            start, used = end, above + sum(map(_height, rows[end:index]))
        used += _height(row)
    return tuple(ends)


def _last_before(rows: Sequence[RowPlan], start: int, end: int) -> int:
    """After how many rows a page ends that began at ``start`` and has no room for the row ``end``."""
    last = end
    while last > start and rows[last - 1].keeps:
        last -= 1
    return last if last > start else end


def _height(row: RowPlan) -> float:
    return _EMPTY if row.height is None else row.height
