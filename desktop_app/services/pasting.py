"""Paste a list: one row for each bullet or paragraph, with the timeframe at its end recognised."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from desktop_app.formdef.model import GOALS_CODE, Field, FieldType, ListDefinition, RowType, Section
from desktop_app.report.text.lists import split_items
from desktop_app.report.text.model import Text
from desktop_app.report.values import Value


def get_ready() -> Iterator[None]:
    """Load what reads a list, a little at each step; without it the first row takes the time of all that."""
    from desktop_app.report.timeframe.vocabulary import shipped_languages, vocabulary

    for language in shipped_languages():
        vocabulary(language)
        yield
    import_module("desktop_app.exchange.old_reports.rows")
    yield


def rows_of_text(text: Text, section: Section, entry: ListDefinition) -> Iterator[dict[str, Value]]:
    """The answers, by field code, of the rows that pasting ``text`` into the list makes, one after another.

    Nothing is written yet. Where the rows have no field for a timeframe, it stays in the words.
    Rows serve the section's goal where there is only one. A row type without a text takes no words:
    then there are no rows.
    """
    # Read here, because what reads documents is slow to import.
    from desktop_app.exchange.old_reports.rows import DraftRow, with_timeframe_apart

    lead, when = _lead(entry.row), _first(entry.row, FieldType.TIMEFRAME)
    if lead is None:
        return
    for item in split_items(text):
        draft = with_timeframe_apart(item) if when is not None else DraftRow(item)
        if draft.text.is_empty:
            # Nothing but a timeframe: the words stay, so that the row is known by something.
            draft = DraftRow(item)
        values = _goals(section, entry.row)
        values[lead.code] = _words(draft.text, lead)
        if when is not None and draft.timeframe is not None:
            values[when.code] = draft.timeframe
        yield values


def _words(text: Text, lead: Field) -> Text:
    return Text.plain(text.plain_text()) if lead.plain and not text.is_plain else text


def _goals(section: Section, row: RowType) -> dict[str, Value]:
    served = next((question for question in row.fields if question.choices == GOALS_CODE), None)
    if served is None or len(section.goals) != 1:
        return {}
    goal = section.goals[0].code
    return {served.code: (goal,) if served.type is FieldType.CHOICES else goal}


def _lead(row: RowType) -> Field | None:
    """The field that takes the words."""
    return row.lead if row.lead.type is FieldType.TEXT else _first(row, FieldType.TEXT)


def _first(row: RowType, field_type: FieldType) -> Field | None:
    return next((question for question in row.fields if question.type is field_type), None)
