"""A row as plain words, to be copied into another program."""

from __future__ import annotations

from desktop_app.report.text.model import Text
from desktop_app.report.value_words import value_words
from desktop_app.ui.rows.context import ListContext
from desktop_app.ui.values_in_words import LOCAL_FORMATS


def row_words(context: ListContext, row_id: str) -> str:
    """The main words first, then each other answer with its label; empty when there is no such row."""
    row = context.row_list.row(row_id)
    if row is None:
        return ""
    lines: list[str] = []
    for question in context.entry.row.fields:
        value = row.values.get(question.code)
        if value is None:
            continue
        if isinstance(value, Text):
            words = value.plain_text()
        else:
            words = value_words(question, value, context.labels, LOCAL_FORMATS)
        if question is context.entry.row.lead:
            lines.insert(0, words)
        else:
            lines.append(f"{context.labels.field_label(question, context.entry)}: {words}")
    return "\n".join(lines)
