"""The words of a plan in reading order: what every document made of it must hold, neither more nor less."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop_app.exchange.documents.plan import (
    Answer,
    Block,
    DocumentPlan,
    Entries,
    Fact,
    Figures,
    Goals,
    Heading,
    Label,
    Missing,
    Options,
    Prose,
    Question,
    Remark,
    Room,
    Table,
    Written,
)
from desktop_app.report.text import Text

Line = tuple[str, tuple[str, ...]]
"""A paragraph's words, and those of the notes in it."""


def plan_lines(plan: DocumentPlan) -> Iterator[Line]:
    """Every paragraph that has words, from the first page to the last annex; the page to sign is apart."""
    for words in (plan.kicker, plan.headline, plan.line):
        yield words, ()
    yield from _facts(plan.facts)
    for remark in plan.remarks:
        yield remark.words, ()
    for block in plan.blocks:
        yield from block_lines(block)


def block_lines(block: Block) -> Iterator[Line]:
    """The paragraphs of one block."""
    match block:
        case Heading():
            yield from _label(block.label)
            yield from _plain((block.mark,))
        case Remark():
            yield block.words, ()
        case Prose():
            yield from _text(block.text)
        case Goals():
            yield from _goals(block)
        case Question():
            yield from _question(block)
        case Entries():
            yield from _entries(block)
        case Table():
            yield from _plain(block.heads)
            for row in block.rows:
                yield from _plain(row)


def _plain(words: Iterable[str]) -> Iterator[Line]:
    return ((each, ()) for each in words if each)


def _label(label: Label) -> Iterator[Line]:
    return _plain((label.words, label.original))


def _text(text: Text) -> Iterator[Line]:
    for paragraph in text.paragraphs():
        yield paragraph.text, tuple(note.text for note in paragraph.notes())


def _facts(facts: Iterable[Fact]) -> Iterator[Line]:
    for fact in facts:
        yield from _plain((fact.label,))
        yield from answer_lines(fact.answer)
        yield from _plain((fact.mark,))


def _goals(goals: Goals) -> Iterator[Line]:
    for line in goals.lines:
        yield from _plain((line.lead,))
        yield from _label(line.label)
        yield from _plain((line.short, line.words))
    yield from _plain((goals.state, goals.mark))


def _question(question: Question) -> Iterator[Line]:
    yield from _label(question.label)
    yield from _plain((question.mark,))
    yield from answer_lines(question.answer)
    yield from _plain(question.attachments)


def _entries(entries: Entries) -> Iterator[Line]:
    yield from _plain((entries.number_head,))
    for column in entries.columns:
        yield from _label(column.label)
    for entry in entries.entries:
        lead, *beside = entry.cells
        yield from _plain((str(entry.number), entry.mark))
        yield from answer_lines(lead)
        for question in entry.further:
            yield from _question(question)
        yield from _plain(entry.attachments)
        for answer in beside:
            yield from answer_lines(answer)


def answer_lines(answer: Answer | None) -> Iterator[Line]:
    """The paragraphs of an answer."""
    match answer:
        case Written():
            yield from _text(answer.text)
            yield from _plain((answer.reading,))
        case Figures():
            for pair in answer.pairs:
                yield from _plain(pair)
        case Missing():
            yield answer.words, ()
        case Options():
            for option in answer.options:
                yield from _label(option)
        case Room() | None:
            pass
