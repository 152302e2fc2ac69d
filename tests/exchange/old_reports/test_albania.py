"""The measure of the import: a real report, converted from PDF with all the scars of that."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from desktop_app.exchange.old_reports import Recognised, read_source, recognise
from desktop_app.formdef.labels import Labels
from desktop_app.formdef.library import FormLibrary
from desktop_app.formdef.model import Form
from desktop_app.report.plain import report_from_plain, report_to_plain

FOOTNOTE = "Vepra të turpshme in the Albanian original."


@pytest.fixture(scope="module")
def albania(library: FormLibrary, albania_document: bytes) -> Recognised:
    return recognise(read_source("albania-2013.md", albania_document), library)


@pytest.fixture(scope="module")
def shown(albania: Recognised) -> dict[str, Any]:
    """The report as ``show --json`` prints it."""
    return report_to_plain(albania.report)


def rows(shown: dict[str, Any], path: str) -> list[dict[str, Any]]:
    return [row["values"] for row in shown["lists"][path]["rows"]]


def test_form_country_and_cycle_are_recognised(albania: Recognised, shown: dict[str, Any]) -> None:
    assert (albania.form.id, albania.form.version) == ("ga-commitments", "2013.1")
    assert (albania.country, albania.cycle) == ("AL", "2013")
    assert (shown["country"], shown["cycle"], shown["language"], shown["status"]) == (
        "AL",
        "2013",
        "en",
        "draft",
    )


def test_nothing_had_to_be_set_aside_or_announced(albania: Recognised) -> None:
    assert albania.unplaced == ()
    assert albania.notices == ()


def test_each_list_has_its_actions(shown: dict[str, Any]) -> None:
    assert {path: len(each["rows"]) for path, each in shown["lists"].items()} == {
        "T1.undertaken": 1,
        "T1.planned": 5,
        "T2.undertaken": 10,
        "T2.planned": 5,
        "T3.undertaken": 1,
        "T3.planned": 2,
        "T4.undertaken": 0,
        "T4.planned": 4,
    }


def test_no_action_taken_is_a_state_and_no_row(shown: dict[str, Any]) -> None:
    states = {path: each["state"] for path, each in shown["lists"].items() if each["state"]}
    assert states == {"T4.undertaken": "no_action_taken"}


def test_all_seven_goals_are_chosen(shown: dict[str, Any]) -> None:
    assert shown["answers"] == {
        "T1.goals": ["T1.G1"],
        "T2.goals": ["T2.G1", "T2.G2"],
        "T3.goals": ["T3.G1", "T3.G2"],
        "T4.goals": ["T4.G1", "T4.G2"],
    }


def test_an_action_is_given_a_goal_only_where_the_section_has_one(shown: dict[str, Any]) -> None:
    for path in shown["lists"]:
        expected = ["T1.G1"] if path.startswith("T1.") else None
        assert {tuple(row.get("goals") or ()) or None for row in rows(shown, path)} <= {
            tuple(expected) if expected else None
        }


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (
            "T1.planned",
            [
                ("Till December 2013", "../2013-12"),
                ("Till September 2013", "../2013-09"),
                ("Till September 2013", "../2013-09"),
                ("Till May 2013", "../2013-05"),
                None,
            ],
        ),
        (
            "T2.planned",
            [
                ("Within 2013", "2013"),
                ("Within 2014", "2014"),
                ("Within 2014", "2014"),
                None,
                ("Within 2013", "2013"),
            ],
        ),
        ("T3.planned", [None, None]),
        ("T4.planned", [("Within 2013", "2013"), None, None, None]),
        ("T2.undertaken", [None] * 10),
    ],
)
def test_timeframes_are_verbatim_read_and_not_confirmed(
    shown: dict[str, Any], path: str, expected: list[tuple[str, str] | None]
) -> None:
    assert [row.get("timeframe") for row in rows(shown, path)] == [
        {"text": each[0], "edtf": each[1], "confirmed": False} if each else None for each in expected
    ]


def test_the_brackets_of_timeframes_are_gone_and_others_stay(shown: dict[str, Any]) -> None:
    descriptions = [row["description"] for path in shown["lists"] for row in rows(shown, path)]
    assert [words for words in descriptions if re.search(r"\((Till|Within)", words)] == []
    assert rows(shown, "T1.planned")[1]["description"].endswith("the identification of the victim.")
    assert rows(shown, "T2.planned")[2]["description"] == (
        "Extending software equipment for investigation purposes from resources."
    )
    assert rows(shown, "T4.planned")[0]["description"].endswith(
        "through AKEP (Electronic and Postal Communications Agency)."
    )


def test_the_articles_are_one_action_with_their_list_and_the_footnote_at_its_mark(
    shown: dict[str, Any],
) -> None:
    assert rows(shown, "T2.undertaken")[6]["description"] == (
        "<p>As regards the necessary framework for the criminalization of child sexual abuse online, "
        "the following articles of the Criminal Code cover this issue:</p>"
        f"<ul><li>Article 108- Serious immoral acts<note>{FOOTNOTE}</note></li>"
        "<li><b>Article 117- Pornography</b></li></ul>"
    )


def test_the_sentence_that_the_page_cut_is_one_again(shown: dict[str, Any]) -> None:
    assert rows(shown, "T2.undertaken")[7]["description"] == (
        "With the new amendments to the Criminal Code approved in Parliament on 2<sup>nd</sup> May 2013, "
        "article 108 has been amended to include minors as subjects of the criminal offence."
    )


def test_misspellings_and_spaces_stay_as_written(shown: dict[str, Any]) -> None:
    words = "\n".join(row["description"] for path in shown["lists"] for row in rows(shown, path))
    for odd in (
        "the childrens.",
        "self- exploitative conduct",
        "article 108/ a ",
        "catch pedocriminals in Emule",
    ):
        assert odd in words


# ----------------------------------------------------------------------------------- every word
#
# Counted from the source by means of its own: no reader, no recogniser, no Text.

# Tags, and the tag of which the converter escaped one half.
TAG = re.compile(r"<sup>&</sup>lt;sup>|</?\w+>")
FOOTNOTE_MARK = re.compile(r"<sup>\d+</sup>")
FOOTNOTE_LINE = re.compile(r"<sup>&</sup>lt;sup>1</sup>(.*)")
PART = re.compile(r"[\n\t]")


def words_of(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text))


def official_wording(form: Form) -> set[tuple[str, ...]]:
    """Every piece of the form that the document may repeat on a line of its own."""
    labels = Labels(form, "en")
    pieces = {
        form.texts.get("form", "", "heading"),
        form.texts.get("kind", "target", "goal"),
        labels.country("AL"),
    }
    for section in form.walk():
        pieces.add(labels.section_heading(section))
        pieces.update(labels.goal(goal.code) for goal in section.goals)
        for entry in section.lists:
            pieces |= {labels.list_title(entry), labels.list_prompt(entry)}
            pieces |= {words for state in entry.states if (words := labels.state(state))}
    return {words_of(piece) for piece in pieces}


def words_of_answers(shown: dict[str, Any], form: Form) -> list[str]:
    """The words of all rows in the form's order, a timeframe after its action, without the footnotes."""
    found: list[str] = []
    for path in form.list_paths():
        for row in rows(shown, path):
            text = re.sub(r"<note>.*?</note>", "", row["description"])
            text = re.sub(r"</?(?:b|i|u|sup)>", "", text)
            found += words_of(html.unescape(re.sub(r"<.*?>", " ", text)))
            found += words_of(row.get("timeframe", {}).get("text", ""))
    return found


