"""The line that asks for a few words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from desktop_app.ui.asking_line import AskingLine
from desktop_app.ui.parts import Button

Shower = Callable[[QWidget], QWidget]


class Asked:
    """A line above a field that has the keyboard."""

    def __init__(self, shown: Shower) -> None:
        self.ground = QWidget()
        self.line, self.field = AskingLine(), QLineEdit()
        column = QVBoxLayout(self.ground)
        column.addWidget(self.line)
        column.addWidget(self.field)
        shown(self.ground)
        self.field.setFocus()
        self.answers: list[str] = []

    def ask(self, text: str = "", *, needs_words: bool = True) -> None:
        self.line.ask("Your name:", "Use it", self.answers.append, text=text, needs_words=needs_words)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key, modifier)


@pytest.fixture
def asked(shown: Shower) -> Asked:
    return Asked(shown)


def test_enter_answers_and_the_keyboard_goes_back(asked: Asked) -> None:
    asked.ask()
    assert asked.line.isVisible()
    assert asked.line.field.hasFocus()
    QTest.keyClicks(asked.line.field, "  Ana ")
    asked.key(Qt.Key.Key_Return)
    assert asked.answers == ["Ana"]
    assert not asked.line.isVisible()
    assert asked.field.hasFocus()


def test_esc_answers_nothing(asked: Asked) -> None:
    asked.ask("Ana")
    asked.key(Qt.Key.Key_Escape)
    assert asked.answers == []
    assert not asked.line.isVisible()
    assert asked.field.hasFocus()


def test_an_empty_answer_counts_only_where_it_may(asked: Asked) -> None:
    asked.ask()
    accept = next(button for button in asked.line.findChildren(Button) if button.text() == "Use it")
    assert not accept.isEnabled()
    asked.key(Qt.Key.Key_Return)
    assert asked.line.isVisible()
    asked.ask(needs_words=False)
    assert accept.isEnabled()
    QTest.mouseClick(accept, Qt.MouseButton.LeftButton)
    assert asked.answers == [""]


def test_what_stands_there_is_replaced_by_typing(asked: Asked) -> None:
    asked.ask("Ana")
    QTest.keyClicks(asked.line.field, "Ben")
    assert asked.line.field.text() == "Ben"


def test_undo_is_the_lines_own(asked: Asked) -> None:
    asked.ask()
    QTest.keyClicks(asked.line.field, "Ben")
    asked.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert asked.line.field.text() == ""
    asked.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert asked.line.field.text() == "Ben"
