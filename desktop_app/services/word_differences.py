"""What is different between two wordings, word by word: for history and the comparison of two moments.

Works on characters as a person reads them: the plain text of an answer with its list marks. Lines are
matched first and words within lines that changed, so that long answers are compared quickly too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from itertools import groupby


class PieceKind(Enum):
    """Where words of a comparison stand."""

    SAME = "same"
    INSERTED = "inserted"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words next to each other that stand in both wordings or in one of them."""

    kind: PieceKind
    words: str


@dataclass(frozen=True, slots=True)
class _Word:
    """A word, a mark of punctuation or a line's end, and the space behind it, which does not count."""

    word: str
    space: str

    @property
    def whole(self) -> str:
        return self.word + self.space


# Scripts that put no space between words are compared character by character.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"(\n|[{_UNSPACED}]|[^\W{_UNSPACED}]+|[^\w\s])([^\S\n]*)|([^\S\n]+)")

_EXACT = 2_000_000
"""Pairs of words up to which every one is looked at; beyond that, frequent words lead nowhere."""

_ISLAND = 2
"""Words between two changes that are too few to be worth keeping apart."""

_ALIKE = 0.3
"""Wordings less alike than this are shown one after the other, not woven into each other."""


def word_differences(old: str, new: str) -> list[Piece]:
    """The pieces that lead from ``old`` to ``new``, in reading order; removed before inserted.

    All pieces that are not inserted make up ``old`` but for spaces, all that are not removed ``new``.
    """
    before, after = _words(old), _words(new)
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    middle = _between(before[start : len(before) - end], after[start : len(after) - end])
    pieces = [
        _piece(PieceKind.SAME, after[:start]),
        *middle,
        _piece(PieceKind.SAME, after[len(after) - end :]),
    ]
    return _joined(pieces)


def _words(text: str) -> list[_Word]:
    return [
        _Word(found.group(1) or "", found.group(2) or found.group(3) or "") for found in _WORD.finditer(text)
    ]


def _common(first: Sequence[_Word], second: Sequence[_Word]) -> int:
    """How many words both begin with."""
    count = 0
    for one, other in zip(first, second, strict=False):
        if one.word != other.word:
            break
        count += 1
    return count


def _between(before: Sequence[_Word], after: Sequence[_Word]) -> list[Piece]:
    """Line by line, then word by word where lines changed."""
    old_lines, new_lines = _lines(before), _lines(after)
    matcher = SequenceMatcher(
        None, [_key(line) for line in old_lines], [_key(line) for line in new_lines], autojunk=False
    )
    pieces: list[Piece] = []
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        old = [word for line in old_lines[old_from:old_to] for word in line]
        new = [word for line in new_lines[new_from:new_to] for word in line]
        pieces += [_piece(PieceKind.SAME, new)] if tag == "equal" else _changed(old, new)
    return pieces


def _lines(words: Sequence[_Word]) -> list[list[_Word]]:
    """The words of each line, with the line's end."""
    lines: list[list[_Word]] = [[]]
    for word in words:
        lines[-1].append(word)
        if word.word == "\n":
            lines.append([])
    return [line for line in lines if line]


def _key(line: Sequence[_Word]) -> str:
    return "\0".join(word.word for word in line)


def _changed(old: Sequence[_Word], new: Sequence[_Word]) -> list[Piece]:
    matcher = SequenceMatcher(
        None,
        [word.word for word in old],
        [word.word for word in new],
        autojunk=len(old) * len(new) > _EXACT,
    )
    steps = matcher.get_opcodes()
    kept = sum(old_to - old_from for tag, old_from, old_to, _from, _to in steps if tag == "equal")
    if kept < _ALIKE * min(len(old), len(new)):
        return [_piece(PieceKind.REMOVED, old), _piece(PieceKind.INSERTED, new)]
    pieces: list[Piece] = []
    for is_same, group in groupby(enumerate(steps), key=lambda step: _stays(step[0], steps)):
        parts = [step for _number, step in group]
        was = old[parts[0][1] : parts[-1][2]]
        now = new[parts[0][3] : parts[-1][4]]
        if is_same:
            pieces.append(_piece(PieceKind.SAME, now))
        else:
            pieces += [_piece(PieceKind.REMOVED, was), _piece(PieceKind.INSERTED, now)]
    return pieces


def _stays(number: int, steps: Sequence[tuple[str, int, int, int, int]]) -> bool:
    """Whether the step is shown as unchanged: not a mere island between two changes larger than itself."""
    tag, old_from, old_to, _new_from, _new_to = steps[number]
    if tag != "equal" or not 0 < number < len(steps) - 1:
        return tag == "equal"
    size = old_to - old_from
    return size > _ISLAND or any(_size(steps[beside]) <= 2 * size for beside in (number - 1, number + 1))


def _size(step: tuple[str, int, int, int, int]) -> int:
    _tag, old_from, old_to, new_from, new_to = step
    return max(old_to - old_from, new_to - new_from)


def _piece(kind: PieceKind, words: Sequence[_Word]) -> Piece:
    return Piece(kind, "".join(word.whole for word in words))


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Without empty pieces, and neighbours of one kind as one."""
    return list(_merged(piece for piece in pieces if piece.words))


def _merged(pieces: Iterator[Piece]) -> Iterator[Piece]:
    for kind, group in groupby(pieces, key=lambda piece: piece.kind):
        yield Piece(kind, "".join(piece.words for piece in group))
