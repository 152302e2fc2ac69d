"""What the hidden sheet keeps of cells that follow from nothing else in a workbook that comes back.

Reviewers type where nobody asked them to: behind the country's answer, on the cover, beside a list of codes.
Their words can be told from ours only where it is known what stood there.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator

from desktop_app.exchange.workbook.cells import clean
from desktop_app.exchange.workbook.naming import REVIEW
from desktop_app.exchange.workbook.plan import SheetPlan, words_of
from desktop_app.exchange.workbook.review_entries import WHOLE_REPORT
from desktop_app.exchange.workbook.review_table import READ_ONLY_COLUMNS
from desktop_app.exchange.workbook.tables import FlatTable
from desktop_app.exchange.workbook.threads import Threads
from desktop_app.report.report import Report
from desktop_app.report.review import CommentKind

SAID_PART, THREADS_PART, CELLS_PART, LAYOUT_PART = "said", "threads", "cells", "layout"
INTERNAL_THREADS = "internal"
MARK_LENGTH = 8
"""Hexadecimal digits of the mark of a cell."""
LAYOUT_LENGTH = 16
MOST_COMPARED = 4_000
"""Rows of a sheet to read up to which it is compared."""
_IN_ONE_CELL = 3_000
"""Marks in one cell of the hidden sheet."""


def cell_mark(words: str) -> str:
    """The mark of a cell's words, whatever programs make of their white space."""
    plain = " ".join(unicodedata.normalize("NFC", clean(words)).split())
    return hashlib.sha256(plain.encode("utf-8")).hexdigest()[:MARK_LENGTH]


def layout_mark(sheet: SheetPlan) -> str | None:
    """The mark of what stands where on a sheet to read; None for one too long to be compared cell by cell.

    Another version of the program may divide the same answers into other rows. Laid beside those it would
    write itself, all of them would seem to be changed.
    """
    if len(sheet.rows) > MOST_COMPARED:
        return None
    places = (f"{row} {column} {words_of(cell.content)}" for row, column, cell in sheet.cells())
    return hashlib.sha256("\n".join(places).encode("utf-8")).hexdigest()[:LAYOUT_LENGTH]


def layouts(sheets: Iterable[SheetPlan]) -> Iterator[tuple[str, str, str]]:
    """Part, key and value for the sheets to read: their names and marks."""
    for sheet in sheets:
        if mark := layout_mark(sheet):
            yield LAYOUT_PART, sheet.name, mark


def traces(
    report: Report, tables: Iterable[FlatTable], sheets: Iterable[SheetPlan]
) -> Iterator[tuple[str, str, str]]:
    """Part, key and value: what was said before of each record, and the marks of all cells of ``sheets``."""
    if report.comments:
        yield from _threads(report)
        for table in tables:
            if table.sheet == REVIEW:
                yield from _said(table)
    for sheet in sheets:
        contents = (words_of(cell.content) for _row, _column, cell in sheet.cells())
        marks = [cell_mark(words) for words in contents if words]
        for number, start in enumerate(range(0, len(marks), _IN_ONE_CELL), start=1):
            yield f"{CELLS_PART}.{sheet.name}", str(number), "".join(marks[start : start + _IN_ONE_CELL])


def is_said_before(code: str) -> bool:
    """Whether the column says what was said before, or goes on with it."""
    return any(code == each or code.startswith(f"{each}_") for each in READ_ONLY_COLUMNS)


def _said(table: FlatTable) -> Iterator[tuple[str, str, str]]:
    codes = [column.code for column in table.columns if is_said_before(column.code) and not column.open]
    for key, record in zip(table.keys, table.records, strict=True):
        for code in codes:
            if words := words_of(record.get(code)):
                yield f"{SAID_PART}.{code}", key, words


def _threads(report: Report) -> Iterator[tuple[str, str, str]]:
    """The ids of the threads about each place, those among reviewers apart."""
    for path, threads in Threads.of(report).by_path.items():
        internal = [each.id for each in threads if each.first.kind == CommentKind.INTERNAL]
        official = [each.id for each in threads if each.first.kind != CommentKind.INTERNAL]
        for part, ids in ((THREADS_PART, official), (f"{THREADS_PART}.{INTERNAL_THREADS}", internal)):
            if ids:
                yield part, path or WHOLE_REPORT, " ".join(ids)
