"""Texts that are too long for a row of a table: where all of each can be read, beside it.

The cell holds the whole text, but no row is higher than Excel allows. The row says so, and names sheet and
row where the text stands whole in several rows, with a link.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from desktop_app.exchange.workbook.cells import plain
from desktop_app.exchange.workbook.columns import WHOLE_TEXT, Column
from desktop_app.exchange.workbook.common_columns import PROGRAM
from desktop_app.exchange.workbook.heights import one_line_width
from desktop_app.exchange.workbook.plan import Look, Words, words_of
from desktop_app.exchange.workbook.styles import STYLES
from desktop_app.runtime.i18n import _, speaking

_MOST_LINKS = 60_000
"""Links of a sheet; Excel takes 65,530, and the words say the same without one."""

_LEAST = 14.5
"""Characters in which the words above the column stand in two lines, clear of its edge."""

Place = tuple[str, int]
"""A sheet and one of its rows."""


def whole_texts(
    cut: Mapping[int, frozenset[str]],
    readable: frozenset[str],
    path_of: Callable[[int], str] | None,
    places: Mapping[str, Place],
) -> tuple[Column, dict[int, Words]]:
    """The column, and what it holds by the number of a record.

    ``cut``: the columns with a text that is too long, by the number of its record. ``readable``: those
    whose texts stand on the sheets of sections, ``path_of``: the path of a record, ``places``: where what is
    at a path can be read.
    """
    contents: dict[int, Words] = {}
    links: dict[str, Place] = {}
    in_cell = plain(_in_the_cell())
    for number, codes in cut.items():
        place = None
        if path_of is not None and codes & readable:
            path = path_of(number)
            place = places.get(path) or places.get(path.rpartition("/")[0])
        if place is None:
            contents[number] = in_cell
            continue
        # Short: LibreOffice breaks no line of a link.
        contents[number] = plain(_in_a_row().format(sheet=place[0], row=place[1]))
        if len(links) < _MOST_LINKS:
            links[words_of(contents[number])] = place
    style = STYLES[Look.DATA_LINK]
    width = max(_LEAST, *(one_line_width(words_of(words), style) for words in contents.values()))
    label = _("Whole text (row is cut)")
    return Column(WHOLE_TEXT, label, Look.DATA_LINK, width, source=PROGRAM, links=links), contents


def is_place_words(words: str, language: str) -> bool:
    """Whether the words say where a text can be read, in the ``language`` of the report."""
    with speaking(language):
        before, between, after = re.split(r"\{sheet\}|\{row\}", _in_a_row())
        pattern = f"{re.escape(before)}.+{re.escape(between)}\\d+{re.escape(after)}"
        return words.strip() == _in_the_cell() or re.fullmatch(pattern, words.strip()) is not None


def _in_the_cell() -> str:
    return _("in the cell itself")


def _in_a_row() -> str:
    return _("{sheet}, row {row}")
