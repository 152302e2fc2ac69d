"""The list that opens below a choice: roomy rows, long words on several lines."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop_app.ui import tokens

_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading)


class OptionRows(QStyledItemDelegate):
    """Draws one option."""

    def __init__(self, view: QAbstractItemView) -> None:
        """For ``view``, whose width the words wrap to."""
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as the words; no wider than the list."""
        room = QRect(0, 0, max(tokens.CONTROL, self._view.viewport().width() - 2 * tokens.GAP), 100_000)
        words = self._view.fontMetrics().boundingRect(room, _WRAP, str(index.data() or ""))
        return QSize(tokens.CONTROL, max(tokens.CONTROL - tokens.HALF, words.height() + tokens.GAP))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        # Not before a list is open: Qt's styles have very many names.
        from PySide6.QtWidgets import QStyle

        state: QStyle.StateFlag = option.state
        rect: QRect = option.rect
        palette = self._view.palette()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, tokens.card(palette))
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.tint(palette, 0.2) if chosen else tokens.hover(palette))
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), tokens.HALF, tokens.HALF)
        painter.setPen(tokens.text(palette))
        painter.setFont(self._view.font())
        painter.drawText(rect.adjusted(tokens.GAP, 0, -tokens.GAP, 0), _WRAP, str(index.data() or ""))
        painter.restore()


class OptionList(QListView):
    """The view; ``use_rows`` comes after whatever else sets a delegate."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)

    def use_rows(self) -> None:
        """Draw the options with roomy rows."""
        self.setItemDelegate(OptionRows(self))
