"""Local logs for whoever looks for a fault. They hold no answers: only what happened, and where."""

from __future__ import annotations

import contextlib
import copy
import logging
import logging.handlers
import traceback
from pathlib import Path
from types import TracebackType

LOG_FILE = "alliance-desk.log"
_LARGEST = 512 * 1024
_KEPT = 3


class WordlessFormatter(logging.Formatter):
    """Says of an exception what kind it was and where it came from; its words may quote an answer."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; what another formatter made of the exception before is not taken over."""
        bare = copy.copy(record)
        bare.exc_text = None
        return super().format(bare)

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        """The places and the kinds of the exception and of those that led to it, the last one last."""
        lines: list[str] = []
        error = ei[1]
        while error is not None:
            places = traceback.format_list(traceback.extract_tb(error.__traceback__))
            lines[:0] = [*places, f"{type(error).__module__}.{type(error).__qualname__}\n"]
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "".join(lines).rstrip("\n")


def start_logging(folder: Path) -> None:
    """Write what happens to rotating files in ``folder``.

    Where that cannot be, the program works all the same, and warnings go to the standard error, without words
    of exceptions too: a desktop keeps what is written there.
    """
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    if logging.lastResort is not None:
        logging.lastResort.setFormatter(WordlessFormatter("%(message)s"))
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            folder / LOG_FILE,
            maxBytes=_LARGEST,
            backupCount=_KEPT,
            encoding="utf-8",
            errors="backslashreplace",
        )
        handler.setFormatter(WordlessFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        root.addHandler(handler)
