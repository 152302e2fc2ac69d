"""Reading an old report in Markdown, with the scars that conversion from PDF and Word leaves.

Rows of tables may be lines with tabs; lists may be HTML inside a line; tags may be escaped by halves.
What Markdown would hide (link definitions, HTML blocks) or take for code is read as words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from desktop_app.exchange.old_reports.blocks import MAX_BLOCKS, Block, BlockKind, Reading
from desktop_app.exchange.old_reports.footnotes import with_notes_at_marks
from desktop_app.exchange.old_reports.inline import blocks_of
from desktop_app.exchange.old_reports.lines import (
    cells_of,
    is_table_line,
    with_sure_numbers,
    with_typed_bullets,
)
from desktop_app.report.text import Paragraph, Run
from desktop_app.runtime.i18n import _

# A converter that sets the "&" of "&lt;" as superscript, or escapes only one end of a tag.
_HALF_ESCAPED = (
    (re.compile(r"<sup>&</sup>lt;"), "<"),
    (re.compile(r"&lt;(/?(?:sup|sub|u|b|i|em|strong|ul|ol|li|br)\s*/?)(?:>|&gt;)"), r"<\1>"),
    (re.compile(r"<sup>(?:&lt;|&gt;)(\d{1,3})</sup>"), r"<sup>\1</sup>"),
)

# Guards against input that was made to be slow, or to nest deeper than the parser follows.
_MAX_NESTING = 100
_MAX_INDENT = 24
_MAX_MARKS = 8
_MAX_BRACKETS = 300
_MAX_DECLARATIONS = 100
_MARKS = re.compile(r"(?:[ \t]*(?:[-+*>]|\d{1,9}[.)]))*")
_MARK = re.compile(r"[-+*>]|\d{1,9}[.)]")
_FIRST_MARK_END = re.compile(r"([-+*>.)])")
_DECLARATION = re.compile(r"<[!?]")


def read_markdown(text: str) -> Reading:
    """The blocks of a Markdown document."""
    for scar, mended in _HALF_ESCAPED:
        text = scar.sub(mended, text)
    reader = _Reader()
    waiting: list[str] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        if is_table_line(line):
            reader.read_blocks("\n".join(waiting))
            waiting = []
            reader.read_row(line)
        else:
            waiting.append(_tamed(line))
    reader.read_blocks("\n".join(waiting))
    bulleted = (piece for block in reader.blocks for piece in with_typed_bullets(block))
    return Reading(with_notes_at_marks(with_sure_numbers(bulleted)), reader.notices())


def _tamed(line: str) -> str:
    """The line, with no more indent and no more marks of lists and quotations than the parser follows."""
    bare = line.lstrip(" \t")
    marks = _MARKS.match(bare)
    if marks and len(_MARK.findall(marks[0])) > _MAX_MARKS and bare.strip("-*_ \t"):
        return _FIRST_MARK_END.sub(r"\\\1", bare, count=1)
    if len(line) - len(bare) > _MAX_INDENT:
        return " " * _MAX_INDENT + bare
    return line


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    parser.disable(["code", "fence", "html_block", "reference"])
    parser.options["maxNesting"] = _MAX_NESTING
    return parser


@dataclass(slots=True)
class _Standing:
    """A list that is open: its kind, the mark of its present item as written, and whether that has begun."""

    ordered: bool
    item: str = ""
    begun: bool = False


@dataclass(slots=True)
class _Reader:
    parser: MarkdownIt = field(default_factory=_parser)
    blocks: list[Block] = field(default_factory=list)
    taken_as_words: int = 0

    def notices(self) -> list[str]:
        if not self.taken_as_words:
            return []
        return [_("A paragraph with very many brackets was taken as plain words, without its format.")]

    def read_row(self, line: str) -> None:
        """A table row whose cells are parted by tabs."""
        for column, cell in enumerate(cells_of(line)):
            if cell:
                self._inline(cell, Block(BlockKind.CELL, Paragraph(()), column=column))

    def read_blocks(self, text: str) -> None:
        """Lines of Markdown without tabs."""
        if not text.strip():
            return
        # Only the block structure first: the guard below looks at each inline piece before it is parsed.
        self.parser.core.ruler.enableOnly(["normalize", "block"])
        tokens = self.parser.parse(text)
        self.parser.core.ruler.enableOnly(["normalize", "block", "inline"])
        for words, block in _framed(tokens):
            self._inline(words, block)

    def _inline(self, text: str, block: Block) -> None:
        if len(self.blocks) > MAX_BLOCKS:
            return  # Such a document is refused as a whole.
        if text.count("[") > _MAX_BRACKETS or len(_DECLARATION.findall(text)) > _MAX_DECLARATIONS:
            self.taken_as_words += 1
            self.blocks.append(Block(block.kind, Paragraph((Run(text),)), block.level, block.ordered))
            return
        for token in self.parser.parseInline(text):
            self.blocks.extend(blocks_of(token.children or (), block))


def _framed(tokens: list[Token]) -> Iterator[tuple[str, Block]]:
    """The source of each inline piece, with the empty block it fills."""
    lists: list[_Standing] = []
    heading = column = 0
    in_cell = False
    for token in tokens:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                lists.append(_Standing(ordered=token.tag == "ol"))
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "list_item_open":
                lists[-1].item = token.info + token.markup
                lists[-1].begun = False
            case "list_item_close":
                if lists[-1].ordered and not lists[-1].begun:
                    # A number alone on its line, such as "2013.", is no item.
                    yield lists[-1].item, Block(BlockKind.PARAGRAPH, Paragraph(()))
            case "heading_open":
                heading = int(token.tag[1:])
            case "heading_close":
                heading = 0
            case "tr_open":
                column = 0
            case "th_open" | "td_open":
                in_cell = True
            case "th_close" | "td_close":
                in_cell = False
                column += 1
            case "inline":
                yield token.content, _frame(lists, heading, column if in_cell else None)


def _frame(lists: list[_Standing], heading: int, column: int | None) -> Block:
    empty = Paragraph(())
    if column is not None:
        return Block(BlockKind.CELL, empty, column=column)
    if not lists:
        return Block(BlockKind.HEADING if heading else BlockKind.PARAGRAPH, empty, level=heading)
    now = lists[-1]
    if now.begun:
        return Block(BlockKind.PARAGRAPH, empty, level=len(lists))
    now.begun = True
    number = int(now.item[:-1]) if now.ordered else None
    return Block(BlockKind.ITEM, empty, level=len(lists), ordered=now.ordered, number=number)
