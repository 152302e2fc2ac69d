from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from desktop_app.formdef.model import Form
from desktop_app.report.text import markup
from desktop_app.report.values import write_value
from desktop_app.services.pasting import rows_of_text
from tests.support.toml_forms import shipped_form, toml_form

ROOT = Path(__file__).resolve().parents[2]


def pasted(form: Form, list_path: str, notation: str) -> list[dict[str, Any]]:
    """The rows in JSON."""
    found = form.list_at(list_path)
    assert found is not None
    section, entry = found
    return [
        {code: write_value(entry.row.field(code).type, value) for code, value in row.items()}
        for row in rows_of_text(markup.read(notation), section, entry)
    ]


@pytest.fixture(scope="module")
def commitments() -> Form:
    return shipped_form("ga-commitments")


def test_each_item_becomes_a_row_with_its_timeframe_apart(commitments: Form) -> None:
    notation = (
        "<ul><li>Train <b>judges</b> (Till December 2013)</li>"
        "<li>Ask for access to the database</li></ul><p>Plan a campaign (Within 2014).</p>"
    )
    assert pasted(commitments, "T2.planned", notation) == [
        {
            "description": "Train <b>judges</b>",
            "timeframe": {"text": "Till December 2013", "edtf": "../2013-12", "confirmed": False},
        },
        {"description": "Ask for access to the database"},
        {
            "description": "Plan a campaign.",
            "timeframe": {"text": "Within 2014", "edtf": "2014", "confirmed": False},
        },
    ]


def test_rows_serve_the_only_goal_of_their_section(commitments: Form) -> None:
    (row,) = pasted(commitments, "T1.planned", "Train judges")
    assert row == {"description": "Train judges", "goals": ["T1.G1"]}


def test_a_lone_timeframe_stays_in_the_words(commitments: Form) -> None:
    (row,) = pasted(commitments, "T2.planned", "(Till December 2013)")
    assert row == {"description": "(Till December 2013)"}


def test_an_introduction_keeps_its_list_and_a_note_its_place(commitments: Form) -> None:
    notation = "<p>Train<note>in Tirana</note>:</p><ul><li>judges</li><li>police</li></ul><p>Plan</p>"
    assert [row["description"] for row in pasted(commitments, "T2.planned", notation)] == [
        "<p>Train<note>in Tirana</note>:</p><ul><li>judges</li><li>police</li></ul>",
        "Plan",
    ]


def test_typed_marks_are_a_list(commitments: Form) -> None:
    rows = pasted(commitments, "T2.planned", "<p>1) Train judges</p><p>2) Plan</p>")
    assert [row["description"] for row in rows] == ["Train judges", "Plan"]


def test_nothing_pasted_makes_no_row(commitments: Form) -> None:
    assert pasted(commitments, "T2.planned", "") == []


OTHER = toml_form(
    """
[row.proof]
[[row.proof.field]]
code = "found_on"
type = "date"
presentation = "lead"
[[row.proof.field]]
code = "what"
type = "text"
plain = true
[[row.proof.field]]
code = "goal_served"
type = "choice"
choices = "goals"
[row.figure]
[[row.figure.field]]
code = "how_many"
type = "number"
[list.evidence]
row = "proof"
[list.figures]
row = "figure"
[[section]]
code = "A"
lists = ["evidence", "figures"]
[[section.goal]]
code = "A.G1"
"""
)


def test_codes_and_types_are_those_of_the_row() -> None:
    notation = "<ul><li>Train <b>judges</b><note>all</note> (Till December 2013)</li></ul>"
    assert pasted(OTHER, "A.evidence", notation) == [
        {"what": "<p>Train judges[1] (Till December 2013)</p><p>[1] all</p>", "goal_served": "A.G1"}
    ]


def test_rows_without_a_text_take_no_words() -> None:
    assert pasted(OTHER, "A.figures", "Train judges") == []


def test_what_reads_documents_is_loaded_with_the_first_paste_only() -> None:
    script = "import sys, desktop_app.services.pasting; print('desktop_app.exchange' in sys.modules)"
    process = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert process.stdout.strip() == "False"
