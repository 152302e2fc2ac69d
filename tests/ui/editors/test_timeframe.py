from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.formdef.model import Field, FieldType
from desktop_app.report.timeframe.value import Timeframe
from desktop_app.ui.editors.correction import Correction
from desktop_app.ui.parts import Button, Chip, Words
from tests.support.editor_window import Shown

Show = Callable[[Field], Shown]
QUESTION = Field("q", FieldType.TIMEFRAME, "q")
READ = Timeframe("Till December 2013", "../2013-12")


def line_of(shown: Shown) -> QLineEdit:
    line = shown.enter()
    assert isinstance(line, QLineEdit)
    return line


def retype(shown: Shown, words: str) -> None:
    line_of(shown).selectAll()
    QTest.keyClicks(line_of(shown), words)


def chip(shown: Shown) -> str | None:
    found = shown.editor.findChildren(Chip)[0]
    return found.text() if found.isVisible() else None


def press(shown: Shown, words: str) -> None:
    button = next(
        found for found in shown.editor.findChildren(Button) if found.isVisible() and found.text() == words
    )
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def offered(shown: Shown) -> set[str]:
    return {button.text() for button in shown.editor.findChildren(Button) if button.isVisible()}


def ends(shown: Shown) -> tuple[QLineEdit, QLineEdit]:
    correction = shown.editor.findChild(Correction)
    assert correction is not None
    assert correction.isVisible()
    first, second = correction.findChildren(QLineEdit)
    return first, second


def test_words_are_read_while_they_are_typed(show: Show, qtbot: QtBot) -> None:
    shown = show(QUESTION)
    assert chip(shown) is None
    with qtbot.waitSignal(shown.editor.value_edited):
        qtbot.keyClicks(line_of(shown), "Till December 2013")
    assert shown.editor.value() == READ
    assert chip(shown) == "Read as: by 31 Dec 2013"
    assert offered(shown) == {"Confirm", "Change the date"}
    assert "by 31 Dec 2013" in line_of(shown).accessibleDescription()


def test_words_without_a_date_are_kept_as_they_are(show: Show, qtbot: QtBot) -> None:
    shown = show(QUESTION)
    qtbot.keyClicks(line_of(shown), "on an ongoing basis ")
    assert shown.editor.value() == Timeframe("on an ongoing basis ")
    assert chip(shown) == "No date read"
    assert offered(shown) == {"Set a date"}


def test_a_date_counted_from_the_cycle_is_offered_and_taken_when_asked(show: Show, qtbot: QtBot) -> None:
    shown = show(QUESTION)
    qtbot.keyClicks(line_of(shown), "end of next year")
    assert shown.editor.value() == Timeframe("end of next year"), "not before somebody says so"
    assert chip(shown) == "Counted from 2013: by 31 Dec 2014?"
    press(shown, "Use this date")
    assert shown.editor.value() == Timeframe("end of next year", "../2014-12", confirmed=True)
    assert chip(shown) == "by 31 Dec 2014"
    retype(shown, "end of this year")
    assert shown.editor.value() == Timeframe("end of this year"), "what was taken was of other words"
    assert chip(shown) == "Counted from 2013: by 31 Dec 2013?"


def test_a_reading_is_confirmed_with_one_press(show: Show, qtbot: QtBot) -> None:
    shown = show(QUESTION)
    shown.editor.show_value(READ)
    with qtbot.waitSignal(shown.editor.value_edited):
        press(shown, "Confirm")
    assert shown.editor.value() == Timeframe(READ.text, READ.edtf, confirmed=True)
    assert chip(shown) == "by 31 Dec 2013"
    assert offered(shown) == {"Change the date"}


def test_other_words_are_read_anew(show: Show) -> None:
    shown = show(QUESTION)
    shown.editor.show_value(Timeframe("Within 2013", "2013", confirmed=True))
    retype(shown, "Within 2014")
    assert shown.editor.value() == Timeframe("Within 2014", "2014")
    retype(shown, "when it is ready")
    assert shown.editor.value() == Timeframe("when it is ready")


def test_words_that_say_the_same_stay_confirmed(show: Show, qtbot: QtBot) -> None:
    shown = show(QUESTION)
    shown.editor.show_value(Timeframe("Within 2013", "2013", confirmed=True))
    line_of(shown).end(False)
    qtbot.keyClicks(line_of(shown), ".")
    assert shown.editor.value() == Timeframe("Within 2013.", "2013", confirmed=True)


def test_a_reading_of_ones_own_stays_but_is_to_be_confirmed_again(show: Show, qtbot: QtBot) -> None:
    shown = show(QUESTION)
    shown.editor.show_value(Timeframe("soon", "2014", confirmed=True))
    line_of(shown).end(False)
    qtbot.keyClicks(line_of(shown), " enough")
    assert shown.editor.value() == Timeframe("soon enough", "2014")
    assert "Confirm" in offered(shown)


