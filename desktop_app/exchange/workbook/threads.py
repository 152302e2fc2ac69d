"""What reviewers and the country have said so far about a goal or a row, as words for a cell."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop_app.exchange.workbook.cells import joined, plain, text_words
from desktop_app.exchange.workbook.plan import Tone, Words
from desktop_app.report.report import Report
from desktop_app.report.review import (
    CommentKind,
    CommentStatus,
    ReviewComment,
    Thread,
    comment_kind_words,
    comment_status_words,
    decision_words,
    threads_of,
)
from desktop_app.report.said import read_said
from desktop_app.runtime.i18n import _


@dataclass
class Threads:
    """The threads of a report by what they are about, by their days."""

    by_path: dict[str, list[Thread]] = field(default_factory=dict)
    has_internal: bool = False

    @classmethod
    def of(cls, report: Report) -> Threads:
        """All that was said about the report."""
        threads = cls()
        for thread in threads_of(report) if report.comments else ():
            threads.has_internal |= thread.first.kind == CommentKind.INTERNAL
            threads.by_path.setdefault(thread.first.about, []).append(thread)
        return threads

    def status(self, path: str) -> str:
        """How far the least settled thread about ``path`` is, in words; empty where nothing was said
        officially."""
        found = {thread.status for thread in self._without_internal(path)}
        return next((comment_status_words(status) for status in CommentStatus if status in found), "")

    def words(self, path: str) -> Words:
        """All that was said about ``path``, but for what reviewers keep to themselves."""
        return joined(map(_whole, self._without_internal(path)), "\n\n")

    def internal_words(self, path: str) -> Words:
        """What reviewers said to each other about ``path``."""
        found = (each for each in self.by_path.get(path, ()) if each.first.kind == CommentKind.INTERNAL)
        return joined(map(_whole, found), "\n\n")

    def answers(self, path: str) -> Words:
        """What the country answered to comments about ``path``, and said on its own.

        Where there are several threads, an answer says which of them it belongs to.
        """
        threads = self._without_internal(path)
        return joined(
            _answer(comment, thread.first if len(threads) > 1 else None)
            for thread in threads
            for comment in (thread.first, *(answer for _id, answer in thread.answers))
            if comment.kind == CommentKind.COUNTRY
        )

    def _without_internal(self, path: str) -> list[Thread]:
        return [each for each in self.by_path.get(path, ()) if each.first.kind != CommentKind.INTERNAL]


def _whole(thread: Thread) -> Words:
    """The comment that a thread begins with, and below it what was said to it."""
    first = thread.first
    said = (joined((plain(_lead(each), Tone.QUIET), _said(each))) for _id, each in thread.answers)
    return joined((plain(_heading(first), Tone.QUIET), _said(first), *said))


def _lead(comment: ReviewComment) -> str:
    """Who answered, and when: the country, or another reviewer."""
    if comment.kind == CommentKind.COUNTRY:
        return _("Answer of the country, {when}:").format(when=_when(comment))
    return " · ".join((_who(comment), _when(comment)))


def _answer(comment: ReviewComment, first: ReviewComment | None) -> Words:
    """What the country said. ``first``: the comment that its thread begins with, where that is to be told."""
    if first is None or first is comment:
        return _said(comment)
    to = _("To {reviewer}, {when}:").format(reviewer=_who(first), when=_when(first))
    return joined((plain(to, Tone.QUIET), _said(comment)))


def _who(comment: ReviewComment) -> str:
    if comment.reviewer:
        return comment.reviewer
    is_own = comment.kind == CommentKind.COUNTRY
    return comment_kind_words(comment.kind) if is_own else _("A reviewer who gave no name")


def _when(comment: ReviewComment) -> str:
    return str(comment.date) if comment.date else _("no date")


def _heading(comment: ReviewComment) -> str:
    """Who said it, when, what was decided, and how far it is."""
    parts = [_who(comment), _when(comment)]
    if comment.decision:
        parts.append(decision_words(comment.decision))
    parts.append(comment_status_words(comment.status))
    return " · ".join(parts)


def _said(comment: ReviewComment) -> Words:
    """The words of a comment, and its question to the country below."""
    words = text_words(read_said(comment.words or ""))
    if not comment.question:
        return words
    question = joined((plain(_("Question:"), Tone.QUIET), text_words(read_said(comment.question))), " ")
    return joined((words, question))
