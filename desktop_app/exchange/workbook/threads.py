"""What reviewers and the country have said so far about a goal or a row, as words for a cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop_app.exchange.workbook.cells import joined, plain, text_words
from desktop_app.exchange.workbook.plan import Tone, Words
from desktop_app.report.report import Report
from desktop_app.report.text import markup
from desktop_app.runtime.i18n import _

DECISIONS = ("accepted", "clarification", "correction")
KINDS = OFFICIAL, INTERNAL = ("official", "internal")
COUNTRY = "country"
COMMENT_STATUSES = OPEN, ANSWERED, RESOLVED = ("open", "answered", "resolved")
"""The first of these that any comment has is that of the whole thread."""


def decision_words(code: str) -> str:
    """The words for a reviewer's decision."""
    return {
        "accepted": _("Accepted"),
        "clarification": _("Clarification needed"),
        "correction": _("Correction needed"),
    }.get(code, code)


def kind_words(code: str) -> str:
    """The words for whom a comment is meant for, or who made it."""
    return {
        OFFICIAL: _("Official: the country sees and answers it"),
        INTERNAL: _("Internal: for reviewers only"),
        COUNTRY: _("From the country"),
    }.get(code, code)


def comment_status_words(code: str) -> str:
    """The words for how far a comment is on its way."""
    return {OPEN: _("Open"), ANSWERED: _("Answered"), RESOLVED: _("Resolved")}.get(code, code)


@dataclass
class Threads:
    """The comments of a report by what they are about, as pairs of id and comment in order.

    ``answers_to``: the country's answers by the comment that they answer.
    """

    by_path: dict[str, list[tuple[str, Any]]] = field(default_factory=dict)
    answers_to: dict[str, list[Any]] = field(default_factory=dict)
    has_internal: bool = False

    @classmethod
    def of(cls, report: Report) -> Threads:
        """The comments of a report by their days."""
        comments: Mapping[str, Any] = getattr(report, "comments", {})
        threads = cls()
        for comment_id, comment in sorted(comments.items(), key=_order):
            threads._take(comment_id, comment)
        return threads

    def _take(self, comment_id: str, comment: Any) -> None:
        self.has_internal |= comment.kind == INTERNAL
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
        found = (each for each in self.by_path.get(path, ()) if each[1].kind == INTERNAL)
        return joined((self._whole(each) for each in found), "\n\n")

    def answers(self, path: str) -> Words:
        """What the country answered to comments about ``path``, and said on its own."""
        found = [
            answer
            for comment_id, comment in self._without_internal(path)
            for answer in ([comment] if comment.kind == COUNTRY else self.answers_to.get(comment_id, ()))
        ]
        return joined(_said(answer) for answer in found)

    def _without_internal(self, path: str) -> list[tuple[str, Any]]:
        return [each for each in self.by_path.get(path, ()) if each[1].kind != INTERNAL]

    def _whole(self, entry: tuple[str, Any]) -> Words:
        comment_id, comment = entry
        answers = (
            joined(
                (plain(_("Answer of the country, {when}:").format(when=_when(each)), Tone.QUIET), _said(each))
            )
            for each in self.answers_to.get(comment_id, ())
        )
        return joined((plain(_heading(comment), Tone.QUIET), _said(comment), *answers))


def _order(entry: tuple[str, Any]) -> tuple[str, str]:
    comment_id, comment = entry
    return str(comment.date or ""), comment_id


def _when(comment: Any) -> str:
    return str(comment.date) if comment.date else _("no date")


def _heading(comment: Any) -> str:
    """Who said it, when, what was decided, and how far it is."""
    parts = [comment.reviewer or kind_words(comment.kind), _when(comment)]
    if comment.decision:
        parts.append(decision_words(comment.decision))
    parts.append(comment_status_words(comment.status))
    return " · ".join(parts)


def _said(comment: Any) -> Words:
    """The words of a comment, and its question to the country below."""
    words = text_words(markup.read(comment.words or ""))
    if not comment.question:
        return words
    question = joined((plain(_("Question:")), text_words(markup.read(comment.question))), " ")
    return joined((words, question))
