"""The day in the properties of a file follows from the report."""

from __future__ import annotations

import datetime

import pytest

from desktop_app.exchange.dating import day_of
from desktop_app.formdef.model import Section
from desktop_app.report.report import Report
from tests.support.workbooks import report_of


def cover_of(report: Report) -> Section:
    section = report.form.section("cover")
    assert section is not None
    return section


def test_it_is_the_date_that_the_report_gives() -> None:
    report = report_of("ga-commitments", ("cover.date", "2013-05-02"))
    assert day_of(report, cover_of(report)) == datetime.date(2013, 5, 2)


@pytest.mark.parametrize(
    ("cycle", "expected"), [("2013", (2013, 1, 1)), ("2014/15", (2014, 1, 1)), ("first", (1980, 1, 1))]
)
def test_else_it_is_the_first_day_of_the_cycle(cycle: str, expected: tuple[int, int, int]) -> None:
    report = report_of("ga-commitments")
    report.cycle = cycle
    assert day_of(report, cover_of(report)) == day_of(report, None) == datetime.date(*expected)
