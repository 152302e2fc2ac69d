from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui import tokens
from desktop_app.ui.application import set_look
from desktop_app.ui.elided import ElidedButton, ElidedWords
from desktop_app.ui.lines import ClickableRow, Expander
from desktop_app.ui.parts import Button, ButtonKind, Chip, IconButton, Tone, Words
from desktop_app.ui.tips import tip
from tests.support.window_parts import press

Shower = Callable[[QWidget], QWidget]


@pytest.mark.parametrize(
    "button",
    [
        lambda: Button("Words"),
        lambda: IconButton("close", "Close"),
        lambda: Chip("Words", clickable=True),
        lambda: Expander("Words"),
        ElidedButton,
    ],
    ids=["button", "icon", "chip", "expander", "elided"],
)
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_and_space_press_every_button(
    shown: Shower, button: Callable[[], QAbstractButton], key: Qt.Key
) -> None:
    made = button()
    pressed: list[bool] = []
    made.clicked.connect(lambda: pressed.append(True))
    shown(made)
    made.setFocus()
    press(key)
    assert pressed == [True]


def test_a_row_that_can_be_pressed_answers_to_keys_and_mouse(qtbot: QtBot, shown: Shower) -> None:
    row = ClickableRow()
    pressed: list[bool] = []
    row.activated.connect(lambda: pressed.append(True))
    shown(row)
    row.setFocus()
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Space)
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert pressed == [True] * 3


def test_a_button_is_never_narrower_than_its_words(qtbot: QtBot) -> None:
    for kind in ButtonKind:
        button = Button("Quite a few &words", "send", kind)
        qtbot.addWidget(button)
        needed = button.fontMetrics().horizontalAdvance("Quite a few words") + tokens.SMALL_ICON
        assert button.minimumSizeHint().width() > needed
        assert button.minimumSizeHint().height() >= tokens.CONTROL


def test_a_chip_without_room_breaks_its_words(qtbot: QtBot) -> None:
    chip = Chip("many words " * 10, "timeframe")
    qtbot.addWidget(chip)
    one_line = chip.sizeHint()
    assert chip.heightForWidth(one_line.width()) == one_line.height()
    assert chip.heightForWidth(one_line.width() // 3) > 2 * one_line.height()


def test_quiet_words_follow_the_look(qtbot: QtBot) -> None:
    words = Words("quiet", tone=Tone.QUIET)
    qtbot.addWidget(words)
    for look in ("dark", "light", "system"):
        set_look(look)
        shown_in = words.palette().windowText().color()
        assert shown_in == tokens.quiet(QApplication.palette()), look
        assert tokens.contrast(shown_in, tokens.card(QApplication.palette())) >= 4.5


def test_words_from_answers_are_never_markup(qtbot: QtBot) -> None:
    words = Words("<b>not bold</b>")
    qtbot.addWidget(words)
    assert words.textFormat() == Qt.TextFormat.PlainText
    assert tip("<b>a</b> & b") == "<p>&lt;b&gt;a&lt;/b&gt; &amp; b</p>"
    assert tip("") == ""


def test_what_is_shortened_is_told_by_the_tool_tip(qtbot: QtBot) -> None:
    words, button = ElidedWords(), ElidedButton()
    for part in (words, button):
        qtbot.addWidget(part)
        part.set_words("A sentence that is long & has <signs>")
        assert part.minimumSizeHint().width() < 200
        assert "&lt;signs&gt;" in part.toolTip()
    assert button.accessibleName() == "A sentence that is long & has <signs>"


def test_an_expander_says_all_of_its_words_somewhere(shown: Shower) -> None:
    expander = Expander("More (optional): " + "Responsible authority, " * 20)
    shown(expander)
    assert expander.toolTip()
    opened: list[bool] = []
    expander.opened.connect(opened.append)
    expander.click()
    expander.click()
    assert opened == [True, False]


@pytest.mark.parametrize("kind", list(ButtonKind))
def test_a_ring_that_stands_out_shows_where_the_keyboard_is(shown: Shower, kind: ButtonKind) -> None:
    """From the edge to the words: the ring, something else, and where there is a ground, that."""
    button = Button("Submit", kind=kind)
    shown(button)
    button.setFocus()
    picture = button.grab().toImage()
    middle = picture.height() // 2
    ring, between = picture.pixelColor(1, middle), picture.pixelColor(3, middle)
    assert ring.name() == tokens.accent(button.palette()).name()
    assert tokens.contrast(ring, between) >= 3
