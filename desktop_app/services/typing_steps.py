"""Undo inside the field being typed in: one step for each burst of typing.

Only the whole edit goes into the log of changes; these steps live as long as the field is open.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

PAUSE = 1.2
"""Seconds without typing after which the next key begins a new step."""


@dataclass(slots=True)
class TypingSteps:
    """The contents the open field had, in JSON, oldest first."""

    clock: Callable[[], float] = time.monotonic
    _done: list[object] = field(default_factory=list)
    _undone: list[object] = field(default_factory=list)
    _last: float | None = None

    def note(self, before: object) -> None:
        """The content is about to change from ``before`` by typing."""
        now = self.clock()
        if self._last is None or now - self._last > PAUSE:
            self._done.append(before)
        self._last = now
        self._undone.clear()

    def can_undo(self, present: object) -> bool:
        """Whether a content other than ``present`` is a step or more back."""
        return any(content != present for content in self._done)

    @property
    def can_redo(self) -> bool:
        """Whether typing that was taken back can be made again."""
        return bool(self._undone)

    def undo(self, present: object) -> tuple[object] | None:
        """The content one step back, in a tuple; None when there is no step in this field."""
        return self._move(self._done, self._undone, present)

    def redo(self, present: object) -> tuple[object] | None:
        """The content one step forward, in a tuple; None when there is none."""
        return self._move(self._undone, self._done, present)

    def _move(self, source: list[object], target: list[object], present: object) -> tuple[object] | None:
        self._last = None
        while source and source[-1] == present:
            source.pop()
        if not source:
            return None
        target.append(present)
        return (source.pop(),)
