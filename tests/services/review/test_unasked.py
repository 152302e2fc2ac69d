"""Words typed where the workbook asks for none: each comes in, or is told with its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.exchange.review.unasked import typed_words
from desktop_app.exchange.workbook import plan_workbook, workbook_bytes
from desktop_app.report.plain import canonical_bytes, report_to_plain
from desktop_app.report.report import Report
from desktop_app.report.review import ReviewComment
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.review import ReviewPreview, apply
from tests.support.memory_journal import MemoryJournal
from tests.support.reviewed import Reviewed, said, told
from tests.support.workbooks import example

REPLY = ReviewComment(about="", kind="country", words="It is in the annex.", date="2014-04-01", answers="q")


def answered(report: Report) -> str:
    """Give the report a question with the country's answer, and words among reviewers; says on what."""
    about = "T1.goals/T1.G1"
    first = ReviewComment(about=about, words="Which budget?", reviewer="Zoë", date="2014-03-01")
    report.comments["q"] = replace(first, status="answered")
    report.comments["a"] = replace(REPLY, about=about)
    report.comments["i"] = ReviewComment(about="T2.goals/T2.G2", kind="internal", words="Between us")
    return about


@pytest.fixture
def second(tmp_path: Path, report: Report) -> Reviewed:
    """The workbook of a second round: something was said before, and something changed since."""
    answered(report)
    return Reviewed(tmp_path, data=of_second_round(report))


def of_second_round(report: Report) -> bytes:
    before = report_to_plain(example())
    before["answers"] = {**before["answers"], "cover.authority": "Somebody else"}
    return workbook_bytes(plan_workbook(report, canonical_bytes(report_to_plain(report)), before))


def row_of(reviewed: Reviewed, key: str) -> int:
    return reviewed.row_of("Review", "key", key)


def test_a_second_round_that_nobody_touched(second: Reviewed, report: Report) -> None:
    held = second.held_for(report)
    assert not held.has_news and not told(held)


def test_words_behind_the_countrys_answer_answer_its_thread(second: Reviewed, report: Report) -> None:
    row = row_of(second, "T1.goals/T1.G1")
    cell = second.cell("Review", row, "country_answer")
    cell.value = f"{cell.value} I disagree."
    second.write("Review", row, review_reviewer="Ana", review_date=date(2014, 5, 1))
    (found,) = second.held_for(report).new_comments
    assert (found.comment.about, found.comment.words) == ("T1.goals/T1.G1", "I disagree.")
    assert (found.comment.answers, found.comment.reviewer, found.comment.date) == ("q", "Ana", "2014-05-01")
    assert not found.is_aside
    held = second.held_for(report)
    apply(EntrySession(report, MemoryJournal()), held, held.proposed())
    assert report.comments["q"].status == "open", "somebody has to answer again"


def test_a_status_that_a_reviewer_set_resolves_the_thread(second: Reviewed, report: Report) -> None:
    row = row_of(second, "T1.goals/T1.G1")
    assert second.cell("Review", row, "status").value == "Answered"
    second.write("Review", row, status="resolved")
    held = second.held_for(report)
    (found,) = held.new_comments
    assert (found.comment.answers, found.comment.status) == ("q", "resolved")
    session = EntrySession(report, MemoryJournal())
    apply(session, held, held.proposed())
    assert report.comments["q"].status == "resolved"
    assert not second.held_for(report).has_news
    session.undo()
    assert report.comments["q"].status == "answered"


def test_words_in_columns_of_what_was_said(second: Reviewed, report: Report) -> None:
    row, other = row_of(second, "T1.goals/T1.G1"), row_of(second, "T2.goals/T2.G2")
    thread = second.cell("Review", row, "thread")
    thread.value = f"{thread.value}\n\nNo, it is not."
    internal = second.cell("Review", other, "internal")
    internal.value = f"{internal.value} Agreed."
    second.write("Review", other, status="Nearly done")
    found = {each.comment.words: each.comment for each in second.held_for(report).new_comments}
    assert found["No, it is not."].answers == "q"
    assert found["Agreed."].answers == "i" and found["Agreed."].kind == "internal"
    assert found["Beside “Status”: Nearly done"].about == "T2.goals/T2.G2"


def test_the_same_in_a_first_round(reviewed: Reviewed, report: Report) -> None:
    reviewed.write("Review", 3, country_answer="This is really my comment")
    held = reviewed.held_for(report)
    assert said(held) == {reviewed.key(3): ["Beside “Country's answer”: This is really my comment"]}
    assert held.comments[0].id in held.proposed()


