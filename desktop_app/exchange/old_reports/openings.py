"""Which wordings a block begins with: the form's words are told from the country's own by where they end.

Form wording counts only as a line of its own, or when a colon, a dash or a tab parts it from what
follows. A country that writes "No action taken by the police so far" has written a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop_app.exchange.old_reports.blocks import BREAK, LINE_END, Block, BlockKind
from desktop_app.exchange.old_reports.wording import Word, Wording, WordingIndex, WordingKind, words_of

_LINE = re.compile(f"[{LINE_END}{BREAK}]")
_SEPARATOR = re.compile(r":|\t|\s[-–—]\s|[–—]")
_ENUMERATOR = re.compile(
    r"\s*(?:\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,5})[.)]|\d{1,3}(?:\.\d{1,3})*)[ \t]+", re.IGNORECASE
)
#: What may stand between wording and answer, and belongs to neither.
_BETWEEN = re.compile(r"[\s:]*(?:[-–—][\s]+)?")
_SHORT = 2


@dataclass(frozen=True, slots=True)
class Found:
    """Form wording in a block: from word ``start`` to before word ``end``, and what it can mean.

    ``line_end``: nothing else stands on its line. ``unknown``: a section the form does not have.
    """

    start: int
    end: int
    meanings: tuple[Wording, ...]
    line_end: bool
    unknown: bool = False

    @property
    def kinds(self) -> frozenset[WordingKind]:
        """What kinds of thing the words can stand for."""
        return frozenset(meaning.kind for meaning in self.meanings)

    def of(self, kind: WordingKind) -> list[str]:
        """The codes of the meanings of one kind."""
        return [meaning.code for meaning in self.meanings if meaning.kind is kind]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A block with its words."""

    block: Block
    text: str
    words: Sequence[Word]

    @classmethod
    def of(cls, block: Block) -> Spoken:
        """The words of ``block``."""
        text = block.content.text
        return cls(block, text, words_of(text))

    def gap(self, end: int) -> str:
        """The characters between word ``end`` and the one before it."""
        if end >= len(self.words):
            return self.text[self.words[-1].end :] if self.words else ""
        return self.text[self.words[end - 1].end if end else 0 : self.words[end].start]

    def begins_line(self, place: int) -> bool:
        """Whether the word at ``place`` is the first of its line."""
        return place == 0 or _LINE.search(self.gap(place)) is not None

    def ends_line(self, end: int) -> bool:
        """Whether the word before ``end`` is the last of its line."""
        return end >= len(self.words) or _LINE.search(self.gap(end)) is not None

    def after_between(self, end: int) -> int:
        """The offset at which the answer after the word before ``end`` begins."""
        if end >= len(self.words):
            return len(self.text)
        match = _BETWEEN.match(self.text, self.words[end - 1].end)
        return match.end() if match else self.words[end - 1].end

    def after_enumerator(self) -> int:
        """The place of the first word after a typed number such as "1.2", or 0."""
        match = _ENUMERATOR.match(self.text)
        if match is None:
            return 0
        return next((place for place, word in enumerate(self.words) if word.start >= match.end()), 0)


def wording_at(spoken: Spoken, index: WordingIndex, place: int) -> Found | None:
    """The form wording that stands at ``place`` and ends as wording does."""
    starts = [place, spoken.after_enumerator()] if place == 0 else [place]
    for start in dict.fromkeys(starts):
        unknown = index.numbered_section(spoken.words, start)
        meanings, end = index.at(spoken.words, start)
        if meanings:
            found = _as_found(spoken, index, place, end, meanings)
            if found is not None:
                return found
        elif unknown is not None and (spoken.ends_line(unknown) or _parted(spoken, unknown, full_stop=True)):
            return Found(place, unknown, (), spoken.ends_line(unknown), unknown=True)
    return None


def _as_found(
    spoken: Spoken, index: WordingIndex, place: int, end: int, meanings: Sequence[Wording]
) -> Found | None:
    if all(meaning.kind is WordingKind.GOAL_LEAD for meaning in meanings):
        end = _after_goal_number(spoken, end)
    line_end = spoken.ends_line(end)
    kept = tuple(meaning for meaning in meanings if _ends_well(spoken, index, end, meaning, line_end))
    return Found(place, end, kept, line_end) if kept else None


def _after_goal_number(spoken: Spoken, end: int) -> int:
    """ "Operational Goal 1.2:" is the words that lead to a goal, whatever its number."""
    after = end
    while not spoken.ends_line(after) and spoken.words[after].folded.isdecimal():
        after += 1
    return after if spoken.ends_line(after) or _parted(spoken, after, full_stop=True) else end


def _ends_well(spoken: Spoken, index: WordingIndex, end: int, meaning: Wording, line_end: bool) -> bool:
    if line_end:
        return True
    match meaning.kind:
        case WordingKind.STATE:
            return False
        case WordingKind.COUNTRY | WordingKind.CYCLE | WordingKind.TITLE:
            return _parted(spoken, end) or bool(index.at(spoken.words, end)[0])
        case WordingKind.GOAL_LEAD:
            return _parted(spoken, end) or any(
                goal.kind is WordingKind.GOAL for goal in index.at(spoken.words, end)[0]
            )
        case WordingKind.SECTION:
            is_numbered = meaning.words[-1].isdecimal()
            if len(meaning.words) <= _SHORT and not is_numbered:
                return spoken.block.kind is BlockKind.HEADING and _parted(spoken, end)
            return _parted(spoken, end, full_stop=is_numbered)
        case WordingKind.FIELD:
            return ":" in spoken.gap(end)
        case _:
            return _parted(spoken, end)


def _parted(spoken: Spoken, end: int, *, full_stop: bool = False) -> bool:
    """Whether a colon, dash or tab stands before the word ``end``, or a full stop where that will do."""
    gap = spoken.gap(end)
    return _SEPARATOR.search(gap) is not None or (full_stop and "." in gap)


def openings(spoken: Spoken, index: WordingIndex) -> Iterator[Found]:
    """The wordings that follow each other from the beginning of the block."""
    place = 0
    while place < len(spoken.words):
        found = wording_at(spoken, index, place)
        if found is None:
            return
        yield found
        place = found.end


def is_all_wording(spoken: Spoken, index: WordingIndex) -> bool:
    """Whether the block holds nothing but form wording."""
    place = 0
    for found in openings(spoken, index):
        place = found.end
    return bool(spoken.words) and place >= len(spoken.words)
