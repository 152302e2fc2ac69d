"""Drafts: words of a comment or an answer to a reviewer that are written and not finished.

A draft is no comment yet, so the log, ``data.json`` and packages know nothing of it. Its id is that of the
comment it becomes: whatever is recorded at the path of that comment ends the draft.
"""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.report.paths import COMMENT, read_path
from desktop_app.report.review import Reviewed
from desktop_app.runtime.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class CommentDraft:
    """``place``: the path of the comment it answers (``comment/<id>``), or of what a new one is about.

    ``words`` are plain, as they were typed; blank ones end the draft. ``report`` is the id of its report;
    ``at`` is UTC.
    """

    report: str
    id: str
    place: str
    words: str
    who: str = ""
    at: str = ""

    @property
    def answers(self) -> str | None:
        """The id of the comment it answers; None for a new comment."""
        place = read_path(self.place)
        return place.row if place.head == COMMENT else None

    @property
    def is_over(self) -> bool:
        """Whether nothing of it is left to keep."""
        return not self.words.strip()


def draft_at(drafts: Mapping[str, CommentDraft], place: str) -> CommentDraft | None:
    """The draft of an answer to the comment at ``place``, or of a new comment on it; None for none."""
    return next((draft for draft in drafts.values() if draft.place == place), None)


def about_of(report: Reviewed, draft: CommentDraft) -> str:
    """The path of what the draft is about; empty, the whole report, where what it answers is gone."""
    if draft.answers is None:
        return draft.place
    answered = report.comments.get(draft.answers)
    return "" if answered is None else answered.about
