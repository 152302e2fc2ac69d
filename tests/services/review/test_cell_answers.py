"""Answers of typed cells: every type of question, and the words that are refused."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

import pytest

from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import GOALS_FIELD, Field, FieldType
from desktop_app.report.text.model import Text
from desktop_app.report.timeframe.value import Timeframe
from desktop_app.report.values import Link
from desktop_app.services.review.cell_answers import CELL_TYPES, Asked, answer_of
from tests.support.workbooks import form


def asked(field_type: FieldType, choices: str | None = None) -> Asked:
    """A question of the second target."""
    target = form().section("T2")
    assert target is not None
    question = Field("q", field_type, "q", choices=choices)
    return Asked(question, target, Labels(form(), "en"))


def goals() -> Asked:
    """The goals of the second target."""
    found = asked(FieldType.CHOICES)
    return Asked(GOALS_FIELD, found.section, found.labels)


def test_every_type_has_its_reader() -> None:
    assert set(CELL_TYPES) == set(FieldType)


GOOD: list[tuple[Asked, Mapping[str, str], Any]] = [
    (asked(FieldType.TEXT), {"": "one\ntwo"}, Text.plain("one\ntwo")),
    (goals(), {"": "T2.G2; t2.g1"}, ("T2.G2", "T2.G1")),
    (goals(), {"labels": "Goal 2.1"}, ("T2.G1",)),
    (asked(FieldType.NUMBER), {"": "12"}, 12),
    (asked(FieldType.NUMBER), {"": "-12,5"}, -12.5),
    (asked(FieldType.NUMBER), {"": "1 234 567"}, 1234567),
    (asked(FieldType.YEAR_SERIES), {"2013": "7", "2012": "5.5"}, {"2012": 5.5, "2013": 7}),
    (asked(FieldType.DATE), {"": "2014-03-01"}, datetime.date(2014, 3, 1)),
    (asked(FieldType.DATE), {"": "2014-03-01T00:00:00"}, datetime.date(2014, 3, 1)),
    (asked(FieldType.DATE), {"": "1.3.2014"}, datetime.date(2014, 3, 1)),
    (asked(FieldType.DATE), {"": "31/3/2014"}, datetime.date(2014, 3, 31)),
    (asked(FieldType.DATE), {"": "1 March 2014"}, datetime.date(2014, 3, 1)),
    (asked(FieldType.DATE), {"": "41699"}, datetime.date(2014, 3, 1)),
    (asked(FieldType.TIMEFRAME), {"": "soon"}, Timeframe("soon")),
    (asked(FieldType.TIMEFRAME), {"": "soon", "reading": "2014"}, Timeframe("soon", "2014")),
    (
        asked(FieldType.TIMEFRAME),
        {"from": "2014-01-01", "to": "2014-06-30"},
        Timeframe("2014-01-01 – 2014-06-30", "2014-01-01/2014-06-30"),
    ),
    (asked(FieldType.TIMEFRAME), {"to": "30.6.2014"}, Timeframe("2014-06-30", "../2014-06-30")),
    (asked(FieldType.YES_NO), {"": "YES"}, True),
    (asked(FieldType.YES_NO), {"": "no"}, False),
    (asked(FieldType.LINK), {"": "https://example.org", "label": "Law"}, Link("https://example.org", "Law")),
]


@pytest.mark.parametrize(("question", "parts", "value"), GOOD)
def test_what_is_read(question: Asked, parts: Mapping[str, str], value: object) -> None:
    assert answer_of(question, parts) == value


@pytest.mark.parametrize(
    ("question", "parts", "said"),
    [
        (goals(), {"": "Goal nine"}, "“Goal nine” is none of the options"),
        (asked(FieldType.CHOICE), {"": "x"}, "is none of the options"),
        (asked(FieldType.NUMBER), {"": "about 12"}, "is not read as a number"),
        (asked(FieldType.NUMBER), {"": "1,234"}, "could be two numbers"),
        (asked(FieldType.YEAR_SERIES), {"label": "5"}, "a number for each year was expected"),
        (asked(FieldType.DATE), {"": "3/4/2014"}, "is not read as a date"),
        (asked(FieldType.DATE), {"": "31.2.2014"}, "is not read as a date"),
        (asked(FieldType.DATE), {"": "2014-03-01T09:30:00"}, "is not read as a date"),
        (asked(FieldType.DATE), {"": "March 2014"}, "is not read as a date"),
        (asked(FieldType.TIMEFRAME), {"precision": "day"}, "needs its words"),
        (asked(FieldType.TIMEFRAME), {"": "soon", "reading": "no EDTF"}, "no EDTF"),
        (asked(FieldType.YES_NO), {"": "perhaps"}, "yes or no was expected"),
        (asked(FieldType.LINK), {"": "see our page"}, "an address was expected"),
        (asked(FieldType.ATTACHMENT), {"": "law.pdf"}, "cannot be attached in a workbook"),
    ],
)
def test_what_is_refused(question: Asked, parts: Mapping[str, str], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        answer_of(question, parts)
