"""What is different between two wordings: for history and the comparison of two moments."""

from __future__ import annotations

from desktop_app.report.text.word_differences import Piece, PieceKind, word_differences

__all__ = ["Piece", "PieceKind", "word_differences"]
