"""How high a row must be: no program that opens the workbook says so, and some cut what does not fit.

Estimated from the words, the column's width and the size of the type, without the metrics of any
font: the reader's machine may have another one. Rather a little too high than a line too few.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from desktop_app.exchange.workbook.cells import fits, good_cut, part, split
from desktop_app.exchange.workbook.plan import MAX_ROW_HEIGHT, Cell, Look, Words, words_of
from desktop_app.exchange.workbook.styles import BODY_SIZE, PADDED_NUMBER, STYLES, Style

_LINE, _LEAST_ABOVE = 1.3, 3.0
"""Points of a line for each point of type, and how many more than the type it has at least.

Excel gives a line of 10 points 12.75, of 9 points 12, of 16 points 20.25; what prints takes a little less.
"""
_BOLD = 1.09
_EDGE = 1.2
"""Characters of a column's width that its cells keep free at both edges."""
_SAFE = 0.985
"""So much of a line is filled: on a screen letters are whole pixels wide, in some words all rounded up."""
_INDENT = 1.4
_PADDING = 1.2
"""Characters that the format of numbers keeps free."""
_MOST = 190.0
"""Points a readable row has at most: less than Excel's limit, so that pages fill well."""

_STILL_ONE = 1.5
"""Times as high a row may be before it is divided: a part of a few lines would help nobody."""
_FEW = 4
"""Lines of such a part, at the end of an answer whose paragraphs fill the parts before it unevenly."""
_SPARE = 2
"""Lines that a part may have more than the others, to end with a paragraph."""
CUT_HEIGHT = 371.0
"""Points of a row that cannot be high enough for its text: it ends between two lines of it, or nearly.

Lines of the type of tables are 12 points high in Excel, in LibreOffice 10 to 10.5 by the script.
"""
_SURELY_SHOWN, _LINES_SHOWN = 400, 12
"""Characters and line feeds that fit into a row however narrow a column of words is."""

_WIDE = (
    "\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6"
    "\U0001f300-\U0001faff\U00020000-\U0003fffd"
)
_TOKEN = re.compile(rf"[{_WIDE}]|[^\s{_WIDE}]+\s*|\s+")
_TALL = re.compile("[\u0900-\u0dff\u0e00-\u0fff\u1780-\u17ff]")
"""Scripts whose letters reach further up or down: those of India, Thai and neighbours."""
_WIDE_LETTER = re.compile(f"[{_WIDE}]")
_FROM_THE_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_TALL_LINE, _WIDE_LINE, _FROM_THE_RIGHT_LINE = 1.3, 1.14, 1.07
"""How much higher the lines of scripts are whose letters another font may lend: measured in common ones."""
_MANY_BREAKS = re.compile(rf"[{_WIDE}]|[^\S ]")
"""White space that is no simple space, and letters after which a line may end."""
_LONG_WORD = 40

_CLASSES = (
    (54, "اأإآـ\u03b9\u03af\u03ca\u0390"),
    (50, " ijl.,;:'|!`’‘·"),
    (60, "I()[]{}"),
    (70, "ftr-/\\°*"),
    (80, '"“”Jلنيئیءζξτ'),
    (92, "cksvxyz\u0433εέςوؤدذ\u0647"),
    (97, "رزژةبتثپعغ"),
    (112, "قمكکگ\u03b1άμηή\u03c3\u03c5ύϋΰ"),
    (125, "π"),
    (116, "جحخچف"),
    (135, "мыфφ"),
    (141, "ψωώ"),
    (152, "طظى"),
    (158, "mwœæ—…жшщю"),
    (175, "MWÆŒ@%ЖЩШЮسش"),
    (188, "صض"),
)
"""Widths, in hundredths of a digit, of letters that differ much from their kind.

Near the widest of common sans faces, and of what a screen rounds them to; joined letters as they mostly are.
"""
_BROAD = re.compile("[\u0530-\u058f\u10a0-\u10ff]")
"""Armenian and Georgian, mostly lent by a broader font."""
_BROAD_WIDTH = 120


class _Widths(dict[str, int]):
    """The width of a character in hundredths of a digit: whole numbers add up exactly."""

    def __missing__(self, character: str) -> int:
        width = _estimated(character)
        self[character] = width
        return width


def _estimated(character: str) -> int:
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Cf"):
        return 0
    if _WIDE_LETTER.match(character) or unicodedata.east_asian_width(character) in ("W", "F"):
        return 186
    if _BROAD.match(character):
        return _BROAD_WIDTH
    return 122 if category == "Lu" else 102


_WIDTHS = _Widths({character: width for width, characters in _CLASSES for character in characters})
_WIDTHS["\t"] = 400
_DIGIT = 100
_NARROWEST, _WIDEST = 50, 200
_ONE_BYTE = bytes(min(_WIDTHS[chr(number)], _WIDEST) for number in range(256))
"""The widths of the first 256 characters, to translate whole texts with."""
_USUAL = 85
"""The width of most letters, about."""


def _width(word: str) -> int:
    return _short_width(word) if len(word) < _LONG_WORD else sum(map(_WIDTHS.__getitem__, word))


