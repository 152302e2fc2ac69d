from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from desktop_app.ui.editors.numbers import number_echo, number_line, read_number


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1250", 1250), ("1,5", 1.5), ("1.5", 1.5), (".5", 0.5), ("0,125", 0.125), ("-7", -7), ("−7", -7),
        ("+7", 7),
        ("-0", 0), ("5.0", 5), (" 12 ", 12),
        ("1 234", 1234), ("1\u00a0234,5", 1234.5), ("1\u202f234", 1234), ("1'234", 1234), ("1’234.5", 1234.5),
        ("1.234.567", 1234567), ("1,234,567", 1234567), ("1.234.567,8", 1234567.8),
        ("1,234,567.8", 1234567.8),
        ("1.234,5", 1234.5), ("1,234.5", 1234.5), ("12,34,567", 1234567), ("12,34,567.5", 1234567.5),
        ("\u0661\u0662\u0663\u0664", 1234),
        ("\u0661\u066c\u0662\u0663\u0664\u066b\u0665", 1234.5),
        ("\u0967\u0968", 12), ("\uff11\uff12\uff0e\uff15", 12.5),
        ("12345678901234567890", 12345678901234567890),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(typed: str, expected: float) -> None:
    reading = read_number(typed)
    assert reading.value == expected
    assert type(reading.value) is type(expected)


@pytest.mark.parametrize("typed", ["1.234", "1,234", "-1.234", "999,999"])
def test_a_number_with_two_meanings_is_asked_about(typed: str) -> None:
    reading = read_number(typed)
    assert reading.value is None
    digits = typed.replace(",", "").replace(".", "")
    assert reading.choices == (int(digits), float(typed.replace(",", ".")))
    assert read_number(typed, whole=True).value == int(digits)


@pytest.mark.parametrize(
    "typed",
    [
        "abc",
        "5x",
        "1e5",
        "50 %",
        "nan",
        "inf",
        "1.23.4",
        "1,23.4.5",
        "5.",
        "1 2",
        "2012 5",
        "--5",
        "½",
        "1.2,3.4",
    ],
)
def test_what_is_no_number_gets_a_sentence(typed: str) -> None:
    reading = read_number(typed)
    assert reading.value is None
    assert reading.choices == ()
    assert reading.sentence


def test_digits_that_cannot_be_kept_are_not_dropped_silently() -> None:
    reading = read_number("0.1234567890123456789")
    assert reading.value is None
    assert "15 digits" in reading.sentence


def test_nothing_is_nothing() -> None:
    assert read_number("  ").value is None
    assert read_number("  ").sentence == ""


NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize("language", ["en", "de", "fr", "ar", "hi", "fa"])
@given(number=NUMBERS)
def test_what_is_shown_is_read_back_in_every_country(language: str, number: float) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(language))
    try:
        reading = read_number(number_line(number))
        assert number in (reading.value, *reading.choices)
        assert number_echo(number)
    finally:
        QLocale.setDefault(before)
