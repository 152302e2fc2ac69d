"""What the cells of a foreign workbook hold, as plain values. Used in the limited process only.

Words are a string; anything else is a pair: ``["n", "5.5"]`` a number, ``["d", "2013-12-31"]`` a day or
moment, ``["f", "=A1"]`` a formula, which is never calculated and whose stored result nobody looks at,
``["b", "yes"]`` a truth value, ``["e", "#N/A"]`` an error.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterable

from desktop_app.exchange.review.allowance import Budget
from desktop_app.exchange.review.characters import shown, text_of
from desktop_app.exchange.review.reasons import Reason, UnreadableError
from desktop_app.exchange.review.struck import NAMES, Runs
from desktop_app.exchange.review.xml_reading import MAX_WORDS, Element, local, parse

CellValue = str | list[str]

_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""Formats with fixed numbers that show days or times; ECMA-376 part 1, 18.8.30."""
_QUIET = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
_DATE_LETTER = re.compile(r"[ymdhs]", re.IGNORECASE)
_EPOCH, _EPOCH_1904 = datetime.datetime(1899, 12, 30), datetime.datetime(1904, 1, 1)
_LAST_DAY = 2_958_466
_FIRST_TRUE_DAY = 61
"""Excel counts a 29 February 1900 that never was; days before it are one later."""


def date_styles(styles: Element) -> frozenset[int]:
    """The numbers of the cell styles that show a number as a day."""
    codes = {each.get("numFmtId"): each.get("formatCode") for each in styles.all("numFmt")}
    cells = styles.first("cellXfs")
    found = set()
    for index, style in enumerate(cells.children if cells is not None else ()):
        number = style.get("numFmtId", "0")
        code = codes.get(number)
        if code is not None:
            if _DATE_LETTER.search(_QUIET.sub("", code.partition(";")[0])):
                found.add(index)
        elif number.isdecimal() and int(number[:9]) in _DATE_FORMATS:
            found.add(index)
    return frozenset(found)


def number(text: str, is_date: bool, from_1904: bool) -> CellValue:
    """A number as it stands in the file; a day where its style shows one."""
    try:
        value = float(text)
    except ValueError:
        return ["e", text]
    if not math.isfinite(value):
        return ["e", text]
    if is_date and 0 <= value < _LAST_DAY:
        return ["d", _moment(value, from_1904)]
    if value == int(value) and abs(value) < 1e15:
        return ["n", str(int(value))]
    return ["n", repr(value)]


def _moment(serial: float, from_1904: bool) -> str:
    """The day of a serial number in ISO format, with the time when it has one."""
    if not from_1904 and serial < _FIRST_TRUE_DAY:
        serial += 1
    seconds = round((serial % 1) * 86_400)
    moment = (_EPOCH_1904 if from_1904 else _EPOCH) + datetime.timedelta(int(serial), seconds)
    return moment.date().isoformat() if not seconds else moment.isoformat(timespec="seconds")


def iso_moment(text: str) -> str:
    """A day or moment that the file holds in ISO format; the day alone when it is midnight."""
    return text.removesuffix("Z").removesuffix("T00:00:00").removesuffix(".000")


def shared_strings(
    pieces: Iterable[bytes], part: str, budget: Budget, struck: dict[int, tuple[str, str]]
) -> list[str]:
    """The strings that cells share, no more characters than the ``budget`` has. UnreadableError.

    ``struck``: takes what is struck of those that have looks of their own, by their number.
    """
    most = budget.characters
    found: list[str] = []
    runs = Runs()
    words: list[str] = []
    state = {"text": 0, "quiet": 0, "length": 0, "depth": 0}
    current: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        state["depth"] += 1
        budget.marks -= 1 + len(attributes)
        name = local(name)
        if name == "si":
            current.clear()
            runs.begin()
        elif name == "t":
            state["text"] = 1
            words.clear()
            state["length"] = 0
        elif name == "rPh":
            state["quiet"] += 1
        elif name in NAMES:
            runs.start(name, attributes.get("val", "1"))
        if state["depth"] > 20 or budget.marks < 0:
            raise UnreadableError(Reason.TOO_MUCH, part)

    def end(name: str) -> None:
        nonlocal most
        state["depth"] -= 1
        name = local(name)
        if name == "t":
            state["text"] = 0
            if not state["quiet"]:
                current.append(shown("".join(words)))
                runs.add(current[-1])
        elif name == "rPh":
            state["quiet"] -= 1
        elif name == "si":
            found.append("".join(current))
            most -= len(found[-1]) + 1
            if runs.is_rich:
                struck[len(found) - 1] = runs.words()
            if most < 0:
                raise UnreadableError(Reason.TOO_MUCH, part)

    def text(characters: str) -> None:
        if state["text"]:
            words.append(characters)
            state["length"] += len(characters)
            if state["length"] > MAX_WORDS:
                raise UnreadableError(Reason.TOO_MUCH, part)

    parse(pieces, part, start, end, text)
    return found


def inline_words(element: Element) -> str:
    """The words of a cell that holds its text itself."""
    return text_of(element)
