"""Answers of the words in cells that a person typed: one table over the field types.

What cannot be read is refused with a ``ValueError``; whoever asks keeps the words then. A code may be
written as its label, a number with a comma, a day in the order that leaves no doubt.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.exchange.review.grid import Value as CellValue
from desktop_app.exchange.review.review_rows import read_date
from desktop_app.exchange.review.words import quoted
from desktop_app.exchange.workbook.columns import NO, YES
from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import GOALS_CODE, Field, FieldType, Section
from desktop_app.report.text.model import Text
from desktop_app.report.timeframe.value import Timeframe
from desktop_app.report.values import Link, Value, read_value
from desktop_app.runtime.i18n import _

_BETWEEN = re.compile(r"[;,\n]")
_AT_MIDNIGHT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]00:00:00")
_WITH_TIME = re.compile(r".*[T ]\d+:[\d:.]+", re.DOTALL)
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:[ \u00a0\u202f’']\d{3})+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question where it stands, with the words of its form. ``moved``: the code an option has now."""

    question: Field
    section: Section
    labels: Labels
    moved: Callable[[str, str], str] = lambda choices, code: code

    def options(self) -> dict[str, str]:
        """Codes by what people write for them, in small letters: the code, its label, its short label."""
        labels, question = self.labels, self.question
        found: dict[str, str] = {}
        if question.choices == GOALS_CODE:
            for goal in self.section.goals:
                for words in (labels.goal_short(goal.code), labels.goal(goal.code), goal.code):
                    found[_folded(words)] = goal.code
        elif question.choices is not None:
            choices = labels.form.choice_lists[question.choices].choices
            for choice in choices:
                found[_folded(labels.choice(question, choice.code))] = choice.code
            found.update((_folded(choice.code), choice.code) for choice in choices)
        return found

    def code(self, words: str) -> str:
        """The code that the words stand for. ValueError when they stand for none."""
        options, choices = self.options(), self.question.choices or ""
        moved = self.moved(choices, words.strip())
        found = options.get(_folded(words)) or options.get(_folded(moved))
        if found is None:
            raise ValueError(_("“{words}” is none of the options").format(words=quoted(words)))
        return found


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


Parts = Mapping[str, str]
"""The words of the columns of one question by what stands behind its code; the answer itself under ``""``."""


def _text(asked: Asked, parts: Parts) -> Value:
    return Text.plain(parts.get("", ""))


def _choice(asked: Asked, parts: Parts) -> Value:
    return asked.code(parts.get("") or parts.get("label", ""))


def _choices(asked: Asked, parts: Parts) -> Value:
    words = parts.get("") or parts.get("labels", "")
    return tuple(dict.fromkeys(asked.code(each) for each in _BETWEEN.split(words) if each.strip()))


def number_of(words: str) -> int | float:
    """The number that a person wrote. ValueError where it could be another one."""
    words = words.strip()
    if _THOUSANDS.fullmatch(words):
        words = re.sub(r"[ \u00a0\u202f’']", "", words)
    if not _NUMBER.fullmatch(words):
        raise ValueError(_("“{words}” is not read as a number").format(words=quoted(words)))
    # 1,234 is a thousand to some and a little more than one to others.
    if re.fullmatch(r"[+-]?[1-9]\d{0,2},\d{3}", words):
        raise ValueError(_("“{words}” could be two numbers").format(words=quoted(words)))
    value = float(words.replace(",", "."))
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def day_of(words: str) -> datetime.date:
    """The day that a person wrote, or Excel's number of it. ValueError where it could be another one."""
    words = words.strip()
    is_day = _WITH_TIME.fullmatch(words) is None or _AT_MIDNIGHT.fullmatch(words) is not None
    found = read_date(CellValue(words, "n")) if is_day else None
    if found is not None:
        return datetime.date.fromisoformat(found)
    raise ValueError(_("“{words}” is not read as a date").format(words=quoted(words)))


def _number(asked: Asked, parts: Parts) -> Value:
    return number_of(parts.get("", ""))


def _series(asked: Asked, parts: Parts) -> Value:
    value = read_value(FieldType.YEAR_SERIES, {year: number_of(words) for year, words in parts.items()})
    if value is None:
        raise ValueError(_("a number for each year was expected"))
    return value


