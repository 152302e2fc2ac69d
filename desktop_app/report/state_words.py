"""The words for why a list or field is empty (the form's own, else ours), and for a report's status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import State
from desktop_app.runtime.i18n import _

if TYPE_CHECKING:
    from desktop_app.report.report import Report


def state_words(state: State, labels: Labels) -> str:
    """Words for ``state`` in the form's language where the form has them."""
    own = labels.state(state)
    if own:
        return own
    return {
        State.NO_ACTION_TAKEN: _("No action taken"),
        State.NOT_APPLICABLE: _("Not applicable to our country"),
        State.NOT_AVAILABLE: _("Information not available"),
        State.CONFIDENTIAL: _("Confidential"),
    }[state]


def empty_words(report: Report, path: str, state: State | None, labels: Labels) -> str:
    """Why there is no answer at ``path``: the country's ``state``, a public copy, or nobody has answered."""
    if state is not None:
        return state_words(state, labels)
    if report.left_out and path in report.left_out:
        return _("Confidential, not in this public copy")
    return _("Not answered")


STATUSES = ("draft", "ready", "approved", "submitted")


def status_words(status: str) -> str:
    """Words for how far a report is on its way."""
    return {
        "draft": _("Draft"),
        "ready": _("Ready"),
        "approved": _("Approved"),
        "submitted": _("Submitted"),
    }.get(status, status)
