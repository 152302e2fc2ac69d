"""Local logs for whoever looks for a fault. They hold no answers: only what happened, and where."""

from __future__ import annotations

import logging
import logging.handlers
from pathlib import Path

_LARGEST = 512 * 1024
_KEPT = 3


def start_logging(folder: Path) -> None:
    """Write warnings and worse to rotating files in ``folder``; a folder that cannot be made is no fault."""
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = logging.handlers.RotatingFileHandler(
            folder / "alliance-desk.log", maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8", delay=True
        )
    except OSError:
        # Without a log the program still works; there is nowhere to say it.
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
