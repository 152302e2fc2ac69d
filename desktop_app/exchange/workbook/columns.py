"""The flat columns of each field type: one table over the closed set of types.

A code and its label never share a column; a day is a true date; what a person typed stands verbatim.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from desktop_app.exchange.workbook.cells import plain, text_words
from desktop_app.exchange.workbook.plan import Content, Look
from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import GOALS_CODE, Field, FieldType
from desktop_app.report.timeframe import Timeframe
from desktop_app.report.values import Number
from desktop_app.runtime.i18n import _

YES, NO = "yes", "no"
"""Codes, never translated; the sheet of codes has their words."""
BETWEEN_CODES = "; "

FIRST_DAY = datetime.date(1900, 3, 1)
"""Excel counts a 29 February 1900 that never was; earlier days are written as words."""
_EXACT_DIGITS = 15
_DAY = "yyyy-mm-dd"

LONG, MEDIUM, SHORT, TINY = 70.0, 40.0, 22.0, 13.0

WHOLE_TEXT = "whole_text"
"""The code of the column that says where a text can be read that is too long for its row."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a flat table.

    ``code`` is stable, ``label`` is in the report's language. ``type``, ``allowed`` and ``source`` are
    what the dictionary says of it: kind of content, list or notation, and where it comes from.
    ``hidden``: there for the program; ``open``: a reviewer writes in it; ``aside``: there to sort, filter
    and load, behind the others and not printed. ``fits``: no paragraph in it is wider than the column, as
    is known of finished tables. ``links``: the sheet and row that its words lead to.
    """

    code: str
    label: str
    look: Look = Look.DATA
    width: float = SHORT
    type: str = "text"
    allowed: str = ""
    source: str = ""
    hidden: bool = False
    open: bool = False
    aside: bool = False
    fits: bool = False
    links: Mapping[str, tuple[str, int]] = dataclasses.field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Subject:
    """A question with the words of its form. ``code`` begins the codes of its columns.

    ``label`` is its own where it stands, ``source`` what the dictionary says of where it comes from.
    """

    question: Field
    labels: Labels
    code: str
    label: str
    source: str

    def column(
        self,
        part: str,
        label: str,
        look: Look = Look.DATA,
        width: float = SHORT,
        type: str = "text",
        allowed: str = "",
        aside: bool = False,
    ) -> Column:
        """The column for ``part`` of the answer; the answer itself for an empty part."""
        code = _code_of_part(self.code, part)
        return Column(code, label, look, width, type, allowed, self.source, aside=aside)

    def aside(
        self,
        part: str,
        label: str,
        type: str = "code",
        allowed: str = "",
        look: Look = Look.DATA_CODE,
        width: float = TINY,
    ) -> Column:
        """The same for a part that is there to sort, filter and load; ``label`` with ``{label}`` in it."""
        return self.column(part, label.format(label=self.label), look, width, type, allowed, aside=True)


@dataclass(frozen=True, slots=True)
class FlatType:
    """The columns of one field type, and what an answer puts into them by the columns' parts."""

    columns: Callable[[Subject, Iterable[Any]], list[Column]]
    contents: Callable[[Subject, Any], dict[str, Content]]


def number_content(number: Number) -> Content:
    """A number as Excel keeps it: fifteen digits; a longer one as words."""
    if abs(number) < 10**_EXACT_DIGITS and float(f"{number:.{_EXACT_DIGITS}g}") == number:
        return number
    return plain(str(number))


def date_content(day: datetime.date | None) -> Content:
    """A true date, or its words where Excel has no such day."""
    return day if day is None or day >= FIRST_DAY else plain(day.isoformat())


_YES_WORDS, _NO_WORDS = plain(YES), plain(NO)


def yes_no(value: bool) -> Content:
    """The code for yes or no."""
    return _YES_WORDS if value else _NO_WORDS


def _text_columns(subject: Subject, values: Iterable[Any]) -> list[Column]:
    width = MEDIUM if subject.question.plain else LONG
    return [subject.column("", subject.label, width=width)]


def _text(subject: Subject, value: Any) -> dict[str, Content]:
    return {"": text_words(value)}


def _code_columns(subject: Subject, values: Iterable[Any]) -> list[Column]:
    code = subject.aside("", _("{label}: code"), "code", subject.question.choices or "")
    return [code, subject.column("label", subject.label)]


def _code(subject: Subject, value: Any) -> dict[str, Content]:
    return {"": plain(value), "label": plain(subject.labels.choice(subject.question, value))}


def _codes_columns(subject: Subject, values: Iterable[Any]) -> list[Column]:
    codes = subject.aside("", _("{label}: codes"), "codes", subject.question.choices or "")
    return [codes, subject.column("labels", subject.label)]


def _codes(subject: Subject, value: Any) -> dict[str, Content]:
    words = [_short_label(subject, code) for code in value]
    return {"": plain(BETWEEN_CODES.join(value)), "labels": plain(BETWEEN_CODES.join(words))}


def _short_label(subject: Subject, code: str) -> str:
    if subject.question.choices == GOALS_CODE:
        return subject.labels.goal_short(code)
    return subject.labels.choice(subject.question, code)


