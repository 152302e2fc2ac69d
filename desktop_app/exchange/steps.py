"""How far long work is, told in a few whole steps whatever it counts itself."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Told the steps done and the steps in all. It may raise, to cancel the work."""


class Steps:
    """Counts up to ``total`` steps, and tells of each."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        """Nothing is done yet."""
        self._progress = progress
        self._total = total
        self._told = 0
        self._before, self._share = 0, 0
        self._count, self._done = 1, 0

    def begin(self, share: int, count: int) -> None:
        """A part of the work that takes ``share`` steps, for ``count`` things; the part before is done."""
        self._before += self._share
        self._share, self._count, self._done = share, max(count, 1), 0
        self._tell(self._before)

    def one(self) -> None:
        """One thing more is done."""
        self._done += 1
        self._tell(self._before + self._share * min(self._done, self._count) // self._count)

    def finish(self) -> None:
        """All is done."""
        self._tell(self._total)

    def _tell(self, done: int) -> None:
        if done > self._told:
            self._told = done
            if self._progress is not None:
                self._progress(done, self._total)
