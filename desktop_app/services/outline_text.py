"""A report as lines to read in a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import GOALS_CODE, Field, ListDefinition, Section
from desktop_app.report.report import Report, Row
from desktop_app.report.state_words import state_words
from desktop_app.report.value_words import value_words
from desktop_app.report.values import Value


def report_lines(report: Report) -> Iterator[str]:
    """The whole report, section by section."""
    labels = Labels(report.form, report.language)
    yield f"{labels.country(report.country)} · {labels.form_title()} · {report.cycle} · {report.status}"
    for section in report.form.walk():
        yield ""
        yield labels.section_heading(section)
        for question in section.questions:
            value = report.answers.get(section.field_path(question))
            if value is not None:
                yield f"  {labels.field_label(question)}:"
                yield from _indented(_answer(question, value, labels), 4)
        for entry in section.lists:
            yield from _list_lines(report, section, entry, labels)


def _list_lines(report: Report, section: Section, entry: ListDefinition, labels: Labels) -> Iterator[str]:
    row_list = report.lists[entry.path]
    yield f"  {labels.list_title(entry)}"
    if row_list.state is not None:
        yield f"    {state_words(row_list.state, labels)}"
    for number, row in enumerate(row_list.rows, start=1):
        yield from _row_lines(entry, row, number, labels)


def _row_lines(entry: ListDefinition, row: Row, number: int, labels: Labels) -> Iterator[str]:
    lead = entry.row.lead
    value = row.values.get(lead.code)
    lines = list(_indented(value_words(lead, value, labels) if value is not None else "", 6))
    yield f"  {number:>3} {lines[0].strip()}" if lines else f"  {number:>3}"
    yield from lines[1:]
    for question in entry.row.fields:
        other = row.values.get(question.code)
        if question is not lead and other is not None:
            yield from _indented(
                f"{labels.field_label(question, entry)}: {value_words(question, other, labels)}", 6
            )


def _indented(words: str, room: int) -> Iterator[str]:
    for line in words.splitlines():
        yield f"{' ' * room}{line}"


def _answer(question: Field, value: Value, labels: Labels) -> str:
    if question.choices == GOALS_CODE and isinstance(value, tuple):
        return "\n".join(f"{labels.goal_short(code)}: {labels.goal(code)}" for code in value)
    return value_words(question, value, labels)
