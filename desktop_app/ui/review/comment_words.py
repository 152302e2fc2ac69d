"""Shapes and words for comments: how far a thread is, what was decided, whom it is for."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale

from desktop_app.report.review import CommentKind, CommentStatus, Decision, ReviewComment
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.ui.parts import Tone

_STATUS = {
    CommentStatus.OPEN.value: ("comments", Tone.ACCENT),
    CommentStatus.ANSWERED.value: ("check", Tone.SUCCESS),
    CommentStatus.RESOLVED.value: ("state-complete", Tone.QUIET),
}
_DECISION = {
    Decision.ACCEPTED.value: ("check", Tone.SUCCESS),
    Decision.CLARIFICATION.value: ("help", Tone.ACCENT),
    Decision.CORRECTION.value: ("warning", Tone.WARNING),
}
_KIND = {
    CommentKind.OFFICIAL.value: "report",
    CommentKind.INTERNAL.value: "eye-off",
    CommentKind.COUNTRY.value: "country",
}


def status_mark(code: str) -> tuple[str, Tone]:
    """The icon and tone for how far a thread is."""
    return _STATUS.get(code, ("info", Tone.QUIET))


def decision_mark(code: str) -> tuple[str, Tone]:
    """The icon and tone of a reviewer's decision."""
    return _DECISION.get(code, ("info", Tone.QUIET))


def kind_mark(code: str) -> str:
    """The icon for whom a comment is for."""
    return _KIND.get(code, "notes")


def count_words(count: int) -> str:
    """How many comments wait for an answer."""
    return ngettext("{count} open comment", "{count} open comments", count).format(count=count)


def byline(comment: ReviewComment) -> str:
    """Who said it and when, as far as that is known."""
    who = comment.reviewer or (
        _("Your country") if comment.kind == CommentKind.COUNTRY else _("A reviewer who gave no name")
    )
    return " · ".join(filter(None, (who, date_words(comment.date))))


def date_words(date: str | None) -> str:
    """A day with its month in words, so that nobody takes one for the other; else as it was given."""
    day = QDate.fromString((date or "")[:10], "yyyy-MM-dd")
    return QLocale().toString(day, "d MMM yyyy") if day.isValid() else (date or "")
