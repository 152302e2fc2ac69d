"""When the words of two cells are the same for a reader."""

from __future__ import annotations

import math
import re
import unicodedata

QUOTED = 200
"""Characters of somebody's words that a sentence about them quotes."""

#: A number as a file holds it; "007" is no number but a code.
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")


def normal(words: str) -> str:
    """``words`` without what programs change when they save: line ends, white space at ends, composition."""
    if not words:
        return ""
    lines = unicodedata.normalize("NFC", words).replace("\r\n", "\n").replace("\xa0", " ").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def quoted(words: str) -> str:
    """``words`` as a sentence quotes them: of very long ones the beginning, and "…" for the rest."""
    return words if len(words) <= QUOTED else f"{words[: QUOTED - 1].rstrip()}…"


def same(first: str, second: str) -> bool:
    """Whether a reader sees the same: the same words, or the same number written otherwise."""
    if first == second:
        return True
    first, second = normal(first), normal(second)
    if first == second:
        return True
    if _NUMBER.fullmatch(first) and _NUMBER.fullmatch(second):
        return math.isclose(float(first), float(second), rel_tol=1e-12)
    return False
