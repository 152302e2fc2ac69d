"""Characters of a workbook's cells as a person sees them. Used in the limited process only."""

from __future__ import annotations

import re

from desktop_app.exchange.review.xml_reading import Element
from desktop_app.report.text import clean_characters

#: ECMA-376 part 1, 22.9.2.19 (ST_Xstring): a character by its number.
_NUMBERED = re.compile("_x([0-9A-Fa-f]{4})_")


def shown(text: str) -> str:
    """The characters of a file as Excel shows them: numbered ones resolved, line ends as LF."""
    if "_x" in text:
        text = _NUMBERED.sub(lambda found: chr(int(found[1], 16)), text)
    return clean_characters(text)[0]


def text_of(element: Element) -> str:
    """The words of a rich or plain text; not what only says how to pronounce them."""
    if element.name == "t":
        return shown(element.text)
    return "".join(text_of(child) for child in element.children if child.name not in ("rPh", "phoneticPr"))
