"""What reviewers and the country have said so far about a goal or a row, as words for a cell."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop_app.exchange.workbook.cells import joined, plain, text_words
from desktop_app.exchange.workbook.plan import Tone, Words
from desktop_app.report.report import Report
from desktop_app.report.review import (
    CommentKind,
    CommentStatus,
    Decision,
    ReviewComment,
    comment_kind_words,
    comment_status_words,
    decision_words,
)
from desktop_app.report.text import markup
from desktop_app.runtime.i18n import _

_OFFICIAL, _INTERNAL, _COUNTRY = (
    kind.value for kind in (CommentKind.OFFICIAL, CommentKind.INTERNAL, CommentKind.COUNTRY)
)
DECISIONS = tuple(decision.value for decision in Decision)
KINDS = (_OFFICIAL, _INTERNAL)
"""Those that a reviewer can choose."""
COMMENT_STATUSES = tuple(status.value for status in CommentStatus)
"""The first of these that any comment has is that of the whole thread."""


@dataclass
class Threads:
    """The comments of a report by what they are about, as pairs of id and comment in order.

    ``answers_to``: the country's answers by the comment that they answer.
    """

    by_path: dict[str, list[tuple[str, ReviewComment]]] = field(default_factory=dict)
    answers_to: dict[str, list[ReviewComment]] = field(default_factory=dict)
    has_internal: bool = False

    @classmethod
    def of(cls, report: Report) -> Threads:
        """The comments of a report by their days."""
        threads = cls()
        for comment_id, comment in sorted(report.comments.items(), key=_order):
            threads._take(comment_id, comment)
        return threads

    def _take(self, comment_id: str, comment: ReviewComment) -> None:
        self.has_internal |= comment.kind == _INTERNAL
        if comment.answers is not None:
            self.answers_to.setdefault(comment.answers, []).append(comment)
        else:
            self.by_path.setdefault(comment.about, []).append((comment_id, comment))

    def status(self, path: str) -> str:
        """How far the thread about ``path`` is; empty where nothing was said officially."""
        found = {comment.status for _id, comment in self._without_internal(path)}
        return next((status for status in COMMENT_STATUSES if status in found), "")

    def words(self, path: str) -> Words:
        """All that was said about ``path``, but for what reviewers keep to themselves."""
        return joined((self._whole(each) for each in self._without_internal(path)), "\n\n")

    def internal_words(self, path: str) -> Words:
        """What reviewers said to each other about ``path``."""
        found = (each for each in self.by_path.get(path, ()) if each[1].kind == _INTERNAL)
        return joined((self._whole(each) for each in found), "\n\n")

    def answers(self, path: str) -> Words:
        """What the country answered to comments about ``path``, and said on its own."""
        found = [
            answer
            for comment_id, comment in self._without_internal(path)
            for answer in ([comment] if comment.kind == _COUNTRY else self.answers_to.get(comment_id, ()))
        ]
        return joined(_said(answer) for answer in found)

    def _without_internal(self, path: str) -> list[tuple[str, ReviewComment]]:
        return [each for each in self.by_path.get(path, ()) if each[1].kind != _INTERNAL]

    def _whole(self, entry: tuple[str, ReviewComment]) -> Words:
        comment_id, comment = entry
        answers = (
            joined(
                (plain(_("Answer of the country, {when}:").format(when=_when(each)), Tone.QUIET), _said(each))
            )
            for each in self.answers_to.get(comment_id, ())
        )
        return joined((plain(_heading(comment), Tone.QUIET), _said(comment), *answers))


def _order(entry: tuple[str, ReviewComment]) -> tuple[str, str]:
    comment_id, comment = entry
    return str(comment.date or ""), comment_id


def _when(comment: ReviewComment) -> str:
    return str(comment.date) if comment.date else _("no date")


def _heading(comment: ReviewComment) -> str:
    """Who said it, when, what was decided, and how far it is."""
    parts = [comment.reviewer or comment_kind_words(comment.kind), _when(comment)]
    if comment.decision:
        parts.append(decision_words(comment.decision))
    parts.append(comment_status_words(comment.status))
    return " · ".join(parts)


def _said(comment: ReviewComment) -> Words:
    """The words of a comment, and its question to the country below."""
    words = text_words(markup.read(comment.words or ""))
    if not comment.question:
        return words
    question = joined((plain(_("Question:")), text_words(markup.read(comment.question))), " ")
    return joined((words, question))
