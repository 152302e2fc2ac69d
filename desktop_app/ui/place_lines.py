"""Lines of a list that say a place and something about it: problems, and what was found."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPalette, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.ui import icons, tokens
from desktop_app.ui.parts import Tone, paint_focus, tone_colour
from desktop_app.ui.scroll_bars import use_quiet_scroll_bar

PATH = Qt.ItemDataRole.UserRole
LEAD = Qt.ItemDataRole.UserRole + 1
"""The place, in quiet words."""

MARK = Qt.ItemDataRole.UserRole + 2
"""The name of an icon and its tone; may be missing."""

LOUD = Qt.ItemDataRole.UserRole + 3
"""Words to be seen among the others; may be missing."""


class PlaceLines(QStyledItemDelegate):
    """An item's own text is what it says of the place. Long words wrap; nothing of them is cut."""

    def __init__(self, view: QAbstractItemView, *, below: bool) -> None:
        """With the words ``below`` the place, or behind it in the same line."""
        super().__init__(view)
        self._view = view
        self._joint = "\n" if below else ":  "

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as the words in the width of the list."""
        width = self._view.viewport().width() - 2 * self._spacing()
        height = self._laid_out(index, self._room(index, width), option.palette).boundingRect().height()
        return QSize(width, int(height) + tokens.GAP)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The ground, the mark and the words."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, state, kinds = option.palette, option.state, type(option.state)
        rect = QRectF(option.rect)
        selected = bool(state & kinds.State_Selected)
        if selected or state & kinds.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.tint(palette, 0.16) if selected else tokens.hover(palette))
            painter.drawRoundedRect(rect, tokens.SMALL_RADIUS, tokens.SMALL_RADIUS)
        rtl = option.direction == Qt.LayoutDirection.RightToLeft
        mark = index.data(MARK)
        if mark is not None:
            name, tone = mark
            x = rect.right() - tokens.GAP - tokens.SMALL_ICON if rtl else rect.left() + tokens.GAP
            box = QRectF(x, rect.top() + tokens.HALF + 1, tokens.SMALL_ICON, tokens.SMALL_ICON)
            icons.paint(painter, name, box, tone_colour(tone, palette))
        room = self._room(index, option.rect.width())
        left = rect.left() + tokens.GAP if rtl else rect.right() + 1 - tokens.GAP - room
        self._laid_out(index, room, palette).draw(painter, QPointF(left, rect.top() + tokens.HALF))
        if state & kinds.State_HasFocus:
            paint_focus(painter, rect, palette, tokens.SMALL_RADIUS)
        painter.restore()

    def _spacing(self) -> int:
        return self._view.spacing() if isinstance(self._view, QListWidget) else 0

    def _room(self, index: QModelIndex | QPersistentModelIndex, width: int) -> int:
        """Pixels for the words."""
        mark = tokens.SMALL_ICON + tokens.GAP if index.data(MARK) is not None else 0
        return max(1, width - mark - 2 * tokens.GAP)

    def _laid_out(
        self, index: QModelIndex | QPersistentModelIndex, width: int, palette: QPalette
    ) -> QTextLayout:
        lead, words = index.data(LEAD), index.data(Qt.ItemDataRole.DisplayRole) or ""
        text = f"{lead}{self._joint}{words}" if lead else words
        layout = QTextLayout(text.replace("\n", "\u2028"), tokens.body_font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(self._formats(text, lead or "", index.data(LOUD) or "", palette))
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        return layout

    def _formats(self, text: str, lead: str, loud: str, palette: QPalette) -> list[QTextLayout.FormatRange]:
        plain = QTextCharFormat()
        plain.setForeground(tokens.text(palette))
        quiet = QTextCharFormat()
        quiet.setForeground(tone_colour(Tone.QUIET, palette))
        found = [_range(0, len(text), plain), _range(0, len(lead), quiet)]
        at = text.casefold().find(loud.casefold(), len(lead)) if loud else -1
        if at >= 0:
            strong = QTextCharFormat()
            strong.setForeground(tokens.text(palette))
            strong.setFontWeight(QFont.Weight.Bold)
            found.append(_range(at, len(loud), strong))
        return [entry for entry in found if entry.length]


def _range(start: int, length: int, made: QTextCharFormat) -> QTextLayout.FormatRange:
    entry = QTextLayout.FormatRange()
    entry.start, entry.length, entry.format = start, length, made
    return entry


def set_up_lines(view: QListWidget, *, below: bool) -> None:
    """Give the list its look: no frame, a quiet scroll bar, lines as wide as the list."""
    view.setItemDelegate(PlaceLines(view, below=below))
    view.setFrameShape(QListWidget.Shape.NoFrame)
    use_quiet_scroll_bar(view)
    # Always there, though seen only when there is more: lines do not change their width with it.
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
    view.setResizeMode(QListWidget.ResizeMode.Adjust)
    view.setMouseTracking(True)
    view.setSpacing(1)
    view.viewport().setAutoFillBackground(False)
