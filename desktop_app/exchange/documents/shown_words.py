"""The texts of a document's data that a reader sees."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

HIDDEN = frozenset({"kind", "tone", "marks", "href", "lang", "dir", "count"})
"""Keys of the data whose texts say how something is shown, and are not shown themselves."""


def shown_words(plain: Any) -> Iterator[str]:
    """Every text that is shown, in reading order."""
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, dict):
        for key, value in plain.items():
            if key not in HIDDEN:
                yield from shown_words(value)
    elif isinstance(plain, list):
        for value in plain:
            yield from shown_words(value)
