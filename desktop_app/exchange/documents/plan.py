"""What stands in a document, block by block in reading order, before anybody draws it.

Every word is here, in the language it is to be read in: a writer adds no words and leaves none out. Texts
of people are the report's own tree (``report.text``), their notes inside it where their marks stand; a
writer numbers them. Words of the form and of the program are strings without formatting.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from desktop_app.formdef.model import FieldType
from desktop_app.report.text import Text


class Variant(StrEnum):
    """Which document of a report it is."""

    FULL = "full"
    """Every question that is asked; what is unanswered is said so."""
    SHORT = "short"
    """Only what was answered."""
    BLANK = "blank"
    """The form with room to write in, without any answer: for paper or a meeting."""


@dataclass(frozen=True, slots=True)
class Label:
    """Words of the form or of the program, in ``language``.

    ``original``: the official wording (in ``original_language``) where ``words`` translate it without
    being official; it stands beside them. Empty where the words are the official ones, or ours.
    """

    words: str
    language: str
    original: str = ""
    original_language: str = ""


# Answers: exactly one of these stands under a question or in a cell.


@dataclass(frozen=True, slots=True)
class Written:
    """An answer in words: text, number, date, choice, link (a run with ``href``), timeframe, file name.

    ``reading``: how the program reads a timeframe, to stand below its words in quiet type; or empty.
    """

    text: Text
    language: str
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """A number for each of some years, as words: ``(("2012", "5"), ("2013", "7"))``."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """Why there is no answer. ``is_state``: the country says so itself; else nobody has answered."""

    words: str
    is_state: bool


@dataclass(frozen=True, slots=True)
class Room:
    """Empty lines to write on; only in blank forms."""

    lines: int = 1


@dataclass(frozen=True, slots=True)
class Options:
    """Boxes to tick, one below the other; only in blank forms."""

    options: tuple[Label, ...]


Answer: TypeAlias = Written | Figures | Missing | Room | Options


# Blocks.


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of ``level`` 1 (a section) to 6. Levels never leave one out on the way down.

    ``number``: the section's own number, which ``label`` already has in it where the form prints it.
    ``anchor``: a name for bookmarks and links, unique in the document. ``mark``: "Confidential", or empty.
    """

    level: int
    label: Label
    anchor: str
    number: str = ""
    mark: str = ""


class Tone(StrEnum):
    """How a remark is meant."""

    STATE = "state"
    """In the place of answers: "No action taken.", "Not answered"."""
    NOTE = "note"
    """About the document: what was left out, where these words come from."""
    WARNING = "warning"
    """What a reader must know before quoting."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence that is no answer in words: a state, or something about the document."""

    words: str
    tone: Tone = Tone.STATE


@dataclass(frozen=True, slots=True)
class Prose:
    """A text that stands by itself, such as words without a place in the form."""

    text: Text
    language: str


@dataclass(frozen=True, slots=True)
class GoalLine:
    """One goal of a section. ``lead``: what the form prints before it ("Operational Goal:"); may be empty.

    ``chosen`` is None in blank forms, where there is a box to tick; ``words`` say "Chosen" or "Not chosen"
    and are empty in blank forms. ``short``: "Goal 1.1".
    """

    label: Label
    lead: str
    short: str
    chosen: bool | None
    words: str


@dataclass(frozen=True, slots=True)
class Goals:
    """The goals of a section. ``state``: why none is chosen, when the country says so; or empty."""

    lines: tuple[GoalLine, ...]
    state: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its answer. ``mark``: "Confidential", or empty.

    ``attachments``: files that go with the answer, each in one line of words.
    """

    label: Label
    answer: Answer
    path: str
    mark: str = ""
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: its words, and the kind of answer in it, which says how wide it should be."""

    label: Label
    type: FieldType


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a list, such as an action. ``number`` counts from 1 in its list.

    ``cells``: an answer for each column of the list, None for an empty one. ``further``: whatever else was
    filled in, below the cells. ``mark``: "Confidential", "Confidential: Timeframe", or empty.
    """

    number: int
    cells: tuple[Answer | None, ...]
    path: str
    further: tuple[Question, ...] = ()
    mark: str = ""
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entries:
    """The rows of a list, as a table whose head repeats on each page. The first column is the main one."""

    number_head: str
    columns: tuple[Column, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of an annex. ``widths`` add up to 1. ``codes``: columns set in a typewriter face, from 0."""

    heads: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    codes: frozenset[int] = frozenset()


Block: TypeAlias = Heading | Remark | Prose | Goals | Question | Entries | Table


# The whole.


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the first page: country, form, cycle, status ... ``is_code``: a checksum or fingerprint."""

    label: str
    answer: Answer
    is_code: bool = False
    mark: str = ""


@dataclass(frozen=True, slots=True)
class SignOff:
    """The page a minister signs. ``checksum``: SHA-256 of the data as it will be submitted.

    ``fingerprint``: of the key that signs the package; empty when there is none. ``lines``: what to write
    by hand, with a line after each: name, function, place and date, signature. ``remarks``: what to know
    before signing, such as that the report is a draft.
    """

    title: str
    statement: str
    facts: tuple[Fact, ...]
    lines: tuple[str, ...]
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Running:
    """What stands on each page. ``page`` is a pattern: "Page {page} of {pages}"."""

    country: str
    form: str
    version: str
    foot: str
    page: str


@dataclass(frozen=True, slots=True)
class DocumentPlan:
    """A whole document. ``date``: a day for the file's properties that follows from the report, no clock.

    ``kicker``, ``headline`` and ``line`` open the first page: the form's heading, the country, and form,
    cycle and status. ``remarks`` follow the facts: standing note, warnings, what was left out. ``language``
    is that of the report, ``spoken`` that of the program's own words in it.
    """

    variant: Variant
    language: str
    spoken: str
    right_to_left: bool
    title: str
    kicker: str
    headline: str
    line: str
    running: Running
    facts: tuple[Fact, ...]
    remarks: tuple[Remark, ...]
    blocks: tuple[Block, ...]
    sign_off: SignOff
    date: datetime.date
