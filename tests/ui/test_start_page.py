"""The first page: a report is started with what the person types, whatever the way there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

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
