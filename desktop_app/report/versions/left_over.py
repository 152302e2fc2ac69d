"""The words that stay of an answer which has no place any more: readable without the form it answered."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import State
from desktop_app.report.state_words import state_words
from desktop_app.report.text import markup
from desktop_app.report.text.model import Block, Item, ListBlock, Mark, Paragraph, Run, Text, normalise
from desktop_app.report.versions.fitting import Asked, words_of
from desktop_app.report.versions.holdings import Answer
from desktop_app.runtime.i18n import _

_KEYS = uuid.UUID("6f4f5f6e-0c0b-5a53-9c53-6d6c1f1b7a1e")
"""What the ids of unplaced texts are derived from, so that a plan and what it becomes have the same."""


_LINE = 100
"""Characters of the line that stands for a text."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a question called ``name`` held. ``text`` replaces the words for the value as a whole."""

    name: str
    answer: Answer
    asked: Asked | None = None
    text: Text | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LeftOver:
    """An unplaced text: from which place, under which key it is kept, what it says, and why it is there."""

    path: str
    key: str
    name: str
    text: str
    reason: str

    @property
    def summary(self) -> str:
        """Its words in one line without the heading; of a long text the beginning."""
        words = Text(markup.read(self.text).blocks[1:])
        line = " · ".join(piece for paragraph in words.paragraphs() if (piece := paragraph.text.strip()))
        return Text.plain(line).first_line(_LINE)


def unplaced_key(path: str, version: str, order: int, taken: Collection[str]) -> str:
    """The id under which the words of ``path`` are kept; another one if it is taken. ``order`` sorts them."""
    number = 0
    while (key := f"{order:04}-{uuid.uuid5(_KEYS, f'{version} {path} {number}')}") in taken:
        number += 1
    return key


def kept_words(words: Sequence[Words], name: str, labels: Labels, *, marked: bool = False) -> str | None:
    """One text in the notation: a heading, and below it the words, of several questions as a list.

    ``name`` heads several; a single one is headed by its own. ``labels``: the form's words for states, in
    the report's language. None when there are no words at all.
    """
    parts = [(each, tuple(_blocks(each, labels))) for each in words]
    if name:
        items = tuple(
            Item(_with_label(each, blocks)) for each, blocks in parts if blocks or each.answer.confidential
        )
        if not items and not marked:
            return None
        heading = _heading(name, Answer(confidential=marked))
        return _notation([heading, ListBlock(ordered=False, items=items)] if items else [heading])
    each, blocks = parts[0]
    if not blocks and not each.answer.confidential:
        return None
    return _notation([_heading(each.name, each.answer), *blocks])


def _notation(blocks: Iterable[Block]) -> str:
    return markup.write(normalise(Text(tuple(blocks))))


def _with_label(words: Words, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The words of one question among several, behind its name."""
    label = Run(f"{_marked(words.name, words.answer)}: ", frozenset({Mark.BOLD}))
    if blocks and isinstance(blocks[0], Paragraph):
        return (Paragraph((label, *blocks[0].inlines)), *blocks[1:])
    return (Paragraph((label,)), *blocks)


def _heading(name: str, answer: Answer) -> Paragraph:
    return Paragraph((Run(_marked(name, answer), frozenset({Mark.BOLD})),))


def _marked(name: str, answer: Answer) -> str:
    return _("{name} (confidential)").format(name=name) if answer.confidential else name


def _blocks(words: Words, labels: Labels) -> Iterable[Block]:
    answer = words.answer
    if words.text is not None:
        yield from words.text.blocks
    elif answer.value is not None:
        yield from words_of(answer.value, words.asked, labels.language).blocks
    if answer.state is not None:
        yield from Text.plain(_state_words(answer.state, labels)).blocks


def _state_words(state: object, labels: Labels) -> str:
    try:
        known = State(str(state))
    except ValueError:
        return str(state)
    return state_words(known, labels)
