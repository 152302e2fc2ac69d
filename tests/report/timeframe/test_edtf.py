"""EDTF-1 what is accepted means what common readers of EDTF say it means
EDTF-2 parse(str(x)) is x
EDTF-3 what is refused is refused with a sentence that says what to type, and that can be typed
EDTF-4 a reading knows its precision, its last day, and whether that has passed
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from time import struct_time

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.report.timeframe import Edtf, EdtfError, Precision, parse
from desktop_app.runtime.errors import DeskError
from tests.report.timeframe.strategies import readings

# Months and days that exist and some that do not, seasons and what lies beyond them.
END = r"(\.\.|20[01][0-9](-[0-4][0-9](-[0-3][0-9])?)?[~?%]?)"


def oracle_bounds(text: str) -> tuple[date | None, date | None]:
    """First and last day as the edtf package understands ``text``; infinity is an open end."""
    expression = parse_edtf(text)
    first, last = expression.lower_strict(), expression.upper_strict()
    return calendar_day(first), calendar_day(last)


def calendar_day(value: struct_time | float) -> date | None:
    return None if isinstance(value, float) else date(*value[:3])


@given(readings())
def test_edtf_1_bounds_agree_with_the_oracle(reading: Edtf) -> None:
    assert reading.bounds() == oracle_bounds(str(reading))


@given(st.from_regex(rf"{END}(/{END})?", fullmatch=True))
def test_edtf_1_nothing_is_accepted_that_the_oracle_refuses(text: str) -> None:
    try:
        reading = parse(text)
    except EdtfError:
        return
    assert reading.bounds() == oracle_bounds(text)


@given(readings())
def test_edtf_2_canonical_text_gives_the_same_reading(reading: Edtf) -> None:
    assert parse(str(reading)) == reading
    assert str(parse(str(reading))) == str(reading)


@given(readings(), st.sampled_from(["", " ", "\t"]))
def test_edtf_2_spaces_do_not_matter(reading: Edtf, space: str) -> None:
    assert parse(space + str(reading).replace("/", f"{space}/{space}") + space) == reading


@given(st.text())
def test_edtf_3_any_text_is_a_reading_or_an_error_with_a_sentence(text: str) -> None:
    try:
        assert isinstance(parse(text), Edtf)
    except EdtfError as error:
        assert error.sentence.endswith(".")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Type a date, for example 2014, 2014-12 or ../2014-12 for “by December 2014”."),
        (
            "next year",
            "“next year” is not written as a date. Type, for example, 2014, 2014-12 or 2014-12-31.",
        ),
        ("2013-9", "“2013-9” is not written as a date. Type, for example, 2014, 2014-12 or 2014-12-31."),
        ("0000", "There is no year 0000. Type, for example, 2014."),
        ("2013-13", "13 is no month. Type a month from 01 to 12, for example 2013-12."),
        ("2013-37", "37 is no month. Type a month from 01 to 12, for example 2013-12."),
        ("2013-02-30", "There is no day 30 in this month. Its last day is 2013-02-28."),
        ("2013-21-01", "A day needs a month before it. Type, for example, 2014-12-31."),
        ("2013-35~", "“~” cannot follow a season, quarter or half. Type months: 2013-07~/2013-09~."),
        ("2013/2014/2015", "“2013/2014/2015” has more than one slash. Type, for example, 2014/2016."),
        ("2013/", "Type 2013/.. if that end is open: two dots stand for it."),
        ("/2013", "Type ../2013 if that end is open: two dots stand for it."),
        ("../..", "Both ends are open. Type at least one, for example 2014/.. or ../2014-12."),
        ("2015/2013", "The end 2013 lies before the start 2015. Type the earlier one first: 2013/2015."),
        ("../2013-35", "Quarters and halves stand alone. Type months instead: ../2013-09."),
        ("2013-33/2014-40", "Quarters and halves stand alone. Type months instead: 2013-01/2014-06."),
    ],
)
def test_edtf_3_the_sentence_says_what_to_type(text: str, sentence: str) -> None:
    with pytest.raises(EdtfError) as caught:
        parse(text)
    assert caught.value.sentence == sentence
    advice = sentence.rpartition("Type" if "Type" in sentence else "last day is")[2]
    examples = re.findall(r"(?:\.\./)?[0-9]{4}[-0-9~]*(?:/(?:[0-9]{4}[-0-9~]*|\.\.))?", advice)
    assert examples
    for example in examples:
        parse(example)


def test_edtf_3_the_error_is_one_of_the_desk_and_a_value_error() -> None:
    assert issubclass(EdtfError, DeskError)
    assert issubclass(EdtfError, ValueError)


@pytest.mark.parametrize(
    ("text", "precision", "interval"),
    [
        ("2014", Precision.YEAR, False),
        ("2014-06", Precision.MONTH, False),
        ("2014-06-30", Precision.DAY, False),
        ("2014-22", Precision.SEASON, False),
        ("2014-35", Precision.QUARTER, False),
        ("2014-40", Precision.HALF, False),
        ("2014~", Precision.YEAR, False),
        ("../2013-12", Precision.MONTH, True),
        ("2013-09-01/2014", Precision.YEAR, True),
        ("2013-09-01/2014-03", Precision.MONTH, True),
    ],
)
def test_edtf_4_precision_is_that_of_the_coarser_end(text: str, precision: Precision, interval: bool) -> None:
    assert parse(text).precision is precision
    assert parse(text).interval is interval


@pytest.mark.parametrize(
    ("text", "latest"),
    [
        ("../2013-12", date(2013, 12, 31)),
        ("../2012-02", date(2012, 2, 29)),
        ("../2013-06~", date(2013, 6, 30)),
        ("2014", date(2014, 12, 31)),
        ("2013-35", date(2013, 9, 30)),
        ("2013/2015", date(2015, 12, 31)),
        ("2013-24", date(2013, 12, 31)),
    ],
)
def test_edtf_4_a_reading_is_overdue_the_day_after_its_last(text: str, latest: date) -> None:
    reading = parse(text)
    assert reading.latest_day == latest
    assert not reading.overdue(latest)
    assert reading.overdue(latest + timedelta(days=1))


def test_edtf_4_an_open_end_is_never_overdue() -> None:
    assert parse("2013-09/..").latest_day is None
    assert not parse("2013-09/..").overdue(date(2999, 1, 1))


def test_edtf_4_a_qualifier_says_how_sure_the_reading_is() -> None:
    about, doubted, both = (parse(text).start for text in ("2014~", "2014?", "2014%"))
    assert about and about.approximate and not about.uncertain
    assert doubted and doubted.uncertain and not doubted.approximate
    assert both and both.approximate and both.uncertain
