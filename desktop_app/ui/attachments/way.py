"""How files came to be attached."""

from __future__ import annotations

from enum import Enum


class Way(Enum):
    """What becomes of files that this program made depends on it."""

    CHOSEN = "chosen"
    """Attached when the person has said that it is meant."""
    AGREED = "agreed"
    """Attached: the person has said so."""
    DROPPED = "dropped"
    """Opened, as anywhere else in the window."""