def test_what_is_no_name_no_day_and_no_kind(reviewed: Reviewed, report: Report) -> None:
    reviewed.comment(3, reviewer="Please check the law number")
    reviewed.comment(4, date="Footnote unclear")
    reviewed.comment(5, kind="see annex")
    reviewed.comment(6, reviewer="Ana", date=date(2014, 3, 1))
    held = reviewed.held_for(report)
    assert said(held) == {
        reviewed.key(3): ["Reviewer: Please check the law number"],
        reviewed.key(4): ["Date of review: Footnote unclear"],
        reviewed.key(5): ["Kind of comment: see annex"],
    }
    assert all(each.told for each in held.comments)
    assert "“Ana, 2014-03-01” stands there without a comment" in told(held)


def test_words_on_sheets_without_records(second: Reviewed, report: Report) -> None:
    """They are kept as comments where a person says so."""
    for sheet, place in (("Cover", "F3"), ("Dictionary", "K9"), ("Codes", "B200"), ("Changes", "Z2")):
        second.sheet(sheet)[place] = f"Typed on {sheet}"
    second.sheet("T2")["F40"] = "Typed on T2"
    held = second.held_for(report)
    assert sorted(said(held)[""]) == [
        f"Typed on {each}" for each in ("Changes", "Codes", "Cover", "Dictionary")
    ]
    assert said(held)["T2"] == ["Typed on T2"]
    assert not held.proposed() and len(held.proposed(remarks=True)) == 5
    assert all(each.told for each in held.new_comments)


@pytest.mark.parametrize(
    ("before", "now", "typed"),
    [
        ("", "Yes", "Yes"),
        ("It is. So.", "It is. So.", ""),
        ("It is. So.", "It is.", ""),
        ("It is.", "It is. It is not.", "It is not."),
        ("x The", "x There The", "There"),
        ("One. Two.", "One.\nNo.\nTwo.", "No."),
        ("One. Two.", "Three. Two. Four.", "Three. Two. Four."),
    ],
)
def test_what_was_typed_into_other_words(before: str, now: str, typed: str) -> None:
    assert typed_words(before, now) == typed


def all_words(held: ReviewPreview) -> str:
    """Everything that the preview shows."""
    rows = [each for row in held.new_rows for each in (row.words, str(row.values), str(row.rest), *row.told)]
    comments = [f"{each.comment} {each.told}" for each in held.comments]
    suggestions = [f"{each.found} {each.told} {each.obstacle}" for each in held.suggestions]
    return "\n".join((*rows, *comments, *suggestions, told(held)))


PLACES = st.lists(
    st.tuples(st.integers(0, 50), st.integers(1, 45), st.integers(1, 24)), min_size=8, max_size=8
)


@settings(max_examples=5, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(PLACES)
def test_a_word_in_any_cell_of_any_sheet_is_found(places: list[tuple[int, int, int]]) -> None:
    report = example()
    answered(report)
    with TemporaryDirectory() as folder:
        reviewed = Reviewed(Path(folder), data=of_second_round(report))
        names = [name for name in reviewed.book.sheetnames if name != "_meta"]
        typed = {}
        for number, (sheet, row, column) in enumerate(places):
            name = names[sheet % len(names)]
            cell = reviewed.sheet(name).cell(row, column)
            cell.value = f"xq{number} typed"
            typed[name, cell.coordinate] = str(cell.value)
        shown = all_words(reviewed.held_for(report))
        lost = [place for place, words in typed.items() if words not in shown]
        assert not lost


def test_where_a_long_text_can_be_read_is_nobodys_remark(tmp_path: Path, report: Report) -> None:
    """What was said before of an action is longer than a row can be: the row says where all of it is."""
    row_list = report.lists["T1.planned"]
    about = f"T1.planned/{row_list.rows[0].id}"
    report.comments["long"] = ReviewComment(about=about, words="Many words. " * 900, date="2014-03-01")
    reviewed = Reviewed(tmp_path, data=of_second_round(report))
    row = row_of(reviewed, about)
    assert reviewed.cell("Review", row, "whole_text").value
    held = reviewed.held_for(report)
    assert not held.has_news and not told(held)
    reviewed.write("Review", row, whole_text="I read it there")
    (found,) = reviewed.held_for(report).new_comments
    assert (found.comment.about, found.comment.words, found.is_aside) == (about, "I read it there", True)
