"""Texts as the words of cells: formatted, clean, and never longer than a cell may be.

Every character that comes from a person goes through ``clean`` on its way in and ``escaped`` on its
way into the file. Cutting keeps everything: the parts joined are the whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from desktop_app.exchange.workbook.plan import (
    MAX_CHARACTERS,
    MAX_LINE_FEEDS,
    Piece,
    Tone,
    Words,
    words_of,
)
from desktop_app.report.text import (
    Block,
    Inline,
    Item,
    ListBlock,
    Mark,
    Note,
    Paragraph,
    Run,
    Text,
    clean_characters,
)
from desktop_app.report.text.flat import FlatLine, flat_lines

_RAISED = frozenset({Mark.SUPERSCRIPT})
#: ECMA-376 part 1, 22.9.2.19 (ST_Xstring): a character by its number; a typed one must be escaped.
_NUMBERED_CHARACTER = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_SENTENCE_END = re.compile(r"[.!?;:…][\"”’)\]]*\s+|[\u3002\uff01\uff1f\uff1b]")
_JOINER = "\u200d"


def clean(text: str) -> str:
    """``text`` without what no workbook can hold. ``notices`` says where something was taken out."""
    if text.isascii() and text.isprintable():
        return text
    return clean_characters(text)[0]


def escaped(text: str) -> str:
    """``text`` as it is written into the file, so that a typed ``_x000D_`` stays these seven signs."""
    return _NUMBERED_CHARACTER.sub("_x005F_", text) if "_x" in text else text


def plain(text: str, tone: Tone = Tone.SAME, marks: frozenset[Mark] = frozenset()) -> Words:
    """Words without formatting of their own."""
    cleaned = clean(text)
    return (Piece(cleaned, marks, tone),) if cleaned else ()


def joined(parts: Iterable[Words], between: str = "\n") -> Words:
    """The parts that are not empty, with ``between`` between them."""
    pieces: list[Piece] = []
    for part in parts:
        if part:
            if pieces:
                pieces.append(Piece(between))
            pieces.extend(part)
    return merged(pieces)


def merged(pieces: Iterable[Piece]) -> Words:
    """The same words in as few pieces as their formats allow."""
    found: list[Piece] = []
    for piece in pieces:
        if not piece.text:
            continue
        last = found[-1] if found else None
        if last is not None and last.marks == piece.marks and last.tone is piece.tone:
            found[-1] = Piece(last.text + piece.text, piece.marks, piece.tone)
        else:
            found.append(piece)
    return tuple(found)


def text_words(text: Text, tone: Tone = Tone.SAME) -> Words:
    """A text answer as words: list marks, addresses in brackets, footnotes by number at the end."""
    if len(text.blocks) == 1:
        [block] = text.blocks
        if isinstance(block, Paragraph) and len(block.inlines) == 1:
            [inline] = block.inlines
            if isinstance(inline, Run) and inline.href is None:
                return plain(inline.text, tone, inline.marks)
    notes: list[Note] = []
    lines = list(flat_lines(_numbered(text.blocks, notes)))
    pieces = list(_pieces_of_lines(lines, tone))
    for number, note in enumerate(notes, start=1):
        pieces.append(Piece("\n\n" if number == 1 else "\n", tone=tone))
        pieces.append(Piece(f"[{number}] ", tone=tone))
        pieces.extend(_pieces_of_lines(flat_lines((Paragraph(note.runs),)), tone))
    return merged(pieces)


def _pieces_of_lines(lines: Sequence[FlatLine], tone: Tone) -> Iterator[Piece]:
    for position, line in enumerate(lines):
        yield Piece(("\n" if position else "") + line.lead, tone=tone)
        for run in line.runs:
            yield Piece(clean(run.text), run.marks, tone)


def _numbered(blocks: Iterable[Block], notes: list[Note]) -> tuple[Block, ...]:
    """``blocks`` with a raised number in the place of every footnote; the footnotes go to ``notes``."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, ListBlock):
            found.append(
                ListBlock(block.ordered, tuple(Item(_numbered(item.blocks, notes)) for item in block.items))
            )
        else:
            found.append(Paragraph(tuple(_with_number(inline, notes) for inline in block.inlines)))
    return tuple(found)


