"""The two sides of a change as the log keeps them: each with a digest, and no text twice.

A value has a random salt and a digest over salt and JSON text. What the log has already is not
written a second time: the old side of a change stands there as the new side of the change before
at that place (salt and digest, no text), and a long text that differs from the one before in a few
words is kept as those words and how much stands before and behind them. A value that was removed
for good has its digest alone.
"""

from __future__ import annotations

import hashlib
import os
from typing import Any

from desktop_app.runtime.dataclass import dataclass
from desktop_app.storage.records import from_json, json_or_nothing

_SALT = 16

LEAST_SHORTENED = 500
"""Characters below which a text is always kept whole."""

MOST_SHORTENED = 50
"""Shortened texts in a row after which one is kept whole again, unless their words were very few."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a logged change. ``text`` is JSON; a digest alone was removed for good."""

    text: str | None
    salt: bytes | None
    digest: bytes | None

    @classmethod
    def of(cls, value: object) -> Side:
        """A value on its way into the log."""
        text = json_or_nothing(value)
        if text is None:
            return NOTHING
        salt = os.urandom(_SALT)
        return cls(text, salt, value_digest(salt, text))

    @property
    def is_removed(self) -> bool:
        """Whether there was a value that was removed for good."""
        return self.text is None and self.salt is None and self.digest is not None

    @property
    def is_elsewhere(self) -> bool:
        """Whether its text stands at the change before."""
        return self.text is None and self.salt is not None

    @property
    def is_sound(self) -> bool:
        """Whether the value is the one that was logged, as far as it is still there."""
        if self.text is None:
            return self.salt is None
        return self.digest == value_digest(self.salt or b"", self.text)

    def value(self) -> Any:
        """The value; None for nothing and for what was removed. ValueError when it is damaged."""
        return from_json(self.require_text())

    def require_text(self) -> str | None:
        """The JSON text; None for nothing and for what was removed. ValueError when it should be there."""
        if self.is_elsewhere:
            raise ValueError("a text that is not where the log says")
        return self.text

    def is_of(self, text: str) -> bool:
        """Whether it is the side of this JSON text, be its own text at hand or not."""
        return self.salt is not None and self.digest == value_digest(self.salt, text)


NOTHING = Side(None, None, None)


def value_digest(salt: bytes, text: str) -> bytes:
    """SHA-256 over salt and JSON text."""
    return hashlib.sha256(salt + text.encode()).digest()


@dataclass(frozen=True, slots=True)
class Shortened:
    """A text by what it has in common with the one before: so many characters before and behind ``words``."""

    words: str
    kept_before: int
    kept_behind: int


def shorten(text: str, before: str) -> Shortened | None:
    """What is new in ``text`` against ``before``; None when keeping it whole costs little more."""
    if len(text) < LEAST_SHORTENED:
        return None
    first = _in_common(text, before)
    last = _in_common(text[first:][::-1], before[first:][::-1])
    if 2 * (first + last) < len(text):
        return None
    return Shortened(text[first : len(text) - last], first, last)


def lengthen(words: str, kept_before: int, kept_behind: int, before: str) -> str:
    """The whole text again. Of damaged numbers, some other text, which has another digest."""
    return before[:kept_before] + words + before[len(before) - kept_behind :]


def _in_common(one: str, other: str) -> int:
    """How many characters the two begin with are the same."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
