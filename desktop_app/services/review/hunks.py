"""Words that were changed, numbered, so that each change can be accepted or refused on its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from desktop_app.services.word_differences import Piece, PieceKind


@dataclass(frozen=True, slots=True)
class Hunk:
    """One change: the words from ``start`` to ``end`` of the old ones give way to ``inserted``.

    ``number`` counts from 0; either side may be empty.
    """

    number: int
    start: int
    end: int
    removed: str
    inserted: str


_FEW_WORDS, _SHORT = 2, 4
"""So few words, of so few letters each, part no changes: "of", "by the"."""

_Stretch = tuple[int, int, int, int]
"""From where to where in the old words, and in the new ones."""


def hunks_of(old: str, new: str, pieces: Sequence[Piece]) -> tuple[Hunk, ...]:
    """The changes that lead from ``old`` to ``new``, in reading order, as ``pieces`` tell them apart.

    Spaces between words that stay are those of ``old``.
    """
    found: list[Hunk] = []
    for start, end, new_start, new_end in _joined(old, _between_same(old, new, pieces)):
        lead = _shared(old[start:end], new[new_start:new_end])
        start, new_start = start + lead, new_start + lead
        tail = _shared(old[start:end][::-1], new[new_start:new_end][::-1])
        removed, inserted = old[start : end - tail], new[new_start : new_end - tail]
        if removed != inserted:
            found.append(Hunk(len(found), start, end - tail, removed, inserted))
    return tuple(found)


def with_hunks(old: str, hunks: Sequence[Hunk], accepted: Collection[int]) -> str:
    """``old`` with the accepted changes made."""
    words, offset = "", 0
    for hunk in hunks:
        if hunk.number in accepted:
            words += old[offset : hunk.start] + hunk.inserted
            offset = hunk.end
    return words + old[offset:]


def _joined(old: str, stretches: Iterable[_Stretch]) -> Iterator[_Stretch]:
    """The stretches, those with only a short word or two between them as one: half of such a change says
    nothing by itself."""
    last: _Stretch | None = None
    for each in stretches:
        if last is not None and _is_little(old[last[1] : each[0]]):
            last = (last[0], each[1], last[2], each[3])
            continue
        if last is not None:
            yield last
        last = each
    if last is not None:
        yield last


def _is_little(between: str) -> bool:
    words = between.split()
    return (
        len(words) <= _FEW_WORDS
        and all(word.isalpha() and len(word) <= _SHORT for word in words)
        and "\n" not in between
    )


def _between_same(old: str, new: str, pieces: Sequence[Piece]) -> Iterator[_Stretch]:
    """The stretches of both wordings between words that stay, with the spaces around them."""
    behind_old = behind_new = 0
    at_old, at_new = 0, 0
    is_changed = False
    for piece in pieces:
        count = sum(map(_counts, piece.words))
        if not count:
            continue
        if piece.kind is PieceKind.REMOVED:
            at_old, is_changed = _behind(old, at_old, count), True
        elif piece.kind is PieceKind.INSERTED:
            at_new, is_changed = _behind(new, at_new, count), True
        else:
            if is_changed:
                yield behind_old, _next(old, at_old), behind_new, _next(new, at_new)
            at_old = behind_old = _behind(old, at_old, count)
            at_new = behind_new = _behind(new, at_new, count)
            is_changed = False
    if is_changed:
        yield behind_old, len(old), behind_new, len(new)


def _behind(text: str, offset: int, count: int) -> int:
    """The offset behind the next ``count`` signs that are no space."""
    while count:
        count -= _counts(text[offset])
        offset += 1
    return offset


def _next(text: str, offset: int) -> int:
    """The offset of the next sign that is no space."""
    while offset < len(text) and not _counts(text[offset]):
        offset += 1
    return offset


def _counts(sign: str) -> bool:
    """Whether it is more than space between words; a new line is."""
    return sign == "\n" or not sign.isspace()


def _shared(one: str, other: str) -> int:
    """How much space both begin with."""
    count = 0
    for first, second in zip(one, other, strict=False):
        if first != second or not first.isspace():
            break
        count += 1
    return count
