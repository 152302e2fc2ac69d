"""Suggesting a reading for a country's own words.

A suggestion is made only when every word is understood and all ways to understand them agree; the user
confirms it. What is deliberately left without a reading: dates whose order of day and month differs
between countries ("01/09/2013"), hyphens that mean a month or a year ("2011-12"), "before" and "after"
a month or year, winter of one year, two deadlines in one, and whatever recurs, lasts or hangs on an event.

"Early" and "late" are the first and last four months of a year, "mid" is about June, "beginning" about
January; all are marked approximate (``~``). "By", "until" and "till" take in the day, month or year they
name; the end of a year is its December.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from desktop_app.report.timeframe.grammar import outcomes
from desktop_app.report.timeframe.outcome import Kind, Outcome
from desktop_app.report.timeframe.phrase import Phrase
from desktop_app.report.timeframe.vocabulary import shipped_languages, vocabulary

__all__ = ["Kind", "kind", "offer", "suggest"]

_LONGEST_TEXT = 160
_MOST_ENCLOSING = 40
"""Characters of brackets, quotation marks and stops around a phrase; with more it is no phrase."""

_MOST_TOKENS = 30
_REMEMBERED = 512
"""Phrases that need not be read again: a list says the same deadlines over and over."""

_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_QUOTES = '"“”„«»‘'
_LAST_MARKS = ".,;:"


def suggest(text: str, languages: Sequence[str] = ("en",)) -> str | None:
    """The reading of ``text`` in EDTF, or None when the words give none or more than one.

    ``languages`` are the languages the words may be in; when two of them read differently, there is
    no suggestion. A language without a word list reads dates in figures.
    """
    readings = {outcome.edtf for outcome in _outcomes(text, tuple(languages))}
    if len(readings) != 1:
        return None
    reading = readings.pop()
    return None if reading is None else str(reading)


def offer(text: str, languages: Sequence[str], cycle: str) -> str | None:
    """The reading in EDTF of words counted from the year of a cycle ("end of next year"), or None.

    Only to be offered, with the year it is counted from: the words may be from another year. None where
    the cycle is no single year, and for words that ``suggest`` can read.
    """
    if not re.fullmatch("[0-9]{4}", cycle) or suggest(text, languages) is not None:
        return None
    readings = {outcome.edtf for outcome in _outcomes(text, tuple(languages), int(cycle))}
    return str(next(iter(readings))) if len(readings) == 1 and None not in readings else None


def kind(text: str, languages: Sequence[str] | None = None) -> Kind:
    """What sort of timeframe ``text`` is, in any of ``languages`` (default: every one with a word list)."""
    found = _outcomes(text, shipped_languages() if languages is None else tuple(languages))
    dated = [outcome for outcome in found if outcome.edtf is not None]
    return next(iter(dated or found), Outcome(Kind.NONE)).kind


@lru_cache(maxsize=_REMEMBERED)
def _outcomes(text: str, languages: tuple[str, ...], this_year: int | None = None) -> tuple[Outcome, ...]:
    text = text.strip()
    if len(text) > _LONGEST_TEXT + _MOST_ENCLOSING:
        return ()
    bare = _bare(text)
    if not bare or len(bare) > _LONGEST_TEXT:
        return ()
    found: list[Outcome] = []
    for words in dict.fromkeys(vocabulary(language) for language in languages):
        spoken = words.spoken(bare)
        if len(spoken) <= _MOST_TOKENS:
            found += outcomes(Phrase(spoken, words, this_year))
    return tuple(found)


def _bare(text: str) -> str:
    """``text`` without what encloses and ends it: brackets, quotation marks, a last full stop or comma."""
    while True:
        bare = text.strip().strip(_QUOTES).strip()
        if bare.endswith(("..", "…")):
            return bare
        bare = bare.rstrip(_LAST_MARKS)
        if _enclosed(bare):
            bare = bare[1:-1]
        if bare == text:
            return bare
        text = bare


def _enclosed(text: str) -> bool:
    """Whether the first bracket closes with the last character."""
    opening, closing = text[:1], _BRACKETS.get(text[:1])
    depth = 0
    for index, character in enumerate(text):
        depth += (character == opening) - (character == closing)
        if depth == 0:
            return closing is not None and index == len(text) - 1
    return False