def test_emptied_words_are_no_answer(show: Show) -> None:
    shown = show(QUESTION)
    shown.editor.show_value(READ)
    line_of(shown).selectAll()
    QTest.keyClick(line_of(shown), Qt.Key.Key_Delete)
    assert shown.editor.value() is None
    assert chip(shown) is None
    retype(shown, "soon")
    assert shown.editor.value() == Timeframe("soon")


@pytest.mark.parametrize(
    ("start", "end", "expected", "told"),
    [
        ("", "December 2013", "../2013-12", "by 31 Dec 2013"),
        ("2014", "", "2014/..", "from 2014"),
        ("March 2013", "31.12.2014", "2013-03/2014-12-31", "Mar 2013 to 31 Dec 2014"),
        ("2014", "2014", "2014", "in 2014"),
        ("third quarter of 2014", "third quarter of 2014", "2014-35", "third quarter of 2014"),
    ],
)
def test_a_reading_is_corrected_in_place(
    show: Show, qtbot: QtBot, start: str, end: str, expected: str, told: str
) -> None:
    shown = show(QUESTION)
    shown.editor.show_value(Timeframe("as planned"))
    press(shown, "Set a date")
    first, second = ends(shown)
    qtbot.keyClicks(first, start)
    qtbot.keyClicks(second, end)
    correction = shown.editor.findChild(Correction)
    assert correction is not None
    words = [part.text() for part in correction.findChildren(Words) if part.isVisible()]
    assert f"That is: {told}" in words
    with qtbot.waitSignal(shown.editor.value_edited):
        press(shown, "Use this")
    assert shown.editor.value() == Timeframe("as planned", expected, confirmed=True)
    assert not correction.isVisible()
    assert line_of(shown).text() == "as planned"


def test_the_correction_begins_with_what_was_read(show: Show) -> None:
    shown = show(QUESTION)
    shown.editor.show_value(Timeframe("in spring", "2014-21/2014-10~"))
    press(shown, "Change the date")
    assert [end.text() for end in ends(shown)] == ["spring 2014", "about Oct 2014"]
    press(shown, "Use this")
    assert shown.editor.value() == Timeframe("in spring", "2014-21/2014-10~", confirmed=True)


def test_an_end_before_the_beginning_is_told_and_not_used(show: Show, qtbot: QtBot) -> None:
    shown = show(QUESTION)
    shown.editor.show_value(Timeframe("as planned"))
    press(shown, "Set a date")
    first, second = ends(shown)
    qtbot.keyClicks(first, "2015")
    qtbot.keyClicks(second, "2014")
    QTest.keyClick(second, Qt.Key.Key_Return)
    assert shown.editor.value() == Timeframe("as planned")
    assert shown.editor.unfinished() == "2015 – 2014"
    words = [part.text() for part in shown.editor.findChildren(Words) if part.isVisible()]
    assert any("before the beginning" in part for part in words)


def test_a_date_with_two_meanings_is_asked_there_too(show: Show, qtbot: QtBot) -> None:
    shown = show(QUESTION)
    shown.editor.show_value(Timeframe("by 01/09/2013"))
    press(shown, "Set a date")
    qtbot.keyClicks(ends(shown)[1], "01/09/2013")
    press(shown, "1 September 2013")
    press(shown, "Use this")
    assert shown.editor.value() == Timeframe("by 01/09/2013", "../2013-09-01", confirmed=True)


def test_no_date_is_an_answer_too(show: Show) -> None:
    shown = show(QUESTION)
    shown.editor.show_value(Timeframe("twice in 2014", "2014"))
    press(shown, "Change the date")
    press(shown, "No date")
    assert shown.editor.value() == Timeframe("twice in 2014", None, confirmed=True)
    assert chip(shown) == "No date in these words"


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, None])
def test_a_correction_can_be_given_up(show: Show, key: Qt.Key | None) -> None:
    shown = show(QUESTION)
    shown.editor.show_value(READ)
    press(shown, "Change the date")
    if key is None:
        press(shown, "Cancel")
    else:
        QTest.keyClick(ends(shown)[1], key)
    assert shown.editor.value() == READ
    assert offered(shown) == {"Confirm", "Change the date"}
    assert QApplication.focusWidget() is line_of(shown)


def test_read_only_offers_nothing(show: Show) -> None:
    shown = show(QUESTION)
    shown.editor.show_value(READ)
    shown.editor.set_read_only(True)
    assert offered(shown) == set()
    assert chip(shown) == "Read as: by 31 Dec 2013"
