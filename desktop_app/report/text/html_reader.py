"""Reads the HTML of a clipboard into lines: a forgiving walk over the tags, as browsers forgive.

Sources: Word and Outlook (``mso-`` styles), LibreOffice Writer (``sdfootnote``), Word for the web
(``data-aria-level``), Google Docs and browsers (inline styles).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto
from html.parser import HTMLParser
from itertools import count

from desktop_app.report.text.html_lines import HtmlLine, Level, NoteMark, TypedLevel, merge_row
from desktop_app.report.text.html_style import (
    FormatChange,
    declarations,
    format_change,
    keeps_white_space,
    word_list_level,
)
from desktop_app.report.text.html_tags import (
    BLOCKS,
    CLOSED_BY_OPENING,
    DROPPED,
    HEADINGS,
    LISTS,
    TABLE_SCOPE,
    VOID,
    barrier_of_end,
)
from desktop_app.report.text.normalising import MAX_LIST_DEPTH
from desktop_app.report.text.values import Mark, Run

#: As deep as browsers build a page; what is nested deeper keeps its words and loses its format.
_MAX_DEPTH = 512
#: White space that HTML collapses; a no-break space is not among it.
_WHITE_SPACE = re.compile(r"[ \t\n\r\f]+")
_WRITER_NOTE = re.compile(r"#?(sd(?:foot|end)note\d+)(?:sym)?")


class _Sink(Enum):
    """Where the characters inside an element go."""

    LINE = auto()
    LIST_MARK = auto()
    NOTE_MARK = auto()
    NOWHERE = auto()


@dataclass(frozen=True, slots=True)
class _Context:
    """What characters inherit from the elements around them."""

    marks: frozenset[Mark] = frozenset()
    href: str | None = None
    verbatim: bool = False
    sink: _Sink = _Sink.LINE
    path: tuple[Level, ...] = ()
    typed_level: TypedLevel | None = None
    continues_item: bool = False
    note_id: str | None = None


@dataclass(slots=True)
class _Element:
    tag: str
    context: _Context
    change: FormatChange
    href: str | None = None


@dataclass(slots=True)
class _Row:
    path: tuple[Level, ...]
    cell_starts: list[int]


def read_lines(source: str) -> list[HtmlLine]:
    """The lines of an HTML page or fragment, whatever its state, with every word a browser shows."""
    reader = _HtmlReader()
    # Word's ``<![if !supportLists]>`` is a comment to every browser; Python's parser must be told.
    reader.feed(source.replace("<![", "<! ["))
    reader.close()
    return reader.lines


class _HtmlReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[HtmlLine] = []
        self._stack = [_Element("", _Context(), FormatChange())]
        self._ids = count(1)
        self._rows: list[_Row] = []
        self._line: HtmlLine | None = None
        self._note_mark: NoteMark | None = None
        self._after_space = True
        self._dropping: str | None = None

    # --- what HTMLParser announces

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._dropping is not None and not (self._dropping == "title" and tag in BLOCKS):
            return
        self._dropping = tag if tag in DROPPED else None
        if self._dropping is not None:
            return
        if tag in BLOCKS or tag == "br":
            self._end_line()
        self._close_implied(tag)
        if tag not in VOID and len(self._stack) < _MAX_DEPTH:
            self._open(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        if self._dropping is not None:
            if tag == self._dropping:
                self._dropping = None
            return
        if tag in BLOCKS or tag == "br":
            self._end_line()
        found = self._find(HEADINGS if tag in HEADINGS else frozenset((tag,)), barrier_of_end(tag))
        if found and tag in BLOCKS:
            self._close_from(found)
        elif found:
            self._take_out(found)

    def handle_data(self, data: str) -> None:
        context = self._stack[-1].context
        if self._dropping is not None or context.sink is _Sink.NOWHERE:
            return
        if context.sink is _Sink.LIST_MARK and not self._started_line(context).pieces:
            self._started_line(context).list_mark += data
        elif context.sink is _Sink.NOTE_MARK and self._note_mark is not None:
            self._note_mark.runs.append(Run(_WHITE_SPACE.sub(" ", data), context.marks, context.href))
        else:
            self._write(data, context)

    def close(self) -> None:
        super().close()
        self._end_line()
        self._close_from(1)

    # --- elements

    def _open(self, tag: str, attributes: dict[str, str]) -> None:
        outer = self._stack[-1].context
        css = declarations(attributes.get("style"))
        href = attributes.get("href") if tag == "a" else None
        change = format_change(tag, css, in_link=bool(href or outer.href))
        context = replace(
            outer,
            marks=change.applied_to(outer.marks),
            href=href or outer.href,
            verbatim=keeps_white_space(tag, css, outer.verbatim),
        )
        context = self._in_list(tag, attributes, css, context)
        if css.get("display") == "none" or outer.sink is _Sink.NOWHERE:
            context = replace(context, sink=_Sink.NOWHERE)
        elif css.get("mso-list") == "ignore":
            context = replace(context, sink=_Sink.LIST_MARK)
        else:
            context = self._in_note(tag, attributes, css, context)
        self._stack.append(_Element(tag, context, change, href))
        if tag == "tr":
            self._rows.append(_Row(context.path, []))
        elif tag in ("td", "th") and self._rows:
            self._rows[-1].cell_starts.append(len(self.lines))

    def _in_list(
        self, tag: str, attributes: dict[str, str], css: dict[str, str], context: _Context
    ) -> _Context:
        """The context with the list, the item or the typed level that begins here."""
        path = context.path
        if tag in LISTS:
            inner = Level(tag == "ol", next(self._ids), 0)
            return replace(context, path=(*path[: MAX_LIST_DEPTH - 1], inner), typed_level=None)
        if tag == "li":
            around = path[-1] if path else Level(False, next(self._ids), 0)
            depth = attributes.get("data-aria-level", "")
            if depth.isdecimal() and len(path) == 1:
                # Word for the web wraps every item in a list of its own and names the level beside it.
                level = TypedLevel("", int(depth), next(self._ids), around.ordered)
                return replace(context, path=(), typed_level=level)
            return replace(context, path=(*path[:-1], replace(around, item_id=next(self._ids))))
        if tag in BLOCKS - HEADINGS and not path and context.typed_level is None:
            named = word_list_level(css)
            if named is not None:
                return replace(context, typed_level=TypedLevel(*named, next(self._ids)))
            is_list_paragraph = attributes.get("class", "").startswith("MsoListParagraph")
            return replace(context, continues_item=is_list_paragraph)
        return context

    def _in_note(
        self, tag: str, attributes: dict[str, str], css: dict[str, str], context: _Context
    ) -> _Context:
        """The context with the footnote, or the mark of one, that begins here."""
        if css.get("mso-element") in ("footnote", "endnote") or (
            tag == "div" and _WRITER_NOTE.fullmatch(attributes.get("id", ""))
        ):
            return replace(context, note_id=attributes.get("id", "").lower(), path=(), typed_level=None)
        mark_of = css.get("mso-footnote-id") or css.get("mso-endnote-id")
        if mark_of is None and "class" in attributes and attributes["class"].startswith("sd"):
            named = _WRITER_NOTE.match(attributes.get("href", ""))
            mark_of = named[1] if named else None
        if mark_of is None:
            return context
        self._note_mark = NoteMark(mark_of)
        self._started_line(context).pieces.append(self._note_mark)
        self._after_space = context.note_id == mark_of
        return replace(context, sink=_Sink.NOTE_MARK)

    def _close_implied(self, tag: str) -> None:
        """Close what cannot stay open around ``tag``."""
        if tag == "a" and (found := self._find(frozenset(("a",)), TABLE_SCOPE)):
            self._take_out(found)
        if tag in BLOCKS and (found := self._find(frozenset(("p",)), BLOCKS - {"p"})):
            self._close_from(found)
        if tag in CLOSED_BY_OPENING and (found := self._find(*CLOSED_BY_OPENING[tag])):
            self._close_from(found)

    def _find(self, tags: frozenset[str], barrier: frozenset[str]) -> int:
        """The place in the stack of the innermost open element among ``tags``; 0 when there is none."""
        for place in range(len(self._stack) - 1, 0, -1):
            if self._stack[place].tag in tags:
                return place
            if self._stack[place].tag in barrier:
                return 0
        return 0

    def _close_from(self, place: int) -> None:
        """Close the element at ``place`` and all inside it."""
        while len(self._stack) > place:
            if self._stack.pop().tag == "tr":
                row = self._rows.pop()
                merge_row(self.lines, row.cell_starts, row.path)

    def _take_out(self, place: int) -> None:
        """End the format of one element; those opened inside it stay open, as browsers do it."""
        if self._stack[place].context.sink is not self._stack[place - 1].context.sink:
            self._close_from(place)
            return
        inner = self._stack[place + 1 :]
        del self._stack[place:]
        for element in inner:
            outer = self._stack[-1].context
            element.context = replace(
                element.context,
                marks=element.change.applied_to(outer.marks),
                href=element.href or outer.href,
            )
            self._stack.append(element)

    # --- characters

    def _started_line(self, context: _Context) -> HtmlLine:
        if self._line is None:
            self._line = HtmlLine(context.path, context.typed_level, context.continues_item, context.note_id)
        return self._line

    def _write(self, data: str, context: _Context) -> None:
        if not context.verbatim:
            data = _WHITE_SPACE.sub(" ", data)
            if self._after_space:
                data = data.removeprefix(" ")
        if not data:
            return
        self._after_space = not context.verbatim and data.endswith(" ")
        self._started_line(context).pieces.append(Run(data, context.marks, context.href))

    def _end_line(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            last = line.pieces[-1] if line.pieces else None
            if self._after_space and isinstance(last, Run):
                line.pieces[-1] = replace(last, text=last.text.removesuffix(" "))
            line.show_false_mark()
            self.lines.append(line)
        self._after_space = True
