"""Names of sheets, tables and columns: unique in the way Excel counts, within its limits."""

from __future__ import annotations

import re
from functools import cache

from desktop_app.exchange.workbook.cells import clean
from desktop_app.exchange.workbook.plan import MAX_SHEET_NAME

COVER, GOALS, ANSWERS, LISTS, UNPLACED = "Cover", "Goals", "Answers", "Lists", "Unplaced"
DICTIONARY, CODES, META = "Dictionary", "Codes", "_meta"
REVIEW, CHANGES, ATTACHMENTS = "Review", "Changes", "Attachments"

#: Taken even where a workbook has no such sheet, so that a name means one thing in every workbook.
FIXED = (COVER, GOALS, ANSWERS, LISTS, UNPLACED, DICTIONARY, CODES, META, REVIEW, CHANGES, ATTACHMENTS)
#: Excel keeps this name for itself.
_KEPT_BY_EXCEL = "History"

_MAX_HEADER = 255


class Names:
    """Names given out so far; upper and lower case do not make a difference."""

    def __init__(self, *taken: str) -> None:
        self._taken = {name.casefold() for name in taken}

    def unique(self, wanted: str, longest: int) -> str:
        """``wanted`` cut to ``longest`` characters, with a number where it is taken."""
        name = wanted[:longest]
        number = 2
        while name.casefold() in self._taken:
            ending = f" ({number})"
            name = wanted[: longest - len(ending)] + ending
            number += 1
        self._taken.add(name.casefold())
        return name


def sheet_names() -> Names:
    """For sheets that take their name from the form."""
    return Names(*FIXED, _KEPT_BY_EXCEL)


def sheet_name(names: Names, code: str) -> str:
    """The name of the sheet of a section or row type."""
    return names.unique(re.sub(r"[\[\]:*?/\\']", "_", code), MAX_SHEET_NAME)


def rows_sheet_name(names: Names, row_type: str) -> str:
    """The name of the flat sheet with the rows of a type: ``action`` gives ``Actions``."""
    return sheet_name(names, row_type.capitalize() + "s")


def table_name(sheet: str) -> str:
    """The name of the table on a flat sheet: ``Actions`` gives ``tblActions``."""
    return "tbl" + re.sub(r"[^A-Za-z0-9_]", "_", sheet)


def column_name(names: Names, sheet: str, code: str) -> str:
    """The hidden name of a column's header, such as ``col.Review.review_decision``."""
    return names.unique("col." + re.sub(r"[^A-Za-z0-9_.]", "_", f"{sheet}.{code}"), _MAX_HEADER)


def header(names: Names, label: str) -> str:
    """A column's header: one line, unique in its table."""
    return names.unique(" ".join(clean(label).split()) or "-", _MAX_HEADER)


def address(sheet: str, row: int = 1) -> str:
    """The first cell of a sheet, or of one of its rows, for a link within the workbook."""
    return f"{quoted(sheet)}!A{row}"


def quoted(sheet: str) -> str:
    """A sheet's name as it stands in a reference."""
    return "'" + sheet.replace("'", "''") + "'"


@cache
def letters(column: int) -> str:
    """A column's letters: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def span(left: int, top: int, right: int, bottom: int, *, fixed: bool = False) -> str:
    """A range such as ``A2:C9``, ``A2`` for one cell, ``$A$2:$C$9`` where it is ``fixed``."""
    mark = "$" if fixed else ""
    first, last = (f"{mark}{letters(column)}{mark}{row}" for column, row in ((left, top), (right, bottom)))
    return first if first == last else f"{first}:{last}"
