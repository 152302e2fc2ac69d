"""What was looked for is selected where the person is led to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QTextEdit
from pytestqt.qtbot import QtBot

from desktop_app.report.text.model import Text
from desktop_app.services.demo import fresh_example
from desktop_app.ui.found_words import select_words
from tests.support.window_steps import Person


def test_words_of_an_action_are_selected(qtbot: QtBot, tmp_path: Path) -> None:
    person = Person.at_the_desk(qtbot, tmp_path, fresh_example(tmp_path))
    session = person.view._session
    row = session.add_row("T2.planned", {"description": Text.plain("😀 A Ministry of Kërkesë for all")})
    person.view.outline.focus_find()
    person.type("kerkese")
    person.until(lambda: person.view.outline.found is not None and person.view.outline.found.count() == 1)
    person.key(Qt.Key.Key_Return)
    person.key(Qt.Key.Key_Return)
    person.until(lambda: isinstance(person.window.focusWidget(), QTextEdit))
    editor = person.window.focusWidget()
    assert isinstance(editor, QTextEdit)
    assert editor.textCursor().selectedText() == "Kërkesë"
    assert session.report.value(f"T2.planned/{row}/description") is not None
    person.leave()


def test_words_of_a_line_are_selected_and_others_leave_the_cursor(qtbot: QtBot) -> None:
    line = QLineEdit("Ministry of Justice")
    qtbot.addWidget(line)
    select_words(line, "of  justice")
    assert line.selectedText() == "of Justice"
    line.deselect()
    select_words(line, "police")
    assert line.selectedText() == ""
    select_words(None, "police")
