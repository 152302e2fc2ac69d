"""References to cells: letters and numbers of columns, ranges, the sheet in front."""

from __future__ import annotations

import re
from functools import lru_cache

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
"""Excel specifications and limits."""

_WITH_SHEET = re.compile(r"^(?:'((?:[^']|'')+)'|([^'!]+))!(\$?[A-Za-z]{1,3}\$?[0-9]{1,7})$")


@lru_cache(maxsize=20_000)
def column_number(letters: str) -> int:
    """The number of a column, 1 for ``A``; 0 for what is none."""
    found = 0
    for letter in letters.replace("$", ""):
        if not "A" <= letter.upper() <= "Z":
            return 0
        found = found * 26 + ord(letter.upper()) - ord("A") + 1
        if found > MAX_COLUMN:
            return 0
    return found


def column_letters(number: int) -> str:
    """The letters of a column, ``A`` for 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def split_reference(reference: str) -> tuple[int, int]:
    """Row and column of the first cell of ``'B5'``, ``'$B$5'`` or ``'B5:C9'``; zeros for what is none."""
    first = reference.partition(":")[0].replace("$", "")
    letters = first.rstrip("0123456789")
    digits = first[len(letters) :]
    row = int(digits) if digits and len(digits) < 8 else 0
    return row, column_number(letters)


def place_of(reference: str) -> tuple[str, int, int] | None:
    """Sheet, row and column of ``'Sheet'!$B$5``; None for anything else."""
    found = _WITH_SHEET.match(reference)
    if found is None:
        return None
    row, column = split_reference(found[3])
    if not row or not column:
        return None
    return (found[1] or found[2]).replace("''", "'"), row, column


def cell_name(row: int, column: int) -> str:
    """The name of a cell, such as ``B5``."""
    return f"{column_letters(column)}{row}"
