"""The words for how far a report has come."""

from __future__ import annotations

from desktop_app.runtime.i18n import _

STATUSES = ("draft", "ready", "approved", "submitted")


def status_words(status: str) -> str:
    """Words for ``status``; the code itself for one that is not known."""
    return {
        "draft": _("Draft"),
        "ready": _("Ready"),
        "approved": _("Approved"),
        "submitted": _("Submitted"),
    }.get(status, status)
