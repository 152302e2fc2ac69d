"""Words as runs of a Word file: formats, language, and the direction of each piece.

ECMA-376 part 1, 17.3.2. What is written from right to left stands in runs of its own with ``w:rtl``, so
that they take the font and size for complex scripts; the letters of other scripts between them do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from desktop_app.exchange.workbook.xml_text import xml_text
from desktop_app.report.text import Mark
from desktop_app.report.text.characters import clean_characters

_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_HAS_RTL = re.compile(f"[{_RTL}]")
#: From the first letter that runs right to left to the last before one that does not.
_RTL_PIECE = re.compile(
    f"[{_RTL}](?:[^A-Za-z\u00c0-\u058f\u1e00-\u1fff\u3040-\ud7ff]*[{_RTL}\u0300-\u036f])?"
)
#: In a paragraph from right to left: letters of other scripts, and digits and signs between them.
_LTR_PIECE = re.compile(
    "[A-Za-z\u00c0-\u058f\u1e00-\u1fff\u3040-\ud7ff]"
    f"(?:[^{_RTL}]*[A-Za-z0-9\u00c0-\u058f\u1e00-\u1fff\u3040-\ud7ff])?"
)
_HAS_HAN = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_BREAKS = re.compile("([\n\t])")


def attribute(words: str) -> str:
    """``words`` between quotation marks."""
    return xml_text(clean(words)).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def clean(words: str) -> str:
    """``words`` without what no XML file can hold."""
    return words if words.isascii() and words.isprintable() else clean_characters(words)[0]


def pieces(words: str, right_to_left: bool) -> Iterator[tuple[str, bool]]:
    """``words`` cut where their direction changes; with each piece, whether it runs from right to left."""
    if not _HAS_RTL.search(words):
        # Signs alone in a paragraph from right to left keep to its direction; a number is a number.
        yield words, right_to_left and not any(map(str.isalnum, words))
        return
    end = 0
    for found in (_LTR_PIECE if right_to_left else _RTL_PIECE).finditer(words):
        if found.start() > end:
            yield words[end : found.start()], right_to_left
        yield found[0], not right_to_left
        end = found.end()
    if end < len(words):
        yield words[end:], right_to_left


@cache
def properties(marks: frozenset[Mark], language: str, is_rtl: bool, is_han: bool, style: str = "") -> str:
    """``w:rPr`` in the order that the schema asks for."""
    elements = [f'<w:rStyle w:val="{style}"/>'] if style else []
    if Mark.BOLD in marks:
        elements.append("<w:b/><w:bCs/>")
    if Mark.ITALIC in marks:
        elements.append("<w:i/><w:iCs/>")
    if Mark.UNDERLINE in marks:
        elements.append('<w:u w:val="single"/>')
    if Mark.SUPERSCRIPT in marks:
        elements.append('<w:vertAlign w:val="superscript"/>')
    if is_rtl:
        elements.append("<w:rtl/>")
    elements.append(_language(language, is_rtl, is_han))
    joined = "".join(elements)
    return f"<w:rPr>{joined}</w:rPr>" if joined else ""


def _language(language: str, is_rtl: bool, is_han: bool) -> str:
    """``w:lang``: the tag where the reader's program looks for it in such a run."""
    kind = "bidi" if is_rtl else "eastAsia" if is_han else "val"
    tag = tagged(language)
    return f'<w:lang w:{kind}="{tag}"/>' if tag else ""


_TAG = re.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_REGIONS = {"ar": "ar-SA", "zh": "zh-CN", "he": "he-IL", "fa": "fa-IR", "ja": "ja-JP", "ko": "ko-KR"}


def tagged(language: str) -> str:
    """The tag with a region where Word has no dictionary without one; empty for what is no tag."""
    return _REGIONS.get(language, language) if _TAG.fullmatch(language) else ""


def run(
    words: str,
    language: str,
    *,
    right_to_left: bool = False,
    marks: frozenset[Mark] = frozenset(),
    style: str = "",
) -> str:
    """The runs of some words in a paragraph of the given direction."""
    found = []
    for piece, is_rtl in pieces(clean(words), right_to_left):
        is_han = not is_rtl and not piece.isascii() and _HAS_HAN.search(piece) is not None
        shape = properties(marks, language, is_rtl, is_han, style)
        found.append(f"<w:r>{shape}{_characters(piece)}</w:r>")
    return "".join(found)


def _characters(words: str) -> str:
    if "\n" not in words and "\t" not in words:
        return f'<w:t xml:space="preserve">{xml_text(words)}</w:t>'
    return "".join(
        {"\n": "<w:br/>", "\t": "<w:tab/>"}.get(piece) or f'<w:t xml:space="preserve">{xml_text(piece)}</w:t>'
        for piece in _BREAKS.split(words)
        if piece
    )
