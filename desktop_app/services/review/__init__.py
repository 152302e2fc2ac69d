"""The way back: what reviewers and colleagues wrote in a workbook, brought onto the very questions.

``read_workbook`` reads, ``preview`` says what it holds for a report, ``apply`` brings in what was chosen as
one step. Threads, their answers and how far they are belong to the report from then on. What reads
workbooks is loaded when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from desktop_app.services.review.applying import (
        BringingIn,
        OtherReportError,
        accept,
        apply,
        bring_in,
        refuse,
    )
    from desktop_app.services.review.previewing import ReadWorkbook, preview, read_workbook

_LATER = {
    "BringingIn": "applying",
    "OtherReportError": "applying",
    "ReadWorkbook": "previewing",
    "accept": "applying",
    "apply": "applying",
    "bring_in": "applying",
    "preview": "previewing",
    "read_workbook": "previewing",
    "refuse": "applying",
}

__all__ = [
    "Applied",
    "BringingIn",
    "Hunk",
    "NewComment",
    "NewRow",
    "NoCommentError",
    "OtherReportError",
    "ReadWorkbook",
    "ReviewPreview",
    "Suggestion",
    "accept",
    "answer",
    "apply",
    "bring_in",
    "comment",
    "needs_correction",
    "open_counts",
    "preview",
    "read_workbook",
    "refuse",
    "set_status",
    "threads",
    "where",
    "with_hunks",
]


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
