"""One step of many changes, made in the report a few at a time, so that nobody waits for it.

Nothing of it is in the log before all of it is made: then it is recorded whole. Given up before, it is
unmade. A program that ends in between leaves the file without any of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from desktop_app.report.changes import Change, inverse
from desktop_app.runtime.errors import DeskError

Planned = Iterator[Change | None]
"""The changes in their order; None where something was looked at and there is no change yet."""


class GradualStep:
    """Made by whoever takes its ``steps``. ``done`` of ``total`` changes are in the report."""

    def __init__(
        self,
        planned: Planned,
        make: Callable[[Change], None],
        check: Callable[[Sequence[Change]], None],
        keep: Callable[[Sequence[Change]], None],
    ) -> None:
        """``make`` makes one change in memory; ``keep`` records all of them, which are made by then.

        ``check``, before the first is made, and the others raise a DeskError when it cannot be; nothing of
        it is made then.
        """
        self._planned, self._make, self._check, self._keep = planned, make, check, keep
        self._run = self._steps()
        self._is_given_up = False
        self.done = self.total = 0
        self.is_over = False
        """Whether it is all made and recorded, or unmade."""
        self.failure: DeskError | None = None
        """Why it could not be made."""

    @property
    def steps(self) -> Iterator[None]:
        """Each goes on a little. There is one series of them, whoever takes them."""
        return self._run

    @property
    def is_made(self) -> bool:
        """Whether all of it is recorded, so that only undo takes it back."""
        return self.is_over and not self._is_given_up

    @property
    def can_be_given_up(self) -> bool:
        """Whether it is not recorded yet."""
        return not self.is_over

    def finish(self) -> None:
        """Make all that is left at once."""
        for _step in self._run:
            pass

    def give_up(self) -> None:
        """From the next of the ``steps`` on it is unmade."""
        self._is_given_up = True

    def _steps(self) -> Iterator[None]:
        changes: list[Change] = []
        try:
            yield from self._all_made(changes)
        except DeskError as error:
            self.failure, self._is_given_up = error, True
        if self._is_given_up:
            yield from self._unmade(changes)
        self.is_over = True

    def _all_made(self, changes: list[Change]) -> Iterator[None]:
        """Plan, check, make and record them; returns as soon as it is given up."""
        for change in self._planned:
            if change is not None:
                changes.append(change)
            yield
            if self._is_given_up:
                return
        self.total = len(changes)
        self._check(changes)
        for change in changes:
            self._make(change)
            self.done += 1
            yield
            if self._is_given_up:
                return
        # From here on only undo takes it back, whoever asks while it is recorded.
        self.is_over = True
        if changes:
            self._keep(changes)

    def _unmade(self, changes: Sequence[Change]) -> Iterator[None]:
        for change in inverse(changes[: self.done]):
            self._make(change)
            self.done -= 1
            yield
