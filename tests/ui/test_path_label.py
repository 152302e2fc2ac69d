from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.ui.parts import Words
from desktop_app.ui.path_label import isolated


@pytest.fixture
def right_to_left(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("/home/ana/My reports", "<</home/ana/My reports>>"),
        (r"C:\Users\Ana H\Reports", r"<<C:\Users\Ana H\Reports>>"),
        (r"\\server\share", r"<<\\server\share>>"),
        ("المجلد “/home/ana/My reports” غير موجود.", "المجلد “<</home/ana/My reports>>” غير موجود."),
        ("Not there now: /media/a b. Is its drive?", "Not there now: <</media/a b>>. Is its drive?"),
        ("It is: /a/b.c/d.\nAnd /e", "It is: <</a/b.c/d>>.\nAnd <</e>>"),
        ("yes/no, 3 / 4 and 1.9.2013", "yes/no, 3 / 4 and 1.9.2013"),
    ],
)
def test_paths_are_marked_whole(words: str, marked: str) -> None:
    assert isolated(words) == marked.replace("<<", "\u2066").replace(">>", "\u2069")


def test_only_words_of_a_language_from_right_to_left_have_marks(qtbot: QtBot) -> None:
    words = Words("/home/ana")
    qtbot.addWidget(words)
    assert words.text() == "/home/ana"


def test_a_label_in_a_language_from_right_to_left(qtbot: QtBot, right_to_left: None) -> None:
    plain, rich = Words("/home/ana"), Words("<p>/home</p>", rich=True)
    for words in (plain, rich):
        qtbot.addWidget(words)
    assert plain.text() == "\u2066/home/ana\u2069"
    assert rich.text() == "<p>/home</p>"
