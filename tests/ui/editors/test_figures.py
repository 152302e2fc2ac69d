"""Numbers, year series and dates: what is typed, what is understood, what is asked."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCalendarWidget, QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.formdef.model import Field, FieldType
from desktop_app.ui.editors.date import DateEditor
from desktop_app.ui.editors.year_row import YearRow
from desktop_app.ui.parts import Button, IconButton, Words
from tests.support.editor_window import Shown

Show = Callable[[Field], Shown]
NUMBER = Field("q", FieldType.NUMBER, "q")
SERIES = Field("q", FieldType.YEAR_SERIES, "q", baseline=2012, whole=True)
DATE = Field("q", FieldType.DATE, "q")


def line_of(shown: Shown) -> QLineEdit:
    line = shown.enter()
    assert isinstance(line, QLineEdit)
    return line


def below(shown: Shown) -> str:
    return " ".join(part.text() for part in shown.editor.findChildren(Words) if part.isVisible())


def buttons(shown: Shown) -> list[Button]:
    return [button for button in shown.editor.findChildren(Button) if button.isVisible()]


# -------------------------------------------------------------------------------------------- number


def test_what_was_understood_is_said(show: Show, qtbot: QtBot) -> None:
    shown = show(NUMBER)
    qtbot.keyClicks(line_of(shown), "1.234.567,8")
    assert shown.editor.value() == 1234567.8
    assert "Understood as 1234567.8" in below(shown)


def test_what_is_no_number_stays_with_a_sentence_until_it_is_mended(show: Show, qtbot: QtBot) -> None:
    shown = show(NUMBER)
    shown.editor.show_value(5)
    with qtbot.waitSignal(shown.editor.value_edited):
        qtbot.keyClicks(line_of(shown), "x")
    shown.leave()
    assert line_of(shown).text() == "x5"
    assert (shown.editor.value(), shown.editor.unfinished()) == (None, "x5")
    assert "This is no number" in below(shown)
    assert "This is no number" in line_of(shown).accessibleDescription()
    line_of(shown).setCursorPosition(1)
    QTest.keyClick(line_of(shown), Qt.Key.Key_Backspace)
    assert (shown.editor.value(), shown.editor.unfinished()) == (5, "")
    assert "This is no number" not in below(shown)


def test_a_number_with_two_meanings_is_asked_in_place(show: Show, qtbot: QtBot) -> None:
    shown = show(NUMBER)
    qtbot.keyClicks(line_of(shown), "1.234")
    assert shown.editor.value() is None
    assert "Which number is meant?" in line_of(shown).accessibleDescription()
    assert [button.text() for button in buttons(shown)] == ["1234", "1.234"]
    with qtbot.waitSignal(shown.editor.value_edited):
        qtbot.mouseClick(buttons(shown)[0], Qt.MouseButton.LeftButton)
    assert shown.editor.value() == 1234
    assert buttons(shown) == []


# --------------------------------------------------------------------------------------- year series


def rows(shown: Shown) -> list[YearRow]:
    return [row for row in shown.editor.findChildren(YearRow) if row.isVisible()]


def figure(row: YearRow) -> QLineEdit:
    line = row.figure.focus_target()
    assert isinstance(line, QLineEdit)
    return line


def test_the_baseline_is_always_there(show: Show) -> None:
    shown = show(SERIES)
    assert [row.year for row in rows(shown)] == ["2012"]
    assert rows(shown)[0].year_line.isReadOnly()
    shown.editor.show_value({"2013": 7})
    assert [row.year for row in rows(shown)] == ["2012", "2013"]
    assert shown.editor.value() == {"2013": 7}


def test_the_change_is_counted_from_year_to_year(show: Show, qtbot: QtBot) -> None:
    shown = show(SERIES)
    shown.editor.show_value({"2012": 40, "2013": 46, "2015": 23})
    assert "+15 %" in below(shown)
    assert "−50 %" in below(shown)
    figure(rows(shown)[1]).clear()
    qtbot.keyClicks(figure(rows(shown)[1]), "41")
    assert "+2.5 %" in below(shown)


def test_a_year_is_added_filled_in_and_removed(show: Show, qtbot: QtBot) -> None:
    shown = show(SERIES)
    shown.editor.show_value({"2012": 5})
    with qtbot.assertNotEmitted(shown.editor.value_edited):
        qtbot.mouseClick(buttons(shown)[0], Qt.MouseButton.LeftButton)
    added = rows(shown)[1]
    assert added.year == "2013"
    assert figure(added).hasFocus()
    with qtbot.waitSignal(shown.editor.value_edited):
        qtbot.keyClicks(figure(added), "8")
    assert shown.editor.value() == {"2012": 5, "2013": 8}
    added.year_line.selectAll()
    qtbot.keyClicks(added.year_line, "2015")
    assert shown.editor.value() == {"2012": 5, "2015": 8}
    with qtbot.waitSignal(shown.editor.value_edited):
        qtbot.mouseClick(added.findChildren(IconButton)[0], Qt.MouseButton.LeftButton)
    assert shown.editor.value() == {"2012": 5}


@pytest.mark.parametrize(("year", "told"), [("201", "four digits"), ("2012", "stands here twice")])
def test_a_figure_whose_year_does_not_count_is_told(show: Show, qtbot: QtBot, year: str, told: str) -> None:
    shown = show(SERIES)
    shown.editor.show_value({"2012": 5, "2013": 8})
    row = rows(shown)[1]
    row.year_line.setFocus()
    row.year_line.selectAll()
    qtbot.keyClicks(row.year_line, year)
    shown.leave()
    assert shown.editor.value() == {"2012": 5}
    assert f"{year}: 8" in shown.editor.unfinished()
    assert told in below(shown)


def test_every_figure_says_which_it_is(show: Show) -> None:
    shown = show(SERIES)
    shown.editor.show_value({"2012": 5, "2013": 8})
    assert [figure(row).accessibleName() for row in rows(shown)] == [
        "Question: figure for 2012",
        "Question: figure for 2013",
    ]


def test_an_undo_while_a_row_is_half_written_keeps_the_row(show: Show, qtbot: QtBot) -> None:
    shown = show(SERIES)
    shown.editor.show_value({"2012": 5})
    qtbot.mouseClick(buttons(shown)[0], Qt.MouseButton.LeftButton)
    qtbot.keyClicks(figure(rows(shown)[0]), "7")
    shown.editor.show_value(shown.editor.value())
    assert len(rows(shown)) == 2


# ---------------------------------------------------------------------------------------------- date


@pytest.mark.parametrize("typed", ["31.12.2013", "2013-12-31", "31 December 2013", "31/12/2013"])
def test_dates_are_read_in_the_usual_ways(show: Show, qtbot: QtBot, typed: str) -> None:
    shown = show(DATE)
    qtbot.keyClicks(line_of(shown), typed)
    assert shown.editor.value() == datetime.date(2013, 12, 31)
    assert line_of(shown).text() == typed
    assert ("Understood as" in below(shown)) == (typed != "31 December 2013")


def test_a_date_with_two_meanings_is_asked_in_place(show: Show, qtbot: QtBot) -> None:
    shown = show(DATE)
    qtbot.keyClicks(line_of(shown), "01/09/2013")
    assert shown.editor.value() is None
    assert shown.editor.unfinished() == "01/09/2013"
    assert [button.text() for button in buttons(shown)] == ["1 September 2013", "9 January 2013"]
    qtbot.mouseClick(buttons(shown)[1], Qt.MouseButton.LeftButton)
    assert shown.editor.value() == datetime.date(2013, 1, 9)


def test_half_a_date_is_told_only_when_it_is_left(show: Show, qtbot: QtBot) -> None:
    shown = show(DATE)
    qtbot.keyClicks(line_of(shown), "31.12.")
    assert below(shown) == ""
    shown.leave()
    assert "This is no date" in below(shown)
    assert line_of(shown).text() == "31.12."


def test_a_day_is_picked_in_the_calendar(show: Show, qtbot: QtBot) -> None:
    shown = show(DATE)
    shown.editor.show_value(datetime.date(2013, 12, 31))
    leavings = shown.leavings()
    shown.enter()
    qtbot.mouseClick(shown.editor.findChildren(IconButton)[0], Qt.MouseButton.LeftButton)
    calendar = shown.editor.findChild(QCalendarWidget)
    assert calendar is not None
    qtbot.waitUntil(calendar.isVisible)
    assert calendar.selectedDate() == QDate(2013, 12, 31)
    for no_date in (QDate(-4714, 1, 1), QDate(10000, 1, 1)):
        calendar.setSelectedDate(no_date)
        assert 1 <= calendar.selectedDate().year() <= 9999, "a year that can be typed is no date of a report"
    with qtbot.waitSignal(shown.editor.value_edited):
        calendar.clicked.emit(QDate(2013, 12, 24))
    assert shown.editor.value() == datetime.date(2013, 12, 24)
    assert not calendar.isVisible()
    assert isinstance(shown.editor, DateEditor)
    assert leavings.count == 0
