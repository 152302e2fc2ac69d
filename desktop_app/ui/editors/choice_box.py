"""A short list to choose one option from: opens on purpose only, never changed by the wheel."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from desktop_app.runtime.i18n import _
from desktop_app.ui import icons, tokens
from desktop_app.ui.editors.option_list import OptionList
from desktop_app.ui.inputs import paint_well
from desktop_app.ui.tips import tip

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
        self.currentIndexChanged.connect(self._on_index_changed)

    def add_option(self, code: str, words: str) -> None:
        """One more option, at the end."""
        self.addItem(words, code)
        self.setItemData(self.count() - 1, tip(words), Qt.ItemDataRole.ToolTipRole)

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say in the tool tip what is not seen."""
        super().resizeEvent(event)
        self._tell_whole()

    def _on_index_changed(self, index: int) -> None:
        self._tell_whole()

    def _tell_whole(self) -> None:
        words = self.currentText() if self.currentIndex() > 0 else ""
        is_cut = self.fontMetrics().horizontalAdvance(words) > self._room_for_words().width()
        self.setToolTip(tip(words) if is_cut else "")

    def _room_for_words(self) -> QRectF:
        room = QRectF(self.rect()).adjusted(tokens.GAP + 2, 0, -tokens.GAP - 2, 0)
        if self._is_closed:
            return room
        gap, rtl = tokens.SMALL_ICON + tokens.GAP, self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return room.adjusted(gap, 0, 0, 0) if rtl else room.adjusted(0, 0, -gap, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        palette = self.palette()
        paint_well(painter, QRectF(self.rect()), palette, focused=self.hasFocus(), open_=not self._is_closed)
        is_answered = self.currentIndex() > 0
        words = self.currentText() if is_answered else "" if self._is_closed else _("Choose")
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        mark, room = tokens.SMALL_ICON, self._room_for_words()
        if not self._is_closed:
            left = tokens.GAP + 2 if rtl else room.right() + tokens.GAP
            box = QRectF(left, (self.height() - mark) / 2, mark, mark)
            icons.paint(painter, "chevron-down", box, tokens.quiet(palette))
        painter.setPen(tokens.text(palette) if is_answered else tokens.quiet(palette))
        shown = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading), shown)
