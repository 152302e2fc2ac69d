"""Every way to understand a whole phrase as a timeframe.

A rule yields outcomes with the place they reach; only outcomes that reach the end of the phrase count,
so that a word nobody taught the program leaves the phrase without a reading instead of with a wrong one.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.report.timeframe.edtf import Edtf, Precision, Unit
from desktop_app.report.timeframe.limits import Limit, between, interval, limits, qualified, stretches
from desktop_app.report.timeframe.manner import durations, manners
from desktop_app.report.timeframe.outcome import Kind, Outcome
from desktop_app.report.timeframe.phrase import Phrase
from desktop_app.report.timeframe.vocabulary import Role

Found = Iterator[tuple[Outcome, int]]

_LONGEST_LEAD = 4


def outcomes(phrase: Phrase) -> Iterator[Outcome]:
    """Every outcome for the whole of ``phrase``; those with a place in the calendar come first."""
    for at, doubtful_lead in _leads(phrase):
        for outcome, place in _all(phrase, at):
            for end, doubtful_tail in _tails(phrase, place):
                if end == phrase.end:
                    yield _doubted(outcome) if doubtful_lead or doubtful_tail else outcome


def _all(phrase: Phrase, at: int) -> Found:
    yield from _calendar(phrase, at)
    yield from _ongoing(phrase, at)
    yield from _started(phrase, at)
    yield from manners(
        phrase, at, lambda place: any(end == phrase.end for _, end in _calendar(phrase, place))
    )


def _calendar(phrase: Phrase, at: int) -> Found:
    yield from _deadlines(phrase, at)
    yield from _completions(phrase, at)
    yield from _open_ended(phrase, at)
    yield from _periods(phrase, at)
    yield from _lasting(phrase, at)


def _leads(phrase: Phrase) -> Iterator[tuple[int, bool]]:
    """Where the timeframe may begin after words like "planned for", and whether they cast doubt on it."""
    places = {(0, False)}
    for _step in range(_LONGEST_LEAD):
        further = {(end, doubt) for at, doubt in places for end in phrase.after(at, Role.LEAD)}
        further |= {(end, True) for at, _doubt in places for end in phrase.after(at, Role.TENTATIVE)}
        places |= {(end, doubt) for at, doubt in further for end in phrase.maybe(at, marks=":,")}
    yield from sorted(places)


def _tails(phrase: Phrase, at: int) -> Iterator[tuple[int, bool]]:
    """Where the phrase may end, and whether the words between cast doubt: "2014 (tentative)"."""
    yield at, False
    for start in phrase.maybe(at, marks="(,"):
        for end in phrase.after(start, Role.TENTATIVE):
            yield from ((place, True) for place in phrase.maybe(end, marks=")"))


def _doubted(outcome: Outcome) -> Outcome:
    """``outcome`` with its reading marked uncertain; without a reading where EDTF has no mark for it."""
    edtf = outcome.edtf
    if edtf is None:
        return outcome
    ends: list[Unit | None] = [edtf.start, edtf.end]
    if edtf.start and edtf.end and edtf.precision in (Precision.QUARTER, Precision.HALF):
        ends = [edtf.start.first_month(), edtf.end.last_month()]
    doubted = [qualified(unit, "?") if unit else None for unit in ends]
    if any(unit and not doubt for unit, doubt in zip(ends, doubted, strict=True)):
        return Outcome(outcome.kind)
    start, end = doubted
    single = start is not None and start == end and not edtf.interval
    return Outcome(outcome.kind, Edtf.of(start) if single and start else interval(start, end))


def _chain(phrase: Phrase, at: int, longest: int, *roles: Role) -> set[int]:
    """``at`` and the places after up to ``longest`` phrases with one of ``roles``."""
    places = {at}
    for _step in range(longest):
        places |= {end for place in places for end in phrase.after(place, *roles)}
    return places


def _deadlines(phrase: Phrase, at: int) -> Found:
    for before in _chain(phrase, at, 2, Role.WITHIN, Role.PERIOD):
        for start in _chain(phrase, before, 2, Role.BY, Role.UNTIL, Role.LATEST) - {before}:
            for after in phrase.maybe(start, marks=":"):
                yield from _deadlines_from(phrase, after)
    for limit, place in limits(phrase, at):
        yield from ((_by(limit), end) for end in phrase.after(place, Role.LATEST))
    for start in phrase.after(at, Role.BEFORE):
        for limit, place in limits(phrase, start):
            # "Before December 2013" may or may not take December in; before the end of it does.
            yield (_by(limit) if limit.vague is Role.END else Outcome(Kind.DEADLINE)), place


def _deadlines_from(phrase: Phrase, start: int) -> Found:
    for limit, place in limits(phrase, start):
        yield _by(limit), place
        # "By the end of 2013/beginning of 2014" names two deadlines; which one holds is not ours to say.
        for other in (*phrase.mark(place, "/"), *phrase.after(place, Role.OR)):
            for again in phrase.maybe(other, Role.BY, Role.UNTIL):
                yield from ((Outcome(Kind.DEADLINE), end) for _limit, end in limits(phrase, again))
    yield from ((Outcome(Kind.DEADLINE), place) for _stretch, place in stretches(phrase, start))


def _completions(phrase: Phrase, at: int) -> Found:
    """ "To be finished in 2014": the work may begin long before."""
    for start in phrase.after(at, Role.FINISH):
        for after in phrase.maybe(start, Role.WITHIN, Role.BY, Role.UNTIL, marks=":"):
            yield from ((_by(limit), place) for limit, place in limits(phrase, after))


def _open_ended(phrase: Phrase, at: int) -> Found:
    for before in _chain(phrase, at, 2, Role.WITHIN, Role.PERIOD):
        for start in phrase.maybe(before, Role.FROM):
            for limit, place in limits(phrase, start):
                outcome = _from(limit)
                if start > before:
                    yield outcome, place
                for comma in phrase.maybe(place, marks=","):
                    yield from ((outcome, end) for end in phrase.after(comma, Role.ONWARDS))
                for join in phrase.joined(place, Role.TO, Role.UNTIL):
                    yield from ((outcome, end) for end in phrase.after(join, Role.PRESENT))
    # "After 2015" may or may not begin with 2016.
    for start in phrase.after(at, Role.AFTER):
        yield from ((Outcome(Kind.PERIOD), place) for _limit, place in limits(phrase, start))


def _periods(phrase: Phrase, at: int) -> Found:
    for start in _chain(phrase, at, 3, Role.WITHIN, Role.PERIOD):
        for limit, place in limits(phrase, start):
            yield Outcome(_kind_alone(limit), limit.alone()), place
        for (first, last), place in stretches(phrase, start):
            yield Outcome(Kind.PERIOD, between(first, last)), place


def _lasting(phrase: Phrase, at: int) -> Found:
    """ "Over four years from 2016 onwards": where it ends depends on how one counts."""
    for _outcome, place in durations(phrase, at):
        yield from ((Outcome(Kind.PERIOD), end) for _from_when, end in _open_ended(phrase, place))


def _ongoing(phrase: Phrase, at: int) -> Found:
    for place in phrase.after(at, Role.ONGOING):
        yield Outcome(Kind.ONGOING), place
        for start in phrase.maybe(place, marks=",;("):
            for dated, end in _calendar(phrase, start):
                yield from (
                    (Outcome(Kind.ONGOING, dated.edtf), last) for last in phrase.maybe(end, marks=")")
                )


def _started(phrase: Phrase, at: int) -> Found:
    for place in phrase.after(at, Role.STARTED):
        yield Outcome(Kind.ONGOING), place
        for start in phrase.maybe(place, Role.AND, marks=",;"):
            yield from _deadlines(phrase, start)
            yield from _completions(phrase, start)


def _by(limit: Limit) -> Outcome:
    end = limit.finish()
    return Outcome(Kind.DEADLINE, interval(None, end) if end else None)


def _from(limit: Limit) -> Outcome:
    start = limit.start()
    return Outcome(Kind.PERIOD, interval(start, None) if start else None)


def _kind_alone(limit: Limit) -> Kind:
    if limit.vague is Role.END:
        return Kind.DEADLINE
    draft = limit.draft
    return Kind.YEAR if draft.year and draft.part is None and limit.vague is None else Kind.PERIOD
