from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.formdef.model import Field, FieldType
from desktop_app.report.text import Text, markup
from desktop_app.ui.inputs import LONGEST_LINE, LineEdit
from tests.support.editor_window import Shown

Show = Callable[[Field], Shown]
LINE = Field("q", FieldType.TEXT, "q", plain=True)
LINES = Field("q", FieldType.TEXT, "q", plain=True, lines=3)


def line_of(shown: Shown) -> LineEdit:
    line = shown.enter()
    assert isinstance(line, LineEdit)
    return line


def words_below(shown: Shown) -> str:
    from desktop_app.ui.parts import Words

    return " ".join(part.text() for part in shown.editor.findChildren(Words) if part.isVisible())


def test_one_line_keeps_spaces_and_signs_as_typed(show: Show, qtbot: QtBot) -> None:
    shown = show(LINE)
    qtbot.keyClicks(line_of(shown), " <b>= R&D  ")
    assert shown.editor.value() == Text.plain(" <b>= R&D  ")


def test_one_line_is_not_cut(show: Show) -> None:
    shown = show(LINE)
    long = Text.plain("word " * 10_000)
    shown.editor.show_value(long)
    assert shown.editor.value() == long
    line_of(shown).end(False)
    QTest.keyClicks(line_of(shown), "x")
    assert shown.editor.value() == Text.plain("word " * 10_000 + "x")


def test_a_pasted_list_becomes_one_line_without_control_characters(show: Show) -> None:
    shown = show(LINE)
    QGuiApplication.clipboard().setText("a\nb\x00\x07c")
    QTest.keySequence(line_of(shown), QKeySequence.StandardKey.Paste)
    assert shown.editor.value() == Text.plain("a bc")
    assert "2 characters" in words_below(shown)


def test_a_line_that_would_stop_the_program_is_refused(show: Show, qtbot: QtBot) -> None:
    shown = show(LINE)
    QGuiApplication.clipboard().setText("x" * (LONGEST_LINE + 1))
    with qtbot.assertNotEmitted(shown.editor.value_edited):
        QTest.keySequence(line_of(shown), QKeySequence.StandardKey.Paste)
    assert shown.editor.value() is None
    assert "Nothing was pasted" in words_below(shown)


def test_undo_in_a_line_belongs_to_the_window(show: Show, qtbot: QtBot) -> None:
    shown = show(LINE)
    action = QAction(shown.window)
    action.setShortcut(QKeySequence("Ctrl+Z"))
    shown.window.addAction(action)
    qtbot.keyClicks(line_of(shown), "abc")
    with qtbot.waitSignal(action.triggered):
        QTest.keyClick(line_of(shown), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert line_of(shown).text() == "abc"


def test_several_paragraphs_in_a_one_line_field_are_all_there(show: Show, qtbot: QtBot) -> None:
    shown = show(LINE)
    shown.editor.show_value(Text.plain("one\ntwo"))
    QApplication.processEvents()
    qtbot.keyClicks(shown.enter(), "x")
    assert shown.editor.value() == Text.plain("xone\ntwo")


def test_format_in_a_plain_field_stays_until_someone_edits_it(show: Show, qtbot: QtBot) -> None:
    shown = show(LINES)
    text = markup.read("<p>a <b>b</b><note>n</note></p><ul><li>c</li></ul>")
    shown.editor.show_value(text)
    assert shown.editor.value() == text
    qtbot.keyClicks(shown.enter(), "x")
    value = shown.editor.value()
    assert isinstance(value, Text)
    assert value.is_plain
    assert value.plain_text().startswith("xa b[1]\n• c")
    assert "[1] n" in value.plain_text()


def test_only_spaces_are_no_answer(show: Show, qtbot: QtBot) -> None:
    shown = show(Field("q", FieldType.TEXT, "q"))
    qtbot.keyClicks(shown.enter(), "  ")
    assert shown.editor.value() is None


def test_a_menu_of_the_editor_does_not_leave_it(show: Show) -> None:
    shown = show(LINE)
    leavings = shown.leavings()
    line = line_of(shown)
    menu = line.createStandardContextMenu()
    menu.popup(line.mapToGlobal(line.rect().center()))
    QApplication.processEvents()
    assert leavings.count == 0
    menu.close()
    menu.deleteLater()


def test_dropped_words_are_cleaned(show: Show) -> None:
    shown = show(LINES)
    mime = QMimeData()
    mime.setText("a\x0bb\ufffe")
    area = shown.enter()
    area.insertFromMimeData(mime)  # type: ignore[attr-defined]
    assert shown.editor.value() == Text.plain("a\nb")
