"""Review comments: their JSON, their place in the report, and the threads they make."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.exchange.workbook import plan_workbook
from desktop_app.report.changes import Change, inverse
from desktop_app.report.paths import PlaceKind, read_path
from desktop_app.report.places import place_name
from desktop_app.report.plain import canonical_bytes, report_from_plain, report_to_plain
from desktop_app.report.report import Report, WrongValueError
from desktop_app.report.review import (
    CommentKind,
    CommentSource,
    CommentStatus,
    Decision,
    ReviewComment,
    asks_clarification,
    asks_the_country,
    comment_kind_words,
    comment_path,
    comment_status_words,
    comment_words,
    comments_to_plain,
    decision_words,
    needs_correction,
    open_counts,
    read_comment,
    threads_of,
    write_comment,
)
from desktop_app.report.text import markup
from desktop_app.report.text.model import Text
from tests.support.workbooks import example, planned_action, report_of, row_id

ROW = f"T1.planned/{row_id(1)}"
GOAL = "T1.goals/T1.G1"

words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=40)
notation = words.map(Text.plain).map(markup.write)
comments = st.builds(
    ReviewComment,
    about=st.sampled_from(["", "T1", GOAL, ROW]),
    kind=st.sampled_from([*CommentKind, "of another program"]).map(str),
    decision=st.none() | st.sampled_from([*Decision, "postponed"]).map(str),
    words=notation,
    question=st.none() | notation,
    reviewer=words,
    date=st.none() | st.dates().map(lambda day: day.isoformat()),
    status=st.sampled_from([*CommentStatus, "waiting"]).map(str),
    answers=st.none() | st.uuids().map(str),
    source=st.none() | st.builds(CommentSource, words, words),
    at=st.none() | st.datetimes().map(lambda moment: moment.isoformat()),
    more=st.dictionaries(st.sampled_from(["was_about", "colour"]), words, max_size=2),
)


@pytest.fixture
def report() -> Report:
    """A report with one planned action."""
    return report_of("ga-commitments", *planned_action(1, description="Train the police"))


def put(report: Report, comment_id: str, **said: Any) -> None:
    """Bring a comment in."""
    comment = ReviewComment(**{"about": ROW, "words": comment_id, **said})
    report.apply(Change(comment_path(comment_id), None, write_comment(comment)))


# JSON


@given(comments)
def test_a_comment_is_the_same_after_its_json(comment: ReviewComment) -> None:
    plain = json.loads(json.dumps(write_comment(comment)))
    assert read_comment(plain) == comment


def test_what_a_later_program_writes_is_kept() -> None:
    plain = {**write_comment(ReviewComment("T1")), "decision": "postponed", "mood": ["good"]}
    assert write_comment(read_comment(plain)) == plain
    assert decision_words("postponed") == "postponed"
    assert comment_kind_words("of another program") == "of another program"
    assert comment_status_words("waiting") == "waiting"


@pytest.mark.parametrize(
    "plain",
    [
        None,
        "words",
        ["words"],
        {"about": 1},
        {"words": None},
        {"words": "<p>not closed"},
        {"question": "<script>"},
        {"decision": 1},
        {"status": None},
        {"date": 20140301},
        {"source": "Review!F7"},
        {"source": {"cell": 7}},
    ],
)
def test_what_is_no_comment_is_refused(plain: Any, report: Report) -> None:
    with pytest.raises(ValueError, match="expected"):
        read_comment(plain)
    if plain is not None:
        with pytest.raises(WrongValueError, match="comment/1"):
            report.apply(Change("comment/1", None, plain))
        assert not report.comments


def test_every_code_has_words() -> None:
    assert [decision_words(each) for each in Decision] == [
        "Accepted",
        "Clarification needed",
        "Correction needed",
    ]
    for code, said in (
        *((each, comment_kind_words(each)) for each in CommentKind),
        *((each, comment_status_words(each)) for each in CommentStatus),
    ):
        assert said and said != code


def test_a_comment_in_words() -> None:
    comment = ReviewComment(
        ROW,
        decision=Decision.CORRECTION.value,
        words="<p>Which</p><p>budget?</p>",
        question="How much?",
        reviewer="Ana",
        date="2014-03-01",
        status=CommentStatus.RESOLVED.value,
    )
    assert comment_words(comment) == (
        "Ana · 2014-03-01 · Correction needed\nWhich\nbudget?\nQuestion: How much?\nResolved"
    )
    assert comment_words(ReviewComment("", words="Good")) == "Good"


def test_the_words_of_an_answer_do_not_say_that_the_thread_is_resolved() -> None:
    answer = ReviewComment("", words="Oslo", status=CommentStatus.RESOLVED.value, answers="1")
    assert comment_words(answer) == "Oslo"


# The place in the report


def test_its_path() -> None:
    assert read_path("comment/1").kind is PlaceKind.COMMENT
    assert read_path("comment/1/words").kind is None
    assert read_path("comment").kind is not PlaceKind.COMMENT


@given(st.lists(st.tuples(st.sampled_from("abc"), st.none() | comments), max_size=8))
def test_applying_and_taking_back(steps: list[tuple[str, ReviewComment | None]]) -> None:
    report = report_of("ga-commitments", *planned_action(1, description="Train the police"))
    states = [dict(report.comments)]
    changes = []
    for comment_id, comment in steps:
        path = comment_path(comment_id)
        new = None if comment is None else write_comment(comment)
        changes.append(Change(path, report.plain(path), new))
        report.apply(changes[-1])
        assert report.plain(path) == new
        states.append(dict(report.comments))
    for change, before in zip(inverse(changes), reversed(states[:-1]), strict=True):
        report.apply(change)
        assert report.comments == before


def test_no_comment_changes_the_answers_or_their_checksum() -> None:
    report = example()
    before = canonical_bytes(report_to_plain(report))
    cover = plan_workbook(report, before).sheet("Cover")
    for number, kind in enumerate(CommentKind):
        put(report, str(number), about=GOAL, kind=kind.value, decision="correction", question="Why?")
    after = canonical_bytes(report_to_plain(report))
    assert after == before
    assert not report_from_plain(json.loads(after), report.form).comments
    assert hashlib.sha256(before).hexdigest() in str(cover)
    with_comments, without = plan_workbook(report, after), plan_workbook(example(), before)
    for sheet in ("Actions", "Goals", "Answers", "Lists"):
        assert with_comments.sheet(sheet) == without.sheet(sheet)


def test_shown_beside_the_answers(report: Report) -> None:
    assert comments_to_plain(report) == {}
    put(report, "1")
    assert comments_to_plain(report) == {"comments": {"1": write_comment(report.comments["1"])}}


def test_what_places_are_called(report: Report) -> None:
    put(report, "1")
    put(report, "2", about=GOAL)
    put(report, "3", about="")
    put(report, "4", about="T1.planned/gone")
    names = [place_name(report, comment_path(each)) for each in "12345"]
    assert names == [
        "Comment on Target 1, planned action 1",
        "Comment on Target 1, Goal 1.1",
        "Comment on Report",
        "Comment on Target 1, planned action in the bin",
        "Review comment",
    ]


def test_the_section_it_is_about() -> None:
    sections = {about: ReviewComment(about).section for about in ("", "T1", GOAL, ROW, "T1.planned", "T1.A")}
    assert sections == {"": "", "T1": "T1", GOAL: "T1", ROW: "T1", "T1.planned": "T1", "T1.A": "T1"}


# Threads


def test_threads_by_their_days(report: Report) -> None:
    put(report, "b", date="2014-03-02")
    put(report, "a", date="2014-03-03")
    put(report, "c", about=GOAL)
    put(report, "later", kind="country", answers="b", date="2014-03-04", at="2014-03-04T10:00:00Z")
    put(report, "sooner", kind="country", answers="b", date="2014-03-04", at="2014-03-04T09:00:00Z")
    put(report, "again", answers="later", date="2014-03-05")
    assert [thread.id for thread in threads_of(report)] == ["b", "a", "c"]
    assert [thread.id for thread in threads_of(report, ROW)] == ["b", "a"]
    (thread, _other) = threads_of(report, ROW)
    assert [comment_id for comment_id, _comment in thread.answers] == ["sooner", "later", "again"]
    assert thread.status == CommentStatus.OPEN and thread.is_open
    assert threads_of(report, "T2") == ()


def test_an_answer_to_nothing_stands_alone(report: Report) -> None:
    put(report, "1", answers="gone")
    assert [(thread.id, thread.answers) for thread in threads_of(report)] == [("1", ())]


def test_answers_that_go_round_in_a_circle(report: Report) -> None:
    put(report, "1", answers="2")
    put(report, "2", answers="3")
    put(report, "3", answers="2")
    put(report, "4", answers="4")
    assert [(thread.id, [each for each, _ in thread.answers]) for thread in threads_of(report)] == [
        ("2", ["1", "3"]),
        ("4", []),
    ]


@given(st.dictionaries(st.sampled_from("abcdef"), st.none() | st.sampled_from("abcdefg"), max_size=6))
def test_every_comment_is_in_one_thread(answers: dict[str, str | None]) -> None:
    report = report_of("ga-commitments")
    for comment_id, answered in answers.items():
        put(report, comment_id, about="T1", answers=answered)
    found = [
        each for thread in threads_of(report) for each in (thread.id, *(one for one, _ in thread.answers))
    ]
    assert sorted(found) == sorted(answers)


def test_what_is_open(report: Report) -> None:
    put(report, "1")
    put(report, "2", about=GOAL, status="waiting")
    put(report, "3", about="T2", status="resolved")
    put(report, "4", about="T3", status="answered")
    put(report, "5", about="")
    put(report, "6", about="T4", kind="country")
    assert open_counts(report) == {"T1": 2, "": 1}


def test_a_clarification_is_asked_for_until_it_is_answered(report: Report) -> None:
    for number, said in enumerate(
        (
            {"decision": "clarification"},
            {"decision": "clarification", "status": "answered"},
            {"decision": "clarification", "kind": "internal"},
            {"decision": "accepted"},
            {"decision": "correction"},
        )
    ):
        put(report, str(number), **said)
    assert [each.id for each in threads_of(report) if asks_clarification(each)] == ["0"]
    assert {each.id for each in threads_of(report) if asks_the_country(each)} == {"0", "4"}


def test_a_correction_is_needed_until_it_is_resolved(report: Report) -> None:
    assert not needs_correction(report)
    put(report, "1", decision="clarification")
    put(report, "2", decision="correction", kind="internal")
    assert not needs_correction(report)
    put(report, "3", decision="correction", status="answered")
    assert needs_correction(report)
    put(report, "3", decision="correction", status="resolved")
    assert not needs_correction(report)
