"""The list of moments: days, sittings and steps, of which two are chosen to be compared."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.report.report import Report
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.services.history import Moment
from desktop_app.services.moment_lines import LineKind, MomentLine
from desktop_app.services.operation_words import what_words, where_words
from desktop_app.ui import icons, tokens
from desktop_app.ui.moment_words import day_words, span_words, time_words, who_words
from desktop_app.ui.parts import Tone, paint_focus, tone_colour
from desktop_app.ui.scroll_bars import use_quiet_scroll_bar
from desktop_app.ui.tips import tip

PAGE = 200
"""Lines that are loaded at first, and with each step when the end comes into view."""

LINE = Qt.ItemDataRole.UserRole
SIDE = Qt.ItemDataRole.UserRole + 1
"""In words, which side of the comparison the moment is; empty for neither."""

BELOW = Qt.ItemDataRole.UserRole + 2
"""The quiet line below the words: when and where."""

BETWEEN = Qt.ItemDataRole.UserRole + 3
"""Whether the moment lies between the two sides."""

_NO_PARENT = QModelIndex()
_ROOM_ABOVE = {LineKind.DAY: tokens.SPACE, LineKind.SITTING: tokens.GAP}
_TWO_LINES = (LineKind.MOMENT, LineKind.RESTORE_POINT)


class MomentModel(QAbstractListModel):
    """Lines for the view, a page at a time. Sides are numbers of operations; None is now."""

    def __init__(self, report: Report) -> None:
        """Empty. ``report`` gives places their names."""
        super().__init__()
        self._report = report
        self._lines: Sequence[MomentLine] = ()
        self._loaded = 0
        self._places: dict[int, str] = {}
        self._whats: dict[int, str] = {}
        self._from: int | None = None
        self._to: int | None = None

    def show_lines(self, lines: Sequence[MomentLine], wanted: int = 0) -> None:
        """Take over these lines; at least the first ``wanted`` are loaded."""
        self.beginResetModel()
        self._lines = lines
        self._loaded = min(len(lines), max(PAGE, wanted))
        self._places.clear()
        self._whats.clear()
        self.endResetModel()

    def choose(self, from_seq: int | None, to_seq: int | None) -> None:
        """Mark the two sides of the comparison."""
        self._from, self._to = from_seq, to_seq
        if self._loaded:
            self.dataChanged.emit(self.index(0), self.index(self._loaded - 1))

    def row_of(self, seq: int | None) -> int:
        """The row of a moment, loaded if need be; -1 where it is not there."""
        for row, line in enumerate(self._lines):
            if line.can_be_chosen and _seq(line) == seq:
                while row >= self._loaded:
                    self.fetchMore()
                return row
        return -1

    # What Qt asks for

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else self._loaded

    def canFetchMore(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> bool:
        return not parent.isValid() and self._loaded < len(self._lines)

    def fetchMore(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> None:
        more = min(PAGE, len(self._lines) - self._loaded)
        if parent.isValid() or more <= 0:
            return
        self.beginInsertRows(QModelIndex(), self._loaded, self._loaded + more - 1)
        self._loaded += more
        self.endInsertRows()

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        if not self._lines[index.row()].can_be_chosen:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        line = self._lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._line_words(line)
            case Qt.ItemDataRole.ToolTipRole:
                return tip(", ".join(filter(None, (self._line_words(line), self._below(line)))))
            case Qt.ItemDataRole.AccessibleTextRole:
                parts = (self._side(line), self._line_words(line), self._below(line))
                return ", ".join(filter(None, parts))
        found = {
            LINE: line,
            SIDE: self._side(line),
            BETWEEN: self._is_between(line),
            BELOW: self._below(line),
        }
        return found.get(role)

    def _line_words(self, line: MomentLine) -> str:
        moment = line.moment
        match line.kind:
            case LineKind.NOW:
                return _("Now")
            case LineKind.DAY:
                return day_words(moment.at)
            case LineKind.SITTING:
                words = ngettext("{span}, {who}: {count} step", "{span}, {who}: {count} steps", line.count)
                span = span_words(line.first.at, moment.at, with_day=False)
                return words.format(span=span, who=who_words(moment.who), count=line.count)
            case LineKind.RESTORE_POINT:
                return moment.note
        if moment.seq not in self._whats:
            self._whats[moment.seq] = what_words(moment.kind, moment.paths, moment.note, moment.step)
        return self._whats[moment.seq]

    def _below(self, line: MomentLine) -> str:
        """When, and where."""
        moment = line.moment
        if line.kind is LineKind.RESTORE_POINT:
            return _("{time} · Restore point").format(time=time_words(moment.at))
        if line.kind is not LineKind.MOMENT:
            return ""
        if moment.seq not in self._places:
            self._places[moment.seq] = where_words(self._report, moment.kind, moment.paths)
        place = self._places[moment.seq]
        time = time_words(moment.at)
        return _("{time} · {place}").format(time=time, place=place) if place else time

    def _side(self, line: MomentLine) -> str:
        if not line.can_be_chosen:
            return ""
        seq = _seq(line)
        if seq == self._to:
            return _("To")
        return _("From") if seq == self._from else ""

    def _is_between(self, line: MomentLine) -> bool:
        if self._from is None:
            return False
        seq = math.inf if line.kind is LineKind.NOW else line.moment.seq
        return self._from <= seq <= (math.inf if self._to is None else self._to)


def _seq(line: MomentLine) -> int | None:
    return None if line.kind is LineKind.NOW else line.moment.seq


class MomentLines(QStyledItemDelegate):
    """Paints the lines: headings quiet, restore points loud, the two sides marked in words."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One line, or two for a step; more room above a day."""
        line: MomentLine = index.data(LINE)
        height = QFontMetrics(tokens.body_font()).height()
        if line.kind in _TWO_LINES:
            height += QFontMetrics(tokens.small_font()).height()
        return QSize(tokens.CONTROL * 4, height + _ROOM_ABOVE.get(line.kind, 0) + tokens.GAP)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The ground, the bar between the sides, the words, and when and where below them."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Headings cannot be chosen, and are as easy to read for all that.
        option.palette.setCurrentColorGroup(QPalette.ColorGroup.Active)
        line: MomentLine = index.data(LINE)
        self._paint_ground(painter, option, index)
        above = _ROOM_ABOVE.get(line.kind, 0) + tokens.HALF
        rect = option.rect.adjusted(tokens.SPACE, above, -tokens.GAP, -tokens.HALF)
        side = str(index.data(SIDE))
        if side:
            rect = self._paint_side(painter, option, rect, side)
        if line.kind in _TWO_LINES:
            small = tokens.small_font()
            lower = rect.adjusted(0, rect.height() - QFontMetrics(small).height(), 0, 0)
            _draw(painter, lower, str(index.data(BELOW)), small, tone_colour(Tone.QUIET, option.palette))
            rect.setBottom(lower.top())
        self._paint_words(painter, option.palette, rect, line, str(index.data()))
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        palette, kinds = option.palette, type(option.state)
        line: MomentLine = index.data(LINE)
        rect = QRectF(option.rect)
        ground = None
        if index.data(SIDE):
            ground = tokens.tint(palette, 0.18)
        elif line.can_be_chosen and option.state & kinds.State_MouseOver:
            ground = tokens.hover(palette)
        elif line.kind is LineKind.RESTORE_POINT:
            ground = tokens.tint(palette, 0.07)
        if ground is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(rect, tokens.SMALL_RADIUS, tokens.SMALL_RADIUS)
        if index.data(BETWEEN):
            x = rect.right() - 2 if option.direction == Qt.LayoutDirection.RightToLeft else rect.left()
            painter.fillRect(QRectF(x, rect.top(), 3, rect.height()), tokens.accent(palette))
        if line.can_be_chosen and option.state & kinds.State_HasFocus:
            paint_focus(painter, rect, palette, tokens.SMALL_RADIUS)

    def _paint_side(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, side: str) -> QRect:
        """The word of the side at the line's end; what is left of its room."""
        font = tokens.small_font()
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        width = QFontMetrics(font).horizontalAdvance(side) + tokens.GAP
        rtl = option.direction == Qt.LayoutDirection.RightToLeft
        x = rect.left() if rtl else rect.right() - width
        painter.setPen(tokens.accent(option.palette))
        painter.drawText(QRect(x, rect.top(), width, rect.height()), Qt.AlignmentFlag.AlignCenter, side)
        return rect.adjusted(width, 0, 0, 0) if rtl else rect.adjusted(0, 0, -width, 0)

    def _paint_words(
        self, painter: QPainter, palette: QPalette, rect: QRect, line: MomentLine, words: str
    ) -> None:
        font, tone = tokens.body_font(), Tone.NORMAL
        if line.kind in (LineKind.DAY, LineKind.NOW):
            font = tokens.strong_font()
        elif line.kind is LineKind.SITTING:
            font, tone = tokens.small_font(), Tone.QUIET
        elif line.kind is LineKind.RESTORE_POINT:
            font, tone = tokens.strong_font(), Tone.ACCENT
        if line.kind is LineKind.RESTORE_POINT:
            size = tokens.SMALL_ICON
            rtl = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
            x = rect.right() - size if rtl else rect.left()
            box = QRectF(x, rect.center().y() - size / 2 + 1, size, size)
            icons.paint(painter, "timeframe", box, tone_colour(Tone.ACCENT, palette))
            room = size + tokens.HALF
            rect = rect.adjusted(0, 0, -room, 0) if rtl else rect.adjusted(room, 0, 0, 0)
        _draw(painter, rect, words, font, tone_colour(tone, palette))


