"""Our own line icons, tinted with the palette's colours and sharp at every scale."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from desktop_app.runtime.shipped import resource
from desktop_app.ui import tokens

_MIRRORED = frozenset(
    {
        "bullet-list",
        "chevron-left",
        "chevron-right",
        "external-link",
        "numbered-list",
        "outline",
        "redo",
        "send",
        "side-panel",
        "suggestions",
        "undo",
    }
)


@cache
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode("utf-8")))


def paint(painter: QPainter, name: str, rect: QRectF, colour: QColor) -> None:
    """Draw the icon into ``rect``."""
    painter.save()
    if name in _MIRRORED and QApplication.isRightToLeft():
        painter.translate(rect.center().x() * 2, 0)
        painter.scale(-1, 1)
    _renderer(name, colour.name()).render(painter, rect)
    painter.restore()


class _TintedEngine(QIconEngine):
    """Draws an icon in the palette's text colour, fainter when disabled."""

    def __init__(self, name: str, role: QPalette.ColorRole) -> None:
        super().__init__()
        self._name = name
        self._role = role

    def paint(self, painter: QPainter, rect: object, mode: QIcon.Mode, state: QIcon.State) -> None:
        group = QPalette.ColorGroup.Disabled if mode == QIcon.Mode.Disabled else QPalette.ColorGroup.Active
        palette = QApplication.palette()
        colour = palette.color(group, self._role)
        if self._role == QPalette.ColorRole.PlaceholderText:
            # The system's own is often see-through, which lines cannot be.
            colour = tokens.quiet(palette)
        if mode == QIcon.Mode.Disabled:
            colour = tokens.mix(colour, palette.base().color(), 0.4)
        paint(painter, self._name, QRectF(rect), colour)  # type: ignore[call-overload]

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, pixmap.rect(), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _TintedEngine(self._name, self._role)


def icon(name: str, role: QPalette.ColorRole = QPalette.ColorRole.Text) -> QIcon:
    """The icon for buttons and menus; follows the palette, also when it changes."""
    return QIcon(_TintedEngine(name, role))


def tinted(name: str, colour: QColor) -> QIcon:
    """The icon in one colour, for lists."""
    found = QIcon()
    for scale in (1, 2):
        pixmap = QPixmap(tokens.ICON * scale, tokens.ICON * scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint(painter, name, QRectF(pixmap.rect()), colour)
        painter.end()
        found.addPixmap(pixmap)
    return found


def app_icon() -> QIcon:
    """The program's own mark."""
    found = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        found.addFile(str(resource("icons", f"app-{size}.png")), QSize(size, size))
    return found
