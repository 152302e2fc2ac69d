"""What people write instead of the words to choose from, and rows that say too little: nothing is lost."""

from __future__ import annotations

import pytest

from desktop_app.report.report import Report
from desktop_app.report.said import read_said
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.review import Applied, apply
from tests.support.memory_journal import MemoryJournal
from tests.support.reviewed import Reviewed, told
from tests.support.workbooks import report_of

DECISIONS = {
    "accepted!": "accepted",
    "OK": "accepted",
    "agreed.": "accepted",
    "Needs correction": "correction",
    "correction": "correction",
    "clarify": "clarification",
    "Clarification…": "clarification",
    "Clarification needed?": "clarification",
    "not accepted": None,
    "accepted with changes": None,
    "no": None,
}


def test_decisions_in_other_words(reviewed: Reviewed, report: Report) -> None:
    for row, words in enumerate(DECISIONS, start=3):
        reviewed.comment(row, decision=words)
    held = reviewed.held_for(report)
    assert [each.comment.decision for each in held.comments] == list(DECISIONS.values())
    unread = [each for each in held.comments if each.comment.decision is None]
    assert all("Decision: " in each.comment.words and each.told for each in unread)
    known = "(Accepted, Clarification needed, Correction needed)"
    assert known in unread[0].told[0], "labels, no codes"
    assert not told(held), "what is kept is not said to be unknown as well"


def test_decisions_in_the_language_of_the_report(tmp_path_factory: pytest.TempPathFactory) -> None:
    report = report_of("ga-commitments", ("T1.goals", ["T1.G1"]), language="fr")
    reviewed = Reviewed(tmp_path_factory.mktemp("fr"), report)
    label = next(
        str(row[2]) for row in reviewed.sheet("Codes").values if row[:2] == ("review_decision", "accepted")
    )
    reviewed.comment(2, decision=f"{label.upper()}!")
    reviewed.comment(3, decision="accepted.")
    held = reviewed.held_for(report)
    assert [each.comment.decision for each in held.comments] == ["accepted", "accepted"]


def test_an_empty_line_comes_back(reviewed: Reviewed, report: Report) -> None:
    reviewed.comment(3, "Second line.\n\nThird.", question="One\n\ntwo?")
    (found,) = reviewed.held_for(report).comments
    assert read_said(found.comment.words).plain_text() == "Second line.\n\nThird."
    assert read_said(found.comment.question or "").plain_text() == "One\n\ntwo?"


def test_a_row_with_its_section_alone(reviewed: Reviewed, report: Report) -> None:
    last = reviewed.sheet("Actions").max_row + 1
    reviewed.write("Actions", last, section="T2", description="Ratify the protocol.", timeframe="2015")
    reviewed.comment(3, "Good")
    held = reviewed.held_for(report)
    (row,) = held.new_rows
    assert row.where == "Target 2" and row.rest is not None and row.rest.comment.about == "T2"
    assert "Actions already undertaken" in row.obstacle.replace("ALREADY UNDERTAKEN", "already undertaken")
    assert "Its words come in as a comment" in row.obstacle
    lines = read_said(row.rest.comment.words).plain_text().split("\n")
    assert lines[0] == "From the row added in the workbook:"
    assert set(lines[1:]) == {
        f"{reviewed.cell('Actions', 1, code).value}: {words}"
        for code, words in (
            ("section", "T2"),
            ("description", "Ratify the protocol."),
            ("timeframe", "2015"),
        )
    }
    done = apply(EntrySession(report, MemoryJournal()), held, [row.id, held.comments[0].id])
    assert done == Applied(comments=1, kept_in_words=1)
    assert not reviewed.held_for(report).has_news


def test_words_in_columns_that_the_program_fills_in_a_new_row(reviewed: Reviewed, report: Report) -> None:
    last = reviewed.sheet("Actions").max_row + 1
    reviewed.write(
        "Actions",
        last,
        section="T2",
        list="planned",
        description="Train",
        number="after no. 3",
        reference="new",
    )
    (row,) = reviewed.held_for(report).new_rows
    assert row.rest is not None and row.list_path == "T2.planned"
    words = read_said(row.rest.comment.words).plain_text()
    assert "after no. 3" in words and "new" in words and "T2" not in words
