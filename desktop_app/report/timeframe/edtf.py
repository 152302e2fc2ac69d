"""Readings of a timeframe in EDTF (ISO 8601-2): the part of its levels 0 to 2 that is written and accepted.

Accepted: ``2014``, ``2014-03``, ``2014-03-31``; seasons 21-24, quarters 33-36, halves 40-41 in the
place of the month (``2014-35``); ``~`` ``?`` ``%`` after a year, month or day; intervals ``a/b``, one
end may be open (``..``). Quarters and halves stand alone, and neither they nor seasons take a
qualifier: common readers of EDTF know no more, and a date in months says the same.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from functools import lru_cache

from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _

SEASONS = range(21, 25)
QUARTERS = range(33, 37)
HALVES = range(40, 42)

# First and last month of each part of a year. Winter is December only: EDTF sorts the seasons of a year
# spring to winter, and its common reader lets winter end with its year, in the northern calendar.
_MONTHS_OF_PART = {
    21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12),
    33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12),
    40: (1, 6), 41: (7, 12),
}  # fmt: skip

_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_UNIT = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?%]?)")
_OPEN = ".."


class EdtfError(DeskError, ValueError):
    """A reading that cannot be understood; the sentence says why and gives an example to type."""


def _days_of(year: int, month: int) -> int:
    if month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0):
        return 29
    return _DAYS[month - 1]


class Precision(StrEnum):
    """How exact a reading is, from fine to coarse."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Unit:
    """One piece of the calendar: a year, a part of it, or a day.

    ``part`` is a month (1-12) or an EDTF code of a season, quarter or half; ``qualifier`` is empty or
    one of ``~`` (approximate), ``?`` (uncertain), ``%`` (both). Raises EdtfError for what no calendar has.
    """

    year: int
    part: int | None = None
    day: int | None = None
    qualifier: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.year <= 9999:
            raise EdtfError(_("There is no year {year:04d}. Type, for example, 2014.").format(year=self.year))
        if self.part is not None and not 1 <= self.part <= 12 and self.part not in _MONTHS_OF_PART:
            raise EdtfError(
                _("{part:02d} is no month. Type a month from 01 to 12, for example {year:04d}-12.").format(
                    part=self.part, year=self.year
                )
            )
        self._check_day()
        if self.qualifier and self.part in _MONTHS_OF_PART:
            raise EdtfError(
                _("“{qualifier}” cannot follow a season, quarter or half. Type months: {example}.").format(
                    qualifier=self.qualifier,
                    example=f"{self.first_month()}{self.qualifier}/{self.last_month()}{self.qualifier}",
                )
            )

    def _check_day(self) -> None:
        if self.day is None:
            return
        if self.part is None or self.part > 12:
            raise EdtfError(_("A day needs a month before it. Type, for example, 2014-12-31."))
        days = _days_of(self.year, self.part)
        if not 1 <= self.day <= days:
            raise EdtfError(
                _("There is no day {day:02d} in this month. Its last day is {example}.").format(
                    day=self.day, example=f"{self.year:04d}-{self.part:02d}-{days:02d}"
                )
            )

    def __str__(self) -> str:
        month = "" if self.part is None else f"-{self.part:02d}"
        day = "" if self.day is None else f"-{self.day:02d}"
        return f"{self.year:04d}{month}{day}{self.qualifier}"

    @property
    def precision(self) -> Precision:
        """How exact this piece is."""
        if self.day is not None:
            return Precision.DAY
        if self.part is None:
            return Precision.YEAR
        for codes, precision in (
            (SEASONS, Precision.SEASON),
            (QUARTERS, Precision.QUARTER),
            (HALVES, Precision.HALF),
        ):
            if self.part in codes:
                return precision
        return Precision.MONTH

    @property
    def approximate(self) -> bool:
        """Marked as about this time."""
        return self.qualifier in ("~", "%")

    @property
    def uncertain(self) -> bool:
        """Marked as perhaps this time."""
        return self.qualifier in ("?", "%")

    def first_month(self) -> Unit:
        """The month this piece begins in, unqualified."""
        return Unit(self.year, self._months()[0])

    def last_month(self) -> Unit:
        """The month this piece ends in, unqualified."""
        return Unit(self.year, self._months()[1])

    def first_day(self) -> date:
        """The first day of this piece; a qualifier does not move it."""
        return date(self.year, self._months()[0], self.day or 1)

    def last_day(self) -> date:
        """The last day of this piece; a qualifier does not move it."""
        month = self._months()[1]
        return date(self.year, month, self.day or _days_of(self.year, month))

    def _months(self) -> tuple[int, int]:
        if self.part is None:
            return 1, 12
        return _MONTHS_OF_PART.get(self.part, (self.part, self.part))


