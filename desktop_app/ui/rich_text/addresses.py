"""Addresses as people type them."""

from __future__ import annotations

import re

from desktop_app.report.text.model import safe_href

_MAILBOX = re.compile(r"[^\s@/:]+@[\w-]+(\.[\w-]+)+")
_HOST = re.compile(r"[\w-]+(\.[\w-]+)*\.[^\W\d_]{2,}(:\d+)?([/?#]\S*)?")


def completed_address(typed: str) -> str | None:
    """The address that ``typed`` stands for, with what was left out before it; None when it is none.

    "example.org/law" becomes "https://example.org/law", "desk@example.org" an address for mail.
    """
    typed = typed.strip()
    if _MAILBOX.fullmatch(typed):
        return safe_href(f"mailto:{typed}")
    if _HOST.fullmatch(typed):
        return safe_href(f"https://{typed}")
    return safe_href(typed)
