from __future__ import annotations

from typing import Any

import pytest

from desktop_app.formdef.model import Field, FieldType, Presentation, Section
from desktop_app.report.field_checks import Asked, check_value
from desktop_app.report.values import read_value
from tests.support.small_form import COVER_FIELDS, EVERY_TYPE, ROW_FIELDS, empty_report


def codes_of(question: Field, plain: Any) -> list[str]:
    report = empty_report()
    section = report.form.section("T1")
    assert isinstance(section, Section)
    value = read_value(question.type, plain)
    assert value is not None
    asked = Asked(report, section, question, "T1.x", (question,), {})
    return [problem.code for problem in check_value(asked, value)]


def test_an_answer_of_every_type_is_checked() -> None:
    questions = [*ROW_FIELDS, *(field for field in COVER_FIELDS if field.type is FieldType.CHOICE)]
    assert {question.type for question in questions} == set(FieldType)
    for question in questions:
        expected = ["reading_unconfirmed"] if question.type is FieldType.TIMEFRAME else []
        assert codes_of(question, {**EVERY_TYPE, "country": "AL"}[question.code]) == expected


@pytest.mark.parametrize(
    ("limits", "number", "codes"),
    [
        ({"minimum": 1}, 1, []),
        ({"minimum": 1}, 0, ["too_small"]),
        ({"maximum": 1.5}, 1.5, []),
        ({"maximum": 1.5}, 1.6, ["too_large"]),
        ({"minimum": 1, "maximum": 2}, -3, ["too_small"]),
        ({"whole": True}, 5.0, []),
        ({"whole": True}, 1e300, []),
        ({"whole": True}, 5.5, ["not_whole"]),
        ({"whole": True, "minimum": 6}, 5.5, ["too_small", "not_whole"]),
        ({"minimum": 0}, 10**400, []),
    ],
    ids=str,
)
def test_limits_of_numbers(limits: dict[str, Any], number: float, codes: list[str]) -> None:
    field = Field("n", FieldType.NUMBER, "n", Presentation.MORE, **limits)
    assert codes_of(field, number) == codes
    series = Field("n", FieldType.YEAR_SERIES, "n", Presentation.MORE, **limits)
    assert codes_of(series, {"2012": number}) == codes


@pytest.mark.parametrize(
    ("url", "codes"),
    [
        ("https://example.org", []),
        ("HTTP://example.org", []),
        (" https://example.org ", []),
        ("mailto:desk@example.org", []),
        ("mailto:", ["not_an_address"]),
        ("javascript:alert(1)", ["not_an_address"]),
        ("file:///c:/law.pdf", ["not_an_address"]),
        ("example.org", ["not_an_address"]),
        (" ", ["no_address"]),
    ],
)
def test_addresses(url: str, codes: list[str]) -> None:
    assert codes_of(Field("law", FieldType.LINK, "law"), {"url": url, "label": "Law"}) == codes
