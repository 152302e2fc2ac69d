from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.formdef.model import FieldType
from desktop_app.report.text.model import Text
from desktop_app.report.timeframe.value import Timeframe
from desktop_app.report.values import CODECS, Attachment, Link, read_value, write_value
from desktop_app.runtime.errors import DeskError
from tests.support.text_values import texts

SHA256 = "0123456789abcdef" * 4

EXAMPLES: dict[FieldType, tuple[Any, Any]] = {
    FieldType.TEXT: ("Vepra <b>të</b> turpshme", Text),
    FieldType.CHOICE: ("AL", str),
    FieldType.CHOICES: (["T1.G1", "T1.G2"], tuple),
    FieldType.NUMBER: (12.5, float),
    FieldType.YEAR_SERIES: ({"2012": 5, "2013": 7.5}, dict),
    FieldType.DATE: ("2013-05-02", datetime.date),
    FieldType.TIMEFRAME: ({"text": "Within 2014", "edtf": "2014", "confirmed": True}, Timeframe),
    FieldType.YES_NO: (False, bool),
    FieldType.SCALE: ("second", str),
    FieldType.LINK: ({"url": "https://example.org", "label": "Law"}, Link),
    FieldType.ATTACHMENT: ({"name": "annex.pdf", "sha256": SHA256, "size": 0}, Attachment),
}


def test_every_field_type_is_covered() -> None:
    assert CODECS.keys() == EXAMPLES.keys() == set(FieldType)


@pytest.mark.parametrize("field_type", FieldType)
def test_an_answer_is_written_as_it_was_read(field_type: FieldType) -> None:
    plain, kind = EXAMPLES[field_type]
    value = read_value(field_type, plain)
    assert isinstance(value, kind)
    assert write_value(field_type, value) == plain
    assert json.loads(json.dumps(plain)) == plain


@pytest.mark.parametrize("field_type", FieldType)
def test_no_answer_is_nothing(field_type: FieldType) -> None:
    assert read_value(field_type, None) is None
    assert write_value(field_type, None) is None


@pytest.mark.parametrize(
    ("field_type", "plain"),
    [
        (FieldType.TEXT, ""),
        (FieldType.TEXT, "<p> </p>"),
        (FieldType.CHOICE, ""),
        (FieldType.CHOICES, []),
        (FieldType.YEAR_SERIES, {}),
        (FieldType.TIMEFRAME, {"text": "  "}),
        (FieldType.SCALE, ""),
        (FieldType.LINK, {"url": " ", "label": ""}),
    ],
)
def test_an_empty_answer_is_none(field_type: FieldType, plain: Any) -> None:
    assert read_value(field_type, plain) is None


@pytest.mark.parametrize(
    ("field_type", "value"),
    [
        (FieldType.TEXT, Text.empty()),
        (FieldType.CHOICES, ()),
        (FieldType.TIMEFRAME, Timeframe(" ")),
        (FieldType.LINK, Link("", "")),
    ],
)
def test_an_empty_value_is_not_written(field_type: FieldType, value: Any) -> None:
    assert write_value(field_type, value) is None


@pytest.mark.parametrize(
    ("field_type", "plain", "value"),
    [
        (FieldType.NUMBER, 0, 0),
        (FieldType.YES_NO, False, False),
        (FieldType.LINK, {"url": "", "label": "Law"}, Link("", "Law")),
    ],
)
def test_zero_no_and_half_a_link_are_answers(field_type: FieldType, plain: Any, value: Any) -> None:
    assert read_value(field_type, plain) == value
    assert write_value(field_type, value) == plain


