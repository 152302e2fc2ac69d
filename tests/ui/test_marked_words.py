"""Differences that can be seen and heard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.services.word_differences import word_differences
from desktop_app.ui import tokens
from desktop_app.ui.marked_words import MarkedWords, marked_html, shortened, spoken
from desktop_app.ui.parts import Button

Shower = Callable[[QWidget], QWidget]
LONG = " ".join(f"word{number}" for number in range(300))


def test_differences_have_a_shape_and_a_colour(qtbot: QtBot) -> None:
    palette = QApplication.palette()
    html = marked_html(word_differences("old & kept\n  here", "new & kept\n  here"), palette)
    assert f'<s style="color:{tokens.error(palette).name()}">old </s>' in html
    assert f'<u style="color:{tokens.success(palette).name()}">new </u>' in html
    assert "&amp; kept<br>\u00a0\u00a0here" in html


def test_words_that_came_stand_apart_from_those_whose_place_they_took(qtbot: QtBot) -> None:
    palette = QApplication.palette()
    assert "Draft</s> <u" in marked_html(word_differences("Draft", "Submitted"), palette)
    assert "on </s><u" in marked_html(word_differences("on ice", "at sea ice"), palette)
    assert "ice</s><br>" in marked_html(word_differences("ice\nsea", "\nsea"), palette)


def test_a_screen_reader_hears_what_is_seen(qtbot: QtBot) -> None:
    assert spoken(word_differences("old words", "new words")) == "[removed: old] [inserted: new] words"


def test_long_stretches_without_a_difference_are_left_out_at_first() -> None:
    pieces = shortened(word_differences(f"{LONG} end", f"{LONG} other end"))
    assert pieces[0].words.startswith(" […] word") or pieces[0].words.strip().startswith("[…]")
    assert "word299" in pieces[0].words
    assert "word100" not in pieces[0].words


def test_a_difference_in_the_middle_keeps_words_on_both_sides() -> None:
    pieces = shortened(word_differences(f"{LONG} old {LONG}", f"{LONG} new {LONG}"))
    assert pieces[0].words.rstrip().endswith("word299")
    assert pieces[-1].words.startswith("word0")
    assert pieces[-1].words.rstrip().endswith("[…]")


def test_short_words_are_shown_whole() -> None:
    pieces = word_differences("one two three", "one three")
    assert shortened(pieces) == pieces


def test_a_button_shows_all_of_it(qtbot: QtBot, shown: Shower) -> None:
    marked = MarkedWords(word_differences(LONG, LONG))
    shown(marked)
    assert "word200" not in marked.words.text()
    (button,) = marked.findChildren(Button)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert "word200" in marked.words.text()
    assert not button.isVisible()
