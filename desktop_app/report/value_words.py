"""Answers as short words for people: one table over the closed set of field types.

Window and terminal differ only in how they write numbers and dates.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from functools import lru_cache

from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import GOALS_CODE, Field, FieldType
from desktop_app.report.file_words import file_words
from desktop_app.report.text.model import Text
from desktop_app.report.timeframe import describe, parse
from desktop_app.report.timeframe.value import Timeframe
from desktop_app.report.values import Attachment, Link, Number, Value
from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.i18n import _, language


def plain_number(number: Number) -> str:
    """The number in digits with a point, never with an exponent."""
    if isinstance(number, int) or number.is_integer():
        return str(int(number))
    from decimal import Decimal

    return format(Decimal(repr(number)), "f")


def _iso(day: datetime.date) -> str:
    return day.isoformat()


@dataclass(frozen=True, slots=True)
class Formats:
    """How numbers and dates are written; by default as in JSON, but without exponents."""

    number: Callable[[Number], str] = plain_number
    date: Callable[[datetime.date], str] = _iso


PLAIN_FORMATS = Formats()


def reading_words(edtf: str) -> str:
    """A timeframe's reading for a person, such as "by 31 Dec 2013"."""
    return _reading_words(edtf, language())


def says_more(reading: str, words: str) -> bool:
    """Whether a reading says anything that the country's own words, beside which it stands, do not say."""
    return reading.casefold() != " ".join(words.split()).casefold()


@lru_cache(maxsize=1024)  # a long report repeats few readings
def _reading_words(edtf: str, language: str) -> str:
    return describe(parse(edtf))


def value_words(question: Field, value: Value, labels: Labels, formats: Formats = PLAIN_FORMATS) -> str:
    """One answer in words."""
    return _WORDS[question.type](question, value, labels, formats)


def _text(question: Field, value: object, labels: Labels, formats: Formats) -> str:
    return value.plain_text() if isinstance(value, Text) else ""


def _code(question: Field, value: object, labels: Labels, formats: Formats) -> str:
    return labels.choice(question, str(value))


def _codes(question: Field, value: object, labels: Labels, formats: Formats) -> str:
    codes = value if isinstance(value, tuple) else ()
    if question.choices == GOALS_CODE:
        return ", ".join(labels.goal_short(code) for code in codes)
    return ", ".join(labels.choice(question, code) for code in codes)


def _number(question: Field, value: object, labels: Labels, formats: Formats) -> str:
    return formats.number(value) if isinstance(value, int | float) else ""


def _year_series(question: Field, value: object, labels: Labels, formats: Formats) -> str:
    if not isinstance(value, Mapping):
        return ""
    return ", ".join(f"{year}: {formats.number(number)}" for year, number in value.items())


def _date(question: Field, value: object, labels: Labels, formats: Formats) -> str:
    return formats.date(value) if isinstance(value, datetime.date) else ""


def _timeframe(question: Field, value: object, labels: Labels, formats: Formats) -> str:
    if not isinstance(value, Timeframe):
        return ""
    reading = reading_words(value.edtf) if value.edtf else ""
    return f"{value.text} ({reading})" if reading and says_more(reading, value.text) else value.text


def _yes_no(question: Field, value: object, labels: Labels, formats: Formats) -> str:
    return _("Yes") if value else _("No")


def _link(question: Field, value: object, labels: Labels, formats: Formats) -> str:
    if not isinstance(value, Link):
        return ""
    return f"{value.label} ({value.url})" if value.label and value.url else value.label or value.url


def _attachment(question: Field, value: object, labels: Labels, formats: Formats) -> str:
    return file_words(value) if isinstance(value, Attachment) else ""


_WORDS: dict[FieldType, Callable[[Field, object, Labels, Formats], str]] = {
    FieldType.TEXT: _text,
    FieldType.CHOICE: _code,
    FieldType.CHOICES: _codes,
    FieldType.NUMBER: _number,
    FieldType.YEAR_SERIES: _year_series,
    FieldType.DATE: _date,
    FieldType.TIMEFRAME: _timeframe,
    FieldType.YES_NO: _yes_no,
    FieldType.SCALE: _code,
    FieldType.LINK: _link,
    FieldType.ATTACHMENT: _attachment,
}
