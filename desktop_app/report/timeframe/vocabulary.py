"""The words a language uses for timeframes, from ``phrases/<codes>.toml``.

A file is named after the languages that share it (``bs-hr-sr.toml``); ``common.toml`` belongs to all of
them. What the tables and roles mean is written at the top of ``en.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from desktop_app.report.timeframe.tokens import Token, tokens

_COMMON = "common"


class Role(StrEnum):
    """What a phrase does in a timeframe; the names are the keys of the word lists."""

    MONTH = "month"
    SEASON = "season"
    NUMBER = "number"
    ORDINAL = "ordinal"
    ORDINAL_ENDING = "ordinal_ending"
    YEAR = "year"
    QUARTER = "quarter"
    HALF = "half"
    QUARTER_LETTER = "quarter_letter"
    HALF_LETTER = "half_letter"
    RELATIVE = "relative"
    RELATIVE_YEAR = "relative_year"
    OF = "of"
    BY = "by"
    UNTIL = "until"
    BEFORE = "before"
    LATEST = "latest"
    WITHIN = "within"
    PERIOD = "period"
    FROM = "from"
    TO = "to"
    BETWEEN = "between"
    AND = "and"
    OR = "or"
    ONWARDS = "onwards"
    PRESENT = "present"
    AFTER = "after"
    BEGIN = "begin"
    EARLY = "early"
    MID = "mid"
    LATE = "late"
    END = "end"
    ABOUT = "about"
    TENTATIVE = "tentative"
    LEAD = "lead"
    STARTED = "started"
    FINISH = "finish"
    ONGOING = "ongoing"
    RECURRING = "recurring"
    EVERY = "every"
    TIMES = "times"
    SPAN = "span"
    TERM = "term"
    SOON = "soon"
    EVENT_OPENER = "event_opener"
    EVENT_NOUN = "event_noun"


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The phrases of one language: token texts to what they may mean.

    ``meanings`` maps a phrase to pairs of role and number (of the month, the season's EDTF code, the
    value of a numeral, years from now; else 0). ``skipped`` words, such as articles, carry nothing.
    """

    meanings: Mapping[tuple[str, ...], frozenset[tuple[Role, int]]]
    skipped: frozenset[str]
    longest: int

    def spoken(self, text: str) -> tuple[Token, ...]:
        """The tokens of ``text`` that carry something in this language."""
        return tuple(token for token in tokens(text) if token.text not in self.skipped)


def shipped_languages() -> tuple[str, ...]:
    """The codes of the languages that have a word list, sorted."""
    return tuple(sorted(code for file in _word_lists() for code in _codes(file) if code != _COMMON))


@cache
def vocabulary(language: str) -> Vocabulary:
    """The words of ``language`` ("fr", "sr-Latn"); of one without a list, what all languages share.

    Languages that share a list have the same vocabulary, one object.
    """
    wanted = (_COMMON, language.replace("_", "-").partition("-")[0].casefold())
    return _combined(tuple(file for file in _word_lists() if not set(_codes(file)).isdisjoint(wanted)))


@cache
def _combined(files: tuple[Traversable, ...]) -> Vocabulary:
    tables = [tomllib.loads(file.read_text(encoding="utf-8")) for file in files]
    skipped = frozenset(
        token.text for table in tables for word in table.get("skip", ()) for token in tokens(word)
    )
    meanings: dict[tuple[str, ...], set[tuple[Role, int]]] = {}
    for role, number, phrase in (entry for table in tables for entry in _entries(table)):
        key = tuple(token.text for token in tokens(phrase) if token.text not in skipped)
        if not key:
            raise ValueError(f"phrase {phrase!r} has only skipped words")
        meanings.setdefault(key, set()).add((role, number))
    return Vocabulary(
        meanings={key: frozenset(found) for key, found in meanings.items()},
        skipped=skipped,
        longest=max(map(len, meanings)),
    )


def _entries(table: Mapping[str, object]) -> Iterator[tuple[Role, int, str]]:
    """Every phrase of a word list with its role and number; an unknown key is a ValueError."""
    for key, value in table.items():
        if key == "skip":
            continue
        role = Role(key)
        if isinstance(value, Mapping):
            for number, phrases in value.items():
                yield from ((role, int(number), phrase) for phrase in phrases)
        elif isinstance(value, Iterable):
            yield from ((role, 0, phrase) for phrase in value)


@cache
def _word_lists() -> tuple[Traversable, ...]:
    folder = resources.files("desktop_app.report.timeframe") / "phrases"
    return tuple(file for file in folder.iterdir() if file.name.endswith(".toml"))


def _codes(file: Traversable) -> list[str]:
    return file.name.removesuffix(".toml").split("-")
