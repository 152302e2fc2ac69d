"""What is confidential, in words: the mark that every sheet gives a row, an answer or a file."""

from __future__ import annotations

from desktop_app.exchange.workbook.cells import plain
from desktop_app.exchange.workbook.columns import Column
from desktop_app.exchange.workbook.common_columns import words_column
from desktop_app.exchange.workbook.context import Context
from desktop_app.exchange.workbook.plan import Tone, Words
from desktop_app.formdef.model import ListDefinition, State
from desktop_app.report.paths import read_path
from desktop_app.report.report import Report, Row
from desktop_app.runtime.i18n import _

MARK = "confidential_label"
"""The code of the column with the mark in words, beside codes or without any."""


def mark_column() -> Column:
    """The column of a table in which something is confidential."""
    return words_column(MARK, _("Confidential"), 12.0)


def mark() -> Words:
    """What is confidential as a whole."""
    return plain(_("Confidential"), Tone.STRONG)


def row_mark(context: Context, entry: ListDefinition, row: Row) -> Words:
    """What of a row is confidential; empty for nothing."""
    if "" in row.confidential:
        return mark()
    labels = [
        context.labels.field_label(question, entry)
        for question in entry.row.fields
        if question.code in row.confidential
    ]
    words = _("Confidential: {fields}").format(fields=", ".join(labels))
    return plain(words, Tone.STRONG) if labels else ()


def place_mark(context: Context, path: str) -> Words:
    """What is confidential of a place, or of what it stands in; rows in the bin keep their marks."""
    place = read_path(path)
    row_list = context.report.lists.get(place.head)
    if place.head in context.report.confidential:
        return mark()
    if row_list is None or place.row is None:
        return ()
    row = row_list.find(place.row)
    if row_list.state is State.CONFIDENTIAL:
        return mark()
    if row is None or (place.field is not None and not {"", place.field} & row.confidential):
        return ()
    return row_mark(context, row_list.definition, row) if place.field is None else mark()


def has_confidential(report: Report) -> bool:
    """Whether anything in the report needs the column; rows in the bin too, about which people may talk."""
    return bool(report.confidential) or any(
        row.confidential or row_list.state is State.CONFIDENTIAL
        for row_list in report.lists.values()
        for row in (*row_list.rows, *row_list.bin.values())
    )
