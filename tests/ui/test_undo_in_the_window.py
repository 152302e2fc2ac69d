"""Undo and redo are the report's, wherever the keyboard is, and past a restart."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.report.text.model import Text
from desktop_app.services.demo import fresh_example
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui.problem_list import ProblemList
from desktop_app.ui.rich_text.area import TextArea
from tests.support.window_steps import Person

LINE = "cover.authority"
"""A question answered on one line."""

AREA = "cover.contact"
"""A question answered in a text area."""

CONTROL = Qt.KeyboardModifier.ControlModifier
REDO = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def session_of(person: Person) -> EntrySession:
    return person.view._session


def value(person: Person, path: str) -> object:
    return session_of(person).report.value(path)


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def write(person: Person, path: str, words: str) -> None:
    """Types an answer and leaves its field."""
    person.view.go_to(path)
    person.key(Qt.Key.Key_A, CONTROL)
    person.type(words)
    person.key(Qt.Key.Key_Tab)
    assert value(person, path) == Text.plain(words)


@pytest.mark.parametrize("path", [LINE, AREA])
def test_in_a_field_the_last_words_go_and_come_back(person: Person, path: str) -> None:
    before = value(person, path)
    person.view.go_to(path)
    person.key(Qt.Key.Key_A, CONTROL)
    person.type("Some words")
    person.key(Qt.Key.Key_Z, CONTROL)
    assert value(person, path) == before
    person.key(Qt.Key.Key_Z, REDO)
    assert value(person, path) == Text.plain("Some words")
    field = focus()
    shown = field.text() if isinstance(field, QLineEdit) else field.toPlainText()  # type: ignore[attr-defined]
    assert shown == "Some words"


@pytest.mark.parametrize("path", [LINE, AREA])
def test_from_another_field_the_step_before_is_taken_back_and_shown(person: Person, path: str) -> None:
    write(person, path, "one")
    write(person, path, "two")
    other = AREA if path == LINE else LINE
    person.view.go_to(other)
    person.key(Qt.Key.Key_Z, CONTROL)
    assert value(person, path) == Text.plain("one")
    assert person.view.place == path


def test_from_another_page_the_place_is_shown(person: Person) -> None:
    write(person, LINE, "one")
    person.view.show_page("T3")
    person.key(Qt.Key.Key_Z, CONTROL)
    assert person.view.pages.shown == "cover"
    assert person.view.place == LINE


def test_in_a_box_of_choices(person: Person) -> None:
    write(person, LINE, "one")
    person.view.go_to("cover.languages")
    person.key(Qt.Key.Key_Z, CONTROL)
    assert value(person, LINE) is None


def test_in_a_date_the_typed_words_are_the_step(person: Person) -> None:
    person.view.go_to("cover.date")
    person.type("31.12.2013")
    person.until(lambda: session_of(person).open_path is not None or value(person, "cover.date") is not None)
    person.key(Qt.Key.Key_Z, CONTROL)
    person.until(lambda: value(person, "cover.date") is None)


def test_with_the_keyboard_in_the_outline_and_in_the_problems(person: Person) -> None:
    write(person, LINE, "one")
    write(person, LINE, "two")
    person.view.outline.focus_sections()
    person.key(Qt.Key.Key_Z, CONTROL)
    assert value(person, LINE) == Text.plain("one")
    person.key(Qt.Key.Key_F8)
    problems = person.window.findChild(ProblemList)
    assert isinstance(problems, ProblemList)
    problems.setFocus()
    person.key(Qt.Key.Key_Z, CONTROL)
    assert value(person, LINE) is None


def test_on_a_row_of_a_list(person: Person) -> None:
    view = person.view
    view.show_page("T1")
    rows = [row.id for row in session_of(person).report.lists["T1.planned"].rows]
    view.pages.page.show_place(f"T1.planned/{rows[0]}")  # type: ignore[union-attr]
    person.key(Qt.Key.Key_Delete)
    assert [row.id for row in session_of(person).report.lists["T1.planned"].rows] == rows[1:]
    person.key(Qt.Key.Key_Z, CONTROL)
    assert [row.id for row in session_of(person).report.lists["T1.planned"].rows] == rows
    person.key(Qt.Key.Key_Z, REDO)
    assert [row.id for row in session_of(person).report.lists["T1.planned"].rows] == rows[1:]


def test_after_a_restart(qtbot: QtBot, tmp_path: Path) -> None:
    path = fresh_example(tmp_path)
    first = Person.at_the_desk(qtbot, tmp_path, path)
    write(first, LINE, "one")
    write(first, LINE, "two")
    first.leave()
    second = Person.at_the_desk(qtbot, tmp_path, path)
    second.view.show_page("T2")
    second.key(Qt.Key.Key_Z, CONTROL)
    assert value(second, LINE) == Text.plain("one")
    assert second.view.place == LINE
    second.key(Qt.Key.Key_Z, CONTROL)
    assert value(second, LINE) is None
    second.key(Qt.Key.Key_Z, REDO)
    second.leave()
    third = Person.at_the_desk(qtbot, tmp_path, path)
    third.key(Qt.Key.Key_Z, REDO)
    assert value(third, LINE) == Text.plain("two")
    third.leave()


def test_the_button_says_what_would_be_undone(person: Person) -> None:
    header = person.window.header
    assert header.undo.accessibleDescription() == "Undo (Ctrl+Z)"
    write(person, LINE, "one")
    said = header.undo.accessibleDescription()
    assert said.startswith("Undo: Edited, Cover, Authority or ministry, ")
    assert said.endswith(" (Ctrl+Z)")
    assert "Edited, Cover, Authority or ministry" in header.undo.toolTip()
    person.key(Qt.Key.Key_Z, CONTROL)
    assert header.undo.accessibleDescription() == "Undo (Ctrl+Z)"
    assert header.redo.accessibleDescription().startswith("Redo: Edited, Cover, Authority or ministry, ")


def test_no_field_of_the_report_keeps_an_undo_of_its_own(person: Person) -> None:
    for page in person.view.pages.codes:
        person.view.show_page(page)
    row = session_of(person).report.lists["T2.planned"].rows[0]
    person.view.go_to(f"T2.planned/{row.id}/description")
    areas = person.window.findChildren(TextArea)
    assert areas
    assert not any(area.isUndoRedoEnabled() for area in areas)
    assert {type(area).__mro__[1] for area in person.window.findChildren(QTextEdit)} <= {
        base for area in areas for base in type(area).__mro__
    }


def test_in_the_find_field_undo_is_the_fields_own(person: Person) -> None:
    write(person, LINE, "one")
    person.key(Qt.Key.Key_F, CONTROL)
    person.type("police")
    person.key(Qt.Key.Key_Z, CONTROL)
    find = focus()
    assert isinstance(find, QLineEdit)
    assert find.text() == ""
    assert value(person, LINE) == Text.plain("one")


def test_a_restore_point_is_no_step_to_undo(person: Person) -> None:
    write(person, LINE, "one")
    session_of(person).set_restore_point("Then")
    person.key(Qt.Key.Key_Z, CONTROL)
    assert value(person, LINE) is None
