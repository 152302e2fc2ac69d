"""Characters that no typeface of this computer has, said with the places they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from desktop_app.exchange.documents.plan import Block, DocumentPlan, Entries, Heading, Label
from desktop_app.exchange.documents.shown_words import shown_words
from desktop_app.exchange.documents.typst_content import TypstContent
from desktop_app.report.text import Text
from desktop_app.runtime.i18n import _, ngettext

_NAMED = 8
"""So many characters and places are named; of more it is said how many there are."""
_HEADING = 40
"""Characters of a heading by which a place is named."""


def missing_notice(plan: DocumentPlan, missing: Sequence[str]) -> str:
    """The sentence for characters, each once, that are shown as “�”."""
    signs = _some([f"{sign} ({_code(sign)})" for sign in missing])
    places = _some(list(dict.fromkeys(_places(plan, missing))))
    if not places:
        return _(
            "No typeface on this computer shows: {signs}. In the PDF a “�” stands instead; the data, the"
            " workbook and the Word document have them."
        ).format(signs=signs)
    return _(
        "No typeface on this computer shows: {signs}. In the PDF a “�” stands instead; the data, the workbook"
        " and the Word document have them. Places: {places}."
    ).format(signs=signs, places=places)


def _some(names: Sequence[str]) -> str:
    named = ", ".join(names[:_NAMED])
    more = len(names) - _NAMED
    if more <= 0:
        return named
    return ngettext("{named} and {count} more", "{named} and {count} more", more).format(
        named=named, count=more
    )


def _code(sign: str) -> str:
    return " ".join(f"U+{ord(part):04X}" for part in sign)


def _places(plan: DocumentPlan, missing: Sequence[str]) -> Iterator[str]:
    pattern = re.compile("|".join(map(re.escape, sorted(missing, key=len, reverse=True))))
    writer = TypstContent(plan.language, right_to_left=plan.right_to_left)
    above: list[Heading] = []
    if any(map(pattern.search, shown_words(writer.facts(plan.facts)))):
        yield plan.headline
    for block in plan.blocks:
        if isinstance(block, Heading):
            above = [heading for heading in above if heading.level < block.level] + [block]
        yield from _places_in(block, above, pattern, writer)


def _places_in(
    block: Block, above: Sequence[Heading], pattern: re.Pattern[str], writer: TypstContent
) -> Iterator[str]:
    if not any(map(pattern.search, shown_words(writer.block(block)))):
        return
    headings = " › ".join(_short(heading.label) for heading in above[-2:])
    if not isinstance(block, Entries):
        yield headings
        return
    for entry in block.entries:
        alone = Entries(block.number_head, (), (entry,))
        if any(map(pattern.search, shown_words(writer.block(alone)))):
            yield _("{section}, No. {number}").format(section=headings, number=entry.number)


def _short(label: Label) -> str:
    """Enough of a heading to find it."""
    return Text.plain(label.words).first_line(_HEADING)
