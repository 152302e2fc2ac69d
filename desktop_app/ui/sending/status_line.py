"""The status of a report in a few words, for the header and lists: which submission, and when."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale

from desktop_app.report.report import Report
from desktop_app.report.status import Status
from desktop_app.report.submissions import last_submission
from desktop_app.runtime.i18n import _
from desktop_app.ui.moment_words import local_time, time_words


def step_words(status: str) -> str:
    """The name of a step."""
    return {
        "draft": _("Draft"),
        "ready": _("Ready for clearance"),
        "approved": _("Approved"),
        "submitted": _("Submitted"),
    }.get(status, status)


def short_moment(at: str) -> str:
    """Day and time in few letters, such as "26 Nov 2026 14:02"."""
    day = local_time(at).date()
    words = QLocale().toString(QDate(day.year, day.month, day.day), "d MMM yyyy")
    return _("{day} {time}").format(day=words, time=time_words(at))


def status_line(report: Report) -> str:
    """Such as "Draft, amends submission 1", "Draft; submission 2 taken back", "Submitted 2, 26 Nov 2026"."""
    last = last_submission(report)
    if last is None:
        return step_words(report.status)
    if report.status == Status.SUBMITTED:
        words = _("Submitted {number}, {moment}")
        return words.format(number=last.number, moment=short_moment(last.at))
    if last.taken_back is None:
        words = _("{status}, amends submission {number}")
        return words.format(status=step_words(report.status), number=last.number)
    words = _("{status}; submission {number} taken back")
    return words.format(status=step_words(report.status), number=last.number)
