"""Dates, months and years as people write them, and as they are shown back to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from PySide6.QtCore import QDate, QLocale

from desktop_app.report.timeframe.describe import describe
from desktop_app.report.timeframe.edtf import Edtf, EdtfError, Precision, Unit, parse
from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.i18n import _

_YEAR = r"(\d{4})"
_YEAR_FIRST = r"(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?"
_YEAR_LAST = r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4})\.?"
_MONTH_AND_YEAR = r"(\d{1,2})\s?[-/.]\s?(\d{4})"
_SHORT_YEAR = r"\d{1,2}\s?([-/.])\s?\d{1,2}\s?\1\s?\d{2}"
_ORDINAL = r"(\d{1,2})(?:st|nd|rd|th|er|re|º|ª|°)?"
_BETWEEN = frozenset(("of", "de", "del", "the", "le", "el", "den", "der"))
_CJK = str.maketrans("年月日", "-- ")


@dataclass(frozen=True, slots=True)
class UnitReading:
    """What typed words mean: one ``unit``, or ``choices`` to choose from, or a ``sentence`` that says no."""

    unit: Unit | None = None
    choices: tuple[Unit, ...] = ()
    sentence: str = ""


def read_unit(typed: str, languages: Iterable[str]) -> UnitReading:
    """The day, month or year that ``typed`` names, in one of ``languages`` or the person's own."""
    from desktop_app.ui.editors.numbers import ascii_digits

    words = " ".join(ascii_digits(typed).split())
    if not words:
        return UnitReading()
    if re.fullmatch(_SHORT_YEAR, words):
        return UnitReading(sentence=_("Write the year with four digits, for example 31.12.2013."))
    try:
        found = list(dict.fromkeys(_units(words, tuple(languages))))
    except EdtfError as error:
        return UnitReading(sentence=str(error))
    if len(found) > 1:
        return UnitReading(choices=tuple(found))
    if found:
        return UnitReading(found[0])
    return UnitReading(sentence=_("This is no date. Write it, for example, as 31.12.2013 or 2013-12-31."))


def read_day(typed: str, languages: Iterable[str]) -> UnitReading:
    """The day that ``typed`` names; a month or a year alone is not one."""
    reading = read_unit(typed, languages)
    if reading.unit is not None and (reading.unit.precision is not Precision.DAY or reading.unit.qualifier):
        return UnitReading(sentence=_("Give the day too, for example 31.12.2013."))
    return reading


def _units(words: str, languages: tuple[str, ...]) -> Iterator[Unit]:
    digits = words.translate(_CJK).rstrip("- ")
    if match := re.fullmatch(_YEAR, digits):
        yield Unit(int(match[1]))
    elif match := re.fullmatch(_YEAR_FIRST, digits):
        yield Unit(int(match[1]), _month(int(match[3])), int(match[4]) if match[4] else None)
    elif match := re.fullmatch(_YEAR_LAST, digits):
        yield from _day_and_month(int(match[1]), int(match[3]), int(match[4]), day_first=match[2] == ".")
    elif match := re.fullmatch(_MONTH_AND_YEAR, digits):
        yield Unit(int(match[2]), _month(int(match[1])))
    else:
        named = list(_named(words, languages))
        yield from named or _suggested(words, languages)


def _month(number: int) -> int:
    """``number``; beyond 12 it is no month here, whatever the notation of readings uses it for."""
    if not 1 <= number <= 12:
        raise EdtfError(_("There is no month {number}. Months go from 1 to 12.").format(number=number))
    return number


def _day_and_month(first: int, second: int, year: int, *, day_first: bool) -> Iterator[Unit]:
    """Dots stand after the day everywhere; with other signs both orders are in use."""
    if second > 12 >= first:
        yield Unit(year, first, second)
        return
    yield Unit(year, _month(second), first)
    if not day_first and first <= 12 and first != second:
        yield Unit(year, first, second)


def _named(words: str, languages: tuple[str, ...]) -> Iterator[Unit]:
    """A month by its name, a year, perhaps a day, in any order."""
    months: set[int] = set()
    days: list[int] = []
    years: list[int] = []
    for token in re.split(r"[\s,]+", words.casefold()):
        bare = token.rstrip(".")
        if bare in _BETWEEN or not bare:
            continue
        if found := _month_names((QLocale().name(), *languages, "en")).get(bare):
            if months:
                return
            months = set(found)
        elif re.fullmatch(_YEAR, bare):
            years.append(int(bare))
        elif match := re.fullmatch(_ORDINAL, bare):
            days.append(int(match[1]))
        else:
            return
    if months and len(years) == 1 and len(days) <= 1:
        for month in sorted(months):
            yield Unit(years[0], month, days[0] if days else None)


def _suggested(words: str, languages: tuple[str, ...]) -> Iterator[Unit]:
    from desktop_app.report.timeframe.reading import suggest

    notation = suggest(words, languages)
    reading = parse(notation) if notation is not None else None
    if reading is not None and not reading.interval and reading.start is not None:
        yield reading.start


@cache
def _month_names(languages: tuple[str, ...]) -> dict[str, frozenset[int]]:
    """Months by every name they have in ``languages``, folded."""
    names: dict[str, set[int]] = {}
    for locale in map(QLocale, languages):
        for month in range(1, 13):
            for style in (QLocale.FormatType.LongFormat, QLocale.FormatType.ShortFormat):
                for name in (locale.monthName(month, style), locale.standaloneMonthName(month, style)):
                    if not name.isdigit():
                        names.setdefault(name.casefold().rstrip("."), set()).add(month)
    return {name: frozenset(found) for name, found in names.items()}


def unit_line(unit: Unit) -> str:
    """A day, month or year as it stands in a line to type in; ``read_unit`` reads it back."""
    locale = QLocale()
    if unit.qualifier or unit.precision not in (Precision.DAY, Precision.MONTH, Precision.YEAR):
        return describe(Edtf.of(unit))
    if unit.part is None:
        return str(unit)
    name = locale.standaloneMonthName(unit.part) if unit.day is None else locale.monthName(unit.part)
    if any(character.isdigit() or character.isspace() for character in name):
        # Languages that count their months ("tháng 1", "1月"): figures say it best.
        return str(unit)
    return f"{name} {unit.year:04d}" if unit.day is None else f"{unit.day} {name} {unit.year:04d}"


def day_echo(unit: Unit) -> str:
    """A day with its weekday, as the person's country writes it."""
    date = QDate(unit.year, unit.part or 1, unit.day or 1)
    return QLocale().toString(date, QLocale.FormatType.LongFormat)
