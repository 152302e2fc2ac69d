"""How far a report is on its way, and what may be done to it there.

Only a draft may change. Ready (for the clearance in one's own house), approved and submitted are frozen: what
was cleared, signed and sent is what it says. Review comments and receipts still come in.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from desktop_app.report.changes import Change
from desktop_app.report.paths import NOT_CONTENT, read_path
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _

STATUS_PATH = "#status"
"""Where a report's status stands in the log."""


class Status(StrEnum):
    """The codes stand in files and packages and are never translated; ``state_words`` has the words."""

    DRAFT = "draft"
    READY = "ready"
    APPROVED = "approved"
    SUBMITTED = "submitted"


class StatusStep(StrEnum):
    """What a change of status was. The codes stand in the log."""

    READY = "ready"
    APPROVED = "approved"
    BACK_TO_DRAFT = "back_to_draft"
    SUBMITTED = "submitted"
    TAKEN_BACK = "taken_back"
    AMENDED = "amended"


class FrozenError(DeskError):
    """The report is frozen, and someone tried to change it. The sentence says what leads back to a draft."""


def is_frozen(status: str) -> bool:
    """Whether nothing may change while a report has this status, or one that only a later program knows."""
    return status != Status.DRAFT


def frozen_words(status: str) -> str:
    """Why nothing can be changed and what to do about it, in a sentence; empty where everything can."""
    if not is_frozen(status):
        return ""
    known = {
        Status.READY.value: _(
            "This report is marked as ready, so nothing in it can be changed."
            " Set it back to draft to go on writing."
        ),
        Status.APPROVED.value: _(
            "This report is approved, so nothing in it can be changed."
            " Set it back to draft to go on writing; it will have to be approved again."
        ),
        Status.SUBMITTED.value: _(
            "This report was submitted, so nothing in it can be changed."
            " Open an amendment, or take the submission back, to go on writing."
        ),
    }
    return known.get(status, _("This report has a status that only a newer version of this program knows."))


def changes_content(changes: Iterable[Change]) -> bool:
    """Whether any of the changes is one of the content itself, not only of what is said about it."""
    return any(read_path(change.path).kind not in NOT_CONTENT for change in changes)
