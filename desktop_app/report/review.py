"""Review comments: what reviewers said and asked about goals and rows, and what the country answered.

A comment is a place of the report, ``comment/<id>``, so that the log, undo, history and backups hold it.
It is no answer: ``data.json`` and the content checksum know nothing of it. Codes that this program does not
know, as those of a later one, are kept and shown as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from functools import partial
from typing import Protocol

from desktop_app.report.paths import COMMENT, read_path
from desktop_app.report.said import read_said
from desktop_app.report.text import markup
from desktop_app.report.values import Plain
from desktop_app.runtime.dataclass import dataclass, field
from desktop_app.runtime.i18n import _


class Decision(StrEnum):
    """What a reviewer decided. The codes stand in workbooks and are never translated."""

    ACCEPTED = "accepted"
    CLARIFICATION = "clarification"
    CORRECTION = "correction"


class CommentKind(StrEnum):
    """Whom a comment is for; those of the country are its own."""

    OFFICIAL = "official"
    INTERNAL = "internal"
    COUNTRY = "country"


class CommentStatus(StrEnum):
    """How far a thread is."""

    OPEN = "open"
    ANSWERED = "answered"
    RESOLVED = "resolved"


REVIEWER_KINDS = (CommentKind.OFFICIAL, CommentKind.INTERNAL)
"""The kinds that a reviewer can choose from; the first is that of a comment whose kind was left blank."""


def decision_words(code: str) -> str:
    """The words for a reviewer's decision; a code that is not known stands for itself."""
    return {
        Decision.ACCEPTED.value: _("Accepted"),
        Decision.CLARIFICATION.value: _("Clarification needed"),
        Decision.CORRECTION.value: _("Correction needed"),
    }.get(code, code)


def comment_kind_words(code: str) -> str:
    """The words for whom a comment is for, or who made it."""
    return {
        CommentKind.OFFICIAL.value: _("Official"),
        CommentKind.INTERNAL.value: _("Internal"),
        CommentKind.COUNTRY.value: _("From the country"),
    }.get(code, code)


def comment_status_words(code: str) -> str:
    """The words for how far a thread is."""
    return {
        CommentStatus.OPEN.value: _("Open"),
        CommentStatus.ANSWERED.value: _("Answered"),
        CommentStatus.RESOLVED.value: _("Resolved"),
    }.get(code, code)


CAME_IN = "came_in"
"""When a comment without a day was brought in, beside what is known of it."""


@dataclass(frozen=True, slots=True)
class CommentSource:
    """Where a comment was read: the SHA-256 of the workbook and its cell, such as ``Review!F7``."""

    workbook: str
    cell: str


@dataclass(frozen=True, slots=True)
class ReviewComment:
    """One comment. ``words`` and ``question`` are in the text notation; ``date`` is the day in ISO 8601,
    ``at`` the very moment where it is known.

    ``about`` is the path of a goal (``T1.goals/T1.G1``), of a row or a field, the code of a section, or empty
    for the report as a whole. ``answers`` is the id of the comment that this one answers. ``kind``,
    ``decision`` and ``status`` are codes. ``more`` is what a later program has written beside these.
    """

    about: str
    kind: str = CommentKind.OFFICIAL.value
    decision: str | None = None
    words: str = ""
    question: str | None = None
    reviewer: str = ""
    date: str | None = None
    status: str = CommentStatus.OPEN.value
    answers: str | None = None
    source: CommentSource | None = None
    at: str | None = None
    more: Mapping[str, Plain] = field(default_factory=dict, hash=False)

    @property
    def moment(self) -> str:
        """When it was said, to sort by, or when it came in; empty when nobody knows."""
        return self.at or self.date or str(self.more.get(CAME_IN, ""))

    @property
    def section(self) -> str:
        """The code of the section it is about; empty for the report as a whole."""
        place = read_path(self.about)
        return place.section if place.row is not None or place.section else place.head


_TEXTS = {"about": "", "kind": CommentKind.OFFICIAL.value, "words": "", "reviewer": ""}
_OPTIONAL = ("decision", "question", "date", "at", "answers")
_KEYS = frozenset((*_TEXTS, *_OPTIONAL, "status", "source"))


def write_comment(comment: ReviewComment) -> dict[str, Plain]:
    """The comment in JSON, as it stands in the log."""
    source = comment.source
    return {
        **comment.more,
        "about": comment.about,
        "kind": comment.kind,
        "decision": comment.decision,
        "words": comment.words,
        "question": comment.question,
        "reviewer": comment.reviewer,
        "date": comment.date,
        **({} if comment.at is None else {"at": comment.at}),
        "status": comment.status,
        "answers": comment.answers,
        "source": None if source is None else {"workbook": source.workbook, "cell": source.cell},
    }


class Reviewed(Protocol):
    """What reviewers comment on: a report."""

    @property
    def comments(self) -> Mapping[str, ReviewComment]:
        """By their ids."""


def comments_to_plain(report: Reviewed) -> dict[str, Plain]:
    """What ``show --json`` has beside the answers: ``comments`` by id, nothing where there are none.

    It is no part of ``data.json``.
    """
    found = {key: write_comment(comment) for key, comment in sorted(report.comments.items())}
    return {"comments": found} if found else {}


