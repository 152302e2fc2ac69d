"""The words of comments: as those of answers, but an empty line between two paragraphs is kept.

Answers have no empty paragraphs. In a comment they part what somebody wrote in a cell or a letter, so they
stand in its notation as ``<p></p>``, which whoever reads it as an answer leaves out.
"""

from __future__ import annotations

from desktop_app.report.text import markup
from desktop_app.report.text.characters import clean_characters
from desktop_app.report.text.html import to_html
from desktop_app.report.text.model import Text
from desktop_app.report.text.values import Block, Paragraph

_EMPTY = "<p></p>"
_EMPTY_LINE = '<p style="-qt-paragraph-type:empty"><br></p>'
"""Without that mark a break in a paragraph of its own is two lines for Qt."""
_LINES = "<style>p { margin-top: 0; margin-bottom: 0 }</style>"


def write_said(words: str) -> str:
    """What somebody typed, in the notation of comments: a paragraph for each line, empty ones in between."""
    text = Text.plain(words.strip())
    lines = clean_characters(words)[0].strip().split("\n")
    if all(line.strip() for line in lines):
        return markup.write(text)
    found: list[str] = []
    for line in lines:
        written = markup.write(Text.plain(line))
        if written:
            found.append(f"<p>{written}</p>")
        elif found and found[-1] != _EMPTY:
            found.append(_EMPTY)
    while found and found[-1] == _EMPTY:
        found.pop()
    return "".join(found) if _EMPTY in found else markup.write(text)


def read_said(notation: str) -> Text:
    """The words of a comment to be shown, empty paragraphs kept. MarkupError."""
    if _EMPTY not in notation:
        return markup.read(notation)
    blocks: list[Block] = []
    for number, part in enumerate(notation.split(_EMPTY)):
        if number:
            blocks.append(Paragraph(()))
        blocks += markup.read(part).blocks
    return Text(tuple(blocks))


def said_html(notation: str) -> str:
    """The same as HTML, an empty paragraph as an empty line. MarkupError.

    Where there are such, all lines follow one another as in the cell: with the space that parts paragraphs
    on both of its sides an empty line would be three.
    """
    parts = [to_html(markup.read(part)) for part in notation.split(_EMPTY)]
    return parts[0] if len(parts) == 1 else _LINES + _EMPTY_LINE.join(parts)
