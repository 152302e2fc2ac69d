"""Reading single pieces of the calendar: days, months, seasons, quarters, halves and years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from desktop_app.report.timeframe.edtf import HALVES, QUARTERS, EdtfError, Unit
from desktop_app.report.timeframe.phrase import FIRST_YEAR, LAST_YEAR, Phrase
from desktop_app.report.timeframe.vocabulary import Role

_WINTER = 24


@dataclass(frozen=True, slots=True)
class Draft:
    """A piece of the calendar as far as the words give it; a month may wait for its year ("May - June 2013").

    With nothing at all it is a piece known only from when the words were written ("this year").
    """

    year: int | None = None
    part: int | None = None
    day: int | None = None

    def unit(self) -> Unit | None:
        """The finished piece; None without a year, when there is no such day, and for a winter.

        The winter of a year may be its first months or its last: nobody can tell from the words.
        """
        if self.year is None or self.part == _WINTER:
            return None
        try:
            return Unit(self.year, self.part, self.day)
        except EdtfError:
            return None


Found = Iterator[tuple[Draft, int]]


def units(phrase: Phrase, at: int) -> Found:
    """Every piece of the calendar that can be read at ``at``, with the place after it."""
    yield from _written(phrase, at)
    yield from _years(phrase, at)
    yield from ((Draft(), place) for place in phrase.after(at, Role.RELATIVE))
    if phrase.this_year is None:
        yield from ((Draft(), place) for place in phrase.after(at, Role.RELATIVE_YEAR))
    for draft, place in _parts(phrase, at):
        yield draft, place
        yield from ((replace(draft, year=year), after) for year, after in _year_after(phrase, place))
    yield from _year_first(phrase, at)


def short_year(phrase: Phrase, at: int, first: int) -> Found:
    """The end of a range of years written short ("2005 - 7", "2013 - 15"), after the year ``first``."""
    number = phrase.number(at)
    if number is not None:
        yield from ((Draft(year), at + 1) for year in _completed(first, phrase.tokens[at].text))


def day_alone(phrase: Phrase, at: int) -> Found:
    """A day that waits for its month ("1 - 15 June 2013")."""
    number = phrase.number(at)
    if number is not None and 1 <= number <= 31:
        yield from ((Draft(day=number), place) for place in _ordinal_ends(phrase, at + 1))


def written_range(text: str) -> tuple[Draft, Draft] | None:
    """The years in "2005-7" or "2013-15", where the hyphen is glued; None when it is no such range."""
    match = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})", text)
    if match is None:
        return None
    first = int(match[1])
    return next(
        ((Draft(first), Draft(last)) for last in _completed(first, match[2]) if _plausible(first)), None
    )


def _completed(first: int, ending: str) -> Iterator[int]:
    """``first`` with its last digits replaced, when that gives a later year."""
    if len(ending) > 2:
        return
    base = 10 ** len(ending)
    last = first - first % base + int(ending)
    if first < last and _plausible(last):
        yield last


def _plausible(year: int) -> bool:
    return FIRST_YEAR <= year <= LAST_YEAR


def _written(phrase: Phrase, at: int) -> Found:
    """The pieces a written date may mean; of "01/09/2013" both, since countries differ about the order."""
    text = phrase.written_date(at)
    if text is None:
        return
    numbers = [int(number) for number in re.split(r"[-/.]", text)]
    orders = {(4, 2, 2): "ymd", (4, 2): "ym", (2, 4): "my"}
    widths = tuple(4 if number > 99 else 2 for number in numbers)
    order = orders.get(widths)
    if order == "ym" and not re.fullmatch(r"[0-9]{4}-[0-9]{2}", text):
        return
    for fields in [order] if order else ["dmy"] if "." in text else ["dmy", "mdy"]:
        given = dict(zip(fields, numbers, strict=True))
        draft = Draft(given["y"], given["m"], given.get("d"))
        if _plausible(given["y"]) and 1 <= given["m"] <= 12 and (draft.day is None or draft.unit()):
            yield draft, at + 1


def _years(phrase: Phrase, at: int) -> Found:
    """A year with or without the word for it: "2013", "the year 2013", "2013. godine"."""
    for start in phrase.maybe(at, Role.YEAR):
        year = phrase.year(start)
        if year is not None:
            yield from ((Draft(year), place) for place in phrase.maybe(start + 1, Role.YEAR))
    yield from ((Draft(year), place) for year, place in phrase.relative_years(at))


def _year_after(phrase: Phrase, at: int) -> Iterator[tuple[int, int]]:
    """The year after a month or another part, with what may stand between: "of", a comma, a slash."""
    starts = {at, *_separated(phrase, at), *phrase.after(at, Role.OF)}
    starts |= {place for start in starts for place in phrase.after(start, Role.OF)}
    for start in starts:
        yield from ((draft.year, place) for draft, place in _years(phrase, start) if draft.year is not None)


def _parts(phrase: Phrase, at: int) -> Found:
    """Days, months, seasons, quarters and halves without their year."""
    yield from _days(phrase, at)
    for number, place in phrase.meanings(at, Role.MONTH, Role.SEASON):
        yield Draft(part=number), place
    for letter, codes, word in (
        (Role.QUARTER_LETTER, QUARTERS, Role.QUARTER),
        (Role.HALF_LETTER, HALVES, Role.HALF),
    ):
        for ordinal, place in (*_numbered_letter(phrase, at, letter), *_ordered(phrase, at, word)):
            if 1 <= ordinal <= len(codes):
                yield Draft(part=codes[ordinal - 1]), place


def _days(phrase: Phrase, at: int) -> Found:
    """A day with its month: "31 January", "2nd of May", "January 31st"."""
    for draft, place in day_alone(phrase, at):
        for start in phrase.maybe(place, Role.OF):
            yield from (
                (replace(draft, part=month), after) for month, after in phrase.meanings(start, Role.MONTH)
            )
    for month, place in phrase.meanings(at, Role.MONTH):
        yield from ((replace(draft, part=month), after) for draft, after in day_alone(phrase, place))


def _numbered_letter(phrase: Phrase, at: int, letter: Role) -> Iterator[tuple[int, int]]:
    """ "Q3", "H1", and "3Q"; but "2h" are hours."""
    for place in phrase.after(at, letter):
        number = phrase.number(place)
        if number is not None and phrase.glued(place):
            yield number, place + 1
    number = phrase.number(at)
    if number is not None and letter is Role.QUARTER_LETTER and phrase.glued(at + 1):
        yield from ((number, place) for place in phrase.after(at + 1, letter))


def _ordered(phrase: Phrase, at: int, word: Role) -> Iterator[tuple[int, int]]:
    """ "third quarter", "3rd quarter", "III quarter", "quarter 3"."""
    for ordinal, place in ordinals(phrase, at):
        yield from ((ordinal, after) for after in phrase.after(place, word))
    for place in phrase.after(at, word):
        yield from ordinals(phrase, place)


def ordinals(phrase: Phrase, at: int) -> Iterator[tuple[int, int]]:
    """The numbers of an order that stand at ``at``, in words or figures: "first", "III", "2nd", "2."."""
    yield from phrase.meanings(at, Role.ORDINAL)
    number = phrase.number(at)
    if number is not None:
        yield from ((number, place) for place in _ordinal_ends(phrase, at + 1))


def _ordinal_ends(phrase: Phrase, at: int) -> Iterator[int]:
    """``at``, and the place after an ending written together with the number before: "2nd", "6-ti"."""
    yield at
    for start in (at, *phrase.mark(at, "-")):
        if phrase.glued(at) and phrase.glued(start):
            yield from phrase.after(start, Role.ORDINAL_ENDING)


def _year_first(phrase: Phrase, at: int) -> Found:
    """A part after its year: "2013 Q3", "2013, third quarter"."""
    for draft, place in _years(phrase, at):
        for start in (place, *_separated(phrase, place)):
            for part, after in _parts(phrase, start):
                if part.part is not None and part.part > 12:
                    yield replace(part, year=draft.year), after


def _separated(phrase: Phrase, at: int) -> Iterator[int]:
    """The place after a mark between a year and its part: "Dec-2013", "Q3/2013", "June 5, 2013".

    A hyphen counts only without a space, for "2013 - autumn" is a range that lacks a year.
    """
    return phrase.mark(at, ",/-" if phrase.glued(at) else ",")