@lru_cache(maxsize=8192)
def _short_width(word: str) -> int:
    return sum(map(_WIDTHS.__getitem__, word))


def capacity(width: float, style: Style) -> float:
    """How many digits of the style's type stand side by side in a column of ``width``."""
    usable = width - _margin(style)
    return max(usable * _SAFE, 1.0) * BODY_SIZE / style.size / (_BOLD if style.bold else 1.0)


def _margin(style: Style) -> float:
    """Characters of a column's width without words."""
    padding = _PADDING if style.number_format == PADDED_NUMBER else 0.0
    return _EDGE + style.indent * _INDENT + padding


def one_line_width(text: str, style: Style) -> float:
    """How wide a column must be for the longest paragraph of ``text`` to stand on one line."""
    longest = max((_width(paragraph) for paragraph in text.split("\n")), default=0) / _DIGIT
    return longest * style.size / BODY_SIZE * (_BOLD if style.bold else 1.0) + _margin(style)


def line_ends(paragraph: str, room: float, most: int | None = None) -> list[int]:
    """Where the lines of a paragraph end when ``room`` digits fit in one; stops soon after ``most``."""
    hundredths = room * _DIGIT
    if most is not None and len(paragraph) > (far := int((most + 2) * hundredths / _NARROWEST * 2)):
        # The lines asked for lie within the beginning; only the last one found there may be cut short.
        ends = line_ends(paragraph[:far], room)
        if len(ends) > most + 1:
            return ends[: most + 1]
    if not (paragraph.isascii() and paragraph.isprintable()) and _MANY_BREAKS.search(paragraph):
        return _ends_by_tokens(paragraph, hundredths, most)
    return _ends_by_spaces(paragraph, hundredths, most)


def _ends_by_spaces(paragraph: str, room: float, most: int | None) -> list[int]:
    """For words between spaces: looks at each line, not at each word or letter."""
    widths, length = _all_widths(paragraph), len(paragraph)
    ends: list[int] = []
    start, guess = 0, int(room / _USUAL)
    while most is None or len(ends) <= most:
        fit = min(start + guess, length)
        used = sum(widths[start:fit])
        while used > room:
            fit -= 1
            used -= widths[fit]
        while fit < length and used + widths[fit] <= room:
            used += widths[fit]
            fit += 1
        if fit == length:
            break
        guess = fit - start
        start = _end_of_line(paragraph, start, fit)
        if start == length:
            break
        ends.append(start)
    else:
        return ends
    ends.append(length)
    return ends


def _all_widths(paragraph: str) -> bytes:
    """The width of each character; none is wider than a byte can say but for the tabulator."""
    try:
        return paragraph.encode("latin-1").translate(_ONE_BYTE)
    except UnicodeEncodeError:
        return bytes(map(_WIDTHS.__getitem__, paragraph))


def _end_of_line(paragraph: str, start: int, fit: int) -> int:
    """The end of the line from ``start``, of which the characters before ``fit`` have room.

    Spaces at its end may hang over; a word that is longer than a line is broken.
    """
    if paragraph[fit] == " ":
        end = fit
        while end < len(paragraph) and paragraph[end] == " ":
            end += 1
        return end
    space = paragraph.rfind(" ", start, fit)
    return space + 1 if space >= 0 else max(fit, start + 1)


def _ends_by_tokens(paragraph: str, room: float, most: int | None) -> list[int]:
    """For every other text: looks at each word, and each letter after which a line may end."""
    ends: list[int] = []
    used = 0
    for token in _TOKEN.finditer(paragraph):
        if most is not None and len(ends) > most:
            return ends
        word = token[0].rstrip()
        wide = _width(word)
        if used and used + wide > room:
            ends.append(token.start())
            used = 0
        if wide > room:
            used = _break_word(word, token.start(), room, ends)
        else:
            used += wide
        used += _width(token[0][len(word) :])
    ends.append(len(paragraph))
    return ends


def _break_word(word: str, start: int, room: float, ends: list[int]) -> int:
    """Break a word that is longer than a line; the room its last line uses."""
    used = 0
    for offset, character in enumerate(word):
        wide = _WIDTHS[character]
        if used and used + wide > room:
            ends.append(start + offset)
            used = 0
        used += wide
    return used


def line_count(text: str, room: float) -> int:
    """How many lines the text takes; a line feed at its end opens none that anyone sees."""
    if 2 * len(text) <= room and "\n" not in text:
        return 1
    return _line_count(text, room)


@lru_cache(maxsize=128)
def _line_count(text: str, room: float) -> int:
    """The same, known for texts that were asked about a moment ago."""
    return sum(len(line_ends(paragraph, room)) for paragraph in text.removesuffix("\n").split("\n"))


def line_height(text: str, style: Style) -> float:
    """Points from one line of ``text`` to the next."""
    height = max(style.size * _LINE, style.size + _LEAST_ABOVE)
    if text.isascii():
        return height
    if _TALL.search(text):
        return height * _TALL_LINE
    if _WIDE_LETTER.search(text):
        return height * _WIDE_LINE
    return height * _FROM_THE_RIGHT_LINE if _FROM_THE_RIGHT.search(text) else height