def _date(asked: Asked, parts: Parts) -> Value:
    return day_of(parts.get("", ""))


def _timeframe(asked: Asked, parts: Parts) -> Value:
    words, reading = parts.get("", "").strip(), parts.get("reading", "").strip()
    first, last = parts.get("from", "").strip(), parts.get("to", "").strip()
    if words:
        read = Timeframe.read(words, asked.labels.form.languages)
        # Words that were written anew above the reading of others count; a confirmed reading does.
        is_confirmed = _folded(parts.get("confirmed", "")) == YES
        return Timeframe(words, reading) if reading and (is_confirmed or not read.edtf) else read
    if not (first or last):
        raise ValueError(_("a timeframe needs its words"))
    # Days alone: they are the words as well.
    days = ["" if not each else day_of(each).isoformat() for each in (first, last)]
    edtf = days[0] if days[0] == days[1] else f"{days[0] or '..'}/{days[1] or '..'}"
    return Timeframe(" – ".join(filter(None, dict.fromkeys(days))), edtf)


def _yes_no(asked: Asked, parts: Parts) -> Value:
    return is_yes(parts.get("", ""))


def is_yes(words: str) -> bool:
    """Whether the words say yes. ValueError where they say neither yes nor no."""
    words = _folded(words)
    if words in {YES, "true", "1", _folded(_("Yes"))}:
        return True
    if words in {NO, "false", "0", _folded(_("No"))}:
        return False
    raise ValueError(_("yes or no was expected"))


def _link(asked: Asked, parts: Parts) -> Value:
    url = parts.get("", "").strip()
    if not url or any(sign.isspace() for sign in url):
        raise ValueError(_("an address was expected"))
    return Link(url, parts.get("label", "").strip())


def _attachment(asked: Asked, parts: Parts) -> Value:
    raise ValueError(_("a file cannot be attached in a workbook"))


CELL_TYPES: dict[FieldType, Callable[[Asked, Parts], Value]] = {
    FieldType.TEXT: _text,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.NUMBER: _number,
    FieldType.YEAR_SERIES: _series,
    FieldType.DATE: _date,
    FieldType.TIMEFRAME: _timeframe,
    FieldType.YES_NO: _yes_no,
    FieldType.SCALE: _choice,
    FieldType.LINK: _link,
    FieldType.ATTACHMENT: _attachment,
}

WORKED_OUT: dict[FieldType, Sequence[str]] = {
    FieldType.CHOICE: ("label",),
    FieldType.CHOICES: ("labels",),
    FieldType.SCALE: ("label",),
    FieldType.TIMEFRAME: ("from", "to", "precision", "confirmed"),
    FieldType.ATTACHMENT: ("size", "sha256"),
}
"""Columns that follow from the others of their question, by what stands behind its code."""


_COMPARED = frozenset({"label", "labels", "from", "to", "reading"})
"""Of those, with the reading of a timeframe, the ones that a person may have typed as the answer."""


def said_otherwise(asked: Asked, value: Value, parts: Parts) -> list[str]:
    """The columns that follow from the answer ``value`` and say something else, by what stands behind its
    code. One that is the answer itself, since nothing stands in the first column, says nothing else.
    """
    if not parts.get("", "").strip():
        return []
    worked_out = [each for each in (*WORKED_OUT.get(asked.question.type, ()), "reading") if each in _COMPARED]
    return [
        each
        for each in worked_out
        if parts.get(each, "").strip() and not _is_of(asked, value, each, parts[each])
    ]


def _is_of(asked: Asked, value: Value, part: str, words: str) -> bool:
    """Whether these words follow from the answer."""
    try:
        if isinstance(value, Timeframe):
            if part == "reading":
                return words.strip() == value.edtf
            bounds = value.reading.bounds() if value.reading is not None else (None, None)
            return day_of(words) == bounds[part == "to"]
        if isinstance(value, tuple):
            return {asked.code(each) for each in _BETWEEN.split(words) if each.strip()} == set(value)
        return asked.code(words) == value
    except ValueError:
        return False


def answer_of(asked: Asked, parts: Parts) -> Value:
    """The answer that the cells of a question hold. ValueError says why they hold none."""
    return CELL_TYPES[asked.question.type](asked, parts)
