"""Paste a list: one row for each bullet or paragraph, with the timeframe at its end recognised."""

from __future__ import annotations

from desktop_app.exchange.old_reports.rows import row_values
from desktop_app.formdef.model import ListDefinition, Section
from desktop_app.report.text.lists import split_items
from desktop_app.report.text.model import Text
from desktop_app.report.values import Value


def rows_of_text(text: Text, section: Section, entry: ListDefinition) -> list[dict[str, Value]]:
    """The rows that pasting ``text`` into the list makes; nothing is written yet."""
    return [row_values(item, section, entry) for item in split_items(text)]
