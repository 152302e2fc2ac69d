"""A single answer, or the action one is in, is marked as confidential from the menu, and the mark is seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.services.demo import fresh_example
from desktop_app.services.reports import read_report
from desktop_app.ui.confidential_mark import ConfidentialMark
from desktop_app.ui.menus import Step
from tests.support.window_steps import Person

QUESTION = "cover.authority"


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[Person]:
    """In front of the example."""
    found = Person.at_the_desk(qtbot, tmp_path, fresh_example(tmp_path))
    yield found
    if found.window.isVisible():
        found.leave()


def choose(person: Person) -> None:
    person.window.menus.step_chosen.emit(Step.CONFIDENTIAL)


def marks(person: Person) -> list[ConfidentialMark]:
    return [each for each in person.window.findChildren(ConfidentialMark) if each.isVisible()]


def test_an_answer_is_marked_from_the_menu_and_unmarked_at_its_mark(person: Person) -> None:
    person.view.go_to(QUESTION)
    assert marks(person) == []
    choose(person)
    assert person.window.notice.words == (
        "Marked as confidential: Cover, Authority or ministry. The public copy leaves it out."
    )
    (mark,) = marks(person)
    assert mark.text() == "Confidential"
    path = person.desk._keeper.path
    assert path is not None
    person.until(lambda: read_report(path).confidential == {QUESTION})
    person.press("Confidential", person.view.pages)
    assert marks(person) == []
    choose(person)
    choose(person)
    assert person.window.notice.words == "No longer confidential: Cover, Authority or ministry."
    assert marks(person) == []
    person.window.undo()
    assert len(marks(person)) == 1


def test_an_action_is_marked_as_a_whole(person: Person) -> None:
    report = person.view._session.report
    row = report.lists["T1.planned"].rows[0]
    person.view.go_to(f"T1.planned/{row.id}/description")
    choose(person)
    assert row.confidential == {""}
    assert person.window.notice.words.startswith("Marked as confidential: Target 1, planned action 1.")


def test_where_the_keyboard_is_in_no_answer_it_is_said(person: Person) -> None:
    person.view.show_send()
    choose(person)
    assert person.window.notice.words == "Go to an answer or an entry first: it is what is marked."
