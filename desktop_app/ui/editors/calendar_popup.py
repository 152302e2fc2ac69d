"""A month to pick a day from."""

from __future__ import annotations

import datetime

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QPalette, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QToolButton, QVBoxLayout, QWidget

from desktop_app.runtime.i18n import _
from desktop_app.ui import icons, tokens


class CalendarPopup(QFrame):
    """A month to pick a day from; Esc closes it."""

    def __init__(self, parent: QWidget) -> None:
        """Hidden until ``open_below``."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.calendar = QCalendarWidget()
        # Its years can be typed: none that is no date of ours.
        self.calendar.setDateRange(QDate(datetime.MINYEAR, 1, 1), QDate(datetime.MAXYEAR, 12, 31))
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setAccessibleName(_("Calendar"))
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.HALF, tokens.HALF, tokens.HALF, tokens.HALF)
        column.addWidget(self.calendar)

    def open_below(self, button: QWidget, date: datetime.date | None) -> None:
        """Show the month of ``date``, or of today, below ``button``, within the screen."""
        self.calendar.setSelectedDate(
            QDate.currentDate() if date is None else QDate(date.year, date.month, date.day)
        )
        _quieten(self.calendar)
        self.adjustSize()
        rtl = button.layoutDirection() == Qt.LayoutDirection.RightToLeft
        corner = button.mapToGlobal(QPoint(0 if rtl else button.width() - self.width(), button.height()))
        screen = button.screen().availableGeometry()
        x = max(screen.left(), min(corner.x(), screen.right() - self.width()))
        y = corner.y()
        if y + self.height() > screen.bottom():
            y = button.mapToGlobal(QPoint(0, 0)).y() - self.height()
        self.move(x, max(screen.top(), y))
        self.show()
        self.calendar.setFocus(Qt.FocusReason.PopupFocusReason)


def _quieten(calendar: QCalendarWidget) -> None:
    """Take Qt's bar of colour and its red weekends out, and give the arrows our own lines."""
    palette = calendar.palette()
    plain = QTextCharFormat()
    plain.setForeground(tokens.text(palette))
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(day, plain)
    bar = calendar.findChild(QWidget, "qt_calendar_navigationbar")
    if bar is not None:
        bar.setBackgroundRole(QPalette.ColorRole.Base)
    palette.setColor(QPalette.ColorRole.HighlightedText, tokens.text(palette))
    for name, icon_name, words in (
        ("qt_calendar_prevmonth", "chevron-left", _("The month before")),
        ("qt_calendar_nextmonth", "chevron-right", _("The next month")),
        ("qt_calendar_monthbutton", "", _("Month")),
        ("qt_calendar_yearbutton", "", _("Year")),
    ):
        button = calendar.findChild(QToolButton, name)
        if button is None:
            continue
        button.setPalette(palette)
        button.setAccessibleName(words)
        if icon_name:
            button.setIcon(icons.icon(icon_name))
