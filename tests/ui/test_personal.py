"""The name that others see, and the look of the window: settled in the window and remembered."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit

from desktop_app.runtime.person import account_name
from desktop_app.runtime.settings import load_settings
from desktop_app.ui.application import set_look
from desktop_app.ui.menus import Step
from desktop_app.ui.review.draft_box import DraftBox
from tests.support.window_steps import Person


@pytest.fixture(autouse=True)
def an_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "a.visitor")


def name_them(person: Person, words: str) -> None:
    person.window.menus.step_chosen.emit(Step.NAME)
    person.find(QLineEdit, "Your name", person.window.asking).setText(words)
    person.press("Use this name")


def test_a_name_counts_at_once_and_is_remembered(person: Person) -> None:
    assert person.view._session.who == account_name() == "a.visitor"
    name_them(person, "Ana Hoxha")
    assert person.view._session.who == "Ana Hoxha"
    assert person.window.notice.words == "From now on your name is “Ana Hoxha”."
    person.until(lambda: load_settings(person.folder / "settings.json").person == "Ana Hoxha")


@pytest.mark.parametrize("words", ["", "a.visitor"])
def test_without_a_name_it_is_the_account_s(person: Person, words: str) -> None:
    name_them(person, "Ana Hoxha")
    name_them(person, words)
    assert person.view._session.who == "a.visitor"
    assert person.desk._personal.given_name() == ""


def test_before_the_first_step_the_name_is_asked_for_in_place(person: Person) -> None:
    page = person.view.send_page()
    line = page.clearance.name
    assert line.isVisible()
    assert line.field.text() == "a.visitor"
    line.field.setText("Ana Hoxha")
    # The button has a key of its own: the field need not have been left.
    person.press("Ready for clearance")
    person.until(lambda: person.view._session.report.status == "ready")
    person.until(lambda: "Marked as ready by Ana Hoxha" in page.clearance._step_words.text())
    assert not line.isVisible()
    assert page.making.sent_by.words == "Sent by: Ana Hoxha"
    person.until(lambda: load_settings(person.folder / "settings.json").person == "Ana Hoxha")


def test_the_name_beside_a_comment_is_asked_for_in_its_box(person: Person) -> None:
    person.view.show_comments_here()
    panel = person.view.beside
    person.press("Write a comment", panel)
    person.type("We shall add this.")
    box = person.window.findChildren(DraftBox)[-1]
    assert box.name.field.text() == "a.visitor"
    box.name.field.setText("Ana Hoxha")
    person.press("Keep the comment", panel)
    [kept] = person.view._session.report.comments.values()
    assert kept.reviewer == "Ana Hoxha"
    person.press("Write a comment", panel)
    assert not person.window.findChildren(DraftBox)[-1].name.isVisible()


def test_a_look_is_remembered(person: Person) -> None:
    person.window.menus.step_chosen.emit(Step.DARK_LOOK)
    set_look("system")
    person.until(lambda: load_settings(person.folder / "settings.json").appearance == "dark")
