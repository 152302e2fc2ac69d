"""What people write instead of the words to choose from, and rows that say too little: nothing is lost."""

from __future__ import annotations

import pytest

from desktop_app.exchange.workbook.plan import words_of
from desktop_app.exchange.workbook.threads import Threads
from desktop_app.report.report import Report
from desktop_app.report.review import ReviewComment, threads_of
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
    assert [each.list_path for each in row.ways] == ["T2.undertaken", "T2.planned"]
    assert "its words come in as a comment" in row.obstacle
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


def test_a_section_and_a_list_by_any_of_their_names(reviewed: Reviewed, report: Report) -> None:
    """As they stand on the sheets to read and in the column of kinds."""
    last = reviewed.sheet("Actions").max_row
    for number, (section, entry) in enumerate(
        [("Policy target No. 3", "Planned action"), ("target 3", "actions already undertaken")], start=1
    ):
        reviewed.write(
            "Actions", last + number, section_title=section, list_title=entry, description=f"Row {number}"
        )
    lists = [row.list_path for row in reviewed.held_for(report).new_rows]
    assert sorted(lists) == ["T3.planned", "T3.undertaken"]


def test_why_a_list_is_empty_is_no_row_of_it(reviewed: Reviewed, report: Report) -> None:
    last = reviewed.sheet("Actions").max_row + 1
    reviewed.write("Actions", last, section="T3", list="undertaken", description="No action taken")
    (row,) = reviewed.held_for(report).new_rows
    assert "“No action taken” says why the list is empty, so it is no entry of it" in row.obstacle
    assert row.rest is not None and not row.ways


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


def test_words_without_a_time_are_for_a_person(reviewed: Reviewed, report: Report) -> None:
    row = reviewed.row_of("Review", "timeframe", "Till December 2013")
    reviewed.write("Review", row, timeframe="comment in Timeframe: this has no date")
    held = reviewed.held_for(report)
    (suggestion,) = held.suggestions
    assert "is read as a time" in suggestion.told[0] and suggestion.is_for_a_person
    assert suggestion.id not in held.proposed(suggestions=True)
    assert suggestion in held.for_a_person


def test_the_same_where_no_time_stood(reviewed: Reviewed, report: Report) -> None:
    row = next(
        number
        for number in range(2, reviewed.sheet("Review").max_row + 1)
        if "/" in reviewed.key(number)
        and reviewed.key(number).startswith("T2.undertaken/")
        and not reviewed.cell("Review", number, "timeframe").value
    )
    reviewed.write("Review", row, timeframe="this has no date")
    held = reviewed.held_for(report)
    assert held.suggestions[0].id not in held.proposed(suggestions=True)
    assert "is read as a time" in held.suggestions[0].told[0]


def test_another_time_is_no_question_for_a_person(reviewed: Reviewed, report: Report) -> None:
    row = reviewed.row_of("Review", "timeframe", "Till December 2013")
    reviewed.write("Review", row, timeframe="Till June 2014")
    held = reviewed.held_for(report)
    assert held.suggestions[0].id in held.proposed(suggestions=True)
    assert not held.suggestions[0].told


def test_comments_without_a_day_stand_where_they_came_in(reviewed: Reviewed, report: Report) -> None:
    reviewed.comment(3, "With a day", reviewer="Zoë", date="2014-03-01")
    held = reviewed.held_for(report)
    apply(EntrySession(report, MemoryJournal()), held, held.proposed())
    reviewed.comment(3, "Without a day", reviewer="", date="")
    held = reviewed.held_for(report)
    apply(EntrySession(report, MemoryJournal()), held, held.proposed())
    assert [each.first.words for each in threads_of(report)] == ["With a day", "Without a day"]


def test_the_countrys_answer_names_the_comment_it_answers(report: Report) -> None:
    about = "T1.goals/T1.G1"
    report.comments["q"] = ReviewComment(about, words="Which budget?", reviewer="Zoë", date="2014-03-01")
    report.comments["a"] = ReviewComment(about, kind="country", words="The state's.", answers="q")
    assert words_of(Threads.of(report).answers(about)) == "The state's."
    report.comments["r"] = ReviewComment(about, words="Since when?", date="2014-03-02")
    assert words_of(Threads.of(report).answers(about)) == "To Zoë, 2014-03-01:\nThe state's."
