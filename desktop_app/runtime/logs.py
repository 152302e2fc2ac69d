"""Local logs for whoever looks for a fault. They hold no answers: only what happened, and where."""

from __future__ import annotations

import contextlib
import logging
import logging.handlers
from pathlib import Path

LOG_FILE = "alliance-desk.log"
_LARGEST = 512 * 1024
_KEPT = 3


def start_logging(folder: Path) -> None:
    """Write what happens to rotating files in ``folder``.

    Where that cannot be, the program works all the same, and warnings go to the standard error.
    """
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            folder / LOG_FILE,
            maxBytes=_LARGEST,
            backupCount=_KEPT,
            encoding="utf-8",
            errors="backslashreplace",
        )
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        root.addHandler(handler)
