"""What the log holds, as a person reads it."""

from __future__ import annotations

import pytest

from desktop_app.formdef.labels import Labels
from desktop_app.report.changes import new_id
from desktop_app.report.report import Report
from desktop_app.report.values import Plain
from desktop_app.services.content_words import content_words
from desktop_app.services.reports import form_library


@pytest.fixture(scope="module")
def report() -> Report:
    return Report(new_id(), form_library().form("ga-commitments", "2013.1"), "AL", "2013", "en")


@pytest.mark.parametrize(
    ("path", "plain", "expected"),
    [
        ("cover.authority", None, ""),
        ("cover.authority", "Ministry of <b>Justice</b>", "Ministry of Justice"),
        ("T1.planned/r/description", "<ul><li>one</li><li>two</li></ul>", "• one\n• two"),
        ("T1.goals", ["T1.G1"], "Goal 1.1"),
        (
            "T1.planned/r/timeframe",
            {"text": "Till December 2013", "edtf": "../2013-12"},
            "Till December 2013 (by 31 Dec 2013)",
        ),
        ("T1.planned#state", "no_action_taken", "No action taken."),
        ("T1.planned/r#confidential", True, "Confidential"),
        ("T1.planned/r", {"position": 1024}, "In the list"),
        ("unplaced/7", {"text": "<b>left</b> over", "near": ""}, "left over"),
        ("#status", "draft", "Draft"),
        ("no.such_place", "kept as it is", "kept as it is"),
        ("T1.planned#state", "of another version", "of another version"),
        ("cover.authority", 7, "7"),
    ],
)
def test_content_in_words(report: Report, path: str, plain: Plain, expected: str) -> None:
    assert content_words(report, path, plain, Labels(report.form, "en")) == expected
