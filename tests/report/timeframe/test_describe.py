"""DESC-1 a reading is said in short words, for the window and for documents
DESC-2 the words follow the user's language; a month may have one form alone and one after a day
DESC-3 how exact a reading is, is said in a word
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from hypothesis import given

from desktop_app.report.timeframe import Edtf, describe, describe_day, describe_precision, parse
from desktop_app.runtime import i18n
from tests.report.timeframe.strategies import readings


@pytest.mark.parametrize(
    ("edtf", "short", "long"),
    [
        ("../2013-12", "by 31 Dec 2013", "by 31 December 2013"),
        ("../2014-01-31", "by 31 Jan 2014", "by 31 January 2014"),
        ("../2015", "by 31 Dec 2015", "by 31 December 2015"),
        ("../2013-06~", "by about Jun 2013", "by about June 2013"),
        ("../2013-06?", "by 30 Jun 2013 (uncertain)", "by 30 June 2013 (uncertain)"),
        ("../2013-06%", "by about Jun 2013 (uncertain)", "by about June 2013 (uncertain)"),
        ("../2013-23", "by the end of autumn 2013", "by the end of autumn 2013"),
        ("2014", "in 2014", "in 2014"),
        ("2014-09", "in Sep 2014", "in September 2014"),
        ("2014-09-01", "on 1 Sep 2014", "on 1 September 2014"),
        ("2013-09/..", "from Sep 2013", "from September 2013"),
        ("2014~/..", "from about 2014", "from about 2014"),
        ("2013/2015", "2013 to 2015", "2013 to 2015"),
        ("2014-01/2014-04~", "Jan 2014 to about Apr 2014", "January 2014 to about April 2014"),
        ("2013-23", "autumn 2013", "autumn 2013"),
        ("2013-33", "first quarter of 2013", "first quarter of 2013"),
        ("2013-35", "third quarter of 2013", "third quarter of 2013"),
        ("2013-40", "first half of 2013", "first half of 2013"),
        ("2014~", "about 2014", "about 2014"),
        ("2014?", "2014 (uncertain)", "2014 (uncertain)"),
        ("2014-09%", "about Sep 2014 (uncertain)", "about September 2014 (uncertain)"),
    ],
)
def test_desc_1_words_for_a_reading(edtf: str, short: str, long: str) -> None:
    assert describe(parse(edtf), style="short") == short
    assert describe(parse(edtf), style="long") == long


@given(readings())
def test_desc_1_every_reading_names_its_years(reading: Edtf) -> None:
    for unit in (reading.start, reading.end):
        if unit:
            assert str(unit.year) in describe(reading, style="short")


def test_desc_2_words_follow_the_language(tmp_path: Path) -> None:
    catalogue = Catalog(locale="hr")
    catalogue.add("by {date}", "do {date}")
    catalogue.add("in {date}", "{date}")
    catalogue.add("{day} {month} {year}", "{day}. {month} {year}.")
    catalogue.add("September", "rujna", context="full month after a day")
    catalogue.add("September", "rujan", context="full month alone")
    folder = tmp_path / "hr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / f"{i18n.DOMAIN}.mo").open("wb") as file:
        write_mo(file, catalogue)
    i18n.install("hr", tmp_path)
    assert describe(parse("../2013-09"), style="long") == "do 30. rujna 2013."
    assert describe(parse("2013-09"), style="long") == "rujan 2013"


@pytest.mark.parametrize(
    ("edtf", "word"),
    [
        ("2013-09-01", "day"),
        ("2013-09", "month"),
        ("2013-23", "season"),
        ("2013-35", "quarter"),
        ("2013-40", "half-year"),
        ("2013", "year"),
        ("../2013-12", "interval of months"),
        ("2013-09-01/..", "interval of days"),
        ("2013-23/2014-21", "interval of seasons"),
        ("2013-09/2014", "interval of years"),
    ],
)
def test_desc_3_how_exact(edtf: str, word: str) -> None:
    assert describe_precision(parse(edtf)) == word


@given(readings())
def test_desc_3_every_reading_has_a_word(reading: Edtf) -> None:
    assert describe_precision(reading)


def test_a_day_is_said_as_on_a_letter() -> None:
    assert describe_day(date(2013, 5, 2)) == "2 May 2013"
    assert describe_day(date(2013, 12, 31), style="short") == "31 Dec 2013"
