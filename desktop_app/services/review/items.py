"""What a workbook that came back holds for the report: nothing of it is in the report before it is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop_app.report.journal import Document
from desktop_app.report.review import ReviewComment
from desktop_app.report.values import Value
from desktop_app.services.review.hunks import Hunk
from desktop_app.services.word_differences import Piece, PieceKind


@dataclass(frozen=True, slots=True)
class NewComment:
    """A comment. ``id`` is the one it has in the report; ``where`` names the goal, row or section.

    ``is_known``: it was brought in before, so that there is nothing to do. ``told``: what the person should
    know of it, such as a date nobody can read; empty for nothing. ``is_aside``: it stands in a column that
    somebody added, on a row without any comment, so that it comes in only where a person says so.
    """

    id: str
    where: str
    comment: ReviewComment
    is_known: bool = False
    told: tuple[str, ...] = ()
    is_aside: bool = False
    subject: str = ""
    """The words of the goal or row it is about; empty where its name says it all."""
    settles: bool = False
    """It is in the report, and was resolved in the workbook since: that is what would come in."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An official answer that somebody wrote differently.

    ``official`` are the words the workbook was sent with, ``found`` those in it now, ``now`` those of the
    report; ``pieces`` lead from the first to the second, and ``hunks`` number what is different in them.
    ``before`` is the answer of the report, ``value`` the one when all is accepted, None when that empties
    it; ``part`` names the cell of an answer that has several. ``obstacle`` says why it cannot be accepted,
    empty where it can: it can be kept as a comment then. ``in_parts``: it can be accepted change by change.
    ``is_stale``: the report says something else by now than what was sent, so that a person must look at it.
    ``kept`` is the comment that says what was suggested, and what became of it.
    """

    id: str
    where: str
    path: str
    official: str
    found: str
    now: str
    pieces: tuple[Piece, ...]
    hunks: tuple[Hunk, ...]
    kept: NewComment
    before: Value | None = None
    value: Value | None = None
    part: str = ""
    in_parts: bool = False
    obstacle: str = ""
    is_stale: bool = False
    told: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether it was decided before."""
        return self.kept.is_known

    @property
    def outcome(self) -> str:
        """The words that the report has when it is accepted as a whole."""
        return "".join(piece.words for piece in self.pieces if piece.kind is not PieceKind.REMOVED)

    @property
    def is_for_a_person(self) -> bool:
        """Whether it comes in only where a person looks at it and says so."""
        return bool(self.obstacle or self.told)


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row that somebody added by hand; ``id`` is the one it gets in the list at ``list_path``.

    ``words`` is its first line for a person, with its timeframe; ``confidential`` names fields, and ``""``
    the row as a whole. ``rest``: what no field could take; it goes into a comment
    on the row, so that nothing is dropped. ``is_known``: the row is in the list or its bin already.
    ``obstacle``: why it cannot be a row, empty where it can; then all of it goes into a comment, unless a
    person chooses one of the ``ways``: the row as it would be in each list that could take it.
    """

    id: str
    where: str
    list_path: str
    words: str
    values: Mapping[str, Value]
    confidential: frozenset[str] = frozenset()
    rest: NewComment | None = None
    is_known: bool = False
    obstacle: str = ""
    told: tuple[str, ...] = ()
    ways: tuple[NewRow, ...] = ()

    def in_list(self, list_path: str) -> NewRow:
        """The row as it would be in that list; itself for no list, and for one that is none of its ways."""
        return next((each for each in self.ways if each.list_path == list_path), self)


@dataclass(frozen=True, slots=True)
class ReviewPreview:
    """All of it, to choose from. ``warnings`` and ``refusals`` are sentences.

    With a refusal nothing is brought in unless the person says so (``even_if_other``). ``workbook`` is the
    file itself, kept with the report; None when it is kept already or too large for that. ``belongs_to``:
    the number of the other report of the file that it was made of; None where it is no other.
    """

    comments: tuple[NewComment, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    new_rows: tuple[NewRow, ...] = ()
    warnings: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()
    name: str = ""
    workbook: Document | None = field(default=None, repr=False)
    belongs_to: int | None = None

    @property
    def new_comments(self) -> tuple[NewComment, ...]:
        """Those that are not in the report yet."""
        return tuple(each for each in self.comments if not each.is_known)

    @property
    def open_suggestions(self) -> tuple[Suggestion, ...]:
        """Those that nobody has decided yet."""
        return tuple(each for each in self.suggestions if not each.is_known)

    @property
    def rows_to_add(self) -> tuple[NewRow, ...]:
        """Rows that are not in the report yet."""
        return tuple(each for each in self.new_rows if not each.is_known)

    @property
    def conflicts(self) -> tuple[str, ...]:
        """What only a person can decide: suggestions and rows that cannot come in as they are."""
        waiting: tuple[Suggestion | NewRow, ...] = (*self.open_suggestions, *self.rows_to_add)
        found = ((each, each.obstacle or _stale_words(each)) for each in waiting)
        return tuple(f"{each.where}: {words}" for each, words in found if words)

    @property
    def for_a_person(self) -> tuple[Suggestion | NewRow, ...]:
        """What is never brought in without a person who looks at it."""
        rows = (each for each in self.rows_to_add if each.obstacle)
        return (*(each for each in self.open_suggestions if each.is_for_a_person), *rows)

    def proposed(
        self, *, suggestions: bool = False, rows: bool = False, remarks: bool = False
    ) -> frozenset[str]:
        """The ids of what is new and can come in as it is. Words that a program converted stay out.

        ``remarks``: words in columns that somebody added as well.
        """
        chosen = {each.id for each in self.new_comments if remarks or not each.is_aside}
        if suggestions:
            chosen |= {each.id for each in self.open_suggestions if not each.is_for_a_person}
        if rows:
            chosen |= {each.id for each in self.rows_to_add if not each.obstacle}
        return frozenset(chosen)

    @property
    def has_news(self) -> bool:
        """Whether there is anything to bring in."""
        return bool(self.new_comments or self.open_suggestions or self.rows_to_add)


def _stale_words(each: Suggestion | NewRow) -> str:
    """Why a person must look at a suggestion though nothing stands in its way; empty for others."""
    return " ".join(each.told) if isinstance(each, Suggestion) and each.is_stale else ""


@dataclass(frozen=True, slots=True)
class Applied:
    """What was brought in, counted."""

    comments: int = 0
    suggestions: int = 0
    rows: int = 0
    kept_in_words: int = 0
    """Suggestions and rows that could not come in as such; their words are comments."""

    @property
    def is_nothing(self) -> bool:
        """Whether nothing was."""
        return not (self.comments or self.suggestions or self.rows or self.kept_in_words)
