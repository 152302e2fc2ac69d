"""The value of a text answer: what the session holds, the file stores and every editor shows."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.report.text import counting
from desktop_app.report.text.characters import clean_characters, is_blank, safe_href
from desktop_app.report.text.flat import FlatLine, flat_lines
from desktop_app.report.text.normalising import MAX_LIST_DEPTH, normal_blocks
from desktop_app.report.text.values import (
    Block,
    Inline,
    Item,
    ListBlock,
    Mark,
    Note,
    Paragraph,
    Run,
    paragraphs_of,
)
from desktop_app.runtime.dataclass import dataclass

__all__ = [
    "MAX_LIST_DEPTH",
    "Block",
    "FlatLine",
    "Inline",
    "Item",
    "ListBlock",
    "Mark",
    "Note",
    "Paragraph",
    "Run",
    "Text",
    "clean_characters",
    "join",
    "normalise",
    "safe_href",
]

_PLAIN: frozenset[Mark] = frozenset()


@dataclass(frozen=True, slots=True)
class Text:
    """A text answer: blocks of runs. Two answers are the same when their normalised texts are equal."""

    blocks: tuple[Block, ...] = ()

    @classmethod
    def empty(cls) -> Text:
        """The text of an unanswered field."""
        return cls()

    @classmethod
    def plain(cls, characters: str) -> Text:
        """A paragraph for each line of ``characters``, normalised; nothing in it is taken as markup."""
        return cls(normal_blocks((Paragraph((Run(characters),)),)))

    @property
    def is_empty(self) -> bool:
        """Whether a reader sees nothing."""
        if self.blocks and isinstance(first := self.blocks[0], Paragraph) and first.inlines:
            inline = first.inlines[0]
            if isinstance(inline, Run) and inline.text[:1].isalnum():
                # Most texts begin with a letter, and a report has very many of them.
                return False
        return all(
            is_blank(paragraph.text) and all(is_blank(note.text) for note in paragraph.notes())
            for paragraph in self.paragraphs()
        )

    @property
    def is_plain(self) -> bool:
        """Whether the words say it all: only paragraphs, and in them no note, link or mark."""
        return all(
            isinstance(block, Paragraph)
            and all(
                isinstance(inline, Run) and inline.marks == _PLAIN and inline.href is None
                for inline in block.inlines
            )
            for block in self.blocks
        )

    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Every paragraph in reading order, those of list items included."""
        return tuple(paragraphs_of(self.blocks))

    def notes(self) -> tuple[Note, ...]:
        """The footnotes in the order of their marks."""
        return tuple(note for paragraph in self.paragraphs() for note in paragraph.notes())

    def words(self) -> tuple[str, ...]:
        """The words in reading order without the punctuation around them, a note's words at its mark."""
        return tuple(word for piece in self._pieces() for word in counting.words(piece))

    def word_count(self) -> int:
        """How many words there are, notes included."""
        return sum(counting.word_count(piece) for piece in self._pieces())

    def character_count(self) -> int:
        """How many characters a reader sees, spaces and notes included, line breaks and list marks not."""
        return sum(counting.character_count(piece) for piece in self._pieces())

    def flat_lines(self, *, note_numbers_from: int = 1) -> tuple[FlatLine, ...]:
        """The text as lines of runs with list marks, ``[1]`` for notes and addresses in brackets."""
        return flat_lines(self.blocks, note_numbers_from=note_numbers_from)

    def plain_text(self, *, note_numbers_from: int = 1) -> str:
        """The text to read without any formatting; the notes stand at the end after an empty line."""
        lines = self.flat_lines(note_numbers_from=note_numbers_from)
        body = "\n".join(line.text for line in lines if not line.is_note)
        notes = "\n".join(line.text for line in lines if line.is_note)
        return f"{body}\n\n{notes}" if notes else body

    def first_line(self, limit: int = 80) -> str:
        """The beginning of the first paragraph for an outline, at most ``limit`` characters.

        What does not fit is replaced by "…", after a whole word where one ends in the second half.
        """
        for paragraph in self.paragraphs():
            line = " ".join(paragraph.text.split())
            if not is_blank(line):
                break
        else:
            return ""
        if len(line) <= limit:
            return line
        cut = line[: limit - 1]
        end = cut.rfind(" ") if line[limit - 1] != " " else len(cut)
        return (cut[:end] if end > limit // 2 else cut).rstrip() + "…"

    def _pieces(self) -> Iterable[str]:
        """The characters in reading order; a note interrupts its paragraph."""
        for paragraph in self.paragraphs():
            piece = ""
            for inline in paragraph.inlines:
                if isinstance(inline, Note):
                    yield piece
                    yield inline.text
                    piece = ""
                else:
                    piece += inline.text
            yield piece


def normalise(text: Text) -> Text:
    """``text`` in the one shape that is stored and compared; see ``normalising`` for the rules."""
    return Text(normal_blocks(text.blocks))


def join(texts: Iterable[Text]) -> Text:
    """The texts one below the other, normalised."""
    return Text(normal_blocks(block for text in texts for block in text.blocks))
