"""Words with formats as the runs of a cell, every space kept."""

from __future__ import annotations

from functools import cache

from desktop_app.exchange.workbook.cells import escaped
from desktop_app.exchange.workbook.plan import Look, Piece, Tone, Words
from desktop_app.exchange.workbook.styles import SHADES, STYLES
from desktop_app.exchange.workbook.xml_text import text_element
from desktop_app.report.text import Mark


def runs_xml(words: Words, look: Look) -> str:
    """One element ``r`` for each piece of the words in a cell of the ``look``."""
    return "".join(f"<r>{_properties(look, each.marks, each.tone)}{_text(each)}</r>" for each in words)


def _text(piece: Piece) -> str:
    return text_element(escaped(piece.text), keep_space=True)


def is_rich(words: Words) -> bool:
    """Whether the words need formats of their own."""
    if len(words) == 1:
        return bool(words[0].marks) or words[0].tone is not Tone.SAME
    return any(piece.marks or piece.tone is not Tone.SAME for piece in words)


@cache
def _properties(look: Look, marks: frozenset[Mark], tone: Tone) -> str:
    """``rPr``: complete, since what it leaves out falls back to the workbook's font, not to the cell's."""
    bold, italic, strike, underline, raised, size, colour = piece_format(Piece("", marks, tone), look)
    flags = (("b", bold), ("i", italic), ("strike", strike), ("u", underline))
    elements = [f"<{name}/>" for name, is_set in flags if is_set]
    if raised:
        elements.append('<vertAlign val="superscript"/>')
    elements.append(f'<sz val="{size:g}"/><color rgb="FF{colour}"/>')
    elements.append(f'<rFont val="{STYLES[look].family}"/><family val="2"/>')
    return f"<rPr>{''.join(elements)}</rPr>"


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
