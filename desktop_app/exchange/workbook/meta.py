"""The very hidden sheet: what the workbook is, fingerprints of its records, and the answers themselves.

Three columns: the part, a key, a value. With it the workbook is complete in itself, and whatever comes
back can be matched by row ids and compared, however it was sorted, filtered or renamed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache

from desktop_app import __version__
from desktop_app.exchange.workbook.cells import clean, first_piece
from desktop_app.exchange.workbook.context import Context
from desktop_app.exchange.workbook.lazily import lazily
from desktop_app.exchange.workbook.naming import META
from desktop_app.exchange.workbook.plan import Cell, Look, Piece, RowPlan, SheetPlan
from desktop_app.exchange.workbook.tables import FlatTable
from desktop_app.exchange.workbook.traces import layouts, traces
from desktop_app.runtime.i18n import _

FORMAT = 1
"""Version of this sheet's layout."""
DATA_CELL = 30_000
"""Characters of the answers in one cell: less than a cell holds, so that no program cuts them."""

#: What JSON may hold as it is and XML 1.0 may not; JSON can name it by its number.
_NO_XML = "\ufffe\uffff"

MetaRow = tuple[str, str, str | bytes | slice]
"""Part, key and value; a fingerprint as its bytes, a piece of the answers by where it stands in them."""

META_PART, COLUMN_PART, RECORD_PART, DATA_PART = "meta", "column", "record", "data"


def meta_sheet(
    context: Context,
    tables: Iterable[FlatTable],
    answers: bytes,
    submission: int | None = None,
    explaining: Iterable[SheetPlan] = (),
    sections: Iterable[SheetPlan] = (),
) -> SheetPlan:
    """The sheet for a report with these finished tables; ``answers``: its canonical JSON.

    ``explaining``: sheets without records, of which it is known what stood in them. ``sections``: those to
    read, of which it is known how they were laid out.
    """
    tables = list(tables)
    data = answers
    for found in _NO_XML:
        data = data.replace(found.encode(), f"\\u{ord(found):04x}".encode())
    sources: list[MetaRow] = [
        *_facts(context, answers, submission),
        *_columns(tables),
        *_fingerprints(tables),
        *traces(context.report, tables, explaining),
        *layouts(sections),
        *((DATA_PART, str(number), piece) for number, piece in enumerate(_pieces(data), start=1)),
    ]
    return SheetPlan(
        name=META,
        title=_("For the program: do not change"),
        rows=lazily(sources, lambda source: _row(source, data)),
        widths=(12.0, 40.0, 80.0),
        hidden=True,
    )


def _row(source: MetaRow, data: bytes) -> RowPlan:
    part, key, value = source
    if isinstance(value, slice):
        text = data[value].decode("utf-8")
    else:
        text = value.hex() if isinstance(value, bytes) else value
    return RowPlan({1: _part_cell(part), 2: _cell(key), 3: _cell(text)})


@cache
def _part_cell(part: str) -> Cell:
    """The parts are few, and each has many rows."""
    return _cell(part)


def _cell(text: str) -> Cell:
    return Cell((Piece(text),), Look.HIDDEN)


def _facts(context: Context, answers: bytes, submission: int | None) -> Iterator[tuple[str, str, str]]:
    report = context.report
    facts = {
        "format": str(FORMAT),
        "app": __version__,
        "form.id": report.form.id,
        "form.version": report.form.version,
        "form.hash": report.form.hash,
        "report": report.id,
        "country": report.country,
        "cycle": report.cycle,
        "language": report.language,
        "status": report.status,
        "content": hashlib.sha256(answers).hexdigest(),
    }
    if submission is not None:
        facts["submission"] = str(submission)
    for key, value in facts.items():
        yield META_PART, key, clean(value)


def _columns(tables: Iterable[FlatTable]) -> Iterator[tuple[str, str, str]]:
    """Code and header of every column in the order of its sheet, for headers that were renamed."""
    for table in tables:
        for column in table.columns:
            yield f"{COLUMN_PART}.{table.sheet}", column.code, clean(column.label)


def _fingerprints(tables: Iterable[FlatTable]) -> Iterator[tuple[str, str, bytes]]:
    for table in tables:
        part = f"{RECORD_PART}.{table.sheet}"
        for key, mark in zip(table.keys, table.fingerprints, strict=True):
            yield part, key, mark


def _pieces(data: bytes) -> Iterator[slice]:
    """Where the pieces of the answers are, numbered by the order of their rows: those may be sorted."""
    start = 0
    while start < len(data):
        # A character cut in two at the end of these bytes is left for the next piece.
        text = data[start : start + 4 * DATA_CELL].decode("utf-8", "ignore")
        end = start + len(first_piece(text, DATA_CELL).encode("utf-8"))
        yield slice(start, end)
        start = end
