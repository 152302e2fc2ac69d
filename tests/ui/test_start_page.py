"""The first page: a report is started with what the person types, whatever the way there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.ui.elided import ElidedWords
from desktop_app.ui.file_line import FileLine
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
