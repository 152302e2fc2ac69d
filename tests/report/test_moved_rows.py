"""Rows moved into another list: what was said about them goes along, and what comes later finds them."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.report.changes import Change, new_id
from desktop_app.report.moved_rows import where_it_is
from desktop_app.report.review import ReviewComment, comment_path, write_comment
from desktop_app.services.entry_session import EntrySession
from tests.support.memory_journal import MemoryJournal
from tests.support.reviewed import Reviewed, said
from tests.support.workbooks import example

PLANNED, UNDERTAKEN = "T1.planned", "T1.undertaken"


@pytest.fixture
def session() -> EntrySession:
    return EntrySession(example(), MemoryJournal(), who="Ana")


def first_row(session: EntrySession) -> str:
    return session.report.lists[PLANNED].rows[0].id


def comment(session: EntrySession, about: str) -> str:
    fresh = new_id()
    said_of_it = ReviewComment(about, words="Is this not done already?", reviewer="Zoë")
    session.comment([Change(comment_path(fresh), None, write_comment(said_of_it))])
    return fresh


def test_what_was_said_about_it_goes_along(session: EntrySession) -> None:
    row, other = (each.id for each in session.report.lists[PLANNED].rows[:2])
    of_row = comment(session, f"{PLANNED}/{row}")
    of_field = comment(session, f"{PLANNED}/{row}/description")
    of_other = comment(session, f"{PLANNED}/{other}")
    fresh = session.move_row_to_list(PLANNED, row, UNDERTAKEN)
    comments = session.report.comments
    assert comments[of_row].about == f"{UNDERTAKEN}/{fresh}"
    assert comments[of_field].about == f"{UNDERTAKEN}/{fresh}/description"
    assert comments[of_other].about == f"{PLANNED}/{other}"
    session.undo()
    assert comments[of_row].about == f"{PLANNED}/{row}"


def test_where_a_row_is_after_many_moves(session: EntrySession) -> None:
    report, row = session.report, first_row(session)
    assert where_it_is(report, PLANNED, row) == ""
    second = session.move_row_to_list(PLANNED, row, UNDERTAKEN)
    assert where_it_is(report, PLANNED, row) == f"{UNDERTAKEN}/{second}"
    third = session.move_row_to_list(UNDERTAKEN, second, "T2.undertaken")
    assert where_it_is(report, PLANNED, row) == f"T2.undertaken/{third}"
    session.undo()
    session.undo()
    again = session.move_row_to_list(PLANNED, row, UNDERTAKEN)
    assert where_it_is(report, PLANNED, row) == f"{UNDERTAKEN}/{again}"
    session.remove_rows(UNDERTAKEN, [again])
    assert where_it_is(report, PLANNED, row) == ""


def test_a_workbook_sent_before_finds_the_row_where_it_is_now(session: EntrySession, tmp_path: Path) -> None:
    row = first_row(session)
    reviewed = Reviewed(tmp_path)
    at = reviewed.row_of("Review", "key", f"{PLANNED}/{row}")
    reviewed.comment(at, "Already done in 2012.", reviewer="Zoë")
    at = reviewed.row_of("Actions", "row_id", row)
    reviewed.write("Actions", at, description="Wholly other words.")
    fresh = session.move_row_to_list(PLANNED, row, UNDERTAKEN)
    held = reviewed.held_for(session.report)
    assert said(held) == {f"{UNDERTAKEN}/{fresh}": ["Already done in 2012."]}
    [suggestion] = held.suggestions
    assert (suggestion.path, suggestion.obstacle) == (f"{UNDERTAKEN}/{fresh}/description", "")
    assert not held.new_rows