def _with_number(inline: Inline, notes: list[Note]) -> Inline:
    if isinstance(inline, Run):
        return inline
    notes.append(inline)
    return Run(f"[{len(notes)}]", _RAISED)


_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff]"
)


def runs_right_to_left(words: Words) -> bool:
    """Whether the first letter is of a script that is written from right to left, as Unicode decides it.

    Said to the program that shows the cell, full stops and bullets then stand at the right end. A grey
    heading, such as a name and a date, does not decide it where other words follow.
    """
    for piece in words:
        if not piece.text.isascii():
            break
    else:
        return False
    text = words_of(tuple(piece for piece in words if piece.tone is not Tone.QUIET) or words)
    for found in _RIGHT_TO_LEFT.finditer(text):
        if unicodedata.bidirectional(found[0]) in ("R", "AL"):
            return not any(unicodedata.bidirectional(before) == "L" for before in text[: found.start()])
    return False


def length(text: str) -> int:
    """Characters as Excel counts them: one outside the first 65,536 counts twice."""
    return len(text) if text.isascii() else len(text) + sum(character > "\uffff" for character in text)


def fits(words: Words) -> bool:
    """Whether one cell can hold the words."""
    if len(words) == 1 and len(words[0].text) <= MAX_LINE_FEEDS:
        return True
    text = words_of(words)
    return length(text) <= MAX_CHARACTERS and text.count("\n") <= MAX_LINE_FEEDS


def part(words: Words, start: int, end: int) -> Words:
    """What stands between two offsets, with its format."""
    found: list[Piece] = []
    offset = 0
    for piece in words:
        cut = piece.text[max(start - offset, 0) : max(end - offset, 0)]
        offset += len(piece.text)
        if cut:
            found.append(Piece(cut, piece.marks, piece.tone))
    return tuple(found)


def split(words: Words) -> list[Words]:
    """The words in parts that a cell can hold, cut where a paragraph ends if there is such a place.

    A line feed or space at which was cut stays at the end of its part, so the parts joined are the whole.
    """
    if fits(words):
        return [words]
    text = words_of(words)
    cuts = [0]
    while cuts[-1] < len(text):
        cuts.append(_end_of_part(text, cuts[-1]))
    return [part(words, start, end) for start, end in pairwise(cuts)]


def first_piece(text: str, limit: int) -> str:
    """The beginning of ``text``: at most ``limit`` characters and as many line feeds as a cell may have."""
    return text[: _limit(text, 0, limit)]


def _end_of_part(text: str, start: int) -> int:
    limit = _limit(text, start, MAX_CHARACTERS)
    return limit if limit == len(text) else good_cut(text, start, limit)


def good_cut(text: str, start: int, limit: int) -> int:
    """Where to cut ``text`` after ``start`` and no later than ``limit``.

    After the last paragraph of the second half, else after its last sentence, else after a word, else
    anywhere between two characters that a reader sees apart.
    """
    middle = (start + limit) // 2
    paragraph = text.rfind("\n", middle, limit)
    if paragraph >= 0:
        return paragraph + 1
    sentences = [found.end() for found in _SENTENCE_END.finditer(text, middle, limit)]
    if sentences:
        return sentences[-1]
    space = text.rfind(" ", middle, limit)
    if space >= 0:
        return space + 1
    cut = limit
    while cut > middle and not _stands_apart(text, cut):
        cut -= 1
    return cut if cut > middle else limit


def _stands_apart(text: str, offset: int) -> bool:
    """Whether a reader sees a new character begin at ``offset``."""
    if offset >= len(text):
        return True
    follows = text[offset]
    return not unicodedata.combining(follows) and follows != _JOINER and text[offset - 1] != _JOINER


def _limit(text: str, start: int, characters: int) -> int:
    """The furthest end of a part that begins at ``start``."""
    end = min(start + characters, len(text))
    surplus = length(text[start:end]) - characters
    while surplus > 0:
        # Each character is worth at most two, so that taking half the surplus away never takes too much.
        end -= (surplus + 1) // 2
        surplus = length(text[start:end]) - characters
    feed = start - 1
    for _count in range(MAX_LINE_FEEDS):
        feed = text.find("\n", feed + 1, end)
        if feed < 0:
            return end
    return feed + 1
