"""How high the rows of a list are and where each begins: measured once shown, guessed before."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from itertools import accumulate

from desktop_app.ui import tokens

FIRST_GUESS = 96
"""Pixels a row is thought to take before any was shown."""

GAP = tokens.HAIRLINE
"""Pixels between two rows, for the hairline."""


class RowHeights:
    """Heights by row id, in the order of the list. All numbers are pixels from the top of the list.

    Of a long list few rows are measured, and each changes what the others are guessed to take: only those
    few are gone through then.
    """

    def __init__(self) -> None:
        """No rows."""
        self._ids: list[str] = []
        self._places: dict[str, int] = {}
        self._measured: dict[int, int] = {}
        """By which row it is."""
        self._known: list[int] = []
        """Which rows are measured, in order."""
        self._sums: list[int] | None = [0]
        """What the first of them take together: none, one, two, ..."""
        self._guess = FIRST_GUESS

    @property
    def ids(self) -> Sequence[str]:
        """The rows in order."""
        return self._ids

    @property
    def total(self) -> int:
        """The height of the whole list."""
        return max(0, self.top(len(self._ids)) - GAP)

    def set_rows(self, ids: list[str]) -> None:
        """Take over which rows there are and in what order; what was measured stays."""
        heights = {self._ids[index]: height for index, height in self._measured.items()}
        self._ids = ids
        self._places = {row_id: index for index, row_id in enumerate(ids)}
        self._measured = {index: heights[each] for index, each in enumerate(ids) if each in heights}
        self._known = sorted(self._measured)
        self._sums = None

    def set_height(self, row_id: str, height: int) -> bool:
        """Note what a row takes; whether that is something new. One that is not in the list takes nothing."""
        index = self._places.get(row_id)
        if index is None or self._measured.get(index) == height:
            return False
        if index not in self._measured:
            insort(self._known, index)
        self._measured[index] = height
        self._sums = None
        return True

    def index(self, row_id: str) -> int | None:
        """Which row it is, from 0; None when it is not there."""
        return self._places.get(row_id)

    def top(self, index: int) -> int:
        """Where the row begins; behind the last row, where another one would."""
        sums = self._all_sums()
        known = bisect_left(self._known, index)
        return sums[known] + (index - known) * self._guess + index * GAP

    def bottom(self, index: int) -> int:
        """Where the row ends."""
        return self.top(index + 1) - GAP

    def at(self, y: int) -> int:
        """Which row is at ``y``; the first or last one beyond the ends. The list must have rows."""
        found = bisect_right(range(len(self._ids) + 1), y, key=self.top) - 1
        return max(0, min(found, len(self._ids) - 1))

    def edge(self, y: int) -> int:
        """The row that is at ``y``, the first one above them all; behind the last one below them all."""
        return len(self._ids) if y >= self.total else self.at(max(0, y))

    def _all_sums(self) -> list[int]:
        if self._sums is None:
            self._sums = [0, *accumulate(map(self._measured.__getitem__, self._known))]
            count = len(self._known)
            self._guess = round(self._sums[-1] / count) if count else FIRST_GUESS
        return self._sums