def read_comment(plain: Plain) -> ReviewComment:
    """The comment of its JSON. ValueError says what was expected; codes may be any."""
    if not isinstance(plain, Mapping):
        raise ValueError(_("a comment was expected"))
    texts = {key: _text(plain.get(key, default)) for key, default in _TEXTS.items()}
    optional = {key: None if plain.get(key) is None else _text(plain[key]) for key in _OPTIONAL}
    comment = ReviewComment(
        about=texts["about"],
        kind=texts["kind"],
        decision=optional["decision"],
        words=texts["words"],
        question=optional["question"],
        reviewer=texts["reviewer"],
        date=optional["date"],
        status=_text(plain.get("status", CommentStatus.OPEN.value)),
        answers=optional["answers"],
        source=_source(plain.get("source")),
        at=optional["at"],
        more={key: value for key, value in plain.items() if key not in _KEYS},
    )
    for words in (comment.words, comment.question or ""):
        _readable(words)
    return comment


def _text(plain: Plain) -> str:
    if not isinstance(plain, str):
        raise ValueError(_("words were expected"))
    return plain


def _source(plain: Plain) -> CommentSource | None:
    if plain is None:
        return None
    if not isinstance(plain, Mapping):
        raise ValueError(_("the place of a comment was expected"))
    return CommentSource(_text(plain.get("workbook", "")), _text(plain.get("cell", "")))


def _readable(words: str) -> None:
    if "<" not in words and "&" not in words:
        return  # such words are no notation that could be wrong
    try:
        markup.read(words)
    except markup.MarkupError as error:
        raise ValueError(_("words were expected")) from error


def comment_path(comment_id: str) -> str:
    """The path of a comment."""
    return f"{COMMENT}/{comment_id}"


def comment_words(comment: ReviewComment) -> str:
    """The comment for a person to read, a line for each part of it; how far a thread is says its first."""
    head = [comment.reviewer, comment.date or "", decision_words(comment.decision or "")]
    parts = [" · ".join(filter(None, head)), read_said(comment.words).plain_text()]
    if comment.question:
        question = read_said(comment.question).plain_text()
        parts.append(_("Question: {question}").format(question=question))
    if comment.status != CommentStatus.OPEN and comment.answers is None:
        parts.append(comment_status_words(comment.status))
    return "\n".join(filter(None, parts))


# Threads


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment and what was said to it, oldest first. ``id`` is that of the comment it begins with."""

    id: str
    first: ReviewComment
    answers: tuple[tuple[str, ReviewComment], ...] = ()

    @property
    def status(self) -> str:
        """How far it is: a code of ``CommentStatus``, or one that only a later program knows."""
        return self.first.status

    @property
    def is_open(self) -> bool:
        """Whether somebody has to answer or resolve it."""
        return self.first.status not in (CommentStatus.ANSWERED, CommentStatus.RESOLVED)


def threads_of(report: Reviewed, about: str | None = None) -> tuple[Thread, ...]:
    """The threads of the report, or those about exactly one place, by their days; without any day last.

    An answer to a comment that is not there stands as a thread of its own.
    """
    comments = report.comments
    in_order = partial(sorted, key=lambda each: (not comments[each].moment, comments[each].moment, each))
    answers: dict[str, list[str]] = {}
    roots: list[str] = []
    for comment_id, comment in comments.items():
        root = comment_id if comment.answers is None else _root(comments, comment_id)
        if root == comment_id:
            roots.append(comment_id)
        else:
            answers.setdefault(root, []).append(comment_id)
    found = [each for each in roots if about is None or comments[each].about == about]
    return tuple(
        Thread(
            root, comments[root], tuple((each, comments[each]) for each in in_order(answers.get(root, ())))
        )
        for root in in_order(found)
    )


def _root(comments: Mapping[str, ReviewComment], comment_id: str) -> str:
    """The comment at the beginning of the thread; where answers go round in a circle, the lowest of it."""
    seen = [comment_id]
    while (before := comments[seen[-1]].answers) is not None and before in comments:
        if before in seen:
            return min(seen[seen.index(before) :])
        seen.append(before)
    return seen[-1]


def open_counts(report: Reviewed) -> dict[str, int]:
    """How many threads are open, by the code of their section; those about the whole report under ``""``.

    The country's own words wait for nobody.
    """
    return dict(Counter(thread.first.section for thread in threads_of(report) if waits(thread)))


def needs_correction(report: Reviewed) -> bool:
    """Whether a correction was asked for officially and is not resolved."""
    return any(map(asks_correction, threads_of(report)))


def asks_correction(thread: Thread) -> bool:
    """Whether a correction was asked for officially, and the thread is not resolved."""
    first = thread.first
    return (
        first.decision == Decision.CORRECTION
        and first.kind == CommentKind.OFFICIAL
        and thread.status != CommentStatus.RESOLVED
    )


def asks_clarification(thread: Thread) -> bool:
    """Whether a clarification was asked for officially, and nobody has answered or resolved it."""
    first = thread.first
    return first.decision == Decision.CLARIFICATION and first.kind == CommentKind.OFFICIAL and thread.is_open


def asks_the_country(thread: Thread) -> bool:
    """Whether reviewers wait for a correction or a clarification."""
    return asks_correction(thread) or asks_clarification(thread)


def waits(thread: Thread) -> bool:
    """Whether somebody has to answer: the country's own words wait for nobody."""
    return thread.is_open and thread.first.kind != CommentKind.COUNTRY
