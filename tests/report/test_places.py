from __future__ import annotations

import pytest

from desktop_app.report.changes import Change
from desktop_app.report.places import place_name
from desktop_app.report.report import Report
from tests.support.toml_forms import report_of, shipped_form, toml_form


@pytest.fixture
def report() -> Report:
    report = report_of(shipped_form("ga-commitments"))
    for number in range(1, 7):
        report.apply(Change(f"T1.planned/p{number}", None, {"position": number * 1024}))
    report.apply(Change("T1.planned/p6", {"position": 6 * 1024}, None))
    report.apply(Change("T1.undertaken/u1", None, {"position": 1024}))
    return report


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("T1.planned/p5/timeframe", "Target 1, planned action 5, Timeframe"),
        ("T1.planned/p5/timeframe#state", "Target 1, planned action 5, Timeframe"),
        ("T1.undertaken/u1/timeframe", "Target 1, action already undertaken 1, When"),
        ("T1.planned/p1", "Target 1, planned action 1"),
        ("T1.planned/p1#confidential", "Target 1, planned action 1"),
        ("T1.planned/p6", "Target 1, planned action in the bin"),
        ("T1.planned/nobody/goals", "Target 1, planned action in the bin, Goals served"),
        ("T1.planned/p1/colour", "Target 1, planned action 1, colour"),
        ("T1.planned", "Target 1, planned actions"),
        ("T1.planned#state", "Target 1, planned actions"),
        ("T1.goals", "Target 1, Operational goals"),
        ("T4", "Target 4"),
        ("cover.focal_point", "Cover, National focal point"),
        ("cover", "Cover"),
        ("unplaced/7", "Unplaced text"),
        ("unplaced", "Unplaced text"),
        ("#cycle", "Report"),
        ("", "Report"),
        ("T9.planned/p1", "T9.planned/p1"),
    ],
)
def test_a_place_in_words(report: Report, path: str, words: str) -> None:
    assert place_name(report, path) == words


def test_a_removed_row_is_known_by_the_beginning_of_its_words(report: Report) -> None:
    words = "Train all the police officers of the country. Twice."
    report.apply(Change("T1.planned/p6/description", None, words))
    found = place_name(report, "T1.planned/p6")
    assert found == "Target 1, planned action “Train all the police officers of the…” in the bin"


def test_the_number_of_a_row_follows_the_order(report: Report) -> None:
    report.apply(Change("T1.planned/p5", {"position": 5 * 1024}, {"position": 1}))
    assert place_name(report, "T1.planned/p5") == "Target 1, planned action 1"
    assert place_name(report, "T1.planned/p1") == "Target 1, planned action 2"


def test_without_short_words_the_titles_stand() -> None:
    form = toml_form(
        """
[row.proof]
[[row.proof.field]]
code = "what"
type = "text"
[list.evidence]
row = "proof"
[[section]]
code = "A"
lists = ["evidence"]
""",
        'section.A.title = "Leadership"\nlist.evidence.title = "What shows it"',
    )
    report = report_of(form)
    report.apply(Change("A.evidence/r1", None, {"position": 1}))
    assert place_name(report, "A.evidence") == "Leadership, What shows it"
    assert place_name(report, "A.evidence/r1/what") == "Leadership, What shows it 1, what"


def test_an_attached_file_is_called_by_its_place_and_name(report: Report) -> None:
    plain = {"path": "cover.authority", "name": "a\u202efdp.exe", "sha256": "a" * 64, "size": 1}
    report.apply(Change("attached/1", None, plain))
    assert place_name(report, "attached/1") == "Cover, Authority or ministry, attached file “afdp.exe”"
    assert place_name(report, "attached/2") == "Attachment"
