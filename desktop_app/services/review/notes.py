"""Sentences on a workbook that came back: many that differ only in their cell become one, with a count."""

from __future__ import annotations

import re
from collections.abc import Iterable

from desktop_app.runtime.i18n import ngettext

MANY = 3
"""So many sentences that say the same of different cells are one line."""

_OF_CELL = re.compile(r"([^:!]+![A-Z]{1,3}\d+): (.+)", re.DOTALL)


def counted(sentences: Iterable[str]) -> tuple[str, ...]:
    """``sentences`` in their order, those that say the same of many cells once, at the first of them."""
    said: dict[str, list[str]] = {}
    for sentence in dict.fromkeys(sentences):
        found = _OF_CELL.fullmatch(sentence)
        said.setdefault(found[2] if found else sentence, []).append(found[1] if found else "")
    lines: list[str] = []
    for words, cells in said.items():
        if len(cells) < MANY:
            lines += [f"{cell}: {words}" if cell else words for cell in cells]
        else:
            more = len(cells) - 1
            line = ngettext(
                "{cell} and {count} more cell: {words}", "{cell} and {count} more cells: {words}", more
            )
            lines.append(line.format(cell=cells[0], count=more, words=words))
    return tuple(lines)
