"""Reading points and stretches of time: "mid-2014", "end of the third quarter", "January - June 2014"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from desktop_app.report.timeframe.edtf import HALVES, QUARTERS, Edtf, EdtfError, Precision, Unit
from desktop_app.report.timeframe.phrase import Phrase
from desktop_app.report.timeframe.units import Draft, day_alone, ordinals, short_year, units, written_range
from desktop_app.report.timeframe.vocabulary import Role

_GROUPED = (Precision.QUARTER, Precision.HALF)

# What a part of a year or month means as the start and as the end of an interval: the month or day in it.
_MONTH_OF_YEAR = {
    Role.BEGIN: ((1, ""), (1, "~")),
    Role.EARLY: ((1, ""), (4, "~")),
    Role.MID: ((6, "~"), (6, "~")),
    Role.LATE: ((9, "~"), (12, "")),
    Role.END: ((12, "~"), (12, "")),
}
_DAY_OF_MONTH = {Role.BEGIN: ((1, ""), (1, "~")), Role.MID: ((15, "~"), (15, "~"))}


@dataclass(frozen=True, slots=True)
class Limit:
    """A piece of the calendar with the part of it that is meant ("early") and how surely ("about").

    Early and late are the first and last third of a year, with their inner ends marked approximate;
    beginning and middle are points, marked approximate; the end is the last month or day. As an
    interval holds no quarters and halves, they count there by their months.
    """

    draft: Draft
    vague: Role | None = None
    qualifier: str = ""

    def start(self) -> Unit | None:
        """The unit an interval from this limit starts with; None when the words do not give it."""
        return self._bound(0)

    def finish(self) -> Unit | None:
        """The unit an interval up to this limit ends with; None when the words do not give it."""
        return self._bound(1)

    def alone(self) -> Edtf | None:
        """The reading when nothing but this limit is said; the end of something is a deadline."""
        unit = self.draft.unit()
        if unit is None:
            return None
        if self.vague in (Role.EARLY, Role.LATE) or (self.qualifier and unit.precision in _GROUPED):
            return between(self, self)
        point = self.finish() if self.vague else qualified(unit, self.qualifier)
        if point is None:
            return None
        return interval(None, point) if self.vague is Role.END else Edtf.of(point)

    def _bound(self, side: int) -> Unit | None:
        unit = self.draft.unit()
        bound = self._unqualified_bound(unit, side) if unit else None
        return qualified(bound, self.qualifier) if bound else None

    def _unqualified_bound(self, unit: Unit, side: int) -> Unit | None:
        whole = unit.precision not in _GROUPED
        if self.vague is None or (
            self.vague is Role.END and side == 1 and unit.precision is not Precision.YEAR
        ):
            return unit if whole else (unit.first_month(), unit.last_month())[side]
        if unit.precision is Precision.YEAR:
            month, mark = _MONTH_OF_YEAR[self.vague][side]
            return Unit(unit.year, month, None, mark)
        if unit.precision is Precision.MONTH and self.vague in _DAY_OF_MONTH:
            day, mark = _DAY_OF_MONTH[self.vague][side]
            return Unit(unit.year, unit.part, day, mark)
        return None  # of other parts there is no common notion


Stretch = tuple[Limit, Limit]


def qualified(unit: Unit, qualifier: str) -> Unit | None:
    """``unit`` with ``qualifier`` added to its own; None for a season, which takes none."""
    if not qualifier or unit.qualifier in (qualifier, "%"):
        return unit
    try:
        return replace(unit, qualifier="%" if unit.qualifier else qualifier)
    except EdtfError:
        return None


def interval(start: Unit | None, end: Unit | None) -> Edtf | None:
    """The interval; None when it says nothing or runs backwards."""
    try:
        return Edtf(start, end)
    except EdtfError:
        return None


def between(first: Limit, last: Limit) -> Edtf | None:
    """The interval from ``first`` to ``last``; None unless the words give both."""
    start, end = first.start(), last.finish()
    return interval(start, end) if start and end else None


def limits(phrase: Phrase, at: int) -> Iterator[tuple[Limit, int]]:
    """Every point or piece of time that can be read at ``at``: "about mid-2014"."""
    for start in phrase.maybe(at, Role.ABOUT):
        about = "~" if start > at else ""
        yield from ((Limit(draft, None, about), place) for draft, place in units(phrase, start))
        for vague in _MONTH_OF_YEAR:
            for place in phrase.after(start, vague):
                yield from _vague_limits(phrase, place, vague, about)


def _vague_limits(phrase: Phrase, at: int, vague: Role, about: str) -> Iterator[tuple[Limit, int]]:
    starts = {at, *phrase.mark(at, "-"), *phrase.after(at, Role.OF)}
    starts |= {place for start in starts for place in phrase.after(start, Role.OF)}
    for start in starts:
        for draft, place in units(phrase, start):
            if draft.day is None:
                yield Limit(draft, vague, about), place


def stretches(phrase: Phrase, at: int) -> Iterator[tuple[Stretch, int]]:
    """Every stretch from one limit to another that can be read at ``at``."""
    yield from _glued_years(phrase, at)
    yield from _neighbouring_years(phrase, at)
    yield from _numbered(phrase, at)
    yield from _joined(phrase, at, Role.TO, Role.UNTIL)
    for start in (*phrase.after(at, Role.FROM), *phrase.after(at, Role.OF)):
        yield from _joined(phrase, start, Role.TO, Role.UNTIL)
    for start in phrase.after(at, Role.BETWEEN):
        yield from _joined(phrase, start, Role.AND)


def _glued_years(phrase: Phrase, at: int) -> Iterator[tuple[Stretch, int]]:
    for start in phrase.maybe(at, Role.YEAR):
        years = written_range(phrase.written_date(start) or "")
        if years:
            stretch = Limit(years[0]), Limit(years[1])
            yield from ((stretch, place) for place in phrase.maybe(start + 1, Role.YEAR))


def _neighbouring_years(phrase: Phrase, at: int) -> Iterator[tuple[Stretch, int]]:
    """ "2013 and 2014", "2013/2014": one stretch, as no year lies between them."""
    for first, place in _whole_years(phrase, at):
        for start in (*phrase.after(place, Role.AND), *phrase.mark(place, "/")):
            for last, end in _whole_years(phrase, start):
                if first.year is not None and last.year == first.year + 1:
                    yield (Limit(first), Limit(last)), end
        # "2013/14" is a school year, a budget year or two years: a stretch of unknown ends.
        for start in phrase.mark(place, "/"):
            if phrase.number(start) is not None and phrase.year(start) is None:
                yield (Limit(first), Limit(Draft())), start + 1


def _numbered(phrase: Phrase, at: int) -> Iterator[tuple[Stretch, int]]:
    """ "I - II quarter 2014", "first and second half of 2014"."""
    for ordinal, place in ordinals(phrase, at):
        dashed = set(phrase.joined(place, Role.TO, Role.UNTIL))
        for start in dashed | set(phrase.after(place, Role.AND)):
            for last, end in units(phrase, start):
                codes = next((codes for codes in (QUARTERS, HALVES) if last.part in codes), None)
                if codes is None or last.part is None or not 1 <= ordinal <= len(codes):
                    continue
                between_them = last.part - codes[ordinal - 1] - 1
                if between_them == 0 or (between_them > 0 and start in dashed):
                    yield (Limit(replace(last, part=codes[ordinal - 1])), Limit(last)), end


def _whole_years(phrase: Phrase, at: int) -> Iterator[tuple[Draft, int]]:
    return ((draft, place) for draft, place in units(phrase, at) if draft.year and draft.part is None)


def _joined(phrase: Phrase, at: int, *joins: Role) -> Iterator[tuple[Stretch, int]]:
    for first, place in (*limits(phrase, at), *((Limit(day), end) for day, end in day_alone(phrase, at))):
        for start in phrase.joined(place, *joins):
            lasts = list(limits(phrase, start))
            if first.vague is None and first.draft.year and first.draft.part is None:
                lasts += [(Limit(year), end) for year, end in short_year(phrase, start, first.draft.year)]
            for last, end in lasts:
                completed = _with_borrowed(first, last)
                if completed:
                    yield (completed, last), end


def _with_borrowed(first: Limit, last: Limit) -> Limit | None:
    """``first`` with the month and year it shares with ``last`` ("1 - 15 June 2013"); None when it cannot."""
    left, right = first.draft, last.draft
    if left.year is not None:
        return first if right.year is not None or left.part is not None else None
    if left.part is None and left.day is not None:
        if right.day is None or right.day < left.day:
            return None
        return replace(first, draft=replace(right, day=left.day))
    if left.part is None or right.part is None or _kind_of_part(left.part) != _kind_of_part(right.part):
        return first if left.year is None and right.year is None and left.day is None else None
    # "November - February 2014" begins in another year; only a rising order shares the year.
    return replace(first, draft=replace(left, year=right.year)) if left.part <= right.part else first


def _kind_of_part(part: int) -> int:
    """The same number for parts of one kind: months, seasons, quarters, halves."""
    return next(index for index, first in enumerate((40, 33, 21, 1)) if part >= first)
