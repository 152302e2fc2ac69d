"""A plan cut into what is set at a time: sections that begin a page, and parts of a very long report.

Setting pages takes memory with every page, so a report of thousands of actions becomes several PDFs. The
page and note numbers run through, and a part begins with the headings it stands under.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from desktop_app.exchange.documents.plan import (
    Answer,
    Block,
    DocumentPlan,
    Entries,
    Entry,
    Figures,
    Heading,
    Label,
    Question,
    Written,
)
from desktop_app.exchange.documents.typst_content import Plain, TypstContent, head_and_foot
from desktop_app.runtime.i18n import _, speaking


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is set at a time.

    A PDF holds so many ``entries`` of lists and ``characters``, about 500 pages. A long list goes on on a new
    page after ``sheet_entries`` or ``sheet_characters``, so that its pages can be made in pieces.
    """

    entries: int = 2_000
    characters: int = 1_200_000
    sheet_entries: int = 250
    sheet_characters: int = 120_000


LIMITS = Limits()
_FEW = 2
"""Sections for which nobody needs a table of contents."""
_AGAIN = "-continued"
"""Ends the anchor of a heading that is said again."""

Sheet = tuple[Block, ...]
"""Blocks that begin a page."""


def contents(plan: DocumentPlan, limits: Limits = LIMITS) -> list[Plain]:
    """What is set for ``plan``, part by part; one for nearly every report."""
    parts = _parts(plan, limits)
    with speaking(plan.language):
        names = [
            _("Part {number} of {count}").format(number=number, count=len(parts)) if len(parts) > 1 else ""
            for number in range(1, len(parts) + 1)
        ]
    made = [_content(plan, sheets, name) for sheets, name in zip(parts, names, strict=True)]
    sections = list(_sections(parts))
    lines = [_line(plan, *each) for each in sections] if len(sections) > _FEW else None
    made[0]["opening"] = {**_opening(plan), "outline": False, "contents": lines}
    return made


def with_outline(only: Plain) -> Plain:
    """A document set at once: of it typst makes the table of contents itself, with links."""
    opening = only["opening"]
    if opening is None or opening["contents"] is None:
        return only
    return {**only, "opening": {**opening, "outline": True, "contents": None}}


def with_page_numbers(first: Plain, numbers: Sequence[int]) -> Plain:
    """The first of several pieces, with the pages of all level 1 headings in its table of contents."""
    opening = first["opening"]
    if opening is None or opening["contents"] is None:
        return first
    lines = zip(opening["contents"], numbers, strict=True)
    numbered = [{**line, "page": number} for line, number in lines]
    return {**first, "opening": {**opening, "contents": numbered}}


def _sections(parts: Sequence[Sequence[Sheet]]) -> Iterator[tuple[Heading, bool]]:
    """The level 1 headings of all parts, and whether one is only said again."""
    for sheets in parts:
        for sheet in sheets:
            for block in sheet:
                if isinstance(block, Heading) and block.level == 1:
                    yield block, block.anchor.endswith(_AGAIN)


def _line(plan: DocumentPlan, heading: Heading, again: bool) -> Plain:
    label = _writer(plan).words(heading.label.words, heading.label.language)
    return {"label": label, "page": 0, "again": again}


def sign_off_content(plan: DocumentPlan) -> Plain:
    """The page to sign, as a document of its own."""
    writer = _writer(plan)
    page = plan.sign_off
    content = _content(plan, [], "")
    content["title"] = page.title
    content["signing"] = {
        "kicker": writer.optional(plan.kicker),
        "line": writer.optional(" · ".join(part for part in (plan.headline, plan.line) if part)),
        "remarks": [writer.remark(remark) for remark in page.remarks],
        "title": writer.words(page.title),
        "statement": writer.words(page.statement),
        "facts": writer.facts(page.facts),
        "lines": [writer.words(line) for line in page.lines],
    }
    return content


def pieces(content: Plain, limits: Limits = LIMITS) -> list[Plain]:
    """One part, cut into pieces that are quickly made; together they have the very same pages."""
    sections = content["sections"]
    groups: list[list[Plain]] = [[]]
    weight = 0
    for section in sections:
        own = _characters_of(section)
        if groups[-1] and weight + own > limits.sheet_characters:
            groups.append([])
            weight = 0
        groups[-1].append(section)
        weight += own
    return [
        {**content, "sections": group, "opening": content["opening"] if at == 0 else None}
        for at, group in enumerate(groups)
    ]


