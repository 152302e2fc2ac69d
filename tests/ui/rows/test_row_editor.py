from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.report.changes import Change, new_id
from desktop_app.report.paths import row_path
from desktop_app.report.review import ReviewComment, comment_path, write_comment
from desktop_app.report.text.model import Text
from desktop_app.services.open_report import OpenReport
from desktop_app.ui.lines import Expander
from desktop_app.ui.review.comment_mark import CommentMark
from desktop_app.ui.rows.row_editor import RowEditor
from desktop_app.ui.rows.row_menu import RowStep, row_menu
from tests.support.window_parts import add_actions, context_of, press, type_words

LIST = "T2.planned"
Shower = Callable[[QWidget], QWidget]


def editor_of(opened: OpenReport, shown: Shower) -> RowEditor:
    """The editor of the list's first row; there is one after this."""
    context = context_of(opened.session, LIST)
    if not context.row_list.rows:
        add_actions(opened.session, LIST, "Train")
    row = context.row_list.rows[0]
    editor = RowEditor(context, row)
    editor.set_number(3, 28)
    shown(editor)
    return editor


def named(words: str) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and focus.accessibleName() == words


def test_the_cursor_starts_in_the_main_words(norway: OpenReport, shown: Shower) -> None:
    editor = editor_of(norway, shown)
    editor.focus_field(None)
    assert named("Description")
    editor.focus_field("timeframe")
    assert named("Timeframe")
    editor.release()


def test_optional_fields_are_made_when_they_are_wanted(norway: OpenReport, shown: Shower) -> None:
    editor = editor_of(norway, shown)
    expander = editor.findChild(Expander)
    assert isinstance(expander, Expander)
    assert not expander.isChecked()
    editor.focus_field("remark")
    assert expander.isChecked()
    assert named("Remark")
    editor.release()


def test_optional_fields_that_hold_something_are_in_sight(norway: OpenReport, shown: Shower) -> None:
    (row_id,) = add_actions(norway.session, LIST, "Train")
    norway.session.set_value(f"{LIST}/{row_id}/remark", Text.plain("See the annex"))
    editor = editor_of(norway, shown)
    expander = editor.findChild(Expander)
    assert isinstance(expander, Expander)
    assert expander.isChecked()
    editor.release()


def test_what_is_typed_is_one_change_when_the_field_is_left(norway: OpenReport, shown: Shower) -> None:
    editor = editor_of(norway, shown)
    editor.focus_field(None)
    type_words("Öfter ")
    editor.focus_field("timeframe")
    value = norway.session.report.lists[LIST].rows[0].values["description"]
    assert value == Text.plain("Öfter Train")
    assert norway.session.open_path is None
    norway.session.undo()
    assert norway.session.report.lists[LIST].rows[0].values["description"] == Text.plain("Train")
    editor.release()


def test_keys_ask_for_steps(qtbot: QtBot, norway: OpenReport, shown: Shower) -> None:
    (row_id,) = add_actions(norway.session, LIST, "Train")
    editor = editor_of(norway, shown)
    asked: list[tuple[str, object]] = []
    editor.step_requested.connect(lambda row, step: asked.append((row, step)))
    editor.focus_field(None)
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert asked == [(row_id, RowStep.DONE), (row_id, RowStep.DONE), (row_id, RowStep.DUPLICATE)]
    editor.release()


def test_the_title_says_which_row_it_is(norway: OpenReport, shown: Shower) -> None:
    editor = editor_of(norway, shown)
    assert "Planned action 3" in [
        label.text() for label in editor.findChildren(QWidget) if hasattr(label, "text")
    ]
    editor.release()


def test_the_heading_stays_on_one_line_while_there_is_room(norway: OpenReport, shown: Shower) -> None:
    context = context_of(norway.session, "T2.undertaken")
    add_actions(norway.session, "T2.undertaken", "Train")
    editor = RowEditor(context, context.row_list.rows[0])
    editor.set_number(1, 28)
    shown(editor)
    QApplication.processEvents()
    heading = editor._title
    assert heading.width() >= heading.fontMetrics().horizontalAdvance(heading.text())
    editor.release()


def test_its_menu_names_only_keys_that_work_while_words_are_written(
    norway: OpenReport, shown: Shower
) -> None:
    add_actions(norway.session, LIST, "Train", "Travel")
    editor = editor_of(norway, shown)
    context = context_of(norway.session, LIST)
    keys = {
        action.data(): action.text().partition("\t")[2]
        for action in row_menu(context, editor.row_id, editor, editing=True).actions()
    }
    assert keys[RowStep.DUPLICATE] == "Ctrl+D"
    for step in (RowStep.ADD_BELOW, RowStep.UP, RowStep.DOWN, RowStep.REMOVE):
        assert keys[step] == ""
    editor.release()


def test_comments_stand_in_the_line_of_the_heading_no_higher_than_their_words(
    norway: OpenReport, shown: Shower
) -> None:
    (row_id,) = add_actions(norway.session, LIST, "Train")
    comment = ReviewComment(row_path(LIST, row_id), "official", None, "Why?", None, reviewer="L. Berg")
    norway.session.comment([Change(comment_path(new_id()), None, write_comment(comment))])
    editor = editor_of(norway, shown)
    QApplication.processEvents()
    (mark,) = editor.findChildren(CommentMark)
    assert mark.height() == mark.sizeHint().height()
    assert abs(mark.geometry().center().y() - editor._more.geometry().center().y()) <= 1
    editor.release()
