"""The field being typed in: what it held before, since when, and undo inside it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from desktop_app.services.typing_steps import TypingSteps

LONGEST_EDIT = 300.0
"""Seconds of typing in one field after which what was typed becomes a change."""


@dataclass(slots=True)
class OpenField:
    """``before`` is in JSON; ``clock`` gives seconds."""

    path: str
    before: object
    clock: Callable[[], float] = time.monotonic
    steps: TypingSteps = field(init=False)
    _since: float = field(init=False)

    def __post_init__(self) -> None:
        """Typing begins now."""
        self.steps = TypingSteps(self.clock)
        self._since = self.clock()

    @property
    def is_long(self) -> bool:
        """Whether it is time to make a change of what was typed."""
        return self.clock() - self._since > LONGEST_EDIT
