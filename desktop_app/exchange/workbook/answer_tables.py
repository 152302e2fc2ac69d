"""The flat tables beside rows and goals: single answers, lists, and words without a place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from desktop_app.exchange.workbook.attachment_table import files_columns, files_contents
from desktop_app.exchange.workbook.cells import plain, text_words
from desktop_app.exchange.workbook.columns import (
    BETWEEN_CODES,
    LONG,
    MEDIUM,
    SHORT,
    TINY,
    Column,
    Subject,
    contents_of,
    date_content,
    number_content,
    yes_no,
)
from desktop_app.exchange.workbook.common_columns import (
    Contents,
    check_columns,
    code_column,
    confidential_column,
    depth_of,
    number_column,
    section_columns,
    section_contents,
    state_columns,
    state_contents,
    words_column,
)
from desktop_app.exchange.workbook.context import Context
from desktop_app.exchange.workbook.naming import ANSWERS, LISTS, UNPLACED
from desktop_app.exchange.workbook.plan import Content, Look
from desktop_app.exchange.workbook.tables import FlatTable
from desktop_app.formdef.model import Field, FieldType, Section
from desktop_app.report import paths
from desktop_app.report.placed_files import attached_by_place
from desktop_app.report.text import markup
from desktop_app.report.value_words import value_words
from desktop_app.runtime.i18n import _

ANSWER = "answer"
"""Where a column comes from that holds what was answered."""


# Single answers: a part for each record of an answer, with what ends its key.

Part = tuple[str, Contents]


def _words(subject: Subject, value: Any) -> Content:
    return plain(value_words(subject.question, value, subject.labels))


def _text(subject: Subject, value: Any) -> list[Part]:
    return [("", {"value": text_words(value)})]


def _in_words(subject: Subject, value: Any) -> list[Part]:
    return [("", {"value": _words(subject, value)})]


def _code(subject: Subject, value: Any) -> list[Part]:
    return [("", {"value": _words(subject, value), "codes": plain(value)})]


def _codes(subject: Subject, value: Any) -> list[Part]:
    return [("", {"value": _words(subject, value), "codes": plain(BETWEEN_CODES.join(value))})]


def _number(subject: Subject, value: Any) -> list[Part]:
    return [("", {"value": _words(subject, value), "number": number_content(value)})]


def _series(subject: Subject, value: Any) -> list[Part]:
    return [
        (f"/{year}", {"value": plain(str(number)), "year": int(year), "number": number_content(number)})
        for year, number in value.items()
    ]


def _date(subject: Subject, value: Any) -> list[Part]:
    return [("", {"value": _words(subject, value), "from": date_content(value), "to": date_content(value)})]


def _timeframe(subject: Subject, value: Any) -> list[Part]:
    contents = contents_of(subject, value)
    parts = {part: contents.get(f"{subject.code}_{part}") for part in ("from", "to", "reading", "confirmed")}
    return [("", {"value": plain(value.text), **parts})]


def _yes_no(subject: Subject, value: Any) -> list[Part]:
    return [("", {"value": _words(subject, value), "codes": yes_no(value)})]


SINGLE_TYPES: dict[FieldType, Callable[[Subject, Any], list[Part]]] = {
    FieldType.TEXT: _text,
    FieldType.CHOICE: _code,
    FieldType.CHOICES: _codes,
    FieldType.NUMBER: _number,
    FieldType.YEAR_SERIES: _series,
    FieldType.DATE: _date,
    FieldType.TIMEFRAME: _timeframe,
    FieldType.YES_NO: _yes_no,
    FieldType.SCALE: _code,
    FieldType.LINK: _in_words,
    FieldType.ATTACHMENT: _in_words,
}


def answer_table(context: Context) -> FlatTable | None:
    """One record for each question outside lists, answered or not; one for each year of a series.

    None for a form that asks nothing outside its lists.
    """
    places = list(context.single_fields())
    if not places:
        return None
    depth = depth_of(context, (section for section, _question, _path in places))
    attached = attached_by_place(context.report) if context.report.attached else {}
    beside = [path for _section, _question, path in places if path in attached]
    parts = [part for place in places for part in _records(context, *place, depth)]
    return FlatTable(
        sheet=ANSWERS,
        about=_("Every answer outside the lists in one table"),
        columns=(*_answer_columns(depth), *files_columns(beside)),
        records=tuple(
            {**contents, **files_contents(attached.get(key.partition("/")[0], ()))} for key, contents in parts
        ),
        keys=tuple(key for key, _contents in parts),
        readable=frozenset({"value"}),
        path_of=lambda index: parts[index][0].partition("/")[0],
    )


def _answer_columns(depth: int) -> Iterator[Column]:
    yield code_column("reference", _("Reference"), MEDIUM)
    yield from section_columns(depth)
    yield code_column("question", _("Question: code"), SHORT, aside=True)
    yield words_column("question_title", _("Question"), 30.0)
    yield code_column("type", _("Type"), allowed="types", aside=True)
    yield Column("year", _("Year"), Look.DATA_NUMBER, 9.0, "number", source=ANSWER)
    yield Column("value", _("Answer"), Look.DATA, LONG, source=ANSWER)
    yield from state_columns("state")
    yield from check_columns()
    aside = partial(Column, source=ANSWER, aside=True)
    yield aside("codes", _("Answer: codes"), Look.DATA_CODE, SHORT, "codes", _("the question's list"))
    yield aside("number", _("Number"), Look.DATA_NUMBER, TINY, "number")
    yield aside("from", _("From"), Look.DATA_DATE, TINY, "date", "yyyy-mm-dd")
    yield aside("to", _("To"), Look.DATA_DATE, TINY, "date", "yyyy-mm-dd")
    yield aside("reading", _("Reading (EDTF)"), Look.DATA_CODE, TINY, "text", "ISO 8601-2")
    yield aside("confirmed", _("Reading confirmed"), Look.DATA_CODE, TINY, "code", "yes_no")
    yield confidential_column("yes_no")


def _records(context: Context, section: Section, question: Field, path: str, depth: int) -> Iterator[Part]:
    label = context.labels.field_label(question)
    shared: Contents = {
        "reference": plain(path),
        **section_contents(context, section, depth),
        "question": plain(question.code),
        "question_title": plain(label),
        "type": plain(question.type.value),
        **state_contents(context, "state", context.report.states.get(path)),
        **context.checks.contents(path),
        "confidential": plain("yes" if context.is_confidential(path) else ""),
    }
    value = context.report.answers.get(path)
    if value is None:
        yield path, shared
        return
    subject = Subject(question, context.labels, question.code, label, path)
    for ending, contents in SINGLE_TYPES[question.type](subject, value):
        yield f"{path}{ending}", {**shared, **contents}


# Lists, and words without a place.


def list_table(context: Context) -> FlatTable | None:
    """One record for each list: how many rows, or why there are none. None for a form without lists."""
    report = context.report
    sections = [section for section in report.form.walk() if section.lists]
    if not sections:
        return None
    depth = depth_of(context, sections)
    entries = [(section, entry) for section in sections for entry in section.lists]
    records = [
        {
            "reference": plain(entry.path),
            **section_contents(context, section, depth),
            "list": plain(entry.code),
            "list_title": plain(context.labels.list_title(entry)),
            "rows": len(report.lists[entry.path].rows),
            **state_contents(context, "state", report.lists[entry.path].state),
            **context.checks.contents(entry.path),
            "confidential": plain("yes" if context.is_confidential(entry.path) else ""),
        }
        for section, entry in entries
    ]
    columns = (
        code_column("reference", _("Reference"), MEDIUM),
        *section_columns(depth),
        code_column("list", _("List: code"), allowed="lists", aside=True),
        words_column("list_title", _("List"), MEDIUM),
        number_column("rows", _("Rows")),
        *state_columns("state"),
        *check_columns(),
        confidential_column("yes_no"),
    )
    return FlatTable(
        sheet=LISTS,
        about=_("Every list with its number of rows, or why it is empty"),
        columns=columns,
        records=tuple(records),
        short=True,
        keys=tuple(entry.path for _section, entry in entries),
    )


def unplaced_table(context: Context) -> FlatTable | None:
    """Words that no question of the form asks for; None when there are none."""
    kept = context.report.unplaced
    if not kept:
        return None
    return FlatTable(
        sheet=UNPLACED,
        about=_("Words from an older document that no question of this form asks for"),
        columns=(
            code_column("reference", _("Reference"), MEDIUM),
            code_column("near", _("Stood near"), SHORT),
            words_column("text", _("Words"), LONG),
        ),
        records=tuple(
            {
                "reference": plain(f"{paths.UNPLACED}/{key}"),
                "near": plain(each.near),
                "text": text_words(markup.read(each.text)),
            }
            for key, each in sorted(kept.items())
        ),
        keys=tuple(sorted(kept)),
    )
