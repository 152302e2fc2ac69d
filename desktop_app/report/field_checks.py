"""What each field type checks about a value: one table over the closed set of types."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence

from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import Field, FieldType, Level, ListDefinition, Section
from desktop_app.report.problems import Problem
from desktop_app.report.report import Report
from desktop_app.report.text.model import Text, safe_href
from desktop_app.report.timeframe.value import Timeframe
from desktop_app.report.value_words import plain_number, reading_words
from desktop_app.report.values import Attachment, Link, Number, Value
from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.i18n import _, ngettext

LARGEST_ATTACHMENT = 15 * 1024 * 1024
"""In bytes; larger files do not travel well by mail."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question in its report: what a check of its value needs to know.

    ``siblings`` are the questions of the same section or row, ``beside`` their answers by code, and
    ``entry`` is the list the row stands in.
    """

    report: Report
    section: Section
    question: Field
    path: str
    siblings: Sequence[Field]
    beside: Mapping[str, object]
    entry: ListDefinition | None = None

    def problem(self, code: str, level: Level, sentence: str) -> Problem:
        """A problem of this answer."""
        return Problem(code, level, self.path, sentence)


def check_value(asked: Asked, value: Value) -> Iterator[Problem]:
    """The problems of one answer."""
    return _CHECKS[asked.question.type](asked, value)


def _text(asked: Asked, value: Value) -> Iterator[Problem]:
    limit = asked.question.max_words
    if limit is None or not isinstance(value, Text):
        return
    count = value.word_count()
    if count > limit:
        yield asked.problem(
            "too_many_words",
            Level.ERROR,
            ngettext(
                "The text has {count} words; at most {limit} word is allowed.",
                "The text has {count} words; at most {limit} words are allowed.",
                limit,
            ).format(count=count, limit=limit),
        )


def _codes(asked: Asked, value: Value) -> Iterator[Problem]:
    codes = value if isinstance(value, tuple) else (value,)
    options = asked.report.form.options(asked.section, asked.question)
    for code in codes:
        if code not in options:
            yield asked.problem(
                "not_an_option",
                Level.ERROR,
                _("“{code}” is not one of the answers of this form. Choose again.").format(code=code),
            )


def _number(asked: Asked, value: Value) -> Iterator[Problem]:
    if isinstance(value, int | float):
        yield from _range(asked, value, "")


def _range(asked: Asked, number: Number, year: str) -> Iterator[Problem]:
    question = asked.question
    told = f"{year}: {plain_number(number)}" if year else plain_number(number)
    if question.minimum is not None and number < question.minimum:
        sentence = _("{number} is too small; the least is {limit}.").format(
            number=told, limit=plain_number(question.minimum)
        )
        yield asked.problem("too_small", Level.ERROR, sentence)
    if question.maximum is not None and number > question.maximum:
        sentence = _("{number} is too large; the most is {limit}.").format(
            number=told, limit=plain_number(question.maximum)
        )
        yield asked.problem("too_large", Level.ERROR, sentence)
    if question.whole and isinstance(number, float) and not number.is_integer():
        yield asked.problem(
            "not_whole", Level.ERROR, _("{number} is not a whole number.").format(number=told)
        )


def _year_series(asked: Asked, value: Value) -> Iterator[Problem]:
    if not isinstance(value, Mapping):
        return
    for year, number in value.items():
        yield from _range(asked, number, year)
    baseline = asked.question.baseline
    if baseline is not None and str(baseline) not in value:
        yield asked.problem(
            "no_baseline",
            Level.HINT,
            _("There is no figure for the baseline year {year}.").format(year=baseline),
        )


def _date(asked: Asked, value: Value) -> Iterator[Problem]:
    code = asked.question.after
    before = asked.beside.get(code or "")
    if isinstance(value, datetime.date) and isinstance(before, datetime.date) and value <= before:
        labels = Labels(asked.report.form, asked.report.language)
        label = next(labels.field_label(each, asked.entry) for each in asked.siblings if each.code == code)
        yield asked.problem(
            "not_after", Level.ERROR, _("This date must be later than “{label}”.").format(label=label)
        )


def _timeframe(asked: Asked, value: Value) -> Iterator[Problem]:
    if not isinstance(value, Timeframe) or value.edtf is None or value.confirmed:
        return
    yield asked.problem(
        "reading_unconfirmed",
        Level.HINT,
        _("“{words}” was read as: {reading}. Confirm or correct it.").format(
            words=value.text, reading=reading_words(value.edtf)
        ),
    )


def _link(asked: Asked, value: Value) -> Iterator[Problem]:
    if not isinstance(value, Link):
        return
    if not value.url.strip():
        sentence = _("The address of the link “{label}” is missing.")
        yield asked.problem("no_address", Level.ERROR, sentence.format(label=value.label))
    elif safe_href(value.url) is None:
        sentence = _("“{address}” is not an address. It must begin with https://, http:// or mailto:.")
        yield asked.problem("not_an_address", Level.ERROR, sentence.format(address=value.url))


def _attachment(asked: Asked, value: Value) -> Iterator[Problem]:
    if isinstance(value, Attachment) and value.size > LARGEST_ATTACHMENT:
        sentence = _("“{name}” is larger than {limit} MB. Attach a smaller file.")
        yield asked.problem(
            "attachment_too_large",
            Level.ERROR,
            sentence.format(name=value.name, limit=LARGEST_ATTACHMENT // 1024**2),
        )


def _nothing(asked: Asked, value: Value) -> Iterator[Problem]:
    return iter(())


_CHECKS: dict[FieldType, Callable[[Asked, Value], Iterator[Problem]]] = {
    FieldType.TEXT: _text,
    FieldType.CHOICE: _codes,
    FieldType.CHOICES: _codes,
    FieldType.NUMBER: _number,
    FieldType.YEAR_SERIES: _year_series,
    FieldType.DATE: _date,
    FieldType.TIMEFRAME: _timeframe,
    FieldType.YES_NO: _nothing,
    FieldType.SCALE: _codes,
    FieldType.LINK: _link,
    FieldType.ATTACHMENT: _attachment,
}
