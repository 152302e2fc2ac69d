"""The notation in which a text answer is stored and travels.

Blocks ``<p> <ul> <ol> <li>``, inline ``<b> <i> <u> <sup> <a href="..."> <note>``; ``& < >`` are always
entities, in addresses ``"`` too. One normalised text has exactly one notation:

- a lone paragraph stands without ``<p>``, and so does the paragraph of an item that has only one;
- inline tags nest in the order a, b, i, u, sup and stay open as long as they can; a note closes them all;
- nothing stands between blocks.

Reading is forgiving where nothing can be misunderstood (white space between blocks, another nesting
order, words beside a list without ``<p>``) and refuses everything else, so that no word is guessed.
"""

from __future__ import annotations

import re
from typing import NoReturn

from desktop_app.report.text.characters import rare_characters
from desktop_app.report.text.model import MAX_LIST_DEPTH, Text, normalise
from desktop_app.report.text.tags import TagWriter
from desktop_app.report.text.values import Block, Inline, Item, ListBlock, Mark, Note, Paragraph, Run
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _


class MarkupError(DeskError):
    """A notation that cannot be read; the sentence names the place. ``position`` counts characters from 1."""

    def __init__(self, sentence: str, position: int) -> None:
        super().__init__(sentence)
        self.position = position


def write(text: Text) -> str:
    """The notation of ``text``, normalised."""
    writer = _Writer()
    blocks = normalise(text).blocks
    if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
        writer.write_inlines(blocks[0].inlines)
    else:
        writer.write_blocks(blocks)
    return "".join(writer.parts)


class _Writer(TagWriter):
    def write_note(self, note: Note) -> None:
        self.parts.append("<note>")
        self.write_inlines(note.runs)
        self.parts.append("</note>")


_TOKEN = re.compile(r'([^<]+)|<([a-z]+)>|</([a-z]+)>|<a href="([^"<]*)">|(<[^<>]{0,40}>?)')
_ENTITY = re.compile(r"&(?:(amp|lt|gt|quot);)?")
_CHARACTERS = {"amp": "&", "lt": "<", "gt": ">", "quot": '"'}
_MARKS = {mark.value: mark for mark in Mark}
_LISTS = ("ul", "ol")
_BLOCKS = ("p", *_LISTS)
_TAGS = frozenset((*_BLOCKS, "li", *_MARKS, "a", "note"))


def read(notation: str) -> Text:
    """The normalised text that ``notation`` stands for.

    Raises ``MarkupError`` for unknown tags and entities, tags left open or closed in the wrong order,
    blocks inside a line of text, notes in notes, links in links, and lists nested too deep.
    """
    if _is_one_plain_line(notation):
        # Most answers; a report may have thousands of them.
        return Text((Paragraph((Run(notation),)),))
    reader = _Reader()
    for token in _TOKEN.finditer(notation):
        position = token.start() + 1
        match token.lastindex:
            case 1:
                reader.characters(token[1], position)
            case 2:
                reader.open(token[2], position)
            case 3:
                reader.close(token[3], position)
            case 4:
                reader.open_link(_unescaped(token[4], position + len('<a href="')), position)
            case _:
                _refuse_tag(token[0], position)
    return reader.text()


def _is_one_plain_line(notation: str) -> bool:
    """Whether the characters stand for themselves, none needs cleaning, and one can be seen."""
    if "<" in notation or "&" in notation or not notation.strip():
        return False
    return rare_characters(notation).isprintable()


def _refuse_tag(tag: str, position: int) -> NoReturn:
    sentence = _(
        "The text cannot be read at character {position}: “{tag}” is not one of its tags."
        " A plain < is written &lt;."
    )
    raise MarkupError(sentence.format(position=position, tag=tag), position)


def _refuse_place(tag: str, position: int) -> NoReturn:
    sentence = _("The text cannot be read at character {position}: <{tag}> may not stand here.")
    raise MarkupError(sentence.format(position=position, tag=tag), position)


