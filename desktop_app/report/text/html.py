"""Text answers from and to HTML: what is pasted in, and what is shown or copied out.

HTML is never stored; the notation of ``markup`` is.
"""

from __future__ import annotations

import re

from desktop_app.report.text.model import Text, normalise
from desktop_app.report.text.tags import TagWriter
from desktop_app.report.text.values import Note, Paragraph

#: White space that HTML would collapse.
_LOOSE_SPACE = re.compile(r"^[ \t]|[ \t]$|[ \t]{2}|\t")
_KEEP_SPACE = "white-space:pre-wrap"


def from_html(source: str) -> Text:
    """The normalised text of HTML from a clipboard; never fails, and loses no visible word.

    Kept are paragraphs, headings (as bold paragraphs), bold, italic, underline, superscript, nested
    lists, web and mail links, and footnotes of Word and LibreOffice at their marks. A table row becomes
    a paragraph with tabs between its cells. Pictures, scripts, styles and comments are dropped.
    """
    # Loaded with the first paste: what only shows texts does not wait for it.
    from desktop_app.report.text.html_lines import blocks_of, set_typed_paths
    from desktop_app.report.text.html_reader import read_lines

    lines = read_lines(source)
    set_typed_paths(lines)
    return normalise(Text(blocks_of(lines)))


def to_html(text: Text, *, note_numbers_from: int = 1) -> str:
    """Plain HTML for display and for the clipboard: ``<p> <ul> <ol> <li> <b> <i> <u> <sup> <a>``.

    A note is a superscript number at its mark and a small paragraph at the end. ``from_html`` reads the
    result back to the same normalised text.
    """
    return _HtmlWriter(note_numbers_from).page(normalise(text))


class _HtmlWriter(TagWriter):
    """Writes one page and keeps the notes that will stand at its end."""

    def __init__(self, note_numbers_from: int) -> None:
        super().__init__()
        self._first = note_numbers_from
        self._notes: list[Note] = []

    def page(self, text: Text) -> str:
        """The blocks of ``text``, then its notes."""
        self.write_blocks(text.blocks)
        for number, note in enumerate(self._notes, start=self._first):
            style = ";".join(filter(None, ("mso-element:footnote", _space_style(note.text))))
            self.parts.append(f'<div style="{style}" id="ftn{number}"><p><small>{_note_mark(number, " ")}')
            self.write_inlines(note.runs)
            self.parts.append("</small></p></div>")
        return "".join(self.parts)

    def opening(self, tag: str, paragraph: Paragraph) -> str:
        style = _space_style(paragraph.text)
        return f'<{tag} style="{style}">' if style else f"<{tag}>"

    def write_note(self, note: Note) -> None:
        self._notes.append(note)
        self.parts.append(_note_mark(self._first + len(self._notes) - 1))


def _space_style(characters: str) -> str:
    return _KEEP_SPACE if _LOOSE_SPACE.search(characters) else ""


def _note_mark(number: int, after: str = "") -> str:
    """The number of a note, marked as Word marks it, so that the note finds its place when pasted."""
    return f'<sup style="mso-footnote-id:ftn{number}">{number}{after}</sup>'
