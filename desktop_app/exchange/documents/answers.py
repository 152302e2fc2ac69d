"""Answers as a document shows them: one table over the field types, filled in and to be filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any

from desktop_app.exchange.documents.context import Context
from desktop_app.exchange.documents.plan import Answer, Figures, Label, Options, Room, Written
from desktop_app.exchange.languages import language_of
from desktop_app.formdef.model import GOALS_CODE, Field, FieldType, Section
from desktop_app.report.file_words import file_words
from desktop_app.report.text import Block, Inline, Item, ListBlock, Note, Paragraph, Run, Text, safe_href
from desktop_app.report.text.characters import clean_characters
from desktop_app.report.timeframe import describe, describe_day
from desktop_app.report.value_words import plain_number, says_more, value_words
from desktop_app.report.values import Attachment
from desktop_app.runtime.i18n import _

MOST_OPTIONS = 24
"""Options beyond which a blank form has a line to write on instead of boxes."""
_YEARS = 5
"""Columns for figures by year in a blank form."""

# Filled in.


def answer_of(context: Context, question: Field, value: Any) -> Answer:
    """An answer that was given."""
    return _FILLED[question.type](context, question, value)


def _in_words(context: Context, question: Field, value: Any) -> Answer:
    return written(context, value_words(question, value, context.labels))


def written(context: Context, words: str) -> Written:
    """Words without formatting, a paragraph for each line."""
    return Written(Text.plain(words), language_of(words, context.language))


def _text(context: Context, question: Field, value: Text) -> Answer:
    return text_answer(context, value)


def text_answer(context: Context, text: Text) -> Written:
    """A text as it stands; behind the words of a link its address, which paper would lose."""
    first = next((each.text for each in text.paragraphs() if each.text.strip()), "")
    return Written(Text(tuple(_blocks(text.blocks))), language_of(first, context.language))


def _codes(context: Context, question: Field, value: Iterable[str]) -> Answer:
    if question.choices == GOALS_CODE:
        words = [context.labels.goal_short(code) for code in value]
    else:
        words = [context.labels.choice(question, code) for code in value]
    return written(context, "\n".join(words))


def _timeframe(context: Context, question: Field, value: Any) -> Answer:
    """The country's own words; beside them what they mean once somebody there has confirmed it."""
    reading = value.reading if value.confirmed else None
    words = written(context, value.text)
    meant = describe(reading, style="long") if reading else ""
    return Written(words.text, words.language, meant if says_more(meant, value.text) else "")


def _figures(context: Context, question: Field, value: Any) -> Answer:
    return Figures(tuple((year, plain_number(number)) for year, number in value.items()))


def _date(context: Context, question: Field, value: Any) -> Answer:
    return written(context, describe_day(value))


def _link(context: Context, question: Field, value: Any) -> Answer:
    label, address = (_one_line(words) for words in (value.label, value.url))
    href = safe_href(address)
    run = Run(label or address, href=href)
    if href is None and label and address:
        run = Run(f"{label} ({address})")
    return text_answer(context, Text((Paragraph((run,)),)))


def _attachment(context: Context, question: Field, value: Attachment) -> Answer:
    return written(context, file_words(value))


def attached_words(context: Context, path: str) -> tuple[str, ...]:
    """The files that go with what stands at ``path``, each in a line."""
    return tuple(
        _("Attached: {file}").format(file=file_words(each.file))
        for _key, each in context.attached.get(path, ())
    )


def _one_line(words: str) -> str:
    return " ".join(clean_characters(words)[0].split("\n"))


_FILLED: dict[FieldType, Callable[[Context, Field, Any], Answer]] = {
    FieldType.TEXT: _text,
    FieldType.CHOICE: _in_words,
    FieldType.CHOICES: _codes,
    FieldType.NUMBER: _in_words,
    FieldType.YEAR_SERIES: _figures,
    FieldType.DATE: _date,
    FieldType.TIMEFRAME: _timeframe,
    FieldType.YES_NO: _in_words,
    FieldType.SCALE: _in_words,
    FieldType.LINK: _link,
    FieldType.ATTACHMENT: _attachment,
}


# The addresses of links.


def _blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield Paragraph(tuple(_inlines(block.inlines)))
        else:
            yield ListBlock(block.ordered, tuple(Item(tuple(_blocks(item.blocks))) for item in block.items))


def _inlines(inlines: Iterable[Inline]) -> Iterator[Inline]:
    for href, group in groupby(inlines, key=lambda inline: inline.href if isinstance(inline, Run) else None):
        words = ""
        for inline in group:
            if isinstance(inline, Note):
                yield Note(tuple(run for run in _inlines(inline.runs) if isinstance(run, Run)))
            else:
                words += inline.text
                yield inline
        if href is not None and (address := href.removeprefix("mailto:")) not in words:
            yield Run(f" ({address})", href=href)


# To be filled in.


def room_for(context: Context, question: Field, section: Section) -> Answer:
    """What a blank form has for the answer: boxes to tick, or lines to write on."""
    if question.type is FieldType.YES_NO:
        return Options((context.ours(_("Yes")), context.ours(_("No"))))
    if question.type is FieldType.YEAR_SERIES:
        first = question.baseline
        return Figures(tuple((str(first + more) if first else "", "") for more in range(_YEARS)))
    codes = context.report.form.options(section, question)
    if 0 < len(codes) <= MOST_OPTIONS:
        return Options(tuple(_option(context, question, code) for code in codes))
    return Room(_LINES.get(question.type, 1) if not question.plain else question.lines)


def _option(context: Context, question: Field, code: str) -> Label:
    if question.choices == GOALS_CODE:
        return context.label(lambda labels: labels.goal_short(code), official=False)
    return context.label(lambda labels: labels.choice(question, code))


_LINES = {FieldType.TEXT: 5, FieldType.TIMEFRAME: 2}
