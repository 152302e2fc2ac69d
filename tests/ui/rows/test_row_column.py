"""The rows of a list: few of many are widgets, and what is being edited is left alone."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.report.text.model import Text
from desktop_app.services.open_report import OpenReport
from desktop_app.ui.pages.page import Page
from desktop_app.ui.rows.row_column import AT_ONCE, RowColumn
from desktop_app.ui.rows.row_view import RowView
from tests.support.window_parts import add_actions, context_of, type_words

LIST = "T2.planned"
Shower = Callable[[QWidget], QWidget]


def on_a_page(opened: OpenReport, shown: Shower) -> RowColumn:
    page, column = Page(), RowColumn(context_of(opened.session, LIST))
    page.column.addWidget(column)
    shown(page)
    return whole(column)


def whole(column: RowColumn) -> RowColumn:
    """When all that is to be seen is made."""
    while column._soon.isActive():
        QApplication.processEvents()
    return column


def views(column: RowColumn) -> list[RowView]:
    there = [view for view in column.findChildren(RowView) if not view.isHidden()]
    return sorted(there, key=lambda view: view.y())


def test_rows_stand_in_their_order_without_gaps(norway: OpenReport, shown: Shower) -> None:
    rows = add_actions(norway.session, LIST, "one", "two " * 200, "three")
    column = on_a_page(norway, shown)
    found = views(column)
    assert [view.row_id for view in found] == rows
    for above, below in itertools.pairwise(found):
        assert below.y() == above.geometry().bottom() + 2
    assert found[1].height() > found[0].height()
    assert column.height() == found[-1].geometry().bottom() + 1


def test_of_ten_thousand_rows_a_few_are_widgets(norway: OpenReport, shown: Shower) -> None:
    rows = norway.session.add_rows(LIST, [{"description": Text.plain(f"Action {n}")} for n in range(10_000)])
    column = on_a_page(norway, shown)
    assert len(views(column)) < 40
    middle = column.row_rect(rows[5000])
    assert middle is not None
    column.load_visible(QRect(0, middle.y(), 800, 600))
    there = {view.row_id for view in views(whole(column))}
    assert set(rows[5000:5004]) <= there
    assert rows[10] not in there
    assert len(there) < 40


def test_what_comes_into_view_is_made_a_few_rows_at_a_time_and_soon_whole(
    qtbot: QtBot, norway: OpenReport, shown: Shower
) -> None:
    rows = norway.session.add_rows(LIST, [{"description": Text.plain(f"Action {n}")} for n in range(400)])
    column = on_a_page(norway, shown)
    qtbot.waitUntil(lambda: column.row_widget(rows[0]) is not None)
    before = {view.row_id for view in views(column)}
    middle = column.row_rect(rows[200])
    assert middle is not None
    column.load_visible(QRect(0, middle.y(), 800, 2400))
    first = {view.row_id for view in views(column)} - before
    assert 0 < len(first) <= AT_ONCE
    height = views(column)[1].height()
    qtbot.waitUntil(lambda: len({view.row_id for view in views(column)} - before) > 2400 // (height + 2))


def test_the_last_row_is_always_there_for_the_keyboard_that_comes_from_below(
    norway: OpenReport, shown: Shower
) -> None:
    rows = norway.session.add_rows(LIST, [{"description": Text.plain(f"Action {n}")} for n in range(200)])
    assert rows[-1] in {view.row_id for view in views(on_a_page(norway, shown))}


def test_numbers_follow_the_order(norway: OpenReport, shown: Shower) -> None:
    rows = add_actions(norway.session, LIST, "one", "two", "three")
    column = on_a_page(norway, shown)
    norway.session.move_row(LIST, rows[2], 0)
    column.take_over()
    assert [view.accessibleName() for view in views(column)] == [
        "planned action 1: three",
        "planned action 2: one",
        "planned action 3: two",
    ]


def test_rows_that_stay_keep_their_widgets(norway: OpenReport, shown: Shower) -> None:
    rows = add_actions(norway.session, LIST, "one", "two", "three")
    column = on_a_page(norway, shown)
    before = {view.row_id: view for view in views(column)}
    norway.session.move_row(LIST, rows[2], 0)
    norway.session.remove_rows(LIST, [rows[1]])
    column.take_over()
    assert [view.row_id for view in views(column)] == [rows[2], rows[0]]
    assert all(view is before[view.row_id] for view in views(column))


def test_the_row_being_edited_moves_with_its_cursor(qtbot: QtBot, norway: OpenReport, shown: Shower) -> None:
    rows = add_actions(norway.session, LIST, "one", "two", "three")
    column = on_a_page(norway, shown)
    editor = column.edit(rows[2])
    type_words("3")
    focus = QApplication.focusWidget()
    norway.session.move_row(LIST, rows[2], 0)
    column.take_over()
    assert column.editor is editor
    assert QApplication.focusWidget() is focus
    type_words("!")
    column.hand_over()
    value = norway.session.report.lists[LIST].rows[0].values["description"]
    assert isinstance(value, Text)
    assert value.plain_text() == "3!three"


def test_only_one_row_is_edited(norway: OpenReport, shown: Shower) -> None:
    rows = add_actions(norway.session, LIST, "one", "two")
    column = on_a_page(norway, shown)
    column.edit(rows[0])
    type_words("A")
    column.edit(rows[1])
    assert [view.row_id for view in views(column)] == [rows[0]]
    assert column.editing == rows[1]
    assert norway.session.report.lists[LIST].rows[0].values["description"] == Text.plain("Aone")


def test_a_row_taken_away_elsewhere_is_no_longer_edited(norway: OpenReport, shown: Shower) -> None:
    rows = add_actions(norway.session, LIST, "one", "two")
    column = on_a_page(norway, shown)
    column.edit(rows[0])
    norway.session.remove_rows(LIST, [rows[0]])
    column.take_over()
    assert column.editing is None
    assert column.editor is None


def test_a_row_shown_anew_keeps_the_keyboard(norway: OpenReport, shown: Shower) -> None:
    rows = add_actions(norway.session, LIST, "one", "two")
    column = on_a_page(norway, shown)
    view = column.row_widget(rows[1])
    assert view is not None
    view.setFocus()
    column.refresh([rows[1]])
    assert column.focused_row == rows[1]
    assert column.row_widget(rows[1]) is not view


def test_rows_follow_what_the_checks_say(norway: OpenReport, shown: Shower) -> None:
    (row,) = add_actions(norway.session, LIST, "one")
    column = on_a_page(norway, shown)
    before = column.row_widget(row)
    column.refresh_problems()
    assert column.row_widget(row) is before
    norway.session.set_value(f"{LIST}/{row}/timeframe", None)
    norway.session.set_value("T2.goals", ("T2.G2",))
    norway.session.set_value(f"{LIST}/{row}/goals", ("T2.G1",))
    column.refresh_problems()
    assert column.row_widget(row) is not before
