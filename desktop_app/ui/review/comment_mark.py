"""A small mark at a question or row with open comments; pressed, it shows them beside the page."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop_app.ui.parts import Chip, Tone
from desktop_app.ui.review.comment_words import count_words


class CommentMark(Chip):
    """The icon of comments with their count; the whole is spoken in words."""

    comments_wanted = Signal(str)
    """The path of the place whose comments someone wants to see."""

    def __init__(self, path: str, count: int) -> None:
        """For the place at ``path``."""
        super().__init__(str(count), "comments", Tone.ACCENT, clickable=True)
        self._path = path
        self.setToolTip(count_words(count))
        self.setAccessibleName(count_words(count))
        self.clicked.connect(self._on_clicked)

    def show_count(self, count: int) -> None:
        """Say how many there are now; none takes the mark away."""
        self.setVisible(count > 0)
        if self.text() != str(count):
            self.setText(str(count))
            self.setToolTip(count_words(count))
            self.setAccessibleName(count_words(count))
            self.updateGeometry()

    def _on_clicked(self) -> None:
        self.comments_wanted.emit(self._path)