def test_every_word_of_the_source_is_in_order_in_an_answer_a_footnote_a_timeframe_or_is_wording(
    shown: dict[str, Any], albania_document: bytes, commitments: Form
) -> None:
    source = albania_document.decode("utf-8")
    footnotes = [words_of(TAG.sub("", found)) for found in FOOTNOTE_LINE.findall(source)]
    assert footnotes == [words_of(FOOTNOTE)]
    source = FOOTNOTE_MARK.sub("", FOOTNOTE_LINE.sub("", source))

    wording = official_wording(commitments)
    answered = words_of_answers(shown, commitments)
    place = 0
    for part in PART.split(TAG.sub("", source)):
        words = list(words_of(part))
        if tuple(words) in wording:
            continue
        assert answered[place : place + len(words)] == words, part
        place += len(words)
    assert answered[place:] == []
    notes = re.findall(
        r"<note>(.*?)</note>", "".join(row["description"] for row in rows(shown, "T2.undertaken"))
    )
    assert [words_of(note) for note in notes] == footnotes


# -------------------------------------------------------------------------------- ids and values


def test_the_same_document_gives_the_same_ids(
    library: FormLibrary, albania: Recognised, albania_document: bytes
) -> None:
    again = recognise(read_source("renamed.md", albania_document), library)
    assert report_to_plain(again.report) == report_to_plain(albania.report)
    other = recognise(read_source("albania-2013.md", albania_document + b"\n"), library)
    assert other.report.id != albania.report.id


def test_all_ids_differ(shown: dict[str, Any]) -> None:
    ids = [shown["id"], *(row["id"] for each in shown["lists"].values() for row in each["rows"])]
    assert len(set(ids)) == len(ids) == 29


def test_the_changes_fill_an_empty_report_alike(albania: Recognised, shown: dict[str, Any]) -> None:
    assert report_to_plain(report_from_plain(shown, albania.form)) == shown
    assert {change.old for change in albania.changes} == {None}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encoding_and_line_ends_do_not_matter(
    library: FormLibrary, shown: dict[str, Any], albania_document: bytes, encoding: str, line_end: str
) -> None:
    data = albania_document.decode("utf-8").replace("\n", line_end).encode(encoding)
    found = report_to_plain(recognise(read_source("albania.md", data), library).report)
    assert [rows(found, path) for path in found["lists"]] == [rows(shown, path) for path in shown["lists"]]
    assert found["answers"] == shown["answers"]
