"""How much a foreign workbook may ask for, by how much it shows to be a report's.

Used in the limited process only.

A file can be made larger with whatever nobody reads, so its size allows nothing. What does is its hidden
sheet: it has a fingerprint of each record, and no two of them are alike. A workbook without it is read as
well, as long as it is no larger than one that was made larger by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop_app.exchange.review.zip_parts import ZipParts

_FINGERPRINT = re.compile(rb">\s*([0-9a-f]{64})\s*<")
_LONGEST = 200
"""Bytes of a fingerprint with what stands round it: so much is looked at twice where two pieces meet."""
_MOST_RECORDS = 150_000
_PACKED = 32
"""Bytes that 64 hexadecimal digits take at least, however they are packed."""
_LONGEST_TOLD = 130_000_000
"""Bytes that are looked through for fingerprints; a report of 36,000 actions has half."""
_ORDINARY = 15_000_000
"""Bytes of XML that may be read without a look at the hidden sheet."""


@dataclass
class Budget:
    """What may still be read of the workbook.

    ``marks``: elements and their attributes; ``unpacked``: bytes of all its XML. A report of 36,000 actions
    has 74,000 records; for each of them its workbook has some 150 marks, 20 cells, 2,000 characters and
    3,300 bytes.
    """

    marks: int = 800_000
    cells: int = 150_000
    characters: int = 30_000_000
    unpacked: int = 80_000_000

    @classmethod
    def of(cls, records: int) -> Budget:
        """For a workbook whose hidden sheet knows so many records."""
        found = cls()
        return cls(
            marks=found.marks + 500 * records,
            cells=min(found.cells + 60 * records, 3_000_000),
            characters=min(found.characters + 6_000 * records, 240_000_000),
            unpacked=found.unpacked + 8_000 * records,
        )


def budget_for(parts: ZipParts, telling: Sequence[str]) -> Budget | None:
    """What the workbook may ask for; None where that is less than it has, told without parsing any of it.

    ``telling``: the names of the parts where fingerprints can stand.
    """
    size = parts.unpacked_size()
    if size <= _ORDINARY:
        return Budget()
    most = Budget.of(sum(map(parts.packed_size, telling)) // _PACKED)
    if size > most.unpacked or parts.unpacked_size(telling) > _LONGEST_TOLD:
        return None
    budget = Budget.of(_records(map(parts.pieces, telling)))
    return budget if size <= budget.unpacked else None


def _records(parts: Iterable[Iterable[bytes]]) -> int:
    """How many different fingerprints stand in these parts, each given bit by bit."""
    found: set[bytes] = set()
    for pieces in parts:
        rest = b""
        for piece in pieces:
            looked_at = rest + piece
            found.update(_FINGERPRINT.findall(looked_at))
            rest = looked_at[-_LONGEST:]
            if len(found) > _MOST_RECORDS:
                return _MOST_RECORDS
    return len(found)
