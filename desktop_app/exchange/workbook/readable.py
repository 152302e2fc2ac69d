"""Answers as the readable sheets show them: one table over the field types."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desktop_app.exchange.workbook.cells import joined, plain, text_words
from desktop_app.exchange.workbook.plan import Tone, Words
from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import GOALS_CODE, Field, FieldType
from desktop_app.report.timeframe import describe
from desktop_app.report.value_words import says_more, value_words
from desktop_app.runtime.i18n import _


def readable_words(question: Field, value: Any, labels: Labels, tone: Tone = Tone.SAME) -> Words:
    """An answer as words; none for no answer."""
    return () if value is None else READABLE[question.type](question, value, labels, tone)


def _text(question: Field, value: Any, labels: Labels, tone: Tone) -> Words:
    return text_words(value, tone)


def _in_words(question: Field, value: Any, labels: Labels, tone: Tone) -> Words:
    return plain(value_words(question, value, labels), tone)


def _codes(question: Field, value: Any, labels: Labels, tone: Tone) -> Words:
    if question.choices == GOALS_CODE:
        return plain("\n".join(labels.goal_short(code) for code in value), tone)
    return plain("\n".join(labels.choice(question, code) for code in value), tone)


def _timeframe(question: Field, value: Any, labels: Labels, tone: Tone) -> Words:
    reading = value.reading
    if reading is None:
        return plain(value.text, tone)
    words = describe(reading)
    if value.confirmed and not says_more(words, value.text):
        return plain(value.text, tone)
    if not value.confirmed:
        words = _("{reading}, not confirmed").format(reading=words)
    return joined((plain(value.text, tone), plain(words, Tone.QUIET)))


READABLE: dict[FieldType, Callable[[Field, Any, Labels, Tone], Words]] = {
    FieldType.TEXT: _text,
    FieldType.CHOICE: _in_words,
    FieldType.CHOICES: _codes,
    FieldType.NUMBER: _in_words,
    FieldType.YEAR_SERIES: _in_words,
    FieldType.DATE: _in_words,
    FieldType.TIMEFRAME: _timeframe,
    FieldType.YES_NO: _in_words,
    FieldType.SCALE: _in_words,
    FieldType.LINK: _in_words,
    FieldType.ATTACHMENT: _in_words,
}

CHIP_WIDTHS: dict[FieldType, float] = {
    FieldType.TEXT: 36.0,
    FieldType.CHOICE: 20.0,
    FieldType.CHOICES: 14.0,
    FieldType.NUMBER: 12.0,
    FieldType.YEAR_SERIES: 20.0,
    FieldType.DATE: 13.0,
    FieldType.TIMEFRAME: 25.0,
    FieldType.YES_NO: 10.0,
    FieldType.SCALE: 22.0,
    FieldType.LINK: 36.0,
    FieldType.ATTACHMENT: 28.0,
}
"""How wide the column of a short field is, in characters."""
