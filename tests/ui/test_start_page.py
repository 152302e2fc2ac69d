"""The first page: a report is started with what the person types, whatever the way there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.ui.elided import ElidedWords
from desktop_app.ui.file_line import FileLine
from desktop_app.ui.menus import Step
from desktop_app.ui.parts import Words
from tests.support.window_steps import Person


def test_a_path_can_be_typed_letter_by_letter(qtbot: QtBot, tmp_path: Path) -> None:
    person = Person.at_the_desk(qtbot, tmp_path)
    place = person.find(QLineEdit, "Where the file shall live")
    place.setFocus()
    place.selectAll()
    person.type("/")
    person.type("tmp/x")
    assert not person.window.notice.isVisible()
    assert place.text() == "/tmp/x"
    person.leave()


def test_names_and_folders_are_shown_as_far_as_there_is_room(qtbot: QtBot, tmp_path: Path) -> None:
    line = FileLine(Path("/a/Albania Commitments 2013.adesk"))
    qtbot.addWidget(line)
    line.resize(600, line.sizeHint().height())
    line.show()
    for words in line.findChildren(ElidedWords):
        assert words.width() >= words.fontMetrics().horizontalAdvance(words.text())
    person = Person.at_the_desk(qtbot, tmp_path)
    start = person.window.start_page
    assert start is not None
    start.new.set_path(tmp_path / "a folder" / "norway.adesk")
    assert start.new._folder_line.text() == f"In the folder: {tmp_path / 'a folder'}"
    person.leave()


def test_a_new_report_begins_with_its_first_question_whatever_reports_there_are(
    qtbot: QtBot, tmp_path: Path
) -> None:
    person = Person.at_the_desk(qtbot, tmp_path)
    person.window.menus.step_chosen.emit(Step.FRESH_EXAMPLE)
    person.until(lambda: person.window.view is not None)
    person.window.menus.step_chosen.emit(Step.NEW)
    start = person.window.start_page
    assert start is not None
    assert start.new.isAncestorOf(person.window.focusWidget())
    person.leave()


def test_enter_in_a_line_starts_the_report_or_says_what_is_missing(qtbot: QtBot, tmp_path: Path) -> None:
    person = Person.at_the_desk(qtbot, tmp_path)
    start = person.window.start_page
    assert start is not None
    start.new.set_path(tmp_path / "norway.adesk")
    person.find(QLineEdit, "Where the file shall live").setFocus()
    person.key(Qt.Key.Key_Return)
    person.find(Words, "Choose your country from the list first.", start)
    assert not (tmp_path / "norway.adesk").exists()
    start.new._country.show_value("NO")
    person.find(QLineEdit, "Cycle").setFocus()
    person.key(Qt.Key.Key_Return)
    person.until(lambda: person.window.view is not None)
    assert (tmp_path / "norway.adesk").exists()
    person.leave()
