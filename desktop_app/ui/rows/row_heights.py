"""How high the rows of a list are and where each begins: measured once shown, guessed before."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from desktop_app.ui import tokens

FIRST_GUESS = 96
"""Pixels a row is thought to take before any was shown."""

GAP = tokens.HAIRLINE
"""Pixels between two rows, for the hairline."""


class RowHeights:
    """Heights by row id, in the order of the list. All numbers are pixels from the top of the list."""

    def __init__(self) -> None:
        """No rows."""
        self._ids: list[str] = []
        self._places: dict[str, int] = {}
        self._measured: dict[str, int] = {}
        self._tops: list[int] | None = [0]

    @property
    def ids(self) -> Sequence[str]:
        """The rows in order."""
        return self._ids

    @property
    def total(self) -> int:
        """The height of the whole list."""
        return max(0, self._all_tops()[-1] - GAP)

    def set_rows(self, ids: list[str]) -> None:
        """Take over which rows there are and in what order; what was measured stays."""
        self._ids = ids
        self._places = {row_id: index for index, row_id in enumerate(ids)}
        self._measured = {row_id: self._measured[row_id] for row_id in ids if row_id in self._measured}
        self._tops = None

    def set_height(self, row_id: str, height: int) -> bool:
        """Note what a row takes; whether that is something new."""
        if self._measured.get(row_id) == height:
            return False
        self._measured[row_id] = height
        self._tops = None
        return True

    def index(self, row_id: str) -> int | None:
        """Which row it is, from 0; None when it is not there."""
        return self._places.get(row_id)

    def top(self, index: int) -> int:
        """Where the row begins."""
        return self._all_tops()[index]

    def bottom(self, index: int) -> int:
        """Where the row ends."""
        return self._all_tops()[index + 1] - GAP

    def at(self, y: int) -> int:
        """Which row is at ``y``; the first or last one beyond the ends. The list must have rows."""
        found = bisect_right(self._all_tops(), y) - 1
        return max(0, min(found, len(self._ids) - 1))

    def _all_tops(self) -> list[int]:
        if self._tops is None:
            count = len(self._measured)
            guess = round(sum(self._measured.values()) / count) if count else FIRST_GUESS
            heights = (self._measured.get(row_id, guess) + GAP for row_id in self._ids)
            self._tops = [0, *accumulate(heights)]
        return self._tops
