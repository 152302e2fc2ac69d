"""Paths keep the order of their parts in a language that runs from right to left."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

_LTR_ISOLATE, _END = "\u2066", "\u2069"

# From its first stroke or drive to the end of the line, a quotation mark, or the end of a sentence.
_PATH = re.compile(
    r"""(?<![^\s“„«"(])(?:[A-Za-z]:[\\/]|\\\\|/)(?=\S)[^\n“”„«»"]*?(?=[.,;:]?$|[.;:]\s|[“”„«»"])""",
    re.MULTILINE,
)


def isolated(words: str) -> str:
    """``words`` with the paths in them marked as running from left to right."""
    return _PATH.sub(lambda found: f"{_LTR_ISOLATE}{found[0]}{_END}", words)


class PathLabel(QLabel):
    """A label whose words may have paths in them: in a sentence, or nothing else."""

    def setText(self, words: str) -> None:
        """In a language from right to left each path is kept together; only there are marks needed."""
        is_marked = QGuiApplication.isRightToLeft() and self.textFormat() == Qt.TextFormat.PlainText
        super().setText(isolated(words) if is_marked else words)