@dataclass(frozen=True, slots=True)
class Edtf:
    """A reading: one piece of the calendar (``start`` and ``end`` are the same), or an interval.

    In an interval ``None`` is an open end; at least one end is given. Raises EdtfError for an interval
    that says nothing, runs backwards, or holds a quarter or half.
    """

    start: Unit | None
    end: Unit | None
    interval: bool = True

    def __post_init__(self) -> None:
        if not self.interval:
            if self.start is None or self.start != self.end:
                raise ValueError("a reading that is no interval has one unit, as start and end")
            return
        if self.start is None and self.end is None:
            raise EdtfError(_("Both ends are open. Type at least one, for example 2014/.. or ../2014-12."))
        if self.start and self.end and self.end.last_day() < self.start.first_day():
            raise EdtfError(
                _(
                    "The end {end} lies before the start {start}. Type the earlier one first: {example}."
                ).format(end=self.end, start=self.start, example=f"{self.end}/{self.start}")
            )
        if any(
            unit and unit.precision in (Precision.QUARTER, Precision.HALF) for unit in (self.start, self.end)
        ):
            raise EdtfError(
                _("Quarters and halves stand alone. Type months instead: {example}.").format(
                    example=f"{_month_end(self.start, first=True)}/{_month_end(self.end, first=False)}"
                )
            )

    @classmethod
    def of(cls, unit: Unit) -> Edtf:
        """The reading that is just ``unit``."""
        return cls(unit, unit, interval=False)

    def __str__(self) -> str:
        """The canonical notation; ``parse`` of it gives an equal value."""
        if not self.interval:
            return str(self.start)
        return f"{self.start or _OPEN}/{self.end or _OPEN}"

    @property
    def precision(self) -> Precision:
        """How exact the reading is; of an interval, the coarser of its ends (see ``interval``)."""
        order = list(Precision)
        return max((unit.precision for unit in (self.start, self.end) if unit), key=order.index)

    @property
    def latest_day(self) -> date | None:
        """The last day the words allow, None when the end is open."""
        return self.bounds()[1]

    def bounds(self) -> tuple[date | None, date | None]:
        """First and last day, None for an open end. Qualifiers do not move them."""
        return (
            self.start.first_day() if self.start else None,
            self.end.last_day() if self.end else None,
        )

    def overdue(self, on: date) -> bool:
        """Whether the last day had passed on the day ``on``; never so with an open end."""
        latest = self.latest_day
        return latest is not None and latest < on


def parse(text: str) -> Edtf:
    """The reading written in ``text``; spaces around it and around the slash do not matter.

    Raises EdtfError with one translated sentence: what is wrong, and what to type instead.
    """
    return _parsed(text)


@lru_cache(maxsize=1024)  # a long report repeats few readings
def _parsed(text: str) -> Edtf:
    ends = [end.strip() for end in text.split("/")]
    if ends == [""]:
        raise EdtfError(_("Type a date, for example 2014, 2014-12 or ../2014-12 for “by December 2014”."))
    if len(ends) > 2:
        raise EdtfError(
            _("“{text}” has more than one slash. Type, for example, 2014/2016.").format(text=text.strip())
        )
    if len(ends) == 1:
        return Edtf.of(_parse_unit(ends[0]))
    if "" in ends:
        given = "/".join(end or _OPEN for end in ends)
        raise EdtfError(_("Type {example} if that end is open: two dots stand for it.").format(example=given))
    start, end = (None if end == _OPEN else _parse_unit(end) for end in ends)
    return Edtf(start, end)


def _parse_unit(text: str) -> Unit:
    match = _UNIT.fullmatch(text)
    if match is None:
        raise EdtfError(
            _("“{text}” is not written as a date. Type, for example, 2014, 2014-12 or 2014-12-31.").format(
                text=text
            )
        )
    year, part, day, qualifier = match.groups()
    return Unit(int(year), int(part) if part else None, int(day) if day else None, qualifier)


def _month_end(unit: Unit | None, *, first: bool) -> str:
    """One end of an interval with a quarter or half put in months."""
    if unit is None:
        return _OPEN
    if unit.precision not in (Precision.QUARTER, Precision.HALF):
        return str(unit)
    return str(unit.first_month() if first else unit.last_month())
