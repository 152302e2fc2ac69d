from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from desktop_app.report.timeframe.edtf import Edtf, Unit, parse
from desktop_app.ui.editors.dates import day_echo, read_day, read_unit, unit_line


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("31.12.2013", "2013-12-31"), ("31. 12. 2013", "2013-12-31"), ("1.9.2013", "2013-09-01"),
        ("2013-12-31", "2013-12-31"), ("2013/12/31", "2013-12-31"), ("2013.12.31.", "2013-12-31"),
        ("31/12/2013", "2013-12-31"), ("12/31/2013", "2013-12-31"), ("1/1/2013", "2013-01-01"),
        ("31-12-2013", "2013-12-31"), ("31 December 2013", "2013-12-31"), ("December 31, 2013", "2013-12-31"),
        ("2nd of May 2013", "2013-05-02"), ("31 Dec. 2013", "2013-12-31"), ("31 décembre 2013", "2013-12-31"),
        ("le 1er mai 2013", "2013-05-01"),
        ("\u0663\u0661/\u0661\u0662/\u0662\u0660\u0661\u0663", "2013-12-31"),
        ("2013年12月31日", "2013-12-31"),
        ("12/2013", "2013-12"), ("December 2013", "2013-12"), ("2013-12", "2013-12"), ("2013", "2013"),
        ("third quarter of 2014", "2014-35"),
    ],
)  # fmt: skip
def test_dates_are_read_as_people_write_them(typed: str, expected: str) -> None:
    reading = read_unit(typed, ("fr", "en"))
    assert str(reading.unit) == expected


@pytest.mark.parametrize("typed", ["01/09/2013", "9-1-2013", "\u0661/\u0669/\u0662\u0660\u0661\u0663"])
def test_a_date_with_two_meanings_is_asked_about(typed: str) -> None:
    reading = read_unit(typed, ("en",))
    assert reading.unit is None
    assert {str(choice) for choice in reading.choices} == {"2013-09-01", "2013-01-09"}


@pytest.mark.parametrize(
    "typed",
    [
        "soon",
        "32.12.2013",
        "30.2.2013",
        "13/13/2013",
        "2013-13",
        "31.12.13",
        "May",
        "5 May",
        "1 May June 2013",
    ],
)
def test_what_is_no_date_gets_a_sentence(typed: str) -> None:
    reading = read_unit(typed, ("en",))
    assert (reading.unit, reading.choices) == (None, ())
    assert reading.sentence


def test_a_month_is_not_a_day() -> None:
    assert "day" in read_day("December 2013", ("en",)).sentence
    assert read_day("", ("en",)).sentence == ""


def test_a_name_that_means_two_months_in_two_languages_is_asked_about() -> None:
    """“listopad” is October in Croatian and November in Polish."""
    reading = read_unit("1 listopad 2013", ("hr", "pl"))
    assert {str(choice) for choice in reading.choices} == {"2013-10-01", "2013-11-01"}


@pytest.mark.parametrize(
    "language", ["en", "de", "fr", "sq", "ru", "ar", "hi", "cs", "pt", "vi", "ja", "ka", "th"]
)
@given(day=st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1)))
def test_what_is_shown_is_read_back_in_every_language(language: str, day: datetime.date) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(language))
    try:
        for unit in (Unit(day.year, day.month, day.day), Unit(day.year, day.month), Unit(day.year)):
            assert read_unit(unit_line(unit), ("en",)).unit == unit
        assert day_echo(Unit(day.year, day.month, day.day))
    finally:
        QLocale.setDefault(before)


def test_other_units_are_shown_in_words() -> None:
    assert unit_line(Unit(2014, 35)) == "third quarter of 2014"
    assert str(Edtf.of(parse("2014~").start or Unit(1))) == "2014~"
