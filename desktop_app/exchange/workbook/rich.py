"""Words with formats as openpyxl's rich text, every space kept.

openpyxl's own rich text forgets to protect a piece that is only white space, so it would be lost.
"""

from __future__ import annotations

from copy import copy
from functools import cache
from typing import Any

from lxml import etree
from openpyxl.cell.rich_text import CellRichText

from desktop_app.exchange.workbook.cells import escaped
from desktop_app.exchange.workbook.plan import Look, Piece, Tone, Words
from desktop_app.exchange.workbook.styles import SHADES, STYLES
from desktop_app.report.text import Mark

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class RichWords(CellRichText):
    """The words of one cell with their formats; a list of strings, so that openpyxl takes it for text."""

    def __init__(self, words: Words, look: Look) -> None:
        """For ``words`` in a cell of the ``look``."""
        super().__init__([piece.text for piece in words])
        self._words = words
        self._look = look

    def to_tree(self) -> Any:
        """The element ``is`` with one run for each piece."""
        container = etree.Element("is")
        for piece in self._words:
            run = etree.SubElement(container, "r")
            run.append(copy(_properties(self._look, piece.marks, piece.tone)))
            text = etree.SubElement(run, "t")
            text.text = escaped(piece.text)
            text.set(_SPACE, "preserve")
        return container


def is_rich(words: Words) -> bool:
    """Whether the words need formats of their own."""
    return any(piece.marks or piece.tone is not Tone.SAME for piece in words)


@cache
def _properties(look: Look, marks: frozenset[Mark], tone: Tone) -> etree._Element:
    """``rPr``: complete, since what it leaves out falls back to the workbook's font, not to the cell's."""
    style, shade = STYLES[look], SHADES[tone]
    properties = etree.Element("rPr")
    _flag(properties, "b", Mark.BOLD in marks or (style.bold if shade.bold is None else shade.bold))
    _flag(properties, "i", Mark.ITALIC in marks or style.italic)
    _flag(properties, "strike", shade.strike)
    _flag(properties, "u", Mark.UNDERLINE in marks or style.underline or shade.underline)
    if Mark.SUPERSCRIPT in marks:
        _value(properties, "vertAlign", "superscript")
    _value(properties, "sz", f"{shade.size or style.size:g}")
    etree.SubElement(properties, "color", rgb="FF" + (shade.colour or style.colour))
    _value(properties, "rFont", style.family)
    _value(properties, "family", "2")
    return properties


def _flag(properties: etree._Element, name: str, value: bool) -> None:
    if value:
        etree.SubElement(properties, name)


def _value(properties: etree._Element, name: str, value: str) -> None:
    etree.SubElement(properties, name, val=value)


def piece_format(piece: Piece, look: Look) -> tuple[bool, bool, bool, bool, bool, float, str]:
    """Bold, italic, struck out, underlined, raised, size and colour that the file must give this piece."""
    style, shade = STYLES[look], SHADES[piece.tone]
    return (
        Mark.BOLD in piece.marks or (style.bold if shade.bold is None else shade.bold),
        Mark.ITALIC in piece.marks or style.italic,
        shade.strike,
        Mark.UNDERLINE in piece.marks or style.underline or shade.underline,
        Mark.SUPERSCRIPT in piece.marks,
        shade.size or style.size,
        shade.colour or style.colour,
    )
