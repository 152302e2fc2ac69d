"""A click into the words of a row puts the cursor there, not to their beginning."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.report.text import markup
from desktop_app.services.open_report import OpenReport
from desktop_app.ui.pages.page import Page
from desktop_app.ui.rows.clicked_place import put_cursor
from desktop_app.ui.rows.list_card import ListCard
from desktop_app.ui.rows.row_view import RowView
from tests.support.window_parts import context_of, press, type_words, words_of

LIST = "T2.planned"
Shower = Callable[[QWidget], QWidget]
Clicker = Callable[[str, Callable[[QLabel], QPoint]], None]


def end_of_last_line(label: QLabel) -> QPoint:
    return QPoint(label.width() - 2, label.height() - 4)


def start_of_last_line(label: QLabel) -> QPoint:
    return QPoint(1, label.height() - 4)


def start_of_first_line(label: QLabel) -> QPoint:
    return QPoint(1, 4)


@pytest.fixture
def click_into(qtbot: QtBot, norway: OpenReport, shown: Shower) -> Clicker:
    """Shows a row with a text, and clicks into it."""

    def click(words: str, where: Callable[[QLabel], QPoint]) -> None:
        norway.session.add_row(LIST, {"description": markup.read(words)})
        page, card = Page(), ListCard(context_of(norway.session, LIST))
        page.column.addWidget(card)
        shown(page)
        view = card.rows.row_widget(card.context.row_list.rows[0].id)
        assert isinstance(view, RowView)
        label = next(
            each for each in view.findChildren(QLabel) if each.textFormat() == Qt.TextFormat.RichText
        )
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=label.mapTo(view, where(label)))

    return click


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (start_of_first_line, "Xfirst words\nsecond words"),
        (start_of_last_line, "first words\nXsecond words"),
        (end_of_last_line, "first words\nsecond wordsX"),
    ],
)
def test_typing_goes_on_where_one_clicked(
    click_into: Clicker, norway: OpenReport, where: Callable[[QLabel], QPoint], expected: str
) -> None:
    click_into("<p>first words</p><p>second words</p>", where)
    type_words("X")
    press(Qt.Key.Key_Escape)
    (written,) = words_of(norway.session, LIST)
    assert [line for line in written.split("\n") if line] == expected.split("\n")


def test_marks_of_notes_and_lists_do_not_shift_the_place(click_into: Clicker, norway: OpenReport) -> None:
    click_into("<p>one<note>a source</note> and two</p><ul><li>item</li></ul>", end_of_last_line)
    type_words("X")
    press(Qt.Key.Key_Escape)
    (written,) = words_of(norway.session, LIST)
    assert "itemX" in written


def test_words_that_are_not_there_leave_the_cursor_at_the_end(qtbot: QtBot) -> None:
    area = QTextEdit()
    qtbot.addWidget(area)
    area.setPlainText("short")
    put_cursor(area, "quite other and longer words")
    assert area.textCursor().position() == len("short")


@pytest.mark.parametrize("words", ["seeds \U0001f331", "\U0001f331\U0001f331 seeds"])
def test_signs_that_count_twice_are_not_written_into(
    click_into: Clicker, norway: OpenReport, words: str
) -> None:
    click_into(f"<p>{words}</p>", end_of_last_line)
    type_words("X")
    press(Qt.Key.Key_Escape)
    (written,) = words_of(norway.session, LIST)
    assert written == f"{words}X"


@pytest.mark.parametrize("before", ["\U0001f331 one", "only the end is there too: \U0001f331 one"])
def test_the_cursor_stands_behind_words_with_such_signs(qtbot: QtBot, before: str) -> None:
    area = QTextEdit()
    qtbot.addWidget(area)
    area.setPlainText(
        "\U0001f331 one, and more" if before[0] == "\U0001f331" else f"{before[-25:]}, and more"
    )
    put_cursor(area, before)
    area.insertPlainText("X")
    assert "\U0001f331 oneX, and more" in area.toPlainText()
