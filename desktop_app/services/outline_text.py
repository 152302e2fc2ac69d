"""A report as lines to read in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import GOALS_CODE, Field, ListDefinition, State
from desktop_app.report.attachments import Attached
from desktop_app.report.file_words import file_words
from desktop_app.report.paths import row_path
from desktop_app.report.placed_files import attached_by_place
from desktop_app.report.places import place_name
from desktop_app.report.report import Report, Row
from desktop_app.report.state_words import state_words, status_words
from desktop_app.report.text import markup
from desktop_app.report.value_words import value_words
from desktop_app.report.values import Value
from desktop_app.runtime.i18n import _

Files = Sequence[tuple[str, Attached]]


def report_lines(report: Report) -> Iterator[str]:
    """The whole report, section by section, with everything that was answered."""
    labels = Labels(report.form, report.language)
    attached = attached_by_place(report) if report.attached else {}
    parts = (labels.country(report.country), labels.form_title(), report.cycle, status_words(report.status))
    yield " · ".join(parts)
    for section in report.form.walk():
        yield ""
        yield labels.section_heading(section)
        for question in section.questions:
            path = section.field_path(question)
            value = report.answers.get(path)
            if question.code == GOALS_CODE and isinstance(value, tuple):
                words = "\n".join(f"{labels.goal_short(code)}: {labels.goal(code)}" for code in value)
            else:
                words = _words(question, value, report.states.get(path), labels)
            if words:
                yield f"  {labels.field_label(question)}{_mark(path in report.confidential)}:"
                yield from _indented(words, 4)
            yield from _file_lines(attached.get(path, ()), 4)
        for entry in section.lists:
            yield from _list_lines(report, entry, labels, attached)
    for kept in report.unplaced.values():
        yield ""
        near = place_name(report, kept.near) if kept.near else ""
        words = _("Without a place in the form")
        yield f"{words} ({near}):" if near else f"{words}:"
        yield from _indented(markup.read(kept.text).plain_text(), 4)


def _list_lines(
    report: Report, entry: ListDefinition, labels: Labels, attached: Mapping[str, Files]
) -> Iterator[str]:
    row_list = report.lists[entry.path]
    yield f"  {labels.list_title(entry)}{_mark(entry.path in report.confidential)}"
    if row_list.state is not None:
        yield f"    {state_words(row_list.state, labels)}"
    yield from _file_lines(attached.get(entry.path, ()), 4)
    for number, row in enumerate(row_list.rows, start=1):
        yield from _row_lines(entry, row, number, labels)
        path = row_path(entry.path, row.id)
        for at in (path, *(f"{path}/{question.code}" for question in entry.row.fields)):
            yield from _file_lines(attached.get(at, ()), 6)


def _row_lines(entry: ListDefinition, row: Row, number: int, labels: Labels) -> Iterator[str]:
    lead = entry.row.lead
    first = _words(lead, row.values.get(lead.code), row.states.get(lead.code), labels)
    hidden = bool(row.confidential & {"", lead.code})
    lines = list(_indented(first, 6)) or [""]
    yield f"  {number:>3} {lines[0].strip()}".rstrip() + _mark(hidden)
    yield from lines[1:]
    for question in entry.row.fields:
        words = _words(question, row.values.get(question.code), row.states.get(question.code), labels)
        if question is not lead and words:
            mark = _mark(question.code in row.confidential)
            yield from _indented(f"{labels.field_label(question, entry)}{mark}: {words}", 6)


def _file_lines(files: Files, room: int) -> Iterator[str]:
    for _key, each in files:
        yield " " * room + _("Attached: {file}").format(file=file_words(each.file))


def _words(question: Field, value: Value | None, state: State | None, labels: Labels) -> str:
    if value is not None:
        return value_words(question, value, labels)
    return state_words(state, labels) if state is not None else ""


def _mark(confidential: bool) -> str:
    words = _("confidential")
    return f" ({words})" if confidential else ""


def _indented(words: str, room: int) -> Iterator[str]:
    for line in words.splitlines():
        yield f"{' ' * room}{line}"
