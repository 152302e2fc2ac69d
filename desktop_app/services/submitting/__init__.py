"""Submitting a report: looked through before, frozen and numbered, sent, taken back, amended, acknowledged.

What does all that is loaded when it is first asked for: a report that is opened is there sooner.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop_app.services.submitting.accepting import (
        NotAWarningError,
        accept_warning,
        withdraw_acceptance,
    )
    from desktop_app.services.submitting.as_sent import (
        NoSubmissionError,
        Sent,
        Submission,
        SubmissionChangedError,
        draft_sending,
        sent,
        submissions,
    )
    from desktop_app.services.submitting.before_sending import (
        CheckedProblem,
        FileState,
        Preflight,
        file_state,
        look_through,
        preflight,
    )
    from desktop_app.services.submitting.corrections import CorrectionRequest, correction_requested
    from desktop_app.services.submitting.freezing import NotFitError, freeze, secure, submit
    from desktop_app.services.submitting.of_files import (
        Acceptance,
        SubmittedFile,
        SubmittedWithoutPackageError,
        change_file,
        submit_file,
    )
    from desktop_app.services.submitting.receipts import OtherReceiptError, file_receipt, is_filed
    from desktop_app.services.submitting.restored import submissions_left_behind
    from desktop_app.services.submitting.since import changed_since, differences_since

_MODULES = {
    "Acceptance": "of_files",
    "CheckedProblem": "before_sending",
    "CorrectionRequest": "corrections",
    "FileState": "before_sending",
    "NoSubmissionError": "as_sent",
    "NotAWarningError": "accepting",
    "NotFitError": "freezing",
    "OtherReceiptError": "receipts",
    "Preflight": "before_sending",
    "Sent": "as_sent",
    "Submission": "as_sent",
    "SubmissionChangedError": "as_sent",
    "SubmittedFile": "of_files",
    "SubmittedWithoutPackageError": "of_files",
    "accept_warning": "accepting",
    "change_file": "of_files",
    "changed_since": "since",
    "correction_requested": "corrections",
    "differences_since": "since",
    "draft_sending": "as_sent",
    "file_receipt": "receipts",
    "file_state": "before_sending",
    "freeze": "freezing",
    "is_filed": "receipts",
    "look_through": "before_sending",
    "preflight": "before_sending",
    "secure": "freezing",
    "sent": "as_sent",
    "submissions": "as_sent",
    "submissions_left_behind": "restored",
    "submit": "freezing",
    "submit_file": "of_files",
    "withdraw_acceptance": "accepting",
}

__all__ = [
    "Acceptance",
    "CheckedProblem",
    "CorrectionRequest",
    "FileState",
    "NoSubmissionError",
    "NotAWarningError",
    "NotFitError",
    "OtherReceiptError",
    "Preflight",
    "Sent",
    "Submission",
    "SubmissionChangedError",
    "SubmittedFile",
    "SubmittedWithoutPackageError",
    "accept_warning",
    "change_file",
    "changed_since",
    "correction_requested",
    "differences_since",
    "draft_sending",
    "file_receipt",
    "file_state",
    "freeze",
    "is_filed",
    "look_through",
    "preflight",
    "secure",
    "sent",
    "submissions",
    "submissions_left_behind",
    "submit",
    "submit_file",
    "withdraw_acceptance",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
