"""Who has the keyboard when what had it works, is hidden or goes away: never a button nobody meant."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.report.text.model import Text
from desktop_app.runtime.paths import config_folder
from desktop_app.services.reports import start_report
from desktop_app.ui.backups.backups_page import BackupsPage
from desktop_app.ui.menus import Step
from desktop_app.ui.pages.section_page import SectionPage
from desktop_app.ui.parts import Tone
from tests.support.window_steps import Person


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[Person]:
    config_folder().mkdir(parents=True)
    path = start_report(tmp_path / "norway.adesk", "ga-commitments", "NO").path
    sitting = Person.at_the_desk(qtbot, config_folder(), path)
    yield sitting
    sitting.leave()


def backups_page(person: Person) -> BackupsPage:
    person.window.menus.step_chosen.emit(Step.BACKUPS)
    assert person.window.view is not None
    page = person.window.view.pages.page
    assert isinstance(page, BackupsPage)
    return page


def test_a_button_that_works_has_the_keyboard_again_afterwards(person: Person) -> None:
    page = backups_page(person)
    before = len(page.list.lines)
    page.make.setFocus()
    person.key(Qt.Key.Key_Space)
    assert not page.make.isEnabled()
    assert QApplication.focusWidget() is page
    person.until(lambda: page.make.isEnabled() and len(page.list.lines) == before + 1)
    assert page.make.hasFocus()


def test_tab_goes_on_from_a_button_that_works(person: Person) -> None:
    page = backups_page(person)
    page.make.setFocus()
    page.make.setEnabled(False)
    person.key(Qt.Key.Key_Tab)
    reached = QApplication.focusWidget()
    assert reached is not None and page.isAncestorOf(reached)
    page.make.setEnabled(True)
    assert QApplication.focusWidget() is reached


def test_a_button_that_is_hidden_leaves_the_keyboard_on_its_page(person: Person) -> None:
    page = backups_page(person)
    page.make.setFocus()
    page.make.hide()
    assert QApplication.focusWidget() is page
    person.key(Qt.Key.Key_Tab)
    reached = QApplication.focusWidget()
    assert reached is not None and page.isAncestorOf(reached)


def test_after_a_restore_one_is_where_one_was_and_not_on_undo(person: Person) -> None:
    assert person.window.view is not None
    person.window.view.show_page("T3")
    page = backups_page(person)
    page.make.setFocus()
    person.key(Qt.Key.Key_Space)
    person.until(lambda: len(page.list.lines) > 0 and page.make.isEnabled())
    page.list.lines[0].restore.setFocus()
    person.key(Qt.Key.Key_Space)
    person.key(Qt.Key.Key_Space)
    person.until(lambda: "is again what it was" in person.window.notice.words)
    view, focus = person.window.view, QApplication.focusWidget()
    assert view is not None and focus is not None and view.isAncestorOf(focus)
    assert view.pages.shown == "T3"
    assert person.window.notice._tone is Tone.SUCCESS
    view._session.set_value("cover.authority", Text.plain("Ministry"))
    assert not person.window.notice.isVisible()


def test_after_a_crash_one_is_where_one_was_writing(person: Person, tmp_path: Path) -> None:
    opened = person.desk._keeper.opened
    assert opened is not None
    opened.session.type("cover.contact", Text.plain("Office of"))
    assert opened.journal.flush(10)
    left = tmp_path / "left.adesk"
    left.write_bytes(opened.path.read_bytes())
    person.desk._remembered.settings.places[str(left)] = "T3"
    assert person.desk.open_file(left)
    view = person.window.view
    assert view is not None
    person.until(lambda: view.place == "cover.contact")
    view.show_page("T3")
    assert "was recovered" in person.window.notice.words
    person.press("Show it", person.window.notice)
    person.until(lambda: view.place == "cover.contact")


def test_back_from_the_history_leads_to_where_one_was(person: Person) -> None:
    view = person.window.view
    assert view is not None
    view.go_to("cover.contact")
    person.window.menus.step_chosen.emit(Step.HISTORY)
    person.press("Back to the report")
    person.until(lambda: view.place == "cover.contact")


def test_bringing_back_does_not_move_the_page(person: Person) -> None:
    view = person.window.view
    assert view is not None
    view.show_page("T1")
    page = view.pages.page
    assert isinstance(page, SectionPage)
    field = page._fields["T1.goals"]
    page.verticalScrollBar().setValue(field.editor.focus_target().mapTo(page.ground, QPoint(0, 0)).y() - 4)
    before = page.verticalScrollBar().value()
    assert before > 0
    view.beside.brought_back.emit("T1.goals")
    assert field.isAncestorOf(person.window.focusWidget())
    assert page.verticalScrollBar().value() == before


def test_a_notice_that_is_closed_gives_the_keyboard_to_the_page(person: Person) -> None:
    person.window.notice.tell("Something")
    person.find(type(person.window.header.undo), "Close this notice").setFocus()
    person.key(Qt.Key.Key_Space)
    view, focus = person.window.view, QApplication.focusWidget()
    assert view is not None and focus is not None
    assert focus is view.pages.page