def _unescaped(characters: str, position: int) -> str:
    """``characters`` with entities resolved; ``position`` is where they begin, for the error."""
    if "&" not in characters:
        return characters

    def character(entity: re.Match[str]) -> str:
        if entity[1] is None:
            at = position + entity.start()
            sentence = _(
                "The text cannot be read at character {position}: & begins no known entity."
                " A plain & is written &amp;."
            )
            raise MarkupError(sentence.format(position=at), at)
        return _CHARACTERS[entity[1]]

    return _ENTITY.sub(character, characters)


class _Reader:
    """Builds the blocks while the tokens go by."""

    def __init__(self) -> None:
        self._standing: list[tuple[str, int]] = []
        #: The blocks of the text, then those of every open item.
        self._blocks: list[list[Block]] = [[]]
        #: The items of every open list.
        self._items: list[list[Item]] = []
        self._inlines: list[Inline] = []
        self._note: list[Run] | None = None
        self._formats: list[tuple[frozenset[Mark], str | None]] = [(frozenset(), None)]

    def characters(self, characters: str, position: int) -> None:
        if self._parent() in _LISTS:
            if not characters.isspace():
                sentence = _(
                    "The text cannot be read at character {position}:"
                    " words in a list stand outside its items."
                )
                raise MarkupError(sentence.format(position=position), position)
            return
        marks, href = self._formats[-1]
        run = Run(_unescaped(characters, position), marks, href)
        if self._note is None:
            self._inlines.append(run)
        else:
            self._note.append(run)

    def open(self, tag: str, position: int) -> None:
        parent = self._parent()
        marks, href = self._formats[-1]
        if tag in _MARKS and parent not in _LISTS:
            self._formats.append((marks | {_MARKS[tag]}, href))
        elif tag == "note" and parent not in _LISTS and self._note is None:
            self._note = []
            self._formats.append((frozenset(), None))
        elif tag in _BLOCKS and parent in ("", "li"):
            self._end_paragraph()
            if tag in _LISTS:
                self._open_list(position)
        elif tag == "li" and parent in _LISTS:
            self._blocks.append([])
        elif tag in _TAGS and tag != "a":
            _refuse_place(tag, position)
        else:
            _refuse_tag(f"<{tag}>", position)
        self._standing.append((tag, position))

    def open_link(self, href: str, position: int) -> None:
        marks, outer = self._formats[-1]
        if self._parent() in _LISTS or outer is not None:
            _refuse_place("a", position)
        self._formats.append((marks, href))
        self._standing.append(("a", position))

    def close(self, tag: str, position: int) -> None:
        if tag not in _TAGS:
            _refuse_tag(f"</{tag}>", position)
        if self._parent() != tag:
            sentence = _(
                "The text cannot be read at character {position}: </{tag}> does not close the last open tag."
            )
            raise MarkupError(sentence.format(position=position, tag=tag), position)
        self._standing.pop()
        if tag in _LISTS:
            self._blocks[-1].append(ListBlock(tag == "ol", tuple(self._items.pop())))
        elif tag == "li":
            self._end_paragraph()
            self._items[-1].append(Item(tuple(self._blocks.pop())))
        elif tag == "p":
            self._end_paragraph()
        else:
            self._formats.pop()
            if tag == "note" and self._note is not None:
                self._inlines.append(Note(tuple(self._note)))
                self._note = None

    def text(self) -> Text:
        if self._standing:
            tag, position = self._standing[-1]
            sentence = _("The text cannot be read: <{tag}> at character {position} is never closed.")
            raise MarkupError(sentence.format(tag=tag, position=position), position)
        self._end_paragraph()
        return normalise(Text(tuple(self._blocks[0])))

    def _parent(self) -> str:
        return self._standing[-1][0] if self._standing else ""

    def _open_list(self, position: int) -> None:
        if len(self._items) == MAX_LIST_DEPTH:
            sentence = _(
                "The text cannot be read at character {position}:"
                " lists stand inside one another more than {limit} times."
            )
            raise MarkupError(sentence.format(position=position, limit=MAX_LIST_DEPTH), position)
        self._items.append([])

    def _end_paragraph(self) -> None:
        if self._inlines:
            self._blocks[-1].append(Paragraph(tuple(self._inlines)))
            self._inlines = []
