"""What stands beside a single question in a document, as the answer its field type takes.

One table over the field types; a type without an entry, or words that do not fit, give None, and the
words are set aside.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any

from desktop_app.exchange.old_reports.wording import fold
from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import Field, FieldType, Form, Section
from desktop_app.report.text import Text
from desktop_app.report.timeframe import Timeframe, shipped_languages, suggest
from desktop_app.report.values import Link, Value

_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,6})?")
_ADDRESS = re.compile(r"https?://\S+")
_PARTS = re.compile(r"[,;\n]")


def answer_of(form: Form, section: Section, question: Field, text: Text) -> Value | None:
    """The answer that ``text`` is to ``question`` of ``section``, or None when it is none."""
    read = _READERS.get(question.type)
    return read(form, section, question, text) if read else None


def _text(form: Form, section: Section, question: Field, text: Text) -> Value | None:
    return Text.plain(text.plain_text()) if question.plain and not text.is_plain else text


def _code(form: Form, section: Section, question: Field, text: Text) -> Value | None:
    return _codes_by_label(form, section, question).get(fold(text.plain_text()))


def _codes(form: Form, section: Section, question: Field, text: Text) -> Value | None:
    codes = _codes_by_label(form, section, question)
    parts = [fold(part) for part in _PARTS.split(text.plain_text())]
    found = [codes.get(part) for part in parts if part]
    return tuple(code for code in found if code) if found and all(found) else None


def _codes_by_label(form: Form, section: Section, question: Field) -> dict[tuple[str, ...], str]:
    codes = form.options(section, question)
    return {
        fold(Labels(form, language).choice(question, code)): code
        for language in form.languages
        for code in codes
    }


def _number(form: Form, section: Section, question: Field, text: Text) -> Value | None:
    words = text.plain_text().strip()
    if not _NUMBER.fullmatch(words):
        return None
    return float(words) if "." in words else int(words)


def _date(form: Form, section: Section, question: Field, text: Text) -> Value | None:
    """A day that can be read one way only."""
    reading = suggest(text.plain_text().strip(), shipped_languages())
    try:
        return datetime.date.fromisoformat(reading) if reading and len(reading) == len("2013-12-31") else None
    except ValueError:
        return None


def _timeframe(form: Form, section: Section, question: Field, text: Text) -> Value | None:
    return Timeframe.read(" ".join(text.plain_text().split()), shipped_languages())


def _link(form: Form, section: Section, question: Field, text: Text) -> Value | None:
    words = text.plain_text().strip()
    return Link(words) if _ADDRESS.fullmatch(words) else None


_READERS: dict[FieldType, Callable[[Form, Section, Field, Text], Any]] = {
    FieldType.TEXT: _text,
    FieldType.CHOICE: _code,
    FieldType.SCALE: _code,
    FieldType.CHOICES: _codes,
    FieldType.NUMBER: _number,
    FieldType.DATE: _date,
    FieldType.TIMEFRAME: _timeframe,
    FieldType.LINK: _link,
}
