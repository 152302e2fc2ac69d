from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.report.changes import Change
from desktop_app.report.example import read_example
from desktop_app.report.report import Report
from desktop_app.report.text import markup
from desktop_app.report.text.model import Text
from desktop_app.services.finding import find, span
from tests.support.toml_forms import ACTION, report_of, shipped_form, toml_form

FORM = toml_form(
    ACTION
    + """
[[row.action.field]]
code = "when"
type = "timeframe"
[[row.action.field]]
code = "law"
type = "link"
[list.planned]
row = "action"
[[section]]
code = "A"
lists = ["planned"]
[[section.goal]]
code = "A.G1"
[[section.field]]
code = "authority"
type = "text"
[[section.field]]
code = "partner"
type = "choice"
choices = "countries"
[[section.field]]
code = "victims"
type = "year_series"
""",
    """
section.A.title = "Police and justice"
goal."A.G1".label = "More judges"
goal."A.G1".short = "Goal 1"
list.planned.title = "What will be done"
field."A.authority".label = "Authority"
field.goals.label = "Operational goals"
choice.countries.NO = "Norway"
""",
)
ANSWERS: dict[str, Any] = {
    "A.authority": "<b>Ministria</b> e Drejtësisë, Straße 5",
    "A.partner": "NO",
    "A.victims": {"2012": 125},
    "A.goals": ["A.G1"],
    "A.planned/r1": {"position": 1},
    "A.planned/r1/description": (
        "<p>Train police</p><ul><li>and their\u00a0judges<note>In Tirana</note></li></ul>"
    ),
    "A.planned/r1/when": {"text": "Till December 2013", "edtf": "../2013-12"},
    "A.planned/r1/law": {"url": "https://example.org/law", "label": "Law 108"},
    "unplaced/7": {"text": "Words <i>nobody</i> asked for", "near": "A"},
}


@pytest.fixture
def report() -> Report:
    report = report_of(FORM)
    for path, new in ANSWERS.items():
        report.apply(Change(path, None, new))
    return report


def paths(report: Report, words: str) -> list[str]:
    return [found.path for found in find(report, words)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ministria", ["A.authority"]),
        ("DREJTESISE", ["A.authority"]),
        ("drejte\u0308sise\u0308", ["A.authority"]),
        ("strasse", ["A.authority"]),
        ("norway", ["A.partner"]),
        ("125", ["A.victims"]),
        ("goal 1", ["A.goals"]),
        ("their judges", ["A.planned/r1/description"]),
        ("  tirana ", ["A.planned/r1/description"]),
        ("december", ["A.planned/r1/when"]),
        ("by 31 dec", ["A.planned/r1/when"]),
        ("law 108", ["A.planned/r1/law"]),
        ("example.org", ["A.planned/r1/law"]),
        ("nobody asked", ["unplaced/7"]),
        ("authority", ["A.authority"]),
        ("will be done", ["A.planned"]),
        ("operational", ["A.goals"]),
        ("nothing like this", []),
        ("", []),
        ("   ", []),
    ],
)
def test_words_are_found_wherever_they_stand(report: Report, words: str, expected: list[str]) -> None:
    assert paths(report, words) == expected


def test_answers_come_before_the_words_of_the_form(report: Report) -> None:
    assert paths(report, "police") == ["A.planned/r1/description", "A"]
    assert paths(report, "judges") == ["A.planned/r1/description", "A"]


def test_the_snippet_shows_the_words_with_a_few_around_them(report: Report) -> None:
    long = "ß" * 100 + " needle in it " + "y" * 100
    report.apply(Change("A.authority", None, f"<p>{long}</p>"))
    (found,) = find(report, "NEEDLE")
    assert found.snippet == "…" + "ß" * 39 + " needle in it " + "y" * 33 + "…"
    (whole,) = find(report, "nobody")
    assert whole.snippet == "Words nobody asked for"


def test_a_list_is_shown_on_one_line(report: Report) -> None:
    assert find(report, "judges")[0].snippet == "Train police • and their judges[1] [1] In Tirana"


def test_what_reviewers_said_is_found(report: Report) -> None:
    said = {"about": "", "kind": "official", "words": "Which <b>budget</b>?", "question": "How much?"}
    report.apply(Change("comment/c1", None, {**said, "reviewer": "Zoë"}))
    answer = {"about": "", "kind": "country", "words": "None so far", "answers": "c1"}
    report.apply(Change("comment/c2", None, answer))
    for words, path in (("budget", "c1"), ("how much", "c1"), ("zoe", "c1"), ("none so", "c2")):
        assert paths(report, words) == [f"comment/{path}"]


def test_no_more_than_wanted(report: Report) -> None:
    assert len(find(report, "e")) > 2
    assert len(find(report, "e", limit=2)) == 2


def test_rows_in_the_bin_are_not_found(report: Report) -> None:
    report.apply(Change("A.planned/r1", {"position": 1}, None))
    assert paths(report, "december") == []


def test_words_of_the_real_report_are_found() -> None:
    report = read_example(shipped_form("ga-commitments"))
    for found in find(report, "Interpol"):
        assert "interpol" in found.snippet.casefold()
    assert any(found.path.startswith("T1.planned/") for found in find(report, "ICSE Database"))


@given(st.text(max_size=60), st.integers(0, 60), st.integers(1, 60))
def test_any_piece_of_an_answer_is_found(written: str, start: int, length: int) -> None:
    report = report_of(FORM)
    text = Text.plain(written)
    report.apply(Change("A.authority", None, markup.write(text)))
    words = " ".join(text.plain_text().split())[start : start + length].strip()
    is_only_accents = all(map(unicodedata.combining, unicodedata.normalize("NFKD", words.casefold())))
    assert is_only_accents or paths(report, words)[0] == "A.authority"


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("The police, trained", "Police", "police"),
        ("Straße und Polizei", "strasse  und", "Straße und"),
        ("Një kërkesë\npër ndihmë", "kerkese per", "kërkesë\npër"),
        ("😀 law", "LAW", "law"),
        ("The law", "police", None),
        ("The law", " ", None),
    ],
)
def test_where_the_words_stand(text: str, words: str, expected: str | None) -> None:
    found = span(text, words)
    assert (None if found is None else text[slice(*found)]) == expected
