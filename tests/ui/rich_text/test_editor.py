from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QGuiApplication, QInputMethodEvent, QKeySequence, QTextCursor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.report.text import Text, markup
from desktop_app.ui.rich_text.area import TextArea
from desktop_app.ui.rich_text.editor import RichTextEdit
from desktop_app.ui.rich_text.growing import MOST_LINES

KEY = Qt.Key
PLAIN = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def editor(qtbot: QtBot) -> Iterator[RichTextEdit]:
    """In a window with the focus, between two other fields."""
    window = QWidget()
    column = QVBoxLayout(window)
    made = RichTextEdit()
    for part in (QLineEdit(), made, QLineEdit()):
        column.addWidget(part)
    qtbot.addWidget(window)
    window.resize(600, 400)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    made.setFocus()
    yield made


def notation(editor: TextArea) -> str:
    return markup.write(editor.text_value())


def show(editor: TextArea, words: str, at: int | None = None) -> None:
    editor.show_text(markup.read(words))
    place(editor, at)


def place(editor: TextArea, at: int | None, *, until: int | None = None) -> None:
    cursor = editor.textCursor()
    if at is None:
        cursor.movePosition(QTextCursor.MoveOperation.End)
    else:
        cursor.setPosition(at)
    if until is not None:
        cursor.setPosition(until, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


def press(editor: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    QTest.keyClick(editor, key, modifiers)


def write(editor: QWidget, words: str) -> None:
    """As an input method does, so that any script can be written."""
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(editor, event)


def html(source: str) -> QMimeData:
    mime = QMimeData()
    mime.setHtml(source)
    return mime


def plain(words: str) -> QMimeData:
    mime = QMimeData()
    mime.setText(words)
    return mime


# ------------------------------------------------------------------------------------ what is typed


def test_what_is_typed_is_the_answer(editor: RichTextEdit, qtbot: QtBot) -> None:
    with qtbot.waitSignal(editor.text_edited):
        qtbot.keyClicks(editor, "Law 144")
    press(editor, KEY.Key_Return)
    write(editor, "Vepra të turpshme، حماية 子ども 👩\u200d👧")
    assert notation(editor) == "<p>Law 144</p><p>Vepra të turpshme، حماية 子ども 👩\u200d👧</p>"


def test_showing_an_answer_is_no_edit(editor: RichTextEdit, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(editor.text_edited):
        show(editor, "<ul><li>a<note>n</note></li></ul>")
        show(editor, "other")
        editor.clear()
    assert editor.text_value() == Text.empty()


def test_the_cursor_goes_to_what_an_undo_changed(editor: RichTextEdit) -> None:
    show(editor, "one two three", 0)
    editor.show_text(markup.read("one 👩 2 three"))
    assert editor.textCursor().position() == len("one 👩 2".encode("utf-16-le")) // 2


def test_the_cursor_stays_when_nothing_changed(editor: RichTextEdit) -> None:
    show(editor, "one two", 3)
    editor.show_text(markup.read("one two"))
    assert editor.textCursor().position() == 3


@pytest.mark.parametrize("keys", ["Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Y"])
def test_undo_and_redo_belong_to_the_window(qtbot: QtBot, keys: str) -> None:
    window = QMainWindow()
    edit = RichTextEdit()
    window.setCentralWidget(edit)
    action = QAction(window)
    action.setShortcut(QKeySequence(keys))
    window.addAction(action)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    edit.setFocus()
    qtbot.keyClicks(edit, "words")
    with qtbot.waitSignal(action.triggered):
        QTest.keySequence(edit, QKeySequence(keys))
    assert notation(edit) == "words"


def test_no_menu_of_its_own_offers_undo(editor: RichTextEdit) -> None:
    from desktop_app.ui.inputs import drop_report_steps

    names = [
        action.objectName() for action in drop_report_steps(editor.createStandardContextMenu()).actions()
    ]
    assert "edit-paste" in names
    assert not {"edit-undo", "edit-redo"} & set(names)


@pytest.mark.parametrize(
    ("key", "modifiers"), [(KEY.Key_Escape, PLAIN), (KEY.Key_Return, CONTROL), (KEY.Key_D, CONTROL)]
)
def test_keys_of_the_row_reach_the_row(qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    class Row(QWidget):
        def __init__(self) -> None:
            super().__init__()
            self.keys: list[int] = []

        def keyPressEvent(self, event: object) -> None:
            self.keys.append(event.key())  # type: ignore[attr-defined]

    row = Row()
    edit = RichTextEdit(row)
    qtbot.addWidget(row)
    press(edit, key, modifiers)
    assert row.keys[-1] == key
    assert edit.text_value() == Text.empty()


# -------------------------------------------------------------------------------------------- marks


@pytest.mark.parametrize(
    ("key", "tag"), [(KEY.Key_B, "b"), (KEY.Key_I, "i"), (KEY.Key_U, "u"), (KEY.Key_Period, "sup")]
)
def test_a_key_sets_the_mark_of_what_is_selected_and_takes_it_off(
    editor: RichTextEdit, key: Qt.Key, tag: str
) -> None:
    show(editor, "one two three")
    place(editor, 4, until=7)
    press(editor, key, CONTROL)
    assert notation(editor) == f"one <{tag}>two</{tag}> three"
    press(editor, key, CONTROL)
    assert notation(editor) == "one two three"


def test_a_mark_without_selection_is_for_what_is_typed_next(editor: RichTextEdit, qtbot: QtBot) -> None:
    qtbot.keyClicks(editor, "a ")
    press(editor, KEY.Key_B, CONTROL)
    qtbot.keyClicks(editor, "b")
    press(editor, KEY.Key_B, CONTROL)
    qtbot.keyClicks(editor, " c")
    assert notation(editor) == "a <b>b</b> c"


def test_marks_over_links_and_notes_keep_them(editor: RichTextEdit) -> None:
    show(editor, 'a <a href="https://example.org/">b</a><note>n</note> c')
    editor.selectAll()
    press(editor, KEY.Key_B, CONTROL)
    assert notation(editor) == '<b>a </b><a href="https://example.org/"><b>b</b></a><note>n</note><b> c</b>'


def test_words_typed_after_a_link_are_not_part_of_it(editor: RichTextEdit, qtbot: QtBot) -> None:
    show(editor, '<a href="https://example.org/">law</a>')
    qtbot.keyClicks(editor, " x")
    assert notation(editor) == '<a href="https://example.org/">law</a> x'


def test_words_typed_into_a_link_are_part_of_it(editor: RichTextEdit, qtbot: QtBot) -> None:
    show(editor, '<a href="https://example.org/">law</a>', 1)
    qtbot.keyClicks(editor, "x")
    assert notation(editor) == '<a href="https://example.org/">lxaw</a>'


# -------------------------------------------------------------------------------------------- lists


@pytest.mark.parametrize(("typed", "tag"), [("- ", "ul"), ("* ", "ul"), ("1. ", "ol"), ("1) ", "ol")])
def test_a_typed_mark_starts_a_list(editor: RichTextEdit, qtbot: QtBot, typed: str, tag: str) -> None:
    qtbot.keyClicks(editor, typed + "a")
    press(editor, KEY.Key_Return)
    qtbot.keyClicks(editor, "b")
    assert notation(editor) == f"<{tag}><li>a</li><li>b</li></{tag}>"


def test_backspace_right_after_keeps_the_mark_as_words(editor: RichTextEdit, qtbot: QtBot) -> None:
    qtbot.keyClicks(editor, "- ")
    press(editor, KEY.Key_Backspace)
    qtbot.keyClicks(editor, "5 degrees")
    assert notation(editor) == "- 5 degrees"


@pytest.mark.parametrize("typed", ["a - b", "-5 ", "2013. x", "=- "])
def test_other_words_start_no_list(editor: RichTextEdit, qtbot: QtBot, typed: str) -> None:
    qtbot.keyClicks(editor, typed)
    assert notation(editor) == typed


def test_enter_on_an_empty_item_ends_the_list(editor: RichTextEdit, qtbot: QtBot) -> None:
    show(editor, "<ul><li>a</li></ul>")
    press(editor, KEY.Key_Return)
    press(editor, KEY.Key_Return)
    qtbot.keyClicks(editor, "b")
    assert notation(editor) == "<ul><li>a</li></ul><p>b</p>"


def test_enter_on_an_empty_nested_item_goes_a_level_out(editor: RichTextEdit, qtbot: QtBot) -> None:
    show(editor, "<ol><li>a<ul><li>b</li></ul></li></ol>")
    press(editor, KEY.Key_Return)
    press(editor, KEY.Key_Return)
    qtbot.keyClicks(editor, "c")
    assert notation(editor) == "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"


def test_shift_enter_goes_on_in_the_same_item(editor: RichTextEdit, qtbot: QtBot) -> None:
    show(editor, "<ol><li>a</li></ol>")
    press(editor, KEY.Key_Return, SHIFT)
    qtbot.keyClicks(editor, "more")
    press(editor, KEY.Key_Return)
    qtbot.keyClicks(editor, "b")
    assert notation(editor) == "<ol><li><p>a</p><p>more</p></li><li>b</li></ol>"


def test_tab_nests_an_item_and_shift_tab_brings_it_back(editor: RichTextEdit) -> None:
    show(editor, "<ul><li>a</li><li>b</li></ul>")
    press(editor, KEY.Key_Tab)
    assert notation(editor) == "<ul><li>a<ul><li>b</li></ul></li></ul>"
    press(editor, KEY.Key_Backtab, SHIFT)
    assert notation(editor) == "<ul><li>a</li><li>b</li></ul>"


def test_an_item_takes_along_what_is_nested_in_it(editor: RichTextEdit) -> None:
    show(editor, "<ul><li>a</li><li>b<ol><li>c</li></ol></li><li>d</li></ul>", 2)
    press(editor, KEY.Key_Tab)
    assert notation(editor) == "<ul><li>a<ul><li>b<ol><li>c</li></ol></li></ul></li><li>d</li></ul>"


def test_tab_moves_on_where_nothing_can_be_nested(editor: RichTextEdit) -> None:
    """No trap for the keyboard: outside lists at once, inside after one step."""
    show(editor, "words")
    press(editor, KEY.Key_Tab)
    assert not editor.hasFocus()
    editor.setFocus()
    show(editor, "<ul><li>a</li></ul>")
    press(editor, KEY.Key_Tab)
    assert not editor.hasFocus()
    assert notation(editor) == "<ul><li>a</li></ul>"


def test_backspace_at_the_start_takes_the_mark_then_joins(editor: RichTextEdit) -> None:
    show(editor, "<ul><li>a</li><li>b</li></ul>", 2)
    press(editor, KEY.Key_Backspace)
    assert notation(editor) == "<ul><li><p>a</p><p>b</p></li></ul>"
    press(editor, KEY.Key_Backspace)
    assert notation(editor) == "<ul><li>ab</li></ul>"


def test_backspace_at_the_start_of_the_first_item_ends_the_list(editor: RichTextEdit) -> None:
    show(editor, "<ul><li>a</li><li>b</li></ul>", 0)
    press(editor, KEY.Key_Backspace)
    assert notation(editor) == "<p>a</p><ul><li>b</li></ul>"


def test_deleting_over_lines_leaves_the_lists_in_order(editor: RichTextEdit) -> None:
    show(editor, "<ol><li>a</li></ol><p>x</p><ol><li>b</li><li>c</li></ol>")
    place(editor, 1, until=3)
    press(editor, KEY.Key_Delete)
    assert notation(editor) == "<ol><li>a</li><li>b</li><li>c</li></ol>"
    blocks = [editor.document().findBlockByNumber(number) for number in range(3)]
    assert [block.textList().itemText(block) for block in blocks] == ["1.", "2.", "3."]


def test_the_list_buttons_turn_lines_into_items_and_back(editor: RichTextEdit) -> None:
    show(editor, "<p>a</p><p>b</p>")
    editor.selectAll()
    editor.formatting.numbers.trigger()
    assert notation(editor) == "<ol><li>a</li><li>b</li></ol>"
    editor.formatting.bullets.trigger()
    assert notation(editor) == "<ul><li>a</li><li>b</li></ul>"
    editor.formatting.bullets.trigger()
    assert notation(editor) == "<p>a</p><p>b</p>"


def test_buttons_show_what_is_at_the_cursor(editor: RichTextEdit) -> None:
    show(editor, "<p>a <b>b</b></p><ul><li>c</li></ul>")
    formatting = editor.formatting
    place(editor, 1)
    assert (formatting.bold.isChecked(), formatting.bullets.isChecked()) == (False, False)
    place(editor, 3)
    assert (formatting.bold.isChecked(), formatting.bullets.isChecked()) == (True, False)
    place(editor, 5)
    assert (formatting.bold.isChecked(), formatting.bullets.isChecked()) == (False, True)


# ------------------------------------------------------------------------------------ paste and copy


def test_pasted_html_keeps_what_an_answer_can_hold(editor: RichTextEdit) -> None:
    show(editor, "x ")
    editor.insertFromMimeData(
        html('<p>a <b>b</b> <font color=red>c</font><img src="file:///etc/passwd"><script>d</script></p>')
    )
    assert notation(editor) == "x a <b>b</b> c"


def test_pasted_words_lose_only_what_no_answer_can_hold(editor: RichTextEdit, qtbot: QtBot) -> None:
    with qtbot.waitSignal(editor.characters_removed) as told:
        editor.insertFromMimeData(plain("a\x00b\x07\r\nc<b>&amp;"))
    assert told.args == [2]
    assert editor.text_value() == Text.plain("ab\nc<b>&amp;")


@pytest.mark.parametrize(
    "words", ["x" * 100_001, "word\n" * 200_001, "<p>" + "x" * 100_001], ids=["line", "all", "html line"]
)
def test_too_much_at_once_is_refused_with_a_sentence(editor: RichTextEdit, qtbot: QtBot, words: str) -> None:
    show(editor, "before")
    with (
        qtbot.waitSignal(editor.paste_refused) as told,
        qtbot.assertNotEmitted(editor.text_edited),
    ):
        editor.insertFromMimeData(html(words) if words.startswith("<") else plain(words))
    assert "Nothing was pasted" in told.args[0]
    assert notation(editor) == "before"


def test_files_are_not_dropped_into_an_answer(editor: RichTextEdit) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/home/someone/secret.txt")])
    assert not editor.canInsertFromMimeData(mime)
    editor.insertFromMimeData(mime)
    assert editor.text_value() == Text.empty()


def test_copied_words_come_back_with_lists_links_and_notes(editor: RichTextEdit) -> None:
    words = (
        "<p>a<note>Law <b>10</b></note> <u>b</u></p><ul><li>c<ol><li>d</li></ol></li></ul>"
        '<p><a href="https://example.org/">e</a></p>'
    )
    show(editor, words)
    editor.selectAll()
    editor.copy()
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.text() == markup.read(words).plain_text()
    editor.cut()
    assert editor.text_value() == Text.empty()
    editor.paste()
    assert notation(editor) == words


def test_a_plain_area_takes_words_without_format(qtbot: QtBot) -> None:
    area = TextArea()
    qtbot.addWidget(area)
    mime = html("<p>a <b>b</b></p>")
    mime.setText("a b\nc")
    area.insertFromMimeData(mime)
    assert area.text_value() == Text.plain("a b\nc")


# -------------------------------------------------------------------------------------------- notes


def test_notes_are_numbered_in_order(editor: RichTextEdit) -> None:
    from desktop_app.ui.rich_text.formats import note_number
    from desktop_app.ui.rich_text.notes import note_positions, sign_at

    def numbers() -> list[int]:
        document = editor.document()
        found = [sign_at(document, position) for position in note_positions(document)]
        return [note_number(sign) for sign in found if sign is not None]

    show(editor, "👩 a<note>one</note> b<note>two</note>", 0)
    assert numbers() == [1, 2]
    editor.insertFromMimeData(html('x<a href="#_ftn1">[1]</a>'))
    show(editor, "<p>z<note>new</note></p><p>a<note>one</note> b<note>two</note></p>")
    assert numbers() == [1, 2, 3]
    place(editor, 1)
    press(editor, KEY.Key_Delete)
    assert numbers() == [1, 2]


def test_a_note_goes_with_one_key(editor: RichTextEdit) -> None:
    show(editor, "a<note>many words</note>")
    press(editor, KEY.Key_Backspace)
    assert notation(editor) == "a"


def test_words_typed_after_a_note_are_words(editor: RichTextEdit, qtbot: QtBot) -> None:
    show(editor, "<b>a</b><note>n</note>")
    qtbot.keyClicks(editor, "b")
    assert notation(editor) == "<b>a</b><note>n</note><b>b</b>"


# ------------------------------------------------------------------------------------ look and limits


def test_it_grows_with_its_words_up_to_a_limit(editor: RichTextEdit) -> None:
    empty = editor.sizeHint().height()
    show(editor, "<p>line</p>" * 10)
    ten = editor.sizeHint().height()
    show(editor, "<p>line</p>" * (MOST_LINES * 2))
    most = editor.sizeHint().height()
    show(editor, "<p>line</p>" * (MOST_LINES * 4))
    assert empty < ten < most == editor.sizeHint().height()
    assert editor.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAsNeeded
    show(editor, "line")
    assert editor.sizeHint().height() == empty
    assert editor.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff


def test_the_line_being_typed_stays_on_the_screen(qtbot: QtBot) -> None:
    page = QScrollArea()
    page.setWidgetResizable(True)
    ground = QWidget()
    column = QVBoxLayout(ground)
    edit = RichTextEdit()
    column.addWidget(edit)
    column.addStretch(1)
    page.setWidget(ground)
    qtbot.addWidget(page)
    page.resize(400, 150)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    edit.setFocus()
    for _ in range(15):
        press(edit, KEY.Key_Return)
        qtbot.keyClicks(edit, "line")

    def cursor_is_seen() -> bool:
        place_of_cursor = edit.viewport().mapTo(page.viewport(), edit.cursorRect().center())
        return page.viewport().rect().contains(place_of_cursor)

    qtbot.waitUntil(cursor_is_seen)


def test_the_wheel_scrolls_the_page_and_not_the_answer(editor: RichTextEdit) -> None:
    show(editor, "<p>line</p>" * 100, 0)
    editor.clearFocus()
    before = editor.verticalScrollBar().value()
    event = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120),
        Qt.MouseButton.NoButton, PLAIN, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(editor.viewport(), event)
    assert not event.isAccepted()
    assert editor.verticalScrollBar().value() == before


def test_read_only_takes_no_edit(editor: RichTextEdit, qtbot: QtBot) -> None:
    show(editor, "<ul><li>a</li><li>b</li></ul>", 2)
    editor.setReadOnly(True)
    with qtbot.assertNotEmitted(editor.text_edited):
        qtbot.keyClicks(editor, "x- ")
        for key in (KEY.Key_Return, KEY.Key_Backspace, KEY.Key_Tab):
            press(editor, key)
        editor.setFocus()
        editor.insertFromMimeData(plain("y"))
    assert notation(editor) == "<ul><li>a</li><li>b</li></ul>"


def test_the_look_follows_the_palette_without_an_edit(editor: RichTextEdit, qtbot: QtBot) -> None:
    from desktop_app.ui import tokens

    before = QGuiApplication.palette()
    QGuiApplication.setPalette(tokens.palette(dark=False))
    QApplication.processEvents()
    show(editor, '<a href="https://example.org/">law</a>')
    place(editor, 1)
    light = editor.textCursor().charFormat().foreground().color()
    try:
        with qtbot.assertNotEmitted(editor.text_edited):
            QGuiApplication.setPalette(tokens.palette(dark=True))
            QApplication.processEvents()
        assert editor.textCursor().charFormat().foreground().color() != light
    finally:
        QGuiApplication.setPalette(before)
