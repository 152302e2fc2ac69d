from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.report.text import markup
from desktop_app.ui.parts import Button
from desktop_app.ui.rich_text.field import RichTextField
from desktop_app.ui.rich_text.in_place import LinkLine, NoteEdit, NoteLine
from desktop_app.ui.rich_text.toolbar import BarButton, FormatBar

KEY = Qt.Key


@pytest.fixture
def field(qtbot: QtBot) -> Iterator[RichTextField]:
    """In a window with the focus; a plain line stands below it."""
    window = QWidget()
    column = QVBoxLayout(window)
    made = RichTextField(max_words=3)
    column.addWidget(made)
    column.addWidget(QLineEdit())
    column.addStretch(1)
    qtbot.addWidget(window)
    window.resize(600, 500)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    made.edit.setFocus()
    yield made


def show(field: RichTextField, words: str, at: int, until: int | None = None) -> None:
    field.edit.show_text(markup.read(words))
    cursor = field.edit.textCursor()
    cursor.setPosition(at)
    if until is not None:
        cursor.setPosition(until, QTextCursor.MoveMode.KeepAnchor)
    field.edit.setTextCursor(cursor)


def notation(field: RichTextField) -> str:
    return markup.write(field.edit.text_value())


def elsewhere(field: RichTextField) -> QLineEdit:
    found = field.window().findChildren(QLineEdit)
    return next(line for line in found if type(line) is QLineEdit)


def link_line(field: RichTextField) -> QLineEdit:
    line = field.findChild(LinkLine)
    assert line is not None
    assert line.isVisible()
    return line.findChildren(QLineEdit)[0]


def note_edit(field: RichTextField) -> NoteEdit:
    line = field.findChild(NoteLine)
    assert line is not None
    assert line.isVisible()
    return line.findChildren(NoteEdit)[0]


# ---------------------------------------------------------------------------------------------- bar


def test_the_bar_is_there_while_the_focus_is_and_moves_nothing(field: RichTextField) -> None:
    bar = field.findChild(FormatBar)
    assert bar is not None
    assert bar.isVisible()
    height = field.height()
    elsewhere(field).setFocus()
    QApplication.processEvents()
    assert not bar.isVisible()
    assert field.height() == height


def test_every_button_has_a_name_and_tells_its_keys(field: RichTextField) -> None:
    buttons = field.findChildren(BarButton)
    assert [button.accessibleName() for button in buttons] == [
        "Bold", "Italic", "Underline", "Superscript", "Bullet list", "Numbered list", "Link", "Footnote",
    ]  # fmt: skip
    assert buttons[0].toolTip() == "Bold (Ctrl+B)"
    assert all("Ctrl" in button.toolTip() for button in buttons)


def test_the_bar_is_one_stop_of_tab_and_arrows_move_inside(field: RichTextField) -> None:
    QTest.keyClick(field.edit, KEY.Key_Tab)
    first = QApplication.focusWidget()
    assert isinstance(first, BarButton)
    QTest.keyClick(first, KEY.Key_Right)
    second = QApplication.focusWidget()
    assert isinstance(second, BarButton)
    assert second.accessibleName() == "Italic"
    QTest.keyClick(second, KEY.Key_Tab)
    assert QApplication.focusWidget() is elsewhere(field)


def test_a_button_formats_what_is_selected(field: RichTextField, qtbot: QtBot) -> None:
    show(field, "one two", 0, 3)
    qtbot.mouseClick(field.findChildren(BarButton)[0], Qt.MouseButton.LeftButton)
    assert notation(field) == "<b>one</b> two"
    assert field.edit.hasFocus()


def test_words_are_counted_where_there_is_a_limit(field: RichTextField) -> None:
    show(field, "one two three four", 0)
    field.count_words()
    words = [part.text() for part in field.findChildren(QWidget) if hasattr(part, "text")]
    assert "4 of 3 words" in words


