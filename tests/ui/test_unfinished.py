"""Words that are no answer yet are told before the report is closed, and are never lost with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.report.timeframe.value import Timeframe
from desktop_app.report.unplaced import Unplaced
from desktop_app.services.demo import fresh_example
from desktop_app.services.reports import read_report
from desktop_app.ui.pages.page_stack import UNPLACED_PAGE
from desktop_app.ui.pages.section_page import SectionPage
from desktop_app.ui.parts import Button, Words
from tests.support.window_steps import Person

DATE = "cover.date"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return fresh_example(tmp_path)


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path, path: Path) -> Iterator[Person]:
    one = Person.at_the_desk(qtbot, tmp_path, path)
    yield one
    one.leave()


def half_typed(person: Person, place: str, words: str) -> None:
    person.view.go_to(place)
    person.type(words)
    person.key(Qt.Key.Key_Tab)
    page = person.view.pages.page
    assert isinstance(page, SectionPage)
    person.until(lambda: page.unfinished() is not None)


def accept_buttons(person: Person) -> list[Button]:
    buttons = person.view.pages.findChildren(Button)
    return [each for each in buttons if each.isVisible() and each.text() == "Accept …"]


def test_half_a_date_is_told_and_kept_among_the_unplaced_texts(person: Person, path: Path) -> None:
    half_typed(person, DATE, "31.1")
    person.view.show_page("T2")
    person.window.close()
    assert person.window.isVisible()
    assert person.view.pages.shown == "cover"
    assert "your words are kept among the unplaced texts" in person.window.notice.words
    person.window.close()
    assert not person.window.isVisible()
    assert list(read_report(path).unplaced.values()) == [Unplaced("31.1", DATE)]


def test_all_of_them_are_kept_also_where_only_the_first_was_told(person: Person, path: Path) -> None:
    half_typed(person, DATE, "31.1")
    half_typed(person, "cover.languages", "Atlantean <b>")
    person.window.close()
    person.window.close()
    kept = {each.near: each.text for each in read_report(path).unplaced.values()}
    assert kept == {DATE: "31.1", "cover.languages": "Atlantean &lt;b&gt;"}


def test_the_field_of_a_row_is_kept_with_its_place_and_once(person: Person) -> None:
    report = person.view._session.report
    row = report.lists["T1.planned"].rows[0]
    person.view.go_to(f"T1.planned/{row.id}/timeframe")
    page = person.view.pages.page
    assert isinstance(page, SectionPage)
    editor = page._cards["T1.planned"].rows.editor
    assert editor is not None
    field = editor._editors["timeframe"]
    field.show_value(Timeframe("as planned"))
    person.press("Set a date", field)
    first, second = (end for end in field.findChildren(QLineEdit) if end.isVisible() and not end.text())
    person.qtbot.keyClicks(first, "2015")
    person.qtbot.keyClicks(second, "2014")
    for _time in range(2):
        person.view.pages.keep_unfinished()
        assert list(report.unplaced.values()) == [Unplaced("2015 – 2014", f"T1.planned/{row.id}/timeframe")]


def test_when_the_system_ends_the_program_they_are_kept_too(person: Person, path: Path) -> None:
    half_typed(person, DATE, "31.1")
    person.desk.end()
    assert [each.text for each in read_report(path).unplaced.values()] == ["31.1"]


def test_the_page_of_unplaced_texts_says_where_they_were_typed(person: Person) -> None:
    half_typed(person, DATE, "31.1")
    person.view.pages.keep_unfinished()
    person.view.show_page(UNPLACED_PAGE)
    person.find(Words, "Cover, Date of the report", person.view.pages)
    person.press("Go there", person.view.pages)
    assert person.view.place == DATE


def test_before_sending_it_is_told_and_nothing_goes_when_the_report_is_closed_for_answers(
    person: Person, path: Path
) -> None:
    session = person.view._session
    half_typed(person, DATE, "31.1")
    person.view.show_send()
    assert person.window.notice.words.startswith("Cover: something stands there that is no answer yet")
    session.mark_ready()
    assert list(session.report.unplaced.values()) == []
    session.back_to_draft()
    assert list(session.report.unplaced.values()) == [Unplaced("31.1", DATE)]
    person.view.show_page("cover")
    person.window.notice.hide()
    person.view.show_send()
    assert not person.window.notice.isVisible()


def test_words_that_closed_answers_cannot_keep_are_named_before_they_go(person: Person, path: Path) -> None:
    half_typed(person, DATE, "31.1")
    person.view.show_send()
    person.view._session.mark_ready()
    person.window.close()
    assert person.window.isVisible()
    assert "cannot be kept while the answers are closed: “31.1”" in person.window.notice.words
    person.view._session.back_to_draft()
    person.window.close()
    assert not person.window.isVisible()
    assert list(read_report(path).unplaced.values()) == [Unplaced("31.1", DATE)]


def test_words_that_closed_answers_cannot_keep_hold_nobody_back(person: Person, path: Path) -> None:
    half_typed(person, DATE, "31.1")
    person.view.show_send()
    person.view._session.mark_ready()
    person.window.close()
    person.window.close()
    assert not person.window.isVisible()
    assert list(read_report(path).unplaced.values()) == []


def test_before_sending_it_is_told_also_where_the_page_of_sending_has_such_words(person: Person) -> None:
    person.view.show_send()
    person.until(lambda: bool(accept_buttons(person)))
    accept_buttons(person)[0].click()
    person.type("because")
    person.view.pages.forget("cover")
    half_typed(person, DATE, "31.1")
    person.window.notice.hide()
    person.view.show_send()
    assert person.window.notice.words.startswith("Cover: something stands there that is no answer yet")
    person.window.close()
