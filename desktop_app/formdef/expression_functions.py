"""What the rules of a form may call, and what an answer is to them.

Rules see the answers as plain values: numbers, yes or no, dates, codes, tuples of codes, and three
kinds of object that are only asked for what they can do: a timeframe has ``bounds()``, a text has
``words()``, a list has ``rows`` and ``state``. Nothing here raises for any value: what does not fit
is unknown, and unknown is None.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Set
from enum import Enum

from desktop_app.runtime.dataclass import dataclass

Known = bool | None
"""True, False, or None for unknown."""


class Kind(Enum):
    """Values of one kind can be compared with each other."""

    NUMBER = "number"
    TEXT = "text"
    DATE = "date"
    YES_NO = "yes or no"


def kind_of(value: object) -> Kind | None:
    """The kind of a value; None for what cannot be compared, such as a list of codes."""
    if isinstance(value, bool):
        return Kind.YES_NO
    if isinstance(value, int | float):
        return Kind.NUMBER
    if isinstance(value, str):
        return Kind.TEXT
    # A moment is a date to Python, but the two cannot be compared.
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return Kind.DATE
    return None


def equal(left: object, right: object) -> Known:
    """Whether both are the same; unknown when one is unanswered or they are of different kinds."""
    kind = kind_of(left)
    return left == right if kind is not None and kind is kind_of(right) else None


def contains(codes: object, code: object) -> Known:
    """Whether ``code`` is one of ``codes`` (or a year one of a year series)."""
    if kind_of(code) is None:
        return None
    if isinstance(codes, Mapping):
        if isinstance(code, int) and 0 < code <= datetime.MAXYEAR:
            return str(code) in codes
        return code in codes if isinstance(code, str) else None
    if not isinstance(codes, tuple | list | Set):
        return None
    return any(equal(found, code) is True for found in codes)


def answered(value: object) -> Known:
    """Whether there is an answer; a list is also answered by saying why it is empty."""
    if value is None:
        return False
    if hasattr(value, "rows"):
        return bool(value.rows) or getattr(value, "state", None) is not None
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, tuple | list | Set | Mapping):
        return len(value) > 0
    return getattr(value, "is_empty", False) is not True


def count(value: object) -> int | None:
    """How many rows, codes or years; 0 without an answer."""
    if value is None:
        return 0
    rows = getattr(value, "rows", value)
    return len(rows) if isinstance(rows, tuple | list | Set | Mapping) else None


def any_of(value: object, *codes: object) -> Known:
    """Whether the chosen code, or one of the chosen codes, is among ``codes``."""
    if isinstance(value, tuple | list | Set):
        return any(contains(value, code) is True for code in codes)
    return contains(codes, value)


def _bounds(value: object) -> tuple[datetime.date | None, datetime.date | None]:
    if kind_of(value) is Kind.DATE:
        assert isinstance(value, datetime.date)
        return value, value
    bounds = getattr(value, "bounds", None)
    found = bounds() if callable(bounds) else None
    if not isinstance(found, tuple) or len(found) != 2:
        return None, None
    first, last = (day if isinstance(day, datetime.date) else None for day in found)
    return first, last


def starts(value: object) -> datetime.date | None:
    """The first day of a timeframe; unknown when it has no reading or an open beginning."""
    return _bounds(value)[0]


def ends(value: object) -> datetime.date | None:
    """The last day of a timeframe; unknown when it has no reading or an open end."""
    return _bounds(value)[1]


def year(value: object) -> int | None:
    """The year of a date; of a timeframe the year it ends in, or begins in when the end is open."""
    first, last = _bounds(value)
    day = last or first
    return day.year if day else None


def words(value: object) -> int | None:
    """How many words a text has."""
    if isinstance(value, str):
        return len(value.split())
    counted = getattr(value, "words", None)
    found = counted() if callable(counted) else None
    if isinstance(found, tuple | list):
        return len(found)
    return found if isinstance(found, int) else None


def state(value: object) -> str | None:
    """The code of the state that says why a list is empty; an empty text when nobody said."""
    if not hasattr(value, "state"):
        return None
    found = value.state
    return found if isinstance(found, str) else ""


@dataclass(frozen=True, slots=True)
class Function:
    """One function of the rules: what it does, and how many arguments it takes.

    ``condition``: gives yes or no. ``codes``: what follows the first argument are codes in quotes.
    """

    call: Callable[..., object]
    condition: bool = False
    codes: bool = False


FUNCTIONS: Mapping[str, Function] = {
    "answered": Function(answered, condition=True),
    "any_of": Function(any_of, condition=True, codes=True),
    "count": Function(count),
    "ends": Function(ends),
    "starts": Function(starts),
    "state": Function(state),
    "words": Function(words),
    "year": Function(year),
}
"""The functions a rule may call, by name; ``answer('path')`` is part of the language itself."""