def cell_height(cell: Cell, width: float) -> float:
    """Points the cell needs in a column of ``width``."""
    text, look = words_of(cell.content), cell.look
    room = _capacity(width, look)
    if _is_common_line(text) and 2 * len(text) <= room:
        return _line_alone(look)
    style = STYLES[look]
    lines = line_count(text, room) if style.wrap else 1
    return lines * line_height(text, style) + style.space


def fitting_height(cell: Cell) -> float:
    """The same for a cell each of whose paragraphs is known to stand on one line."""
    text = words_of(cell.content)
    if _is_common_line(text):
        return _line_alone(cell.look)
    style = STYLES[cell.look]
    lines = text.removesuffix("\n").count("\n") + 1 if style.wrap else 1
    return lines * line_height(text, style) + style.space


def _is_common_line(text: str) -> bool:
    """Whether it is one paragraph, in letters that every font has."""
    return text.isascii() and "\n" not in text


@cache
def _line_alone(look: Look) -> float:
    """Points of a cell with one line in such letters."""
    style = STYLES[look]
    return line_height("", style) + style.space


@lru_cache(maxsize=1024)
def _capacity(width: float, look: Look) -> float:
    return capacity(width, STYLES[look])


def row_height(cells: Mapping[int, Cell], widths: Sequence[float]) -> float:
    """Points the row needs, at most as many as a row can have."""
    heights = [cell_height(cell, widths[column - 1]) for column, cell in cells.items()]
    return possible_height(max(heights, default=0.0))


def possible_height(needed: float) -> float:
    """Whole points of a row that needs so many, of which it may not have as many."""
    return float(math.ceil(needed)) if needed <= MAX_ROW_HEIGHT else CUT_HEIGHT


def may_be_cut(text: str, width: float, style: Style) -> bool:
    """Whether the highest row there can be may end before ``text`` does in a column of ``width``.

    Found without looking for lines: no is sure, yes is not.
    """
    feeds = text.count("\n")
    if len(text) <= _SURELY_SHOWN and feeds <= _LINES_SHOWN:
        return False
    # Two lines that follow each other in a paragraph hold more than one line has room for.
    lines = feeds + 1 + 2 * _most_width(text) / _DIGIT / capacity(width, style)
    return lines * line_height(text, style) + style.space > MAX_ROW_HEIGHT


def is_cut(text: str, width: float, style: Style) -> bool:
    """Whether the highest row there can be ends before ``text`` does in a column of ``width``."""
    if not may_be_cut(text, width, style):
        return False
    lines = line_count(text, capacity(width, style))
    return lines * line_height(text, style) + style.space > MAX_ROW_HEIGHT


def _most_width(text: str) -> int:
    """The width of all characters together, tabulators at their widest."""
    try:
        return sum(text.encode("latin-1").translate(_ONE_BYTE)) + 2 * _WIDEST * text.count("\t")
    except UnicodeEncodeError:
        return sum(map(_WIDTHS.__getitem__, text))


def split_for_rows(words: Words, width: float, style: Style) -> list[Words]:
    """The words in parts that a readable row can show whole, cut after a paragraph wherever possible."""
    text = words_of(words)
    most = max(int((_MOST - style.space) / line_height(text, style)), 1)
    room = capacity(width, style)
    lines = line_count(text, room)
    if lines <= most * _STILL_ONE and fits(words):
        return [words]
    if lines > most:  # parts of about the same height: the last one is no single line
        most = min(most, math.ceil(lines / math.ceil(lines / most)) + _SPARE)
    cuts = [0, *_without_few(_row_cuts(text, room, most), text, room, most), len(text)]
    parts = [part(words, start, end) for start, end in pairwise(cuts)]
    return [each for whole in parts for each in split(whole)]


def _row_cuts(text: str, room: float, most: int) -> list[int]:
    """The offsets at which a new row begins."""
    cuts: list[int] = []
    used = 0
    start = 0
    for paragraph in text.split("\n"):
        lines = len(line_ends(paragraph, room))
        if used and used + lines > most:
            cuts.append(start)
            used = 0
        if lines > most:
            cuts.extend(_paragraph_cuts(text, start, start + len(paragraph), room, most))
            last = cuts[-1]
            lines = len(line_ends(text[last : start + len(paragraph)], room))
        used += lines
        start += len(paragraph) + 1
    return cuts


def _without_few(cuts: list[int], text: str, room: float, most: int) -> list[int]:
    """The cuts without the last one where a few lines follow it that the part before has room for."""
    if not cuts or line_count(text[cuts[-1] :], room) > _FEW:
        return cuts
    before = cuts[-2] if len(cuts) > 1 else 0
    return cuts[:-1] if line_count(text[before:], room) <= most * _STILL_ONE else cuts


def _paragraph_cuts(text: str, start: int, end: int, room: float, most: int) -> list[int]:
    """Cuts within one paragraph that is too long for a row."""
    cuts: list[int] = []
    while True:
        ends = line_ends(text[start:end], room, most)
        if len(ends) <= most:
            return cuts
        start = good_cut(text, start, start + ends[most - 1])
        cuts.append(start)
