"""A small mark at a question or row with comments; pressed, it shows them beside the page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal

from desktop_app.report.review import Thread
from desktop_app.runtime.i18n import ngettext
from desktop_app.services.comment_book import count_open
from desktop_app.ui import tokens
from desktop_app.ui.parts import Chip, Tone
from desktop_app.ui.review.comment_words import count_words


class CommentMark(Chip):
    """The icon of comments with the count of open ones. It stays, and stands back, when none is open."""

    comments_wanted = Signal(str)
    """The path of the place whose comments someone wants to see."""

    def __init__(self, path: str, threads: Sequence[Thread]) -> None:
        """For the ``threads`` about the place at ``path``."""
        super().__init__("", "comments", clickable=True)
        self._path = path
        self.clicked.connect(self._on_clicked)
        self._say(threads)

    def sizeHint(self) -> QSize:
        """As small as the icon when there is no count."""
        hint = super().sizeHint()
        return hint if self.text() else QSize(2 * tokens.GAP + tokens.SMALL_ICON, hint.height())

    def show_threads(self, threads: Sequence[Thread]) -> None:
        """Say how many there are now; none at all takes the mark away."""
        self.setVisible(bool(threads))
        self._say(threads)

    def _say(self, threads: Sequence[Thread]) -> None:
        waiting = count_open(threads)
        said = ngettext("{count} comment, none open", "{count} comments, none open", len(threads))
        words = count_words(waiting) if waiting else said.format(count=len(threads))
        if words == self.accessibleName():
            return
        self.setText(str(waiting) if waiting else "")
        self.set_mark("comments", Tone.ACCENT if waiting else Tone.QUIET)
        self.setToolTip(words)
        self.setAccessibleName(words)

    def _on_clicked(self) -> None:
        self.comments_wanted.emit(self._path)
