"""Esc leads back from a page that has a way back, and gives up no words with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.services.demo import fresh_example
from desktop_app.ui.menus import Step
from desktop_app.ui.pages.page_stack import BACKUPS_PAGE, HISTORY_PAGE, KEYS_PAGE, SEND
from desktop_app.ui.protection.protect_page import ProtectPage
from tests.support.window_steps import Person


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[Person]:
    one = Person.at_the_desk(qtbot, tmp_path, fresh_example(tmp_path))
    yield one
    one.leave()


def show(person: Person, step: Step, page: str) -> None:
    """Choose the step, and wait until its page is there."""
    person.window.menus.step_chosen.emit(step)
    person.until(lambda: person.view.pages.shown == page)


@pytest.mark.parametrize(
    ("step", "page"),
    [(Step.HISTORY, HISTORY_PAGE), (Step.BACKUPS, BACKUPS_PAGE), (Step.SIGNING_KEYS, KEYS_PAGE)],
)
def test_esc_leads_back_to_where_one_was(person: Person, step: Step, page: str) -> None:
    person.view.show_page("T2")
    person.window.menus.step_chosen.emit(step)
    person.until(lambda: person.view.pages.shown == page)
    person.until(lambda: person.view.pages.isAncestorOf(person.window.focusWidget()))
    person.key(Qt.Key.Key_Escape)
    person.until(lambda: person.view.pages.shown == "T2")


def test_the_keyboard_is_again_where_it_was_on_the_page_to_check_and_send(person: Person) -> None:
    person.view.show_send()
    before = person.window.focusWidget()
    assert person.view.pages.isAncestorOf(before)
    person.window.menus.step_chosen.emit(Step.HISTORY)
    person.until(lambda: person.view.pages.shown == HISTORY_PAGE)
    person.key(Qt.Key.Key_Escape)
    person.until(lambda: person.view.pages.shown == SEND)
    assert person.window.focusWidget() is before


def test_from_page_to_page_esc_leads_back_to_the_report(person: Person) -> None:
    person.view.show_page("T2")
    person.window.menus.step_chosen.emit(Step.HISTORY)
    person.until(lambda: person.view.pages.shown == HISTORY_PAGE)
    person.window.menus.step_chosen.emit(Step.SIGNING_KEYS)
    person.until(lambda: person.view.pages.shown == KEYS_PAGE)
    person.until(lambda: person.view.pages.isAncestorOf(person.window.focusWidget()))
    person.key(Qt.Key.Key_Escape)
    person.until(lambda: person.view.pages.shown == "T2")


def test_the_history_come_to_from_another_page_has_a_way_back(person: Person) -> None:
    person.view.show_page("T2")
    show(person, Step.HISTORY, HISTORY_PAGE)
    show(person, Step.BACKUPS, BACKUPS_PAGE)
    show(person, Step.HISTORY, HISTORY_PAGE)
    person.key(Qt.Key.Key_Escape)
    person.until(lambda: person.view.pages.shown == "T2")


def test_esc_leaves_the_page_to_protect_a_report_with_half_a_passphrase(person: Person) -> None:
    person.window.menus.step_chosen.emit(Step.PROTECT)
    person.until(lambda: isinstance(person.window.lone, ProtectPage))
    person.type("half a pass")
    person.key(Qt.Key.Key_Escape)
    person.until(lambda: person.window.view is not None)


def test_esc_gives_up_no_words_that_stand_in_a_line(person: Person) -> None:
    person.window.menus.step_chosen.emit(Step.PROTECT)
    person.until(lambda: isinstance(person.window.lone, ProtectPage))
    person.type("half a pass")
    person.key(Qt.Key.Key_F4)
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    assert line.echoMode() is QLineEdit.EchoMode.Normal
    person.key(Qt.Key.Key_Escape)
    assert isinstance(person.window.lone, ProtectPage)
    assert line.text() == "half a pass"


def test_on_a_page_without_a_way_back_esc_does_nothing(person: Person) -> None:
    person.view.show_page("T2")
    person.view.pages.focus_page()
    person.key(Qt.Key.Key_Escape)
    assert person.view.pages.shown == "T2"


def test_a_key_that_is_held_leads_no_further_than_what_it_closed(person: Person) -> None:
    person.view.show_page("T2")
    person.window.menus.step_chosen.emit(Step.BACKUPS)
    person.until(lambda: person.view.pages.shown == BACKUPS_PAGE)
    person.until(lambda: person.view.pages.isAncestorOf(person.window.focusWidget()))
    kind, key, no = QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(person.window.focusWidget(), QKeyEvent(kind, key, no, "", autorep=True))
    assert person.view.pages.shown == BACKUPS_PAGE
