"""BR-1 a bracketed timeframe at the end is taken out, with the space before it
BR-2 one full stop stays, the one of the words before if they have it
BR-3 brackets with other content stay, and so do brackets elsewhere
BR-4 the span cuts the same characters out of any other copy of the text
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.report.timeframe import SplitTimeframe, split_timeframe


@pytest.mark.parametrize(
    ("text", "rest", "phrase"),
    [
        (
            "identification of victims. (Till December 2013)",
            "identification of victims.",
            "Till December 2013",
        ),
        ("of the victim. (Till September 2013).", "of the victim.", "Till September 2013"),
        ("to the ICSE Database. (Till May 2013).", "to the ICSE Database.", "Till May 2013"),
        ("against Computer Crime. (Within 2013)", "against Computer Crime.", "Within 2013"),
        ("from resources.(Within 2014)", "from resources.", "Within 2014"),
        (
            "AKEP (Electronic and Postal Communications Agency). (Within 2013).",
            "AKEP (Electronic and Postal Communications Agency).",
            "Within 2013",
        ),
        ("Set up a hotline (Q3 2013)", "Set up a hotline", "Q3 2013"),
        ("Set up a hotline [by 31 January 2014]", "Set up a hotline", "by 31 January 2014"),
        ("Set up a hotline ( 2014 – 2017 )", "Set up a hotline", "2014 – 2017"),
        ("Usvojiti plan (do kraja 2015. godine)", "Usvojiti plan", "do kraja 2015. godine"),
        ("Train police (2014 (tentative))", "Train police", "2014 (tentative)"),
        ("Train police (annually)", "Train police", "annually"),
        ("Train police (upon adoption of the law)", "Train police", "upon adoption of the law"),
        ("(Within 2013).", "", "Within 2013"),
    ],
)
def test_br_1_a_timeframe_at_the_end_is_taken_out(text: str, rest: str, phrase: str) -> None:
    split = split_timeframe(text)
    assert (split.rest, split.phrase) == (rest, phrase)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Set up a hotline (Within 2013).", "Set up a hotline."),
        ("Set up a hotline. (Within 2013).", "Set up a hotline."),
        ("Set up a hotline. (Within 2013)", "Set up a hotline."),
        ("Set up a hotline (Within 2013)", "Set up a hotline"),
        ("Set up a hotline! (Within 2013).", "Set up a hotline!"),
        ("Is there a hotline? (Within 2013).", "Is there a hotline?"),
        ("Set up a hotline (Within 2013);", "Set up a hotline;"),
        ("Set up a hotline; (Within 2013).", "Set up a hotline;"),
        ("Set up a hotline (Within 2013) .", "Set up a hotline."),
        ("Set up a hotline\n(Within 2013.) ", "Set up a hotline "),
    ],
)
def test_br_2_one_full_stop_stays(text: str, rest: str) -> None:
    assert split_timeframe(text).rest == rest


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No action taken.",
        "through AKEP (Electronic and Postal Communications Agency)",
        "has delivered (in cooperation with the Sector of Computer Crimes)",
        "(Within 2013) Set up a hotline.",
        "Set up a hotline (Within 2013), then staff it.",
        "Increase the number of victims identified (at least 10% yearly)",
        "Amend the Code (Law No. 10/2013)",
        "Join the database (ICSE).",
        "Train police (24 officers)",
        "Hold a training (2h)",
        "Hold a training (n/a)",
        "Hold a training ()",
        "Within 2013)",
        "Set up a hotline (Within 2013",
        "Set up a hotline, within 2013.",
    ],
)
def test_br_3_everything_else_stays(text: str) -> None:
    assert split_timeframe(text) == SplitTimeframe(text, None, None)


def test_br_3_only_the_given_languages_count() -> None:
    assert split_timeframe("Usvojiti plan (do 2015. godine)", ["en"]).phrase is None
    assert split_timeframe("Usvojiti plan (do 2015. godine)", ["bs"]).phrase == "do 2015. godine"


def test_br_4_the_span_of_a_bracket() -> None:
    split = split_timeframe("resources. (Within 2014).")
    assert split.span == (10, 25)
    split = split_timeframe("resources (Within 2014).")
    assert split.span == (9, 23)


@given(
    st.text(max_size=20),
    st.sampled_from(["", " ", ".", ". "]),
    st.sampled_from(["Till December 2013", "2014", "ongoing", "Agency"]),
    st.sampled_from(["", ".", " .", ";", "\n"]),
)
def test_br_4_cutting_the_span_leaves_the_rest(words: str, before: str, phrase: str, after: str) -> None:
    text = f"{words}{before}({phrase}){after}"
    split = split_timeframe(text)
    if split.span is None:
        assert (split.rest, split.phrase) == (text, None)
        return
    start, end = split.span
    assert split.rest == text[:start] + text[end:]
    assert f"({split.phrase})" in text[start:end]
    assert text[start:end].replace(f"({split.phrase})", "").strip() in {"", ".", ";"}
