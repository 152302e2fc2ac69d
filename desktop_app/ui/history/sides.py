"""The two moments that are compared; one of them is the side that the next chosen moment becomes."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from desktop_app.report.changes import OperationKind
from desktop_app.runtime.i18n import _
from desktop_app.services.history import Moment
from desktop_app.ui import tokens
from desktop_app.ui.moment_words import moment_words, who_words
from desktop_app.ui.parts import paint_focus
from desktop_app.ui.pressing import EnterPresses
from desktop_app.ui.tips import tip

_LEADING = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading)


def side_words(moment: Moment | None) -> str:
    """A moment in a few words: the name of a restore point, else who did something when."""
    return ", ".join(filter(None, _words_of(moment)))


def _words_of(moment: Moment | None) -> tuple[str, str]:
    """What tells the moment apart, and what else there is to know of it."""
    if moment is None:
        return _("Now"), ""
    when = moment_words(moment.at)
    if moment.kind is OperationKind.RESTORE_POINT and moment.note:
        return _("“{name}”").format(name=moment.note), when
    return when, who_words(moment.who)


class Side(EnterPresses, QAbstractButton):
    """One side: its name, and below it the moment. The one that is checked takes the next chosen moment."""

    def __init__(self, name: str) -> None:
        """Now, at first."""
        super().__init__()
        self._name = name
        self.moment: Moment | None = None
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_moment(None)

    def show_moment(self, moment: Moment | None) -> None:
        """Take over ``moment``; None for now."""
        self.moment = moment
        words = side_words(moment)
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(f"{self._name}: {words}")
        self.setToolTip(tip(words))
        self.update()

    def sizeHint(self) -> QSize:
        """Three lines with room around them."""
        return QSize(tokens.CONTROL * 5, 3 * self.fontMetrics().height() + 2 * tokens.GAP)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A card; with the accent while it is the one that is chosen for."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        ground = tokens.tint(palette, 0.14) if self.isChecked() else tokens.card(palette)
        if self.underMouse() and not self.isChecked():
            ground = tokens.hover(palette)
        line = tokens.accent(palette) if self.isChecked() else tokens.strong_line(palette)
        rect = self.rect().toRectF().adjusted(1, 1, -1, -1)
        painter.setPen(QPen(line, 2 if self.isChecked() else tokens.HAIRLINE))
        painter.setBrush(ground)
        painter.drawRoundedRect(rect, tokens.SMALL_RADIUS, tokens.SMALL_RADIUS)
        words, more = _words_of(self.moment)
        name_ink = tokens.accent(palette) if self.isChecked() else tokens.quiet(palette)
        line_height = self.fontMetrics().height()
        room = self.rect().adjusted(tokens.GAP + tokens.HALF, tokens.GAP, -tokens.GAP, -tokens.GAP)
        room.setHeight(line_height)
        for font, ink, shown in (
            (tokens.small_font(), name_ink, self._name),
            (tokens.strong_font(), tokens.text(palette), words),
            (tokens.small_font(), tokens.quiet(palette), more),
        ):
            painter.setFont(font)
            painter.setPen(ink)
            elided = QFontMetrics(font).elidedText(shown, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, _LEADING, elided)
            room.translate(0, line_height)
        if self.hasFocus():
            paint_focus(painter, self.rect().toRectF(), palette, tokens.SMALL_RADIUS)


class Sides(QWidget):
    """From and to. The earlier moment is always the first."""

    changed = Signal()

    def __init__(self) -> None:
        """Both are now."""
        super().__init__()
        self.first, self.second = Side(_("From")), Side(_("To"))
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.GAP)
        for side in (self.first, self.second):
            group.addButton(side)
            row.addWidget(side, 1)
        self.first.setChecked(True)

    @property
    def seqs(self) -> tuple[int | None, int | None]:
        """The numbers of the two operations after which the report is compared; None for now."""
        return _seq(self.first.moment), _seq(self.second.moment)

    def choose(self, first: Moment | None, second: Moment | None) -> None:
        """Compare these two."""
        if first is None or (second is not None and second.seq < first.seq):
            first, second = second, first
        self.first.show_moment(first)
        self.second.show_moment(second)
        self.changed.emit()

    def fill(self, moment: Moment | None) -> None:
        """Make ``moment`` the side that is chosen for."""
        if self.first.isChecked():
            self.choose(moment, self.second.moment)
        else:
            self.choose(self.first.moment, moment)


def _seq(moment: Moment | None) -> int | None:
    return None if moment is None else moment.seq
