from __future__ import annotations

from typing import Any

from desktop_app.report.changes import Change
from desktop_app.report.example import read_example
from desktop_app.report.text import markup
from desktop_app.services.outline_text import report_lines
from tests.support.toml_forms import report_of, shipped_form

ANSWERS: dict[str, Any] = {
    "cover.authority": "Ministry of Justice",
    "cover.focal_point#state": "confidential",
    "cover.contact": "<p>Street 5</p><p>Tirana</p>",
    "cover.contact#confidential": True,
    "T1.goals": ["T1.G1"],
    "T1.undertaken#state": "no_action_taken",
    "T1.planned/r1": {"position": 1},
    "T1.planned/r1/description": "<p>Train:</p><ul><li>judges</li></ul>",
    "T1.planned/r1/goals": ["T1.G1"],
    "T1.planned/r1/timeframe": {"text": "Till December 2013", "edtf": "../2013-12"},
    "T1.planned/r1/authority": "Police",
    "T1.planned/r1/authority#confidential": True,
    "T1.planned/r2": {"position": 2},
    "T1.planned/r2#confidential": True,
    "T1.planned/r2/timeframe#state": "not_available",
    "unplaced/7": {"text": "Words <b>nobody</b> asked for", "near": "T1.planned"},
    "unplaced/8": {"text": "More words", "near": ""},
}


def test_everything_that_was_answered_is_shown() -> None:
    report = report_of(shipped_form("ga-commitments"))
    for path, new in ANSWERS.items():
        report.apply(Change(path, None, new))
    lines = list(report_lines(report))
    assert lines[0].startswith("Albania · ")
    assert lines[0].endswith(" · 2013 · Draft")
    cover = lines.index("Cover")
    assert lines[cover + 1 : cover + 8] == [
        "  Authority or ministry:",
        "    Ministry of Justice",
        "  National focal point:",
        "    Confidential",
        "  Contact (confidential):",
        "    Street 5",
        "    Tirana",
    ]
    planned = lines.index("  Actions that WILL BE UNDERTAKEN")
    assert lines[planned + 1 : planned + 9] == [
        "    1 Train:",
        "      • judges",
        "      Goals served: Goal 1.1",
        "      Timeframe: Till December 2013 (by 31 Dec 2013)",
        "      Responsible authority (confidential): Police",
        "    2 (confidential)",
        "      Timeframe: Information not available",
        "",
    ]
    undertaken = lines.index("  Actions ALREADY UNDERTAKEN")
    assert lines[undertaken + 1].strip().startswith("No action taken")
    assert lines[-6:] == [
        "",
        "Without a place in the form (Target 1, planned actions):",
        "    Words nobody asked for",
        "",
        "Without a place in the form:",
        "    More words",
    ]


def test_every_word_of_the_real_report_is_shown() -> None:
    report = read_example(shipped_form("ga-commitments"))
    shown = " ".join(" ".join(report_lines(report)).split())
    for _section, row_list, row in report.rows():
        words = report.plain(f"{row_list.definition.path}/{row.id}/description")
        for line in markup.read(words).plain_text().splitlines():
            assert " ".join(line.split()) in shown
    for goal in ("T1.G1", "T4.G2"):
        assert " ".join((report.form.texts.find("goal", goal, "label") or "").split()) in shown
