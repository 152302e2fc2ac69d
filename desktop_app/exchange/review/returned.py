"""What a workbook that came back says, as plain values: nothing of Excel, nothing applied to a report yet."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ReturnedIdentity:
    """Which report the workbook was made of; empty where it cannot be told.

    ``format``: of the hidden sheet, 0 when that is gone; ``content``: the content checksum at the time.
    """

    format: int
    app: str = ""
    form_id: str = ""
    form_version: str = ""
    form_hash: str = ""
    report: str = ""
    country: str = ""
    cycle: str = ""
    language: str = ""
    status: str = ""
    submission: str | None = None
    content: str = ""


@dataclass(frozen=True, slots=True)
class ReturnedReview:
    """What a reviewer wrote on one row of the sheet for reviews.

    ``key``: path of the goal (``T1.goals/T1.G1``) or row (``T1.planned/<id>``), None for a row added by
    hand or one that cannot be told; ``beside``: the official words of that row as they stand there.
    ``decision`` and ``kind`` are codes, ``date`` is ISO; None where there is none or it is not known.
    """

    key: str | None
    decision: str | None
    comment: str
    question: str
    reviewer: str
    date: str | None
    kind: str
    cell: str
    beside: str = ""
    not_understood: tuple[tuple[str, str], ...] = ()
    """Code of the column and words of a decision, date or kind that is none, so that they are kept."""


@dataclass(frozen=True, slots=True)
class ReturnedNote:
    """A note on a cell, or one comment of a thread.

    ``key``: path of the goal or row that the noted row stands for, or of a single answer; None where
    there is none. ``column``: code of the column, None on a readable sheet. ``at``: ISO, empty when the
    file does not say; ``thread_of``: id of the comment that it answers; ``beside``: the cell's own words.
    """

    sheet: str
    key: str | None
    column: str | None
    author: str
    words: str
    at: str
    thread_of: str | None
    cell: str
    id: str = ""
    resolved: bool = False
    beside: str = ""
    is_aside: bool = False
    """Whether it stands where nobody is asked for words, so that it comes in only where a person says so."""
    said_to: str = ""
    """The id of the report's comment that it answers; empty where that cannot be told."""
    kind: str = ""
    day: str | None = None
    """The day that its row gives, where ``at`` says nothing."""
    told: str = ""
    """What a person should know of words aside; empty for those in a column that somebody added."""


@dataclass(frozen=True, slots=True)
class ReturnedRecord:
    """One record of a flat sheet: its words by column code, long texts in one piece.

    ``key``: path of the row, goal, answer or list; None for a row added by hand.
    """

    sheet: str
    key: str | None
    values: dict[str, str]
    row: int


@dataclass(frozen=True, slots=True)
class ReturnedEdit:
    """An official cell that is not as it was written.

    ``path``: of the answer where the column stands for one, else of the record. ``converted``: the
    program it was opened in made a date or number of the words. ``label``: the column's header as it was
    written.
    """

    path: str
    column: str
    official: str
    found: str
    cell: str
    converted: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class ReturnedWorkbook:
    """All of it. ``unknown``: a sentence for whatever could not be matched or is not sure.

    ``original``: the answers (``data.json``) the workbook was made of, empty when they are gone;
    ``sha256``: of the file as it came in.
    """

    identity: ReturnedIdentity
    reviews: tuple[ReturnedReview, ...]
    notes: tuple[ReturnedNote, ...]
    records: tuple[ReturnedRecord, ...]
    edits: tuple[ReturnedEdit, ...]
    unknown: tuple[str, ...]
    original: bytes
    sha256: str
    missing: tuple[tuple[str, str], ...] = field(default=())
    """Sheet and key of official records that are no longer there."""
    remarks: tuple[str, ...] = ()
    """A sentence for whatever was read all the same, though not as it stood there."""
