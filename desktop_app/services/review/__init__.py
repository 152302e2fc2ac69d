"""The way back: what reviewers and colleagues wrote in a workbook, brought onto the very questions.

``read_workbook`` reads, ``preview`` says what it holds for a report, ``apply`` brings in what was chosen as
one step. Threads, their answers and how far they are belong to the report from then on.
"""

from __future__ import annotations

from desktop_app.services.review.hunks import Hunk, with_hunks
from desktop_app.services.review.items import Applied, NewComment, NewRow, ReviewPreview, Suggestion
from desktop_app.services.review.talking import (
    NoCommentError,
    answer,
    comment,
    needs_correction,
    open_counts,
    set_status,
    threads,
    where,
)

__all__ = [
    "Applied",
    "Hunk",
    "NewComment",
    "NewRow",
    "NoCommentError",
    "ReviewPreview",
    "Suggestion",
    "answer",
    "comment",
    "needs_correction",
    "open_counts",
    "set_status",
    "threads",
    "where",
    "with_hunks",
]
