"""What is different between two wordings, word by word.

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


_Word = tuple[str, str]
"""A word, a mark of punctuation or a line's end, and the space behind it, which does not count."""

# Scripts that put no space between words are compared character by character.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"(\n|[{_UNSPACED}]|[^\W{_UNSPACED}]+|[^\w\s]|)([^\S\n]*)")

_EXACT = 2_000_000
"""Pairs of words up to which every one is looked at; beyond that, frequent words lead nowhere."""

_ISLAND = 2
"""Words between two changes that are too few to be worth keeping apart."""

_ALIKE = 0.3
"""Wordings less alike than this are shown one after the other, not woven into each other."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Words of both wordings: the same ones, or those that stand in the place of the others."""

    is_same: bool
    old: Sequence[_Word]
    new: Sequence[_Word]


def word_differences(old: str, new: str) -> list[Piece]:
    """The pieces that lead from ``old`` to ``new``, in reading order; removed before inserted.

    All pieces that are not inserted make up ``old`` but for spaces, all that are not removed ``new``.
    """
    if old == new:
        return [Piece(PieceKind.SAME, new)] if new else []
    before, after = _words(old), _words(new)
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    old_end, new_end = len(before) - end, len(after) - end
    stretches = [
        _Stretch(True, before[:start], after[:start]),
        *_between(before[start:old_end], after[start:new_end]),
        _Stretch(True, before[old_end:], after[new_end:]),
    ]
    return list(_pieces(_joined(stretches)))


def _joined(stretches: Sequence[_Stretch]) -> list[_Stretch]:
    """Without empty ones, and neighbours of one kind as one."""
    found = []
    filled = [stretch for stretch in stretches if stretch.old or stretch.new]
    for is_same, group in groupby(filled, key=lambda stretch: stretch.is_same):
        parts = list(group)
        old = [word for part in parts for word in part.old]
        new = [word for part in parts for word in part.new]
        found.append(_Stretch(is_same, old, new))
    return found


def _pieces(stretches: Sequence[_Stretch]) -> Iterator[Piece]:
    """What stretches come to. Spaces are those that stood between the words shown next to each other."""
    lead = ""
    for number, stretch in enumerate(stretches):
        if not stretch.is_same:
            yield from _filled(PieceKind.REMOVED, _whole(stretch.old))
            yield from _filled(PieceKind.INSERTED, lead + _whole(stretch.new) if stretch.new else "")
            lead = ""
            continue
        words = _whole(stretch.new)
        following = stretches[number + 1] if number + 1 < len(stretches) else None
        if following is not None and following.old:
            old_space, new_space = stretch.old[-1][1], stretch.new[-1][1]
            words = words[: len(words) - len(new_space)] + old_space
            lead = "" if old_space else new_space
        yield from _filled(PieceKind.SAME, words)


def _filled(kind: PieceKind, words: str) -> Iterator[Piece]:
    if words:
        yield Piece(kind, words)


def _whole(words: Sequence[_Word]) -> str:
    return "".join(word + space for word, space in words)


def _words(text: str) -> list[_Word]:
    # The last one found is always empty.
    return _WORD.findall(text)[:-1]


def _common(first: Sequence[_Word], second: Sequence[_Word]) -> int:
    """How many words both begin with."""
    count = 0
    for one, other in zip(first, second, strict=False):
        if one[0] != other[0]:
            break
        count += 1
    return count


def _between(before: Sequence[_Word], after: Sequence[_Word]) -> list[_Stretch]:
    """Line by line, then word by word where lines changed."""
    old_lines, new_lines = _lines(before), _lines(after)
    matcher = SequenceMatcher(
        None, [_key(line) for line in old_lines], [_key(line) for line in new_lines], autojunk=False
    )
    stretches: list[_Stretch] = []
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        old = [word for line in old_lines[old_from:old_to] for word in line]
        new = [word for line in new_lines[new_from:new_to] for word in line]
        stretches += [_Stretch(True, old, new)] if tag == "equal" else _changed(old, new)
    return stretches


def _lines(words: Sequence[_Word]) -> list[list[_Word]]:
    """The words of each line, with the line's end."""
    lines: list[list[_Word]] = [[]]
    for word in words:
        lines[-1].append(word)
        if word[0] == "\n":
            lines.append([])
    return [line for line in lines if line]


def _key(line: Sequence[_Word]) -> str:
    return "\0".join(word for word, _space in line)


def _changed(old: Sequence[_Word], new: Sequence[_Word]) -> list[_Stretch]:
    matcher = SequenceMatcher(
        None,
        [word for word, _space in old],
        [word for word, _space in new],
        autojunk=len(old) * len(new) > _EXACT,
    )
    steps = matcher.get_opcodes()
    kept = sum(old_to - old_from for tag, old_from, old_to, _from, _to in steps if tag == "equal")
    if kept < _ALIKE * min(len(old), len(new)):
        return [_Stretch(False, old, new)]
    return [
        _Stretch(_stays(number, steps), old[old_from:old_to], new[new_from:new_to])
        for number, (_tag, old_from, old_to, new_from, new_to) in enumerate(steps)
    ]


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
