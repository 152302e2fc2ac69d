"""A report with comments of reviewers, and a person in front of its window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.report.changes import Change, new_id
from desktop_app.report.review import ReviewComment, comment_path, write_comment
from desktop_app.services.demo import fresh_example
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui.report_view import ReportView
from tests.support.window_steps import Person

Sitter = Callable[[Path], Person]


@pytest.fixture
def at_the_desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Sitter]:
    """Opens a window on a report file, and closes it after the test."""
    sitting: list[Person] = []

    def sit(path: Path) -> Person:
        sitting.append(Person.at_the_desk(qtbot, tmp_path, path))
        return sitting[-1]

    yield sit
    for person in sitting:
        if person.window.isVisible():
            person.leave()


@pytest.fixture
def person(at_the_desk: Sitter, tmp_path: Path) -> Person:
    """In front of the example."""
    return at_the_desk(fresh_example(tmp_path))


def view_of(person: Person) -> ReportView:
    assert person.window.view is not None
    return person.window.view


def session_of(person: Person) -> EntrySession:
    return view_of(person)._session


def first_row(session: EntrySession, list_path: str) -> str:
    """The path of the first row of a list."""
    return f"{list_path}/{session.report.lists[list_path].rows[0].id}"


def say(
    session: EntrySession,
    about: str,
    words: str,
    *,
    decision: str | None = None,
    question: str | None = None,
    kind: str = "official",
) -> str:
    """A reviewer's comment, as it is in the report once it was brought in."""
    comment = ReviewComment(about, kind, decision, words, question, reviewer="L. Berg", date="2014-02-03")
    fresh = new_id()
    session.comment([Change(comment_path(fresh), None, write_comment(comment))])
    return fresh
