"""Drawing a page from its picture, for a screen or for paper; in whatever thread there is time."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

PAPER = (595.28, 841.89)
"""Width and height of A4 in points (1/72 inch)."""


def image_of(picture: bytes, size: QSize) -> QImage:
    """The page in ``size`` pixels, sharp at any size."""
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(picture)).render(painter, QRectF(0, 0, size.width(), size.height()))
    painter.end()
    return image
