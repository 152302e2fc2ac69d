"""A day for the properties of what is exported: it follows from the report, so that no clock is asked."""

from __future__ import annotations

import datetime
import re

from desktop_app.formdef.model import Section
from desktop_app.report.report import Report

_FIRST_MOMENT = datetime.date(1980, 1, 1)


def day_of(report: Report, cover: Section | None) -> datetime.date:
    """The report's own date, which stands in the section about the respondent, or the cycle's first day."""
    for question in cover.fields if cover else ():
        value = report.answers.get(cover.field_path(question)) if cover else None
        if isinstance(value, datetime.date) and value > _FIRST_MOMENT:
            return value
    year = re.search(r"(?<!\d)(?:19[89]|2\d\d)\d(?!\d)", report.cycle)
    return datetime.date(int(year[0]), 1, 1) if year else _FIRST_MOMENT
