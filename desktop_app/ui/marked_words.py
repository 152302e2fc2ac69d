"""Words in which differences can be seen: underlined and struck through as well as in colour."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.report.text.tags import escaped
from desktop_app.runtime.i18n import _
from desktop_app.services.word_differences import Piece, PieceKind
from desktop_app.ui import tokens
from desktop_app.ui.parts import Button, ButtonKind, Words, in_row

AROUND = 14
"""Words that are shown on each side of a difference when the rest is left out at first."""

WHOLE = 60
"""Words without a difference that are shown whole."""

_LEAD = re.compile(r"(?m)^ +")


def marked_html(pieces: Sequence[Piece], palette: QPalette) -> str:
    """The pieces as HTML: inserted underlined, removed struck through, both in their colours.

    A space is between what was removed and what took its place.
    """
    before = (None, *pieces)
    return "".join(
        (" " if _touches(last, piece) else "") + _piece_html(piece, palette)
        for last, piece in zip(before, pieces, strict=False)
    )


def _touches(removed: Piece | None, inserted: Piece) -> bool:
    if removed is None or removed.kind is not PieceKind.REMOVED or inserted.kind is not PieceKind.INSERTED:
        return False
    return not (removed.words[-1:].isspace() or inserted.words[:1].isspace())


def _piece_html(piece: Piece, palette: QPalette) -> str:
    words = escaped(_LEAD.sub(_hard_spaces, piece.words)).replace("\n", "<br>")
    if piece.kind is PieceKind.SAME:
        return words
    tag, colour = ("u", tokens.success) if piece.kind is PieceKind.INSERTED else ("s", tokens.error)
    return f'<{tag} style="color:{colour(palette).name()}">{words}</{tag}>'


def _hard_spaces(found: re.Match[str]) -> str:
    return "\u00a0" * len(found.group())


def spoken(pieces: Sequence[Piece]) -> str:
    """The pieces for a screen reader, which hears no underline."""
    shapes = {
        PieceKind.SAME: "{words}",
        PieceKind.INSERTED: _("[inserted: {words}]"),
        PieceKind.REMOVED: _("[removed: {words}]"),
    }
    return " ".join(shapes[piece.kind].format(words=piece.words.strip()) for piece in pieces)


def shortened(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with long stretches that are the same left out, where "[…]" stands then."""
    last = len(pieces) - 1
    found = []
    for number, piece in enumerate(pieces):
        if piece.kind is PieceKind.SAME:
            head, tail = (AROUND if number > 0 else 0), (AROUND if number < last else 0)
            piece = Piece(piece.kind, _cut(piece.words, head, tail) if last else _cut(piece.words, WHOLE, 0))
        found.append(piece)
    return found


def _cut(words: str, head: int, tail: int) -> str:
    """``words`` with no more than about ``head`` words at the beginning and ``tail`` at the end."""
    spans = [found.span() for found in re.finditer(r"\S+", words)]
    if len(spans) <= max(WHOLE, head + tail):
        return words
    begin = words[: spans[head - 1][1]] + " " if head else ""
    end = " " + words[spans[-tail][0] :] if tail else ""
    return f"{begin}[…]{end}"


class MarkedWords(QWidget):
    """Pieces of a comparison. Long stretches without a difference are opened with a button."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        """Show ``pieces``."""
        super().__init__()
        self._pieces = list(pieces)
        self._shown = shortened(pieces)
        self.words = Words(rich=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.words)
        if self._shown != self._pieces:
            self._whole = Button(_("Show all of it"), "chevron-down", ButtonKind.QUIET)
            self._whole.clicked.connect(self._on_whole)
            column.addLayout(in_row(self._whole, None))
        self._show()

    def _on_whole(self) -> None:
        self._shown = self._pieces
        self._whole.hide()
        self._show()

    def _show(self) -> None:
        self.words.setText(marked_html(self._shown, self.palette()))
        self.words.setAccessibleName(spoken(self._shown))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the system's palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationPaletteChange:
            self._show()
