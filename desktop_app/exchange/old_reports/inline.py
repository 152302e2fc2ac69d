"""Markdown's inline pieces with the HTML that converters leave in them, as blocks of runs.

Known tags become marks, items and cells; of others the tag goes and the words stay. Comments go.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from markdown_it.token import Token

from desktop_app.exchange.old_reports.blocks import BREAK, LINE_END, Block, BlockKind
from desktop_app.report.text import MAX_LIST_DEPTH, Mark, Paragraph, Run, safe_href

_MARKS = {
    "sup": Mark.SUPERSCRIPT,
    "u": Mark.UNDERLINE,
    "ins": Mark.UNDERLINE,
    "b": Mark.BOLD,
    "strong": Mark.BOLD,
    "i": Mark.ITALIC,
    "em": Mark.ITALIC,
}
_CELLS = ("td", "th")
_LISTS = ("ul", "ol")
_PARTS = ("p", "div", "tr", "table", "thead", "tbody", "h1", "h2", "h3", "h4", "h5", "h6")

_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)\b(?P<rest>.*)>", re.IGNORECASE | re.DOTALL)
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)


@dataclass(slots=True)
class _Link:
    href: str
    start: int


@dataclass(slots=True)
class _Pieces:
    """The blocks one inline piece falls into; ``block`` is what stands outside its lists and cells."""

    block: Block
    blocks: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    links: list[_Link] = field(default_factory=list)
    lists: list[bool] = field(default_factory=list)
    now: Block = field(init=False)

    def __post_init__(self) -> None:
        self.now = self.block

    def words(self, words: str) -> None:
        if words:
            href = safe_href(self.links[-1].href) if self.links else None
            self.runs.append(Run(words, frozenset(self.marks), href))

    def mark(self, mark: Mark, *, ends: bool) -> None:
        if not ends:
            self.marks.append(mark)
        elif mark in self.marks:
            self.marks.remove(mark)

    def link(self, href: str) -> None:
        self.links.append(_Link(href, len(self.runs)))

    def end_link(self) -> None:
        """An address that an answer's links may not lead to is kept as words."""
        if self.links:
            link = self.links.pop()
            shown = "".join(run.text for run in self.runs[link.start :])
            if safe_href(link.href) is None and link.href not in ("", shown):
                self.words(f" ({link.href})")

    def begin(self, block: Block) -> None:
        """End what stands so far, and go on in ``block``."""
        if any(run.text.strip() for run in self.runs):
            self.blocks.append(replace(self.now, content=Paragraph(tuple(self.runs))))
        self.runs = []
        self.links = [replace(link, start=0) for link in self.links]
        self.now = block

    def html(self, tag: str) -> None:
        found = _TAG.fullmatch(tag)
        if found is None:
            return
        name, ends = found["name"].lower(), bool(found["end"])
        if name in _MARKS:
            self.mark(_MARKS[name], ends=ends)
        elif name == "br":
            self.words(BREAK)
        elif name == "a":
            self._anchor(found["rest"], ends=ends)
        elif name in _LISTS:
            self._list(ordered=name == "ol", ends=ends)
        elif name == "li":
            self.begin(self._outside() if ends else self._item())
        elif name in _CELLS:
            column = self.now.column if ends or self.now.kind is not BlockKind.CELL else self.now.column + 1
            self.begin(Block(BlockKind.CELL, Paragraph(()), column=column))
        elif name in _PARTS:
            self.begin(self._outside())

    def _anchor(self, rest: str, *, ends: bool) -> None:
        if ends:
            self.end_link()
            return
        address = _HREF.search(rest)
        self.link(html.unescape(next((part for part in address.groups() if part), "")) if address else "")

    def _list(self, *, ordered: bool, ends: bool) -> None:
        self.begin(self._outside())
        if not ends:
            self.lists.append(ordered)
        elif self.lists:
            self.lists.pop()
        self.now = self._outside()

    def _item(self) -> Block:
        ordered = bool(self.lists) and self.lists[-1]
        level = min(self.block.level + max(1, len(self.lists)), MAX_LIST_DEPTH)
        return Block(BlockKind.ITEM, Paragraph(()), level=level, ordered=ordered, column=self.block.column)

    def _outside(self) -> Block:
        """What words between items belong to: the item around the list, else the piece as a whole."""
        if len(self.lists) > 1:
            level = min(self.block.level + len(self.lists) - 1, MAX_LIST_DEPTH)
            return Block(BlockKind.PARAGRAPH, Paragraph(()), level=level)
        if self.block.kind is BlockKind.ITEM and (self.blocks or self.runs):
            return replace(self.block, kind=BlockKind.PARAGRAPH, number=None)
        return self.block


def blocks_of(children: Sequence[Token], block: Block) -> list[Block]:
    """The blocks that the inline tokens ``children`` of ``block`` fall into; empty ones are left out."""
    pieces = _Pieces(block)
    for token in children:
        match token.type:
            case "softbreak":
                pieces.words(LINE_END)
            case "hardbreak":
                pieces.words(BREAK)
            case "strong_open" | "em_open" | "strong_close" | "em_close":
                pieces.mark(_MARKS[token.tag], ends=token.nesting < 0)
            case "link_open":
                pieces.link(str(token.attrs.get("href", "")))
            case "link_close":
                pieces.end_link()
            case "html_inline":
                pieces.html(token.content)
            case _:
                # Text and code; of a picture the words that stand for it.
                pieces.words(token.content)
    pieces.begin(block)
    return pieces.blocks
