"""Timeframes without a place in the calendar: recurring, lengths of time, and what hangs on an event."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from desktop_app.report.timeframe.outcome import Kind, Outcome
from desktop_app.report.timeframe.phrase import Phrase
from desktop_app.report.timeframe.tokens import TokenKind
from desktop_app.report.timeframe.vocabulary import Role

Found = Iterator[tuple[Outcome, int]]

_LONGEST_REST = 12
"""Tokens in which an event may go on ("upon adoption of the law on ..."); beyond, it is a sentence."""

_MOST_ADJECTIVES = 2
_MOST_TERMS = 4
_LONGEST_SPAN = 999
"""A larger number before "years" is the year itself: "tokom 2014. godine"."""


def manners(phrase: Phrase, at: int, is_dated: Callable[[int], bool]) -> Found:
    """Every outcome of this sort at ``at``; ``is_dated`` says whether a dated timeframe fills the rest."""
    yield from _recurring(phrase, at, is_dated)
    for outcome, place in durations(phrase, at):
        yield outcome, place
        yield from ((outcome, end) for _event, end in _events(phrase, place))
    yield from ((Outcome(Kind.DURATION), place) for place in phrase.after(at, Role.SOON))
    yield from _events(phrase, at)


def durations(phrase: Phrase, at: int) -> Found:
    """A number of days, weeks, months or years: "within 6 months", "a minimum of two years"."""
    starts = {at}
    for _step in range(_MOST_TERMS):
        starts |= {end for start in starts for end in phrase.after(start, Role.TERM)}
    for start in starts:
        for place in _numbers(phrase, start):
            lasts = {place}
            for join in phrase.joined(place, Role.TO, Role.OR):
                lasts |= set(_numbers(phrase, join))
            for last in lasts:
                yield from ((Outcome(Kind.DURATION), end) for end in _spans(phrase, last))


def _numbers(phrase: Phrase, at: int) -> Iterator[int]:
    number = phrase.number(at)
    if number is not None and number <= _LONGEST_SPAN:
        yield at + 1
    yield from phrase.after(at, Role.NUMBER)


def _spans(phrase: Phrase, at: int) -> Iterator[int]:
    for start in phrase.maybe(at, Role.OF, marks="-"):
        yield from phrase.after(start, Role.SPAN)


def _recurring(phrase: Phrase, at: int, is_dated: Callable[[int], bool]) -> Found:
    outcome = Outcome(Kind.RECURRING)
    for place in set(_rhythms(phrase, at)):
        yield outcome, place
        # What follows a comma narrows the rhythm ("annually, by the 15th of ..."); it stays a rhythm.
        for rest in phrase.mark(place, ",;"):
            if phrase.end - rest <= _LONGEST_REST:
                yield outcome, phrase.end
        for start in phrase.maybe(place, marks="("):
            if is_dated(start):
                yield outcome, phrase.end


def _rhythms(phrase: Phrase, at: int) -> Iterator[int]:
    yield from phrase.after(at, Role.RECURRING)
    for start in phrase.after(at, Role.EVERY):
        for place in {start, *_numbers(phrase, start), *phrase.after(start, Role.ORDINAL)}:
            yield from phrase.after(place, Role.SPAN)
    counted = {place for number in _numbers(phrase, at) for place in phrase.after(number, Role.TIMES)}
    for start in counted | set(phrase.after(at, Role.TIMES)):
        yield from _rhythms(phrase, start)


def _events(phrase: Phrase, at: int) -> Found:
    """Opening words, at most two words more, a thing that happens, and what it is about."""
    for start in phrase.after(at, Role.EVENT_OPENER):
        for noun in range(start, start + _MOST_ADJECTIVES + 1):
            between = phrase.tokens[start:noun]
            if any(token.kind is not TokenKind.WORD for token in between):
                break
            for place in phrase.after(noun, Role.EVENT_NOUN):
                yield Outcome(Kind.EVENT), place
                if phrase.end - place <= _LONGEST_REST:
                    yield Outcome(Kind.EVENT), phrase.end
