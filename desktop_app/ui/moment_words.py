"""Moments of the log as the person's own clock and calendar say them."""

from __future__ import annotations

import datetime
import re

from PySide6.QtCore import QDate, QLocale, QTime

from desktop_app.runtime.i18n import _

_MINUTES = re.compile("([.:]?)(m+)")
"""The minutes in a pattern of Qt, and what stands before them."""


def local_time(at: str) -> datetime.datetime:
    """A moment of the log (UTC, ISO 8601 with a Z) on this computer's clock."""
    return datetime.datetime.fromisoformat(at.replace("Z", "+00:00")).astimezone()


def time_words(at: str, *, with_seconds: bool = False) -> str:
    """The time of day as this person's language writes it, such as "14:03"."""
    moment = local_time(at)
    pattern = QLocale().timeFormat(QLocale.FormatType.ShortFormat)
    if with_seconds and "ss" not in pattern:
        # Written as the times without seconds beside it: no language has them in its short form.
        pattern = _MINUTES.sub(_with_seconds, pattern, count=1)
    return QLocale().toString(QTime(moment.hour, moment.minute, moment.second), pattern)


def _with_seconds(minutes: re.Match[str]) -> str:
    return f"{minutes[0]}{minutes[1] or ':'}ss"


def day_words(at: str, today: datetime.date | None = None) -> str:
    """The day: "Today", "Yesterday", else the date in full."""
    day = local_time(at).date()
    ago = ((today or datetime.datetime.now().astimezone().date()) - day).days
    if ago == 0:
        return _("Today")
    if ago == 1:
        return _("Yesterday")
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)


def moment_words(at: str, *, with_seconds: bool = False) -> str:
    """Day and time, such as "Today 14:03"."""
    return _("{day} {time}").format(day=day_words(at), time=time_words(at, with_seconds=with_seconds))


def span_words(first: str, last: str, *, with_day: bool = True) -> str:
    """From one moment to a later one, such as "Today 14:03–14:20"."""
    begin, end = moment_words(first) if with_day else time_words(first), time_words(last)
    if local_time(first).date() != local_time(last).date():
        return _("{begin} – {end}").format(begin=moment_words(first), end=moment_words(last))
    return begin if time_words(first) == end else _("{begin}–{end}").format(begin=begin, end=end)


def who_words(who: str) -> str:
    """The person's name, or that it is not known."""
    return who or _("Somebody")
