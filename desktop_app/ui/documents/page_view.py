"""The pages of a document one below the other, each drawn when it comes into sight."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.documents.drawing import PAPER, image_of
from desktop_app.ui.job_queue import JobQueue
from desktop_app.ui.pages.page import settle
from desktop_app.ui.parts import paint_focus
from desktop_app.ui.scroll_bars import use_quiet_scroll_bar

Picture = Callable[[int], bytes]
"""The picture of a page, by its number from 1; called in a thread of its own."""

ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
"""Sizes on the screen, against those on paper."""
_SCREEN = 96 / 72
"""Pixels of a screen to a point."""
_KEPT = 12
"""Drawn pages that are kept; one takes a few megabytes."""
_SOON = 60
"""Milliseconds after scrolling before pages are drawn."""


class Wish:
    """Which pages of one document are wanted now; read by the thread that draws."""

    numbers: frozenset[int] = frozenset()


@dataclass(slots=True)
class Sheet:
    """One page: white paper until it is drawn."""

    number: int
    image: QImage | None = None


class PaperStack(QWidget):
    """All sheets one below the other. No widget for each: there may be hundreds."""

    def __init__(self) -> None:
        """No sheets yet."""
        super().__init__()
        self.sheets: list[Sheet] = []
        self.size_of_sheet = QSize()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def set_sheet_size(self, size: QSize) -> None:
        """How large every sheet is now."""
        self.size_of_sheet = size
        height = len(self.sheets) * (size.height() + tokens.SPACE) + tokens.SPACE
        self.setMinimumSize(size.width() + 2 * tokens.WIDE, height if self.sheets else 0)
        self.setMaximumHeight(height if self.sheets else tokens.SPACE)
        self.update()

    def rect_of(self, number: int) -> QRect:
        """Where the sheet of a page stands."""
        size = self.size_of_sheet
        top = tokens.SPACE + (number - 1) * (size.height() + tokens.SPACE)
        return QRect(QPoint((self.width() - size.width()) // 2, top), size)

    def number_at(self, height: int) -> int:
        """The page at so many pixels from the top; the nearest where there is none, 0 for no pages."""
        step = self.size_of_sheet.height() + tokens.SPACE
        return min(len(self.sheets), max(1, (height - tokens.SPACE) // max(1, step) + 1))

    def between(self, top: int, bottom: int) -> list[Sheet]:
        """The sheets of which anything stands between two heights."""
        if not self.sheets:
            return []
        return self.sheets[self.number_at(top) - 1 : self.number_at(bottom)]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(QPen(tokens.strong_line(self.palette()), tokens.HAIRLINE))
        for sheet in self.between(event.rect().top(), event.rect().bottom()):
            area = self.rect_of(sheet.number)
            painter.fillRect(area, QColor("white"))
            if sheet.image is not None:
                painter.drawImage(area, sheet.image)
            painter.drawRect(area.adjusted(0, 0, -1, -1))


class PageView(QScrollArea):
    """Scrolls through the pages. Arrow keys, Page Up and Down move; Ctrl with + and - changes the size."""

    page_shown = Signal(int)
    """The number of the page most of which is in sight."""

    zoomed = Signal()
    failed = Signal(str)

    def __init__(self) -> None:
        """No pages yet."""
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        use_quiet_scroll_bar(self)
        self.setAccessibleName(_("Pages of the document"))
        self._stack = PaperStack()
        self.setWidget(self._stack)
        self.setWidgetResizable(True)
        self._picture: Picture | None = None
        self._drawn: OrderedDict[int, QSize] = OrderedDict()
        self._asked: set[int] = set()
        self._wish = Wish()

        self.zoom: float | None = None
        """None: as wide as on paper, or as there is room."""

        self.current = 0
        self._jobs = JobQueue(self)
        self._timer = QTimer(self, singleShot=True, interval=_SOON)
        self._timer.timeout.connect(self._draw_what_is_in_sight)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    # What is shown

    @property
    def sheets(self) -> list[Sheet]:
        """The pages in order."""
        return self._stack.sheets

    def show_pages(self, pages: int, picture: Picture) -> None:
        """Show so many pages from the first."""
        self.clear()
        self._picture = picture
        self._stack.sheets = [Sheet(number) for number in range(1, pages + 1)]
        self._set_sizes()
        settle()
        self.verticalScrollBar().setValue(0)
        self._on_scrolled()

    def clear(self) -> None:
        """Show nothing."""
        self._wish.numbers = frozenset()
        self._wish = Wish()
        self._picture = None
        self._drawn.clear()
        self._asked.clear()
        self.current = 0
        self._stack.sheets = []
        self._set_sizes()

    def release(self) -> None:
        """Wait for what is being drawn; before the view goes away."""
        self._wish.numbers = frozenset()
        self._timer.stop()
        self._jobs.finish()

    def go_to(self, number: int) -> None:
        """Show page ``number`` from its top."""
        if 0 < number <= len(self.sheets):
            self.verticalScrollBar().setValue(self._stack.rect_of(number).top() - tokens.GAP)

    # Size

    @property
    def scale(self) -> float:
        """The size on the screen, against that on paper."""
        if self.zoom is not None:
            return self.zoom
        room = self.viewport().width() - 2 * tokens.WIDE
        return max(ZOOMS[0], min(1.0, room / (PAPER[0] * _SCREEN)))

    def set_zoom(self, zoom: float | None) -> None:
        """Another size; the page in sight stays in sight."""
        bar, before = self.verticalScrollBar(), max(1, self._stack.height())
        share = bar.value() / before
        self.zoom = zoom
        self._set_sizes()
        settle()
        bar.setValue(round(share * self._stack.height()))
        self._timer.start()
        self.zoomed.emit()

    def zoom_by(self, steps: int) -> None:
        """The next larger (1) or smaller (-1) size."""
        now = self.scale
        if steps > 0:
            self.set_zoom(next((zoom for zoom in ZOOMS if zoom > now + 0.01), ZOOMS[-1]))
        else:
            self.set_zoom(next((zoom for zoom in reversed(ZOOMS) if zoom < now - 0.01), ZOOMS[0]))

    @property
    def sheet_size(self) -> QSize:
        """Pixels a page takes on the screen."""
        scale = self.scale * _SCREEN
        return QSize(round(PAPER[0] * scale), round(PAPER[1] * scale))

    def _set_sizes(self) -> None:
        self._stack.set_sheet_size(self.sheet_size)

    # Drawing

    def _on_scrolled(self) -> None:
        self._timer.start()
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        number = self._stack.number_at(middle) if self.sheets else 0
        if number != self.current and number:
            self.current = number
            words = _("Page {page} of {pages}").format(page=number, pages=len(self.sheets))
            self.setAccessibleDescription(words)
            self._stack.setAccessibleName(words)
            self.page_shown.emit(number)

    def _in_sight(self) -> list[Sheet]:
        top, height = self.verticalScrollBar().value(), self.viewport().height()
        return self._stack.between(top, top + height + height // 2)

    def _draw_what_is_in_sight(self) -> None:
        if self._picture is None or not self.isVisible():
            return
        pixels = self.sheet_size * self.devicePixelRatioF()
        sheets = self._in_sight()
        self._wish.numbers = frozenset(sheet.number for sheet in sheets)
        for sheet in sheets:
            if sheet.number in self._asked or self._drawn.get(sheet.number) == pixels:
                continue
            self._asked.add(sheet.number)
            work = partial(_drawn, self._picture, self._wish, sheet.number, pixels)
            self._jobs.add(
                work,
                partial(self._on_drawn, self._wish, sheet.number, pixels),
                partial(self._on_failed, self._wish),
            )

    def _on_drawn(self, wish: Wish, number: int, pixels: QSize, image: object) -> None:
        if wish is not self._wish:
            return
        self._asked.discard(number)
        if not isinstance(image, QImage):
            self._timer.start()
            return
        self._drawn[number] = pixels
        self._drawn.move_to_end(number)
        self._show(number, image)
        seen = {sheet.number for sheet in self._in_sight()}
        for old in list(self._drawn):
            if len(self._drawn) > _KEPT and old not in seen:
                del self._drawn[old]
                self._show(old, None)
        if pixels != self.sheet_size * self.devicePixelRatioF():
            self._timer.start()

    def _show(self, number: int, image: QImage | None) -> None:
        self.sheets[number - 1].image = image
        self._stack.update(self._stack.rect_of(number))

    def _on_failed(self, wish: Wish, error: DeskError) -> None:
        if wish is not self._wish:
            return
        self._asked.clear()
        self.failed.emit(error.sentence)

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.zoom is None:
            self._set_sizes()
            self.zoomed.emit()
        self._timer.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(1)
        elif control and event.key() == Qt.Key.Key_Minus:
            self.zoom_by(-1)
        elif control and event.key() == Qt.Key.Key_0:
            self.set_zoom(None)
        elif event.key() == Qt.Key.Key_Home:
            bar.setValue(bar.minimum())
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            paint_focus(painter, self.viewport().rect().toRectF(), self.palette(), 0)


def _drawn(picture: Picture, wish: Wish, number: int, pixels: QSize) -> QImage | None:
    """In a thread of its own. None when the page is out of sight by now."""
    return image_of(picture(number), pixels) if number in wish.numbers else None
