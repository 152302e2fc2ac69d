"""A plan as the data the typst template shows: plain JSON, in which every word is a text and nothing else.

A writer of typst source would have to escape; here nothing is source, so nothing can be escaped wrongly.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from desktop_app.exchange.documents import plan as planned
from desktop_app.exchange.languages import language_of, runs_right_to_left
from desktop_app.formdef.model import FieldType
from desktop_app.report.text import Block, Inline, ListBlock, Mark, Note, Run, safe_href
from desktop_app.report.text.values import Paragraph, paragraphs_of

Plain = dict[str, Any]

_LONG_WORD = re.compile("[^\\s\u2e80-\uffef]{29,}")
_PIECE = 14
"""Characters after which a very long word, such as an address, may be broken."""
_SHORT = 600
"""Characters of a row that is not torn apart at the end of a page."""
_FURTHER = 60
"""What a question below a row counts, with its heading."""
_GOOD_BREAKS = "/-._&?=,;:)"
_MARKS = {Mark.BOLD: "b", Mark.ITALIC: "i", Mark.UNDERLINE: "u", Mark.SUPERSCRIPT: "s"}

_WIDTHS = {
    FieldType.TEXT: 4.7,
    FieldType.CHOICES: 1.4,
    FieldType.TIMEFRAME: 1.85,
    FieldType.LINK: 1.7,
    FieldType.ATTACHMENT: 1.7,
    FieldType.YEAR_SERIES: 1.7,
}
"""How wide a column of a list is, against others; 1.2 for all other kinds."""


class TypstContent:
    """Turns the blocks of one document into data; ``language`` and direction are those around them."""

    def __init__(self, language: str, *, right_to_left: bool) -> None:
        self._language = language
        self._right_to_left = right_to_left

    def words(self, words: str, language: str = "") -> Plain:
        """Words without formatting."""
        return {"words": _pieces(words), **self._reading(words, language)}

    def optional(self, words: str) -> Plain | None:
        """Words without formatting, or nothing."""
        return self.words(words) if words else None

    def label(self, label: planned.Label) -> Plain:
        """Words of the form, the official wording with them."""
        plain = self.words(label.words, label.language)
        if label.original:
            plain["original"] = self.words(label.original, label.original_language)
        return plain

    def block(self, block: planned.Block) -> Plain:
        """One block of the document."""
        match block:
            case planned.Heading():
                return {
                    "kind": "heading",
                    "level": block.level,
                    "label": self.label(block.label),
                    "mark": self.optional(block.mark),
                }
            case planned.Remark():
                return self.remark(block)
            case planned.Prose():
                return {"kind": "prose", "blocks": self._blocks(block.text.blocks, block.language)}
            case planned.Goals():
                return self._goals(block)
            case planned.Question():
                return {"kind": "question", **self._question(block)}
            case planned.Entries():
                return self._entries(block)
            case planned.Table():
                return {
                    "kind": "table",
                    "heads": [self.words(head) for head in block.heads],
                    "widths": list(block.widths),
                    "rows": [[self.words(cell) for cell in row] for row in block.rows],
                    "codes": sorted(block.codes),
                }

    def remark(self, remark: planned.Remark) -> Plain:
        """A sentence about the document or in the place of answers."""
        return {"kind": "remark", "tone": remark.tone.value, "label": self.words(remark.words)}

    def facts(self, facts: Iterable[planned.Fact]) -> list[Plain]:
        """The lines of the first page."""
        return [
            {
                "label": self.words(fact.label),
                "answer": self._answer(fact.answer),
                **({"code": groups(fact.answer)} if fact.is_code else {}),
                "mark": self.optional(fact.mark),
            }
            for fact in facts
        ]

    def _goals(self, goals: planned.Goals) -> Plain:
        return {
            "kind": "goals",
            "mark": self.optional(goals.mark),
            "state": self.optional(goals.state),
            "lines": [
                {
                    "label": self.label(line.label),
                    "lead": self.optional(line.lead),
                    "chosen": line.chosen,
                    "words": self.optional(" · ".join(part for part in (line.short, line.words) if part)),
                }
                for line in goals.lines
            ],
        }

    def _entries(self, entries: planned.Entries) -> Plain:
        return {
            "kind": "entries",
            "head": self.words(entries.number_head),
            "columns": [self.label(column.label) for column in entries.columns],
            "widths": [_WIDTHS.get(column.type, 1.2) for column in entries.columns],
            "entries": [self._entry(entry) for entry in entries.entries],
        }

    def _entry(self, entry: planned.Entry) -> Plain:
        return {
            "number": str(entry.number),
            "cells": [None if cell is None else self._answer(cell) for cell in entry.cells],
            "further": [self._question(question) for question in entry.further],
            "mark": self.optional(entry.mark),
            "together": _is_short(entry),
            **self._files(entry.attachments),
        }

    def _question(self, question: planned.Question) -> Plain:
        return {
            "label": self.label(question.label),
            "answer": self._answer(question.answer),
            "mark": self.optional(question.mark),
            **self._files(question.attachments),
        }

    def _files(self, attachments: tuple[str, ...]) -> Plain:
        return {"files": [self.words(line) for line in attachments]} if attachments else {}

    def _answer(self, answer: planned.Answer) -> Plain:
        match answer:
            case planned.Written():
                plain: Plain = {
                    "kind": "written",
                    "blocks": self._blocks(answer.text.blocks, answer.language),
                }
                if answer.reading:
                    plain["reading"] = self.words(answer.reading)
                return plain
            case planned.Figures():
                return {"kind": "figures", "pairs": [list(pair) for pair in answer.pairs]}
            case planned.Missing():
                return {"kind": "missing", "label": self.words(answer.words), "state": answer.is_state}
            case planned.Room():
                return {"kind": "room", "lines": answer.lines}
            case planned.Options():
                return {"kind": "options", "options": [self.label(option) for option in answer.options]}

    def _blocks(self, blocks: tuple[Block, ...], language: str) -> list[Plain]:
        plain: list[Plain] = []
        for block in blocks:
            if isinstance(block, ListBlock):
                items = [self._blocks(item.blocks, language) for item in block.items]
                first = next((each.text for each in paragraphs_of((block,)) if each.text), "")
                plain.append({"ordered": block.ordered, "items": items, **self._reading(first, language)})
            else:
                plain.append(self._paragraph(block, language))
        return plain

    def _paragraph(self, paragraph: Paragraph, language: str) -> Plain:
        parts = [part for inline in paragraph.inlines for part in self._inline(inline, language)]
        return {"p": parts, **self._reading(paragraph.text, language)}

    def _inline(self, inline: Inline, language: str) -> Iterator[Plain]:
        if isinstance(inline, Note):
            runs = [part for run in inline.runs for part in _run(run)]
            yield {"note": runs, **self._reading(inline.text, language)}
        else:
            yield from _run(inline)

    def _reading(self, words: str, language: str) -> Plain:
        """How ``words`` are to be read, as far as that differs from what is around them."""
        reading: Plain = {}
        told = language_of(words, language or self._language)
        if told != self._language:
            reading["lang"] = re.split("[-_]", told, maxsplit=1)[0].lower()
        right_to_left = runs_right_to_left(words, self._right_to_left)
        if right_to_left != self._right_to_left:
            reading["dir"] = "rtl" if right_to_left else "ltr"
        return reading


def head_and_foot(content: TypstContent, running: planned.Running) -> Plain:
    """What stands on each page."""
    form = f"{running.form} · {running.version}" if running.version else running.form
    return {
        "head": {"start": content.words(running.country), "end": content.words(form)},
        "foot": {"start": content.words(running.foot), "page": _page_words(running.page)},
    }


def groups(answer: planned.Answer) -> list[str]:
    """A checksum in groups of eight; whatever else it is, such as a fingerprint, in the groups it has."""
    words = answer.text.plain_text() if isinstance(answer, planned.Written) else ""
    return (
        [group for word in words.split() for group in re.findall(r".{1,8}", word)]
        if len(words) > 40
        else [words]
    )


def _is_short(entry: planned.Entry) -> bool:
    """Whether a row is kept on one page: always where there is room to write, else unless it is long."""
    answers = (*entry.cells, *(question.answer for question in entry.further))
    written = sum(each.text.character_count() for each in answers if isinstance(each, planned.Written))
    return written + _FURTHER * len(entry.further) < _SHORT


def _run(run: Run) -> Iterator[Plain]:
    marks = "".join(sorted(_MARKS[mark] for mark in run.marks))
    for number, line in enumerate(run.text.split("\n")):
        plain: Plain = {"words": _pieces(line)}
        if marks:
            plain["marks"] = marks
        if href := safe_href(run.href):
            plain["href"] = href
        if number:
            plain["line"] = True
        yield plain


def _pieces(words: str) -> list[str]:
    """``words``, cut where a very long one may be broken. Their sum is what was given."""
    pieces: list[str] = []
    done = 0
    for found in _LONG_WORD.finditer(words):
        for cut in _cuts(found.group()):
            pieces.append(words[done : found.start() + cut])
            done = found.start() + cut
    pieces.append(words[done:])
    return pieces


def _cuts(word: str) -> Iterator[int]:
    since = 0
    for at in range(1, len(word)):
        good = word[at - 1] in _GOOD_BREAKS and at - since > 3
        if (good or at - since >= _PIECE) and not unicodedata.category(word[at]).startswith("M"):
            yield at
            since = at


def _page_words(pattern: str) -> list[Plain]:
    """A pattern such as "Page {page} of {pages}" in parts; ``count`` says which number stands there."""
    parts = [part for part in re.split(r"(\{page\}|\{pages\})", pattern) if part]
    return [
        {"count": part.strip("{}")} if part in ("{page}", "{pages}") else {"words": part} for part in parts
    ]
