"""A short list to choose one option from: opens on purpose only, never changed by the wheel."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from desktop_app.report.text.tags import escaped
from desktop_app.runtime.i18n import _
from desktop_app.ui import icons, tokens
from desktop_app.ui.editors.option_list import OptionList
from desktop_app.ui.inputs import paint_well

_STAYS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class ChoiceBox(QComboBox):
    """The first entry is no answer. The user's choice comes with ``activated``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """With no option yet."""
        super().__init__(parent)
        self._is_closed = False
        self.setMinimumHeight(tokens.CONTROL)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        view = OptionList()
        self.setView(view)
        view.use_rows()
        self.addItem(_("No answer"), None)

    def add_option(self, code: str, words: str) -> None:
        """One more option, at the end."""
        self.addItem(words, code)
        self.setItemData(self.count() - 1, f"<p>{escaped(words)}</p>", Qt.ItemDataRole.ToolTipRole)

    def set_closed(self, closed: bool) -> None:
        """Whether it only shows."""
        self._is_closed = closed
        self.update()

    def showPopup(self) -> None:
        """Assistive tools ask for the list without a key or the mouse."""
        if not self._is_closed:
            super().showPopup()

    def minimumSizeHint(self) -> QSize:
        return QSize(tokens.CONTROL * 4, tokens.CONTROL)

    def sizeHint(self) -> QSize:
        return QSize(tokens.CONTROL * 8, tokens.CONTROL)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_closed and event.key() not in _STAYS:
            event.ignore()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.currentIndex() > 0:
            self.setCurrentIndex(0)
            self.activated.emit(0)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._is_closed:
            event.ignore()
        else:
            super().mousePressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        palette = self.palette()
        paint_well(painter, QRectF(self.rect()), palette, focused=self.hasFocus(), open_=not self._is_closed)
        is_answered = self.currentIndex() > 0
        words = self.currentText() if is_answered else "" if self._is_closed else _("Choose")
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        mark = tokens.SMALL_ICON
        room = QRectF(self.rect()).adjusted(tokens.GAP + 2, 0, -tokens.GAP - 2, 0)
        if not self._is_closed:
            left = room.left() if rtl else room.right() - mark
            box = QRectF(left, (self.height() - mark) / 2, mark, mark)
            icons.paint(painter, "chevron-down", box, tokens.quiet(palette))
            gap = mark + tokens.GAP
            room = room.adjusted(gap, 0, 0, 0) if rtl else room.adjusted(0, 0, -gap, 0)
        painter.setPen(tokens.text(palette) if is_answered else tokens.quiet(palette))
        shown = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading), shown)