def _number_columns(subject: Subject, values: Iterable[Any]) -> list[Column]:
    return [subject.column("", subject.label, Look.DATA_NUMBER, TINY, "number")]


def _number(subject: Subject, value: Any) -> dict[str, Content]:
    return {"": number_content(value)}


def years_of(values: Iterable[Any]) -> list[str]:
    """The years for which any of the series has a number."""
    return sorted({year for value in values if isinstance(value, Mapping) for year in value})


def _series_columns(subject: Subject, values: Iterable[Any]) -> list[Column]:
    label = _("{label} {year}")
    return [
        subject.column(year, label.format(label=subject.label, year=year), Look.DATA_NUMBER, TINY, "number")
        for year in years_of(values)
    ]


def _series(subject: Subject, value: Any) -> dict[str, Content]:
    return {year: number_content(number) for year, number in value.items()}


def _date_columns(subject: Subject, values: Iterable[Any]) -> list[Column]:
    return [subject.column("", subject.label, Look.DATA_DATE, TINY, "date", _DAY)]


def _date(subject: Subject, value: Any) -> dict[str, Content]:
    return {"": date_content(value)}


def _timeframe_columns(subject: Subject, values: Iterable[Any]) -> list[Column]:
    return [
        subject.column("", subject.label, width=20.0),
        subject.aside("from", _("{label}: from"), "date", _DAY, Look.DATA_DATE),
        subject.aside("to", _("{label}: to"), "date", _DAY, Look.DATA_DATE),
        subject.aside("precision", _("{label}: precision"), "code", "precision"),
        subject.aside("reading", _("{label}: reading (EDTF)"), "text", "ISO 8601-2", width=18.0),
        subject.aside("confirmed", _("{label}: reading confirmed"), "code", "yes_no"),
    ]


def _timeframe(subject: Subject, value: Any) -> dict[str, Content]:
    return _timeframe_contents(value)


@lru_cache(maxsize=1024)  # a long report repeats few of them
def _timeframe_contents(value: Timeframe) -> dict[str, Content]:
    contents: dict[str, Content] = {"": plain(value.text), "confirmed": yes_no(value.confirmed)}
    reading = value.reading
    if reading is not None:
        first, last = reading.bounds()
        contents |= {
            "from": date_content(first),
            "to": date_content(last),
            "precision": plain(reading.precision.value),
            "reading": plain(value.edtf or ""),
        }
    return contents


def _yes_no_columns(subject: Subject, values: Iterable[Any]) -> list[Column]:
    return [subject.column("", subject.label, Look.DATA_CODE, TINY, "code", "yes_no")]


def _yes_no(subject: Subject, value: Any) -> dict[str, Content]:
    return {"": yes_no(value)}


def _link_columns(subject: Subject, values: Iterable[Any]) -> list[Column]:
    return [
        subject.column("", _("{label}: address").format(label=subject.label), width=MEDIUM),
        subject.column("label", subject.label),
    ]


def _link(subject: Subject, value: Any) -> dict[str, Content]:
    return {"": plain(value.url), "label": plain(value.label)}


def _attachment_columns(subject: Subject, values: Iterable[Any]) -> list[Column]:
    size = _("{label}: bytes").format(label=subject.label)
    return [
        subject.column("", subject.label, width=MEDIUM),
        subject.column("size", size, Look.DATA_NUMBER, TINY, "number"),
        subject.aside("sha256", _("{label}: SHA-256"), "text", width=SHORT),
    ]


def _attachment(subject: Subject, value: Any) -> dict[str, Content]:
    return {"": plain(value.name), "size": number_content(value.size), "sha256": plain(value.sha256)}


FLAT_TYPES: dict[FieldType, FlatType] = {
    FieldType.TEXT: FlatType(_text_columns, _text),
    FieldType.CHOICE: FlatType(_code_columns, _code),
    FieldType.CHOICES: FlatType(_codes_columns, _codes),
    FieldType.NUMBER: FlatType(_number_columns, _number),
    FieldType.YEAR_SERIES: FlatType(_series_columns, _series),
    FieldType.DATE: FlatType(_date_columns, _date),
    FieldType.TIMEFRAME: FlatType(_timeframe_columns, _timeframe),
    FieldType.YES_NO: FlatType(_yes_no_columns, _yes_no),
    FieldType.SCALE: FlatType(_code_columns, _code),
    FieldType.LINK: FlatType(_link_columns, _link),
    FieldType.ATTACHMENT: FlatType(_attachment_columns, _attachment),
}


def columns_of(subject: Subject, values: Iterable[Any]) -> list[Column]:
    """The columns of a question, whose answers are ``values``."""
    return FLAT_TYPES[subject.question.type].columns(subject, values)


def contents_of(subject: Subject, value: Any) -> dict[str, Content]:
    """What an answer puts into its columns, by their codes; nothing for no answer."""
    if value is None:
        return {}
    code = subject.code
    parts = FLAT_TYPES[subject.question.type].contents(subject, value)
    return {_code_of_part(code, part): content for part, content in parts.items()}


@lru_cache(maxsize=1024)
def _code_of_part(code: str, part: str) -> str:
    """The code of a column that a part of an answer stands in."""
    return f"{code}_{part}" if part else code
