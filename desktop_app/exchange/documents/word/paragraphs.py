"""Paragraphs of a Word file: words of the program, and texts of people with their lists, links and notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from desktop_app.exchange.documents.plan import Label
from desktop_app.exchange.documents.word.parts import Links, Numbering
from desktop_app.exchange.documents.word.runs import clean, run
from desktop_app.exchange.languages import language_of, runs_right_to_left
from desktop_app.report.text import Block, Inline, ListBlock, Note, Paragraph, Run, Text

_NOTE_MARK = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{}"/></w:r>'
_OWN_MARK = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
_LEVELS = 9
"""Levels that a list of Word has; what is nested deeper is indented by hand."""
INDENT = 360
"""Twentieths of a point for each level of a list."""


@dataclass
class Story:
    """The document while it is written: which way it runs, and what its other parts must hold in the end.

    ``notes``: the XML of each footnote, in order; they are numbered from 1.
    """

    language: str
    spoken: str
    right_to_left: bool
    links: Links = field(default_factory=Links)
    note_links: Links = field(default_factory=Links)
    numbering: Numbering = field(default_factory=Numbering)
    notes: list[str] = field(default_factory=list)
    bookmarks: int = 0

    # Words of the form and of the program.

    def line(self, words: str, style: str, *, language: str = "", before: str = "", after: str = "") -> str:
        """A paragraph of plain words, on the side where the document's lines begin.

        ``before`` and ``after``: XML of runs around them, as a box to tick or a mark.
        """
        rtl = self._short_runs_right_to_left(words)
        runs = run(words, language_of(words, language or self.spoken), right_to_left=rtl) if words else ""
        return f"<w:p>{self._shape(style, rtl)}{before}{runs}{after}</w:p>"

    def label(self, label: Label, style: str, *, before: str = "", after: str = "") -> str:
        """Words of the form; below them the official ones where they are a translation."""
        line = self.line(label.words, style, language=label.language, before=before, after=after)
        if not label.original:
            return line
        return line + self.line(label.original, "Original", language=label.original_language)

    def _short_runs_right_to_left(self, words: str) -> bool:
        """As all words do; a lone number does not, or LibreOffice shows it in the font of Arabic letters."""
        return runs_right_to_left(words, self.right_to_left and not (words.isascii() and words.isdigit()))

    def _shape(self, style: str, rtl: bool) -> str:
        side = ""
        if rtl is not self.right_to_left:
            # "right" is where a paragraph ends (17.3.1.13), whichever way it runs.
            side = '<w:jc w:val="right"/>'
        direction = "<w:bidi/>" if rtl else ""
        return f'<w:pPr><w:pStyle w:val="{style}"/>{direction}{side}</w:pPr>'

    # Texts of people.

    def text(self, text: Text, language: str, style: str) -> str:
        """A text; each paragraph runs as its first letter does."""
        return "".join(self._blocks(text.blocks, language, style, (), ""))

    def short_text(self, text: Text, language: str, style: str) -> str:
        """A short answer, on the side where the document's lines begin whichever way it runs itself."""
        if not all(isinstance(block, Paragraph) for block in text.blocks):
            return self.text(text, language, style)
        found = []
        for paragraph in text.paragraphs():
            words = paragraph.text or "".join(note.text for note in paragraph.notes())
            rtl = self._short_runs_right_to_left(words)
            runs = self._inlines(paragraph.inlines, language_of(words, language), rtl, self.links)
            found.append(f"<w:p>{self._shape(style, rtl)}{runs}</w:p>")
        return "".join(found)

    def _blocks(
        self, blocks: Iterable[Block], language: str, style: str, lists: Sequence[int], first: str
    ) -> Iterator[str]:
        """``lists``: the numbers of the lists around these blocks; ``first``: what numbers the first."""
        for block in blocks:
            if isinstance(block, Paragraph):
                yield self._paragraph(block, language, style, len(lists), first)
                first = ""
            else:
                yield from self._list(block, language, style, lists)

    def _list(self, block: ListBlock, language: str, style: str, lists: Sequence[int]) -> Iterator[str]:
        level = min(len(lists), _LEVELS - 1)
        number = self.numbering.ordered(level) if block.ordered else self.numbering.bullets
        shape = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        for item in block.items:
            yield from self._blocks(item.blocks, language, style, (*lists, number), shape)

    def _paragraph(self, paragraph: Paragraph, language: str, style: str, depth: int, number: str) -> str:
        words = paragraph.text or "".join(note.text for note in paragraph.notes())
        rtl = runs_right_to_left(words, self.right_to_left)
        shape = [f'<w:pStyle w:val="{style}"/>', number]
        if rtl:
            shape.append("<w:bidi/>")
        if depth:
            hanging = f' w:hanging="{INDENT}"' if number else ""
            shape.append(f'<w:ind w:left="{depth * INDENT}"{hanging}/>')
        runs = self._inlines(paragraph.inlines, language_of(words, language), rtl, self.links)
        return f"<w:p><w:pPr>{''.join(shape)}</w:pPr>{runs}</w:p>"

    def _inlines(self, inlines: Iterable[Inline], language: str, rtl: bool, links: Links) -> str:
        found = []
        for inline in inlines:
            if isinstance(inline, Note):
                found.append(self._note(inline, language))
            else:
                found.append(self._run(inline, language, rtl, links))
        return "".join(found)

    def _run(self, inline: Run, language: str, rtl: bool, links: Links) -> str:
        style = "Hyperlink" if inline.href else ""
        runs = run(inline.text, language, right_to_left=rtl, marks=inline.marks, style=style)
        if not inline.href:
            return runs
        return f'<w:hyperlink r:id="{links.id_of(clean(inline.href))}" w:history="1">{runs}</w:hyperlink>'

    def _note(self, note: Note, language: str) -> str:
        rtl = runs_right_to_left(note.text, self.right_to_left)
        shape = f'<w:pPr><w:pStyle w:val="FootnoteText"/>{"<w:bidi/>" if rtl else ""}</w:pPr>'
        number = len(self.notes) + 1
        space = run(" ", language, right_to_left=rtl)
        words = self._inlines(note.runs, language_of(note.text, language), rtl, self.note_links)
        self.notes.append(
            f'<w:footnote w:id="{number}"><w:p>{shape}{_OWN_MARK}{space}{words}</w:p></w:footnote>'
        )
        return _NOTE_MARK.format(number)
