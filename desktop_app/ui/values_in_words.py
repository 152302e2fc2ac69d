"""Numbers and dates as the person's own system writes them."""

from __future__ import annotations

import datetime

from PySide6.QtCore import QDate, QLocale

from desktop_app.report.value_words import Formats
from desktop_app.report.values import Number


def number_words(number: Number) -> str:
    """A number in the person's own digits and marks."""
    locale = QLocale()
    return locale.toString(number) if isinstance(number, int) else locale.toString(number, "g", 12)


def date_words(day: datetime.date) -> str:
    """A date in the person's own order."""
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)


LOCAL_FORMATS = Formats(number=number_words, date=date_words)
