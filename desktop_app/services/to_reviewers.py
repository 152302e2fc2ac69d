"""What the country says to reviewers and no package has yet: unfinished, or given after submitting."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.report.drafts import CommentDraft, about_of
from desktop_app.report.paths import COMMENT, read_path
from desktop_app.report.places import place_name
from desktop_app.report.report import Report
from desktop_app.report.review import CommentKind, ReviewComment
from desktop_app.report.status import Status
from desktop_app.report.submissions import last_submission
from desktop_app.runtime.i18n import _, ngettext

_NAMED = 3
"""Places that are named in one sentence."""


def unfinished(report: Report) -> tuple[CommentDraft, ...]:
    """Answers and comments that are written and not finished, the one written first before the others."""
    return tuple(sorted(report.drafts.values(), key=lambda each: (each.at, each.id)))


def not_sent_yet(report: Report) -> tuple[ReviewComment, ...]:
    """Answers and comments that were given after the submission that stands; none while it is a draft."""
    last = last_submission(report) if report.status == Status.SUBMITTED else None
    if last is None or not report.comments:
        return ()
    own = (each for each in report.comments.values() if each.kind == CommentKind.COUNTRY)
    # In the very millisecond it came after: submitting works out what is sent before it takes the time.
    return tuple(each for each in own if each.at is not None and each.at >= last.at)


def unfinished_words(report: Report) -> str:
    """That words to reviewers are unfinished, so that no package has them, and where; empty for none."""
    found = unfinished(report)
    if not found:
        return ""
    count = len(found)
    if all(each.answers for each in found):
        told = ngettext(
            "{count} answer to reviewers is not finished, so it is in no package: {places}.",
            "{count} answers to reviewers are not finished, so they are in no package: {places}.",
            count,
        )
    else:
        told = ngettext(
            "{count} comment for reviewers is not finished, so it is in no package: {places}.",
            "{count} comments for reviewers are not finished, so they are in no package: {places}.",
            count,
        )
    return told.format(count=count, places=_places(report, (about_of(report, each) for each in found)))


def not_sent_words(report: Report) -> str:
    """That words to reviewers are not in what was sent, and when they go; empty for none."""
    found = not_sent_yet(report)
    count = len(found)
    if not found:
        return ""
    if all(each.answers for each in found):
        told = ngettext(
            "{count} answer to reviewers is not in what was sent. It goes with the next submission.",
            "{count} answers to reviewers are not in what was sent. They go with the next submission.",
            count,
        )
    else:
        told = ngettext(
            "{count} comment for reviewers is not in what was sent. It goes with the next submission.",
            "{count} comments for reviewers are not in what was sent. They go with the next submission.",
            count,
        )
    return told.format(count=count)


def package_notices(report: Report) -> tuple[str, ...]:
    """What whoever makes a package of the report as it stands must know of words that are not in it."""
    return _told(report, _("Write an amendment for that."))


def status_lines(report: Report) -> tuple[str, ...]:
    """The same for a terminal, with the command that opens an amendment."""
    return _told(report, _("Open an amendment for that: “status --amend”."))


def _told(report: Report, how: str) -> tuple[str, ...]:
    """``how``: what sends the words that were not in what was sent."""
    not_sent = not_sent_words(report)
    return tuple(filter(None, (f"{not_sent} {how}" if not_sent else "", unfinished_words(report))))


def place_words(report: Report, about: str) -> str:
    """What words to reviewers are about, for a person."""
    is_gone = read_path(about).head == COMMENT
    return _("The whole report") if is_gone or not about else place_name(report, about)


def _places(report: Report, abouts: Iterable[str]) -> str:
    names = list(dict.fromkeys(place_words(report, about) for about in abouts))
    more = len(names) - _NAMED
    if more <= 0:
        return "; ".join(names)
    rest = ngettext("and {count} more place", "and {count} more places", more).format(count=more)
    return "; ".join((*names[:_NAMED], rest))
