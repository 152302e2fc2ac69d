"""Numbers as people write them: 1,5 and 1.5, 1 234, 1.234.567,8, in any digits; and how they are shown.

Which sign divides what is read from the digits themselves, not guessed from a language. Where they allow
two readings (1.234), both are given and the person chooses.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QLocale

from desktop_app.report.values import Number
from desktop_app.runtime.i18n import _

#: Minus signs and dashes people use as one, by their code points.
_MINUS = str.maketrans(dict.fromkeys("\u2212\u2013\u2012\ufe63\uff0d", "-"))
#: The Arabic decimal sign, and wide signs of East Asia.
_DECIMAL = str.maketrans({"\u066b": ".", "\uff0e": ".", "\uff0c": ","})
_SPACES = re.compile(r"(?<=\d)[\s\u00a0\u202f'’٬](?=\d{3}(?!\d))")
_PLAIN = re.compile(r"[+-]?\d+")
_ONE_SIGN = re.compile(r"([+-]?)(\d*)([.,])(\d+)")
_GROUPED = re.compile(r"([+-]?)(\d{1,3}(?:([.,])\d{3})(?:\3\d{3})*|\d{1,3}(?:,\d{2})*,\d{3})(?:([.,])(\d+))?")


@dataclass(frozen=True, slots=True)
class NumberReading:
    """What typed words mean: a ``value``, ``choices`` of two meanings, or a ``sentence`` that says no."""

    value: Number | None = None
    choices: tuple[Number, ...] = ()
    sentence: str = ""


def read_number(typed: str, *, whole: bool = False) -> NumberReading:
    """The number in ``typed``; where only a ``whole`` one can be meant, 1.234 and 1,234 are one."""
    words = ascii_digits(typed.strip()).translate(_MINUS).translate(_DECIMAL)
    if not words:
        return NumberReading()
    words = _SPACES.sub("", words)
    if _PLAIN.fullmatch(words):
        return _exact(words)
    one = _ONE_SIGN.fullmatch(words)
    if one is not None:
        sign, before, _mark, after = one.groups()
        decimal, grouped = f"{sign}{before or 0}.{after}", f"{sign}{before}{after}"
        if len(after) != 3 or not 1 <= len(before) <= 3 or before.startswith("0"):
            return _exact(decimal)
        return _exact(grouped) if whole else _either(grouped, decimal)
    many = _GROUPED.fullmatch(words)
    if many is not None and (many[4] is None or many[4] != (many[3] or ",")):
        digits = re.sub(r"[.,]", "", many[2])
        return _exact(f"{many[1]}{digits}.{many[5]}" if many[5] else f"{many[1]}{digits}")
    return NumberReading(sentence=_("This is no number. Write digits only, for example 1250 or 12.5."))


def ascii_digits(words: str) -> str:
    """``words`` with the digits of every script as 0 to 9."""
    return "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else character for character in words
    )


def _either(first: str, second: str) -> NumberReading:
    readings = [_exact(first), _exact(second)]
    choices = tuple(reading.value for reading in readings if reading.value is not None)
    return NumberReading(choices=choices) if len(choices) > 1 else readings[0]


def _exact(words: str) -> NumberReading:
    exact = Decimal(words)
    if exact == exact.to_integral_value():
        return NumberReading(int(exact))
    near = float(exact)
    if Decimal(repr(near)) != exact:
        return NumberReading(
            sentence=_("This number has more digits than can be kept. Write at most 15 digits.")
        )
    return NumberReading(near)


def number_line(number: Number) -> str:
    """A number as it stands in a line to type in: no thousands signs, the person's own decimal sign."""
    if isinstance(number, float) and number.is_integer():
        number = int(number)
    words = format(Decimal(repr(number)), "f") if isinstance(number, float) else str(number)
    return words.replace(".", QLocale().decimalPoint())


def number_echo(number: Number) -> str:
    """A number as the person's country writes it."""
    if isinstance(number, int):
        return QLocale().toString(number) if abs(number) < 2**62 else str(number)
    return QLocale().toString(number, "f", max(1, len(format(Decimal(repr(number)), "f").partition(".")[2])))