def _draw(painter: QPainter, rect: QRect, words: str, font: QFont, ink: QColor) -> None:
    """The words on one line, shortened if need be: the tool tip has all of them."""
    rtl = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
    side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
    painter.setFont(font)
    painter.setPen(ink)
    shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter | side), shown)


class MomentList(QListView):
    """The view of the moments. A click, Enter or Space chooses one."""

    moment_chosen = Signal(object)
    """A ``Moment``, or None for now."""

    def __init__(self, report: Report) -> None:
        """Empty."""
        super().__init__()
        self.moments = MomentModel(report)
        self.setModel(self.moments)
        self.setItemDelegate(MomentLines(self))
        self.setFrameShape(QListView.Shape.NoFrame)
        use_quiet_scroll_bar(self)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(_("Moments of the report"))
        self.clicked.connect(self._on_chosen)

    def show_lines(self, lines: Sequence[MomentLine]) -> None:
        """Take over these lines; what was in sight and the current moment stay so."""
        height, current = self.verticalScrollBar().value(), self.currentIndex()
        line: MomentLine | None = current.data(LINE) if current.isValid() else None
        self.moments.show_lines(lines, wanted=self.moments.rowCount())
        if line is not None:
            self.setCurrentIndex(self.moments.index(max(0, self.moments.row_of(_seq(line)))))
        self.verticalScrollBar().setValue(height)

    def show_moment(self, seq: int | None) -> None:
        """Bring a moment into view and make it the current one."""
        row = self.moments.row_of(seq)
        if row >= 0:
            index = self.moments.index(row)
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space choose, on every system."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._on_chosen(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _on_chosen(self, index: QModelIndex | QPersistentModelIndex) -> None:
        line: MomentLine | None = index.data(LINE) if index.isValid() else None
        if line is not None and line.can_be_chosen:
            chosen: Moment | None = None if line.kind is LineKind.NOW else line.moment
            self.moment_chosen.emit(chosen)
