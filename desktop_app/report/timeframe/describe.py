"""A reading in short words, for the window and the workbook."""

from __future__ import annotations

from datetime import date
from typing import Literal

from desktop_app.report.timeframe.edtf import Edtf, Precision, Unit
from desktop_app.runtime.i18n import _, pgettext

Style = Literal["short", "long"]
"""``short`` abbreviates months (for the window), ``long`` writes them out (for documents)."""


def describe(edtf: Edtf, *, style: Style = "short") -> str:
    """The reading as said aloud: ``by 31 Dec 2013``, ``third quarter of 2013``, ``about 2014``."""
    if edtf.start is None and edtf.end is not None:
        return _by(edtf.end, style)
    if edtf.start is not None and edtf.end is None:
        return _("from {date}").format(date=_qualified(edtf.start, style))
    if edtf.interval and edtf.start and edtf.end:
        return _("{start} to {end}").format(
            start=_qualified(edtf.start, style), end=_qualified(edtf.end, style)
        )
    return _at(edtf.start, style) if edtf.start else ""


def describe_day(day: date, *, style: Style = "long") -> str:
    """A day as said aloud: ``2 May 2013``."""
    return _plain(Unit(day.year, day.month, day.day), style)


def describe_precision(edtf: Edtf) -> str:
    """How exact the reading is, in words: ``month``, or ``interval of months``."""
    single = {
        Precision.DAY: pgettext("how exact", "day"),
        Precision.MONTH: pgettext("how exact", "month"),
        Precision.SEASON: pgettext("how exact", "season"),
        Precision.QUARTER: pgettext("how exact", "quarter"),
        Precision.HALF: pgettext("how exact", "half-year"),
        Precision.YEAR: pgettext("how exact", "year"),
    }
    several = {
        Precision.DAY: pgettext("how exact", "interval of days"),
        Precision.MONTH: pgettext("how exact", "interval of months"),
        Precision.SEASON: pgettext("how exact", "interval of seasons"),
        Precision.YEAR: pgettext("how exact", "interval of years"),
    }
    return several[edtf.precision] if edtf.interval else single[edtf.precision]


def _at(unit: Unit, style: Style) -> str:
    if unit.qualifier:
        return _qualified(unit, style)
    if unit.precision is Precision.DAY:
        return _("on {date}").format(date=_plain(unit, style))
    if unit.precision in (Precision.MONTH, Precision.YEAR):
        return _("in {date}").format(date=_plain(unit, style))
    return _plain(unit, style)


def _by(unit: Unit, style: Style) -> str:
    """A deadline by its last day, unless that would sound more exact than the words are."""
    if unit.approximate:
        return _("by {date}").format(date=_qualified(unit, style))
    if unit.precision is Precision.SEASON:
        return _("by the end of {season}").format(season=_plain(unit, style))
    last = unit.last_day()
    day = _plain(Unit(last.year, last.month, last.day), style)
    return _uncertain(_("by {date}").format(date=day)) if unit.uncertain else _("by {date}").format(date=day)


def _qualified(unit: Unit, style: Style) -> str:
    words = _plain(unit, style)
    if unit.approximate:
        words = _("about {date}").format(date=words)
    return _uncertain(words) if unit.uncertain else words


def _uncertain(words: str) -> str:
    return _("{date} (uncertain)").format(date=words)


def _plain(unit: Unit, style: Style) -> str:
    year = unit.year
    if unit.part is None:
        return str(year)
    if unit.day is not None:
        month = _months_after_day(style)[unit.part - 1]
        return _("{day} {month} {year}").format(day=unit.day, month=month, year=year)
    if unit.precision is Precision.MONTH:
        return _("{month} {year}").format(month=_months_alone(style)[unit.part - 1], year=year)
    return {
        21: _("spring {year}"), 22: _("summer {year}"), 23: _("autumn {year}"), 24: _("winter {year}"),
        33: _("first quarter of {year}"), 34: _("second quarter of {year}"),
        35: _("third quarter of {year}"), 36: _("fourth quarter of {year}"),
        40: _("first half of {year}"), 41: _("second half of {year}"),
    }[unit.part].format(year=year)  # fmt: skip


# Two sets of names, because many languages bend a month after a day ("1. rujna") but not alone ("rujan").


def _months_after_day(style: Style) -> tuple[str, ...]:
    if style == "short":
        return (
            pgettext("month after a day", "Jan"), pgettext("month after a day", "Feb"),
            pgettext("month after a day", "Mar"), pgettext("month after a day", "Apr"),
            pgettext("month after a day", "May"), pgettext("month after a day", "Jun"),
            pgettext("month after a day", "Jul"), pgettext("month after a day", "Aug"),
            pgettext("month after a day", "Sep"), pgettext("month after a day", "Oct"),
            pgettext("month after a day", "Nov"), pgettext("month after a day", "Dec"),
        )  # fmt: skip
    return (
        pgettext("full month after a day", "January"), pgettext("full month after a day", "February"),
        pgettext("full month after a day", "March"), pgettext("full month after a day", "April"),
        pgettext("full month after a day", "May"), pgettext("full month after a day", "June"),
        pgettext("full month after a day", "July"), pgettext("full month after a day", "August"),
        pgettext("full month after a day", "September"), pgettext("full month after a day", "October"),
        pgettext("full month after a day", "November"), pgettext("full month after a day", "December"),
    )  # fmt: skip


def _months_alone(style: Style) -> tuple[str, ...]:
    if style == "short":
        return (
            pgettext("month alone", "Jan"), pgettext("month alone", "Feb"), pgettext("month alone", "Mar"),
            pgettext("month alone", "Apr"), pgettext("month alone", "May"), pgettext("month alone", "Jun"),
            pgettext("month alone", "Jul"), pgettext("month alone", "Aug"), pgettext("month alone", "Sep"),
            pgettext("month alone", "Oct"), pgettext("month alone", "Nov"), pgettext("month alone", "Dec"),
        )  # fmt: skip
    return (
        pgettext("full month alone", "January"), pgettext("full month alone", "February"),
        pgettext("full month alone", "March"), pgettext("full month alone", "April"),
        pgettext("full month alone", "May"), pgettext("full month alone", "June"),
        pgettext("full month alone", "July"), pgettext("full month alone", "August"),
        pgettext("full month alone", "September"), pgettext("full month alone", "October"),
        pgettext("full month alone", "November"), pgettext("full month alone", "December"),
    )  # fmt: skip