def _characters_of(plain: Plain | list[Plain]) -> int:
    from desktop_app.exchange.documents.shown_words import shown_words

    return sum(map(len, shown_words(plain)))


def _writer(plan: DocumentPlan) -> TypstContent:
    return TypstContent(plan.language, right_to_left=plan.right_to_left)


def _content(plan: DocumentPlan, sheets: Sequence[Sheet], part: str) -> Plain:
    writer = _writer(plan)
    foot = " · ".join(words for words in (plan.running.foot, part) if words)
    return {
        "lang": plan.language.replace("_", "-").partition("-")[0].lower(),
        "dir": "rtl" if plan.right_to_left else "ltr",
        "title": " · ".join(words for words in (plan.title, part) if words),
        "author": plan.running.country,
        **head_and_foot(writer, replace(plan.running, foot=foot)),
        "opening": None,
        "sections": [[writer.block(block) for block in sheet] for sheet in sheets],
        "signing": None,
    }


def _opening(plan: DocumentPlan) -> Plain:
    writer = _writer(plan)
    return {
        "kicker": writer.optional(plan.kicker),
        "headline": writer.words(plan.headline),
        "line": writer.optional(plan.line),
        "facts": writer.facts(plan.facts),
        "remarks": [writer.remark(remark) for remark in plan.remarks],
    }


def _parts(plan: DocumentPlan, limits: Limits) -> list[list[Sheet]]:
    parts: list[list[Sheet]] = [[]]
    characters = entries = 0
    above: list[Heading] = []
    for sheet in _sheets(plan.blocks, limits):
        more_characters, more_entries = _weight(sheet)
        too_much = characters + more_characters > limits.characters or entries + more_entries > limits.entries
        if parts[-1] and too_much:
            parts.append([(*_again(above, sheet, plan.language), *sheet)])
            characters = entries = 0
        else:
            parts[-1].append(sheet)
        characters += more_characters
        entries += more_entries
        for block in sheet:
            if isinstance(block, Heading):
                above = [heading for heading in above if heading.level < block.level] + [block]
    return parts


def _again(above: list[Heading], sheet: Sheet, language: str) -> Iterator[Heading]:
    """The headings a sheet stands under, said again where it does not begin with one of its own."""
    if isinstance(sheet[0], Heading):
        return
    for heading in above:
        with speaking(language):
            words = _("{heading} (continued)").format(heading=heading.label.words)
        label = Label(words, heading.label.language)
        yield replace(heading, label=label, anchor=f"{heading.anchor}{_AGAIN}", mark="")


def _sheets(blocks: Sequence[Block], limits: Limits) -> Iterator[Sheet]:
    """The sections, and the stretches of a very long list; each begins a page."""
    sheet: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1 and sheet:
            yield tuple(sheet)
            sheet = []
        if isinstance(block, Entries):
            first, *others = _stretches(block, limits)
            sheet.append(first)
            for other in others:
                yield tuple(sheet)
                sheet = [other]
        else:
            sheet.append(block)
    if sheet:
        yield tuple(sheet)


def _stretches(block: Entries, limits: Limits) -> Iterator[Entries]:
    taken: list[Entry] = []
    characters = 0
    for entry in block.entries:
        own = _characters(entry)
        if taken and (characters + own > limits.sheet_characters or len(taken) >= limits.sheet_entries):
            yield replace(block, entries=tuple(taken))
            taken, characters = [], 0
        taken.append(entry)
        characters += own
    yield replace(block, entries=tuple(taken))


def _weight(sheet: Sheet) -> tuple[int, int]:
    characters = entries = 0
    for block in sheet:
        if isinstance(block, Entries):
            characters += sum(map(_characters, block.entries))
            entries += len(block.entries)
        elif isinstance(block, Question):
            characters += _answer_characters(block.answer)
    return characters, entries


def _characters(entry: Entry) -> int:
    answers = (*entry.cells, *(question.answer for question in entry.further))
    return sum(_answer_characters(answer) for answer in answers)


def _answer_characters(answer: Answer | None) -> int:
    if isinstance(answer, Written):
        return answer.text.character_count()
    return 20 * len(answer.pairs) if isinstance(answer, Figures) else 0
