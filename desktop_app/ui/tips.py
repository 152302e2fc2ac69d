"""Tool tips of words from answers and forms: long ones wrap, and none of them is taken for markup."""

from __future__ import annotations

from desktop_app.report.text.tags import escaped


def tip(words: str) -> str:
    """What to give to ``setToolTip`` so that it shows exactly ``words``."""
    return f"<p>{escaped(words)}</p>" if words else ""
