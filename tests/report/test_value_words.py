from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import Field, FieldType
from desktop_app.report.value_words import Formats, plain_number, reading_words, value_words
from desktop_app.report.values import read_value
from desktop_app.runtime import i18n
from tests.support.toml_forms import toml_form

FORM = toml_form(
    """
[choices.phases]
codes = ["first", "second"]
ordered = true
[[section]]
code = "A"
[[section.goal]]
code = "A.G1"
[[section.goal]]
code = "A.G2"
[[section.field]]
code = "phase"
type = "scale"
choices = "phases"
""",
    """
choice.countries.NO = "Norway"
choice.phases.second = "Second phase"
goal."A.G1".short = "Goal 1"
goal."A.G2".short = "Goal 2"
""",
)


def words(field_type: FieldType, plain: Any, formats: Formats | None = None, **more: Any) -> str:
    question = Field("q", field_type, "q", **more)
    value = read_value(field_type, plain)
    assert value is not None
    labels = Labels(FORM, "en")
    return value_words(question, value, labels, formats) if formats else value_words(question, value, labels)


WORDS: list[tuple[FieldType, Any, dict[str, Any], str]] = [
    (
        FieldType.TEXT,
        "<p>Train <b>judges</b></p><ul><li>all<note>25</note></li></ul>",
        {},
        "Train judges\n• all[1]\n\n[1] 25",
    ),
    (FieldType.CHOICE, "NO", {"choices": "countries"}, "Norway"),
    (FieldType.CHOICE, "SE", {"choices": "countries"}, "SE"),
    (FieldType.CHOICES, ["NO", "AL"], {"choices": "countries"}, "Norway, AL"),
    (FieldType.CHOICES, ["A.G2", "A.G1"], {"choices": "goals"}, "Goal 2, Goal 1"),
    (FieldType.SCALE, "second", {"choices": "phases"}, "Second phase"),
    (FieldType.NUMBER, 12.5, {}, "12.5"),
    (FieldType.YEAR_SERIES, {"2013": 7.25, "2012": 5}, {}, "2012: 5, 2013: 7.25"),
    (FieldType.DATE, "2013-05-02", {}, "2013-05-02"),
    (
        FieldType.TIMEFRAME,
        {"text": "Till December 2013", "edtf": "../2013-12"},
        {},
        "Till December 2013 (by 31 Dec 2013)",
    ),
    (FieldType.TIMEFRAME, {"text": "In  2014", "edtf": "2014"}, {}, "In  2014"),
    (FieldType.TIMEFRAME, {"text": "on an ongoing basis"}, {}, "on an ongoing basis"),
    (FieldType.YES_NO, True, {}, "Yes"),
    (FieldType.YES_NO, False, {}, "No"),
    (FieldType.LINK, {"url": "https://example.org", "label": "Law"}, {}, "Law (https://example.org)"),
    (FieldType.LINK, {"url": "https://example.org"}, {}, "https://example.org"),
    (FieldType.LINK, {"url": "", "label": "Law"}, {}, "Law"),
    (FieldType.ATTACHMENT, {"name": "annex.pdf", "sha256": "a" * 64, "size": 5}, {}, "annex.pdf (5 bytes)"),
]


@pytest.mark.parametrize(("field_type", "plain", "more", "expected"), WORDS)
def test_an_answer_in_words(field_type: FieldType, plain: Any, more: dict[str, Any], expected: str) -> None:
    assert words(field_type, plain, **more) == expected


def test_every_type_has_words() -> None:
    assert {field_type for field_type, *_rest in WORDS} == set(FieldType)


def test_numbers_and_dates_are_written_as_the_reader_writes_them() -> None:
    formats = Formats(
        number=lambda number: f"{number}".replace(".", ","), date=lambda day: day.strftime("%d.%m.%Y")
    )
    assert words(FieldType.NUMBER, 12.5, formats) == "12,5"
    assert words(FieldType.YEAR_SERIES, {"2012": 0.5}, formats) == "2012: 0,5"
    assert words(FieldType.DATE, "2013-05-02", formats) == "02.05.2013"
    assert Formats().date(datetime.date(2013, 5, 2)) == "2013-05-02"


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "0"),
        (-3, "-3"),
        (5.0, "5"),
        (0.1, "0.1"),
        (1e-7, "0.0000001"),
        (1e16, "10000000000000000"),
        (1.5e6, "1500000"),
        (-123456.789, "-123456.789"),
        (2**70, "1180591620717411303424"),
    ],
)
def test_numbers_have_no_exponents(number: float, expected: str) -> None:
    assert plain_number(number) == expected


def test_a_reading_follows_the_language(tmp_path: Path) -> None:
    catalogue = Catalog("fr")
    catalogue.add("by {date}", "jusqu’au {date}")
    place = tmp_path / "fr" / "LC_MESSAGES" / f"{i18n.DOMAIN}.mo"
    place.parent.mkdir(parents=True)
    with place.open("wb") as file:
        write_mo(file, catalogue)
    assert reading_words("../2013-12") == "by 31 Dec 2013"
    assert i18n.install("fr", tmp_path) == "fr"
    assert reading_words("../2013-12") == "jusqu’au 31 Dec 2013"