WRONG: list[tuple[FieldType, Any, str]] = [
    *((FieldType.TEXT, plain, "text was expected") for plain in (5, True, ["a"], {"text": "a"})),
    *(
        (kind, plain, "code was expected")
        for kind in (FieldType.CHOICE, FieldType.SCALE)
        for plain in (1, ["AL"])
    ),
    *((FieldType.CHOICES, plain, "list of codes was expected") for plain in ("T1.G1", {"T1.G1": True}, 5)),
    (FieldType.CHOICES, ["T1.G1", 2], "code was expected"),
    *((FieldType.NUMBER, plain, "number was expected") for plain in ("5", True, [5])),
    *((FieldType.NUMBER, float(plain), "number was expected") for plain in ("nan", "inf", "-inf")),
    *(
        (FieldType.YEAR_SERIES, plain, "number for each year was expected")
        for plain in ([5], "2012", {"12": 5}, {"x012": 5}, {"٢٠١٢": 5}, {"20123": 5})
    ),
    (FieldType.YEAR_SERIES, {"2012": "5"}, "number was expected"),
    *(
        (FieldType.DATE, plain, "date such as 2013-12-31 was expected")
        for plain in (
            2013,
            "31.12.2013",
            "2013-02-30",
            "20130502",
            "2013-W01-2",
            "2013-05",
            "2013-05-02T10:00",
        )
    ),
    *((FieldType.TIMEFRAME, plain, "timeframe was expected") for plain in ("2014", ["2014"])),
    (FieldType.TIMEFRAME, {"edtf": "2014"}, "needs its words"),
    (FieldType.TIMEFRAME, {"text": "May", "edtf": 5}, "must be text or null"),
    (FieldType.TIMEFRAME, {"text": "May", "confirmed": "yes"}, "must be true or false"),
    *((FieldType.YES_NO, plain, "yes or no was expected") for plain in (0, 1, "yes")),
    *(
        (FieldType.LINK, plain, "link was expected")
        for plain in ("https://example.org", {"label": "x"}, {"url": 5})
    ),
    (FieldType.LINK, {"url": "https://example.org", "label": 5}, "link was expected"),
    (FieldType.ATTACHMENT, "annex.pdf", "attachment was expected"),
    *(
        (FieldType.ATTACHMENT, {"name": name, "sha256": SHA256, "size": 1}, "file name was expected")
        for name in (None, "", ".", "..", "../annex.pdf", "C:\\annex.pdf", "annex\0.pdf")
    ),
    *(
        (FieldType.ATTACHMENT, {"name": "a.pdf", "sha256": sha256, "size": 1}, "SHA-256 was expected")
        for sha256 in (None, "abc", SHA256.upper(), "../" + SHA256[3:])
    ),
    *(
        (
            FieldType.ATTACHMENT,
            {"name": "a.pdf", "sha256": SHA256, "size": size},
            "size in bytes was expected",
        )
        for size in (None, "1", -1, 1.5, True)
    ),
]


@pytest.mark.parametrize(("field_type", "plain", "sentence"), WRONG)
def test_what_does_not_fit_is_refused_with_what_was_expected(
    field_type: FieldType, plain: Any, sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        read_value(field_type, plain)


@pytest.mark.parametrize("plain", ["<b>open", "a & b", "<script>x</script>"])
def test_a_text_with_a_damaged_notation_is_refused(plain: str) -> None:
    with pytest.raises(DeskError, match="cannot be read"):
        read_value(FieldType.TEXT, plain)


def test_a_timeframe_with_an_unreadable_reading_is_refused() -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_value(FieldType.TIMEFRAME, {"text": "May", "edtf": "soon"})


def test_whole_numbers_are_integers_however_they_are_written() -> None:
    number = read_value(FieldType.NUMBER, 5.0)
    assert number == 5
    assert isinstance(number, int)
    assert read_value(FieldType.NUMBER, 10**30) == 10**30
    assert read_value(FieldType.NUMBER, 1e300) == 1e300


def test_years_stand_in_order() -> None:
    series = read_value(FieldType.YEAR_SERIES, {"2014": 1, "2012": 2})
    assert isinstance(series, dict)
    assert list(series) == ["2012", "2014"]


@given(texts())
def test_any_text_survives(text: Text) -> None:
    plain = write_value(FieldType.TEXT, text)
    assert read_value(FieldType.TEXT, plain) == (None if text.is_empty else text)


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers())
def test_any_number_survives(number: float) -> None:
    plain = json.loads(json.dumps(write_value(FieldType.NUMBER, number)))
    assert read_value(FieldType.NUMBER, plain) == number


@given(st.dates())
def test_any_date_survives(day: datetime.date) -> None:
    assert read_value(FieldType.DATE, write_value(FieldType.DATE, day)) == day