def test_read_only_has_no_bar(field: RichTextField) -> None:
    field.set_read_only(True)
    bar = field.findChild(FormatBar)
    assert bar is not None
    assert not bar.isVisible()
    QTest.keyClick(field.edit, KEY.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert field.findChild(LinkLine) is None


# --------------------------------------------------------------------------------------------- links


def test_a_link_is_made_while_its_address_is_typed(field: RichTextField, qtbot: QtBot) -> None:
    show(field, "the law here", 4, 7)
    QTest.keyClick(field.edit, KEY.Key_K, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(field.text_edited):
        qtbot.keyClicks(link_line(field), "https://example.org/law")
    assert notation(field) == 'the <a href="https://example.org/law">law</a> here'
    QTest.keyClick(link_line(field), KEY.Key_Return)
    assert field.edit.hasFocus()


def test_without_a_selection_the_address_is_put_in(field: RichTextField, qtbot: QtBot) -> None:
    show(field, "see ", 4)
    QTest.keyClick(field.edit, KEY.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(link_line(field), "example.org")
    assert notation(field) == 'see <a href="https://example.org">example.org</a>'


def test_a_link_at_the_cursor_is_changed_or_removed(field: RichTextField, qtbot: QtBot) -> None:
    show(field, '<a href="https://example.org/a"><b>the</b> law</a> x', 2)
    QTest.keyClick(field.edit, KEY.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert link_line(field).text() == "https://example.org/a"
    qtbot.keyClicks(link_line(field), "desk@example.org")
    assert notation(field) == ('<a href="mailto:desk@example.org"><b>the</b> law</a> x')
    line = field.findChild(LinkLine)
    assert line is not None
    qtbot.mouseClick(line.findChildren(Button)[0], Qt.MouseButton.LeftButton)
    assert notation(field) == "<b>the</b> law x"


def test_what_is_no_address_stays_in_sight_with_a_sentence(field: RichTextField, qtbot: QtBot) -> None:
    show(field, "the law", 4, 7)
    QTest.keyClick(field.edit, KEY.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(link_line(field), "javascript:alert(1)")
    QTest.keyClick(link_line(field), KEY.Key_Return)
    assert link_line(field).text() == "javascript:alert(1)"
    assert notation(field) == "the law"
    QTest.keyClick(link_line(field), KEY.Key_Escape)
    assert field.edit.hasFocus()


# --------------------------------------------------------------------------------------------- notes


def test_a_note_is_written_in_place(field: RichTextField, qtbot: QtBot) -> None:
    show(field, "a b", 1)
    field.edit.formatting.note.trigger()
    with qtbot.waitSignal(field.text_edited):
        qtbot.keyClicks(note_edit(field), "Law 10")
    assert notation(field) == "a<note>Law 10</note> b"
    QTest.keyClick(note_edit(field), KEY.Key_Return)
    assert field.edit.hasFocus()
    qtbot.keyClicks(field.edit, "x")
    assert notation(field) == "a<note>Law 10</note>x b"


def test_a_note_without_words_goes_when_it_is_left(field: RichTextField) -> None:
    show(field, "a b", 1)
    field.edit.formatting.note.trigger()
    assert "\ufffc" in field.edit.document().toRawText()
    elsewhere(field).setFocus()
    assert field.edit.document().toRawText() == "a b"


def test_a_click_on_a_note_opens_it_with_its_format(field: RichTextField, qtbot: QtBot) -> None:
    show(field, "a<note>Law <b>10</b></note>", 0)
    cursor = field.edit.textCursor()
    cursor.setPosition(1)
    left = field.edit.cursorRect(cursor)
    cursor.setPosition(2)
    middle = (left.center() + field.edit.cursorRect(cursor).center()) / 2
    qtbot.mouseClick(field.edit.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert markup.write(note_edit(field).text_value()) == "Law <b>10</b>"


def test_words_pasted_into_a_note_stay_in_one_line(field: RichTextField) -> None:
    show(field, "a", 1)
    field.edit.formatting.note.trigger()
    mime = QMimeData()
    mime.setText("one\ntwo")
    note_edit(field).insertFromMimeData(mime)
    assert notation(field) == "a<note>one two</note>"


def test_a_note_can_be_removed(field: RichTextField, qtbot: QtBot) -> None:
    show(field, "a<note>n</note>b", 2)
    field.edit.formatting.note.trigger()
    line = field.findChild(NoteLine)
    assert line is not None
    qtbot.mouseClick(line.findChildren(Button)[0], Qt.MouseButton.LeftButton)
    assert notation(field) == "ab"


def test_the_line_closes_when_its_note_is_gone(field: RichTextField) -> None:
    show(field, "a<note>n</note>b", 2)
    field.edit.formatting.note.trigger()
    field.edit.selectAll()
    field.edit.cut()
    line = field.findChild(NoteLine)
    assert line is not None
    assert line.isHidden()


def test_words_under_the_pointer_are_never_markup(field: RichTextField) -> None:
    from PySide6.QtCore import QEvent, QPoint
    from PySide6.QtGui import QHelpEvent
    from PySide6.QtWidgets import QToolTip

    show(field, "a<note>&lt;img src=x&gt;</note>", 0)
    cursor = field.edit.textCursor()
    cursor.setPosition(1)
    point = field.edit.cursorRect(cursor).center() + QPoint(2, 0)
    event = QHelpEvent(QEvent.Type.ToolTip, point, field.edit.viewport().mapToGlobal(point))
    QApplication.sendEvent(field.edit.viewport(), event)
    assert QToolTip.text() == "<p>&lt;img src=x&gt;</p>"
    QToolTip.hideText()
