"""The clock: when to kill, and whether another process has come as far as it should."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

_LOOK_AGAIN = 0.002


def some_time(chance: random.Random, least: float, most: float) -> None:
    """Let a random time pass, in seconds: the moment of a kill is nobody's choice."""
    time.sleep(chance.uniform(least, most))


def reached(is_so: Callable[[], object], seconds: float) -> bool:
    """Wait until something is so in another process; False when it is not within ``seconds``."""
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            return False
        time.sleep(_LOOK_AGAIN)
    return True
