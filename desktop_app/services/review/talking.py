"""The threads of a report: what is open, and the country's answers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop_app.report.changes import Change, new_id, utc_now
from desktop_app.report.places import place_name
from desktop_app.report.report import Report
from desktop_app.report.review import (
    CommentKind,
    CommentStatus,
    ReviewComment,
    Thread,
    comment_path,
    needs_correction,
    open_counts,
    threads_of,
    write_comment,
)
from desktop_app.report.text import markup
from desktop_app.report.text.model import Text
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _

if TYPE_CHECKING:
    from desktop_app.services.entry_session import EntrySession

__all__ = [
    "NoCommentError",
    "answer",
    "comment",
    "needs_correction",
    "open_counts",
    "set_status",
    "threads",
    "where",
]


class NoCommentError(DeskError):
    """A comment is no longer there, or there is nothing in it."""


def threads(report: Report, about: str | None = None) -> list[Thread]:
    """The threads about exactly one place, or all of the report, by their days."""
    return list(threads_of(report, about))


def where(report: Report, comment: ReviewComment) -> str:
    """What the comment is about, in words."""
    return place_name(report, comment.about)


def answer(session: EntrySession, comment_id: str, words: str | Text, draft: str = "") -> str:
    """The country's answer to a comment, in one step that also says so on the thread. Returns its id.

    A thread that was resolved stays so. ``draft``: the id of what was written of it, which ends with it.
    NoCommentError without words, or when the comment is gone.
    """
    answered = _comment(session.report, comment_id)
    said = ReviewComment(
        about=answered.about,
        kind=CommentKind.COUNTRY.value,
        words=_notation(words),
        reviewer=session.who,
        date=(now := utc_now())[:10],
        at=now,
        status=CommentStatus.RESOLVED.value,
        answers=comment_id,
    )
    fresh = draft or new_id()
    changes = [Change(comment_path(fresh), None, write_comment(said))]
    first = _first(session.report, comment_id)
    if _comment(session.report, first).status == CommentStatus.OPEN:
        changes.append(_with_status(session.report, first, CommentStatus.ANSWERED.value))
    session.comment(changes)
    return fresh


def comment(session: EntrySession, about: str, words: str | Text, draft: str = "") -> str:
    """The country's own comment on a goal, row or section. Returns its id. NoCommentError without words.

    ``draft`` as in ``answer``.
    """
    said = ReviewComment(
        about=about,
        kind=CommentKind.COUNTRY.value,
        words=_notation(words),
        reviewer=session.who,
        date=(now := utc_now())[:10],
        at=now,
    )
    fresh = draft or new_id()
    session.comment([Change(comment_path(fresh), None, write_comment(said))])
    return fresh


def set_status(session: EntrySession, comment_id: str, status: CommentStatus | str) -> None:
    """Say how far the thread of the comment is. NoCommentError when it is gone."""
    wanted = CommentStatus(status).value
    _comment(session.report, comment_id)
    first = _first(session.report, comment_id)
    if session.report.comments[first].status != wanted:
        session.comment([_with_status(session.report, first, wanted)])


def _comment(report: Report, comment_id: str) -> ReviewComment:
    found = report.comments.get(comment_id)
    if found is None:
        raise NoCommentError(_("This comment is no longer in the report."))
    return found


def _first(report: Report, comment_id: str) -> str:
    """The comment that the thread of this one begins with."""
    for thread in threads_of(report):
        if comment_id == thread.id or any(comment_id == each for each, _answer in thread.answers):
            return thread.id
    return comment_id


def _with_status(report: Report, comment_id: str, status: str) -> Change:
    path = comment_path(comment_id)
    return Change(
        path, report.plain(path), write_comment(replace(report.comments[comment_id], status=status))
    )


def _notation(words: str | Text) -> str:
    text = words if isinstance(words, Text) else Text.plain(words)
    if text.is_empty:
        raise NoCommentError(_("Write something first: a comment needs words."))
    return markup.write(text)
