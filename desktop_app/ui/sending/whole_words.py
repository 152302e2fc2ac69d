"""Words of any length in a narrow window: nothing is cut, and no page gets wider than its window."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextOption

from desktop_app.ui import tokens
from desktop_app.ui.rich_text.growing import GrowingTextEdit

_LONG_RUN = re.compile(r"(\S{30})(?=\S)")
_BREAK = "\u200b"


def breakable(words: str) -> str:
    """What a person wrote, to be shown: a very long word may go on in the next line."""
    return _LONG_RUN.sub(rf"\1{_BREAK}", words)


class WholeWords(GrowingTextEdit):
    """One thing to read and copy exactly, such as a path: it wraps anywhere."""

    def __init__(self, name: str) -> None:
        """``name``: what it is, for screen readers."""
        super().__init__(min_lines=1, framed=False)
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        # In every language: else the first stroke of a path would stand at the end.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(tokens.HALF // 2)
        self.setAccessibleName(name)

    def text(self) -> str:
        """What it says."""
        return self.toPlainText()

    def setText(self, words: str) -> None:
        """Show ``words``, plain."""
        self.setPlainText(words)
