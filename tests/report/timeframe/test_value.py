"""TF-1 the words are kept verbatim, whatever they are
TF-2 the plain shape is {"text", "edtf", "confirmed"} and goes there and back
TF-3 a plain value of another shape is refused with a sentence
TF-4 reading the words suggests, and confirms nothing
TF-5 who only holds timeframes does not wait for the word lists
"""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.report.timeframe import EdtfError, Timeframe, parse
from tests.report.timeframe.strategies import readings

timeframes = st.builds(Timeframe, st.text(), st.none() | readings().map(str), st.booleans())


@given(st.text())
def test_tf_1_words_stay_verbatim(text: str) -> None:
    assert Timeframe.read(text).text == text


def test_tf_2_the_plain_shape() -> None:
    plain = {"text": "Till December 2013", "edtf": "../2013-12", "confirmed": False}
    assert Timeframe("Till December 2013", "../2013-12").to_plain() == plain
    assert Timeframe("ongoing").to_plain() == {"text": "ongoing", "edtf": None, "confirmed": False}


@given(timeframes)
def test_tf_2_there_and_back(timeframe: Timeframe) -> None:
    assert Timeframe.from_plain(timeframe.to_plain()) == timeframe


def test_tf_2_what_is_missing_or_unknown_does_no_harm() -> None:
    assert Timeframe.from_plain({"text": "Within 2013"}) == Timeframe("Within 2013")
    assert Timeframe.from_plain({"text": "", "colour": "red"}) == Timeframe("")


def test_tf_2_a_reading_is_kept_in_its_canonical_notation() -> None:
    assert Timeframe("until June", " .. / 2014-06 ").edtf == "../2014-06"
    assert Timeframe("until June", "../2014-06").reading == parse("../2014-06")
    assert Timeframe("ongoing").reading is None


@pytest.mark.parametrize(
    ("plain", "sentence"),
    [
        ({}, "A timeframe needs its words as “text”."),
        ({"text": None}, "A timeframe needs its words as “text”."),
        ({"text": 2013}, "A timeframe needs its words as “text”."),
        ({"text": "2013", "edtf": 2013}, "The reading “edtf” of the timeframe “2013” must be text or null."),
        ({"text": "2013", "confirmed": 1}, "“confirmed” of the timeframe “2013” must be true or false."),
        ({"text": "2013", "confirmed": None}, "“confirmed” of the timeframe “2013” must be true or false."),
    ],
)
def test_tf_3_another_shape_is_refused(plain: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError) as caught:
        Timeframe.from_plain(plain)
    assert str(caught.value) == sentence


def test_tf_3_a_reading_that_is_none_is_refused() -> None:
    with pytest.raises(EdtfError, match="not written as a date"):
        Timeframe.from_plain({"text": "Till December 2013", "edtf": "Dec 2013"})


def test_tf_4_a_suggestion_is_not_confirmed() -> None:
    assert Timeframe.read("Till December 2013") == Timeframe("Till December 2013", "../2013-12", False)
    assert Timeframe.read("do 2015. godine", ["bs"]) == Timeframe("do 2015. godine", "../2015", False)
    assert Timeframe.read("do 2015. godine") == Timeframe("do 2015. godine", None, False)


def test_tf_5_holding_a_timeframe_loads_no_grammar() -> None:
    script = (
        "import sys; from desktop_app.report.timeframe import Timeframe, describe;"
        "Timeframe('Within 2013', '2013').to_plain();"
        "print([name for name in sys.modules if name.startswith('desktop_app.report.timeframe.')])"
    )
    root = Path(__file__).parents[3]
    command = [sys.executable, "-c", script]
    loaded = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    assert "value" in loaded
    assert "grammar" not in loaded
    assert "vocabulary" not in loaded


def test_bounds_are_those_of_the_reading() -> None:
    assert Timeframe("Till May 2013", "../2013-05").bounds() == (None, date(2013, 5, 31))
    assert Timeframe("on an ongoing basis").bounds() == (None, None)
