"""The window around a report: every control named, problems and finds lead to their place, steps work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.report.timeframe.value import Timeframe
from desktop_app.services.demo import fresh_example
from desktop_app.services.reports import read_report
from desktop_app.ui.rich_text.editor import RichTextEdit
from desktop_app.ui.rows.list_card import ListCard
from desktop_app.ui.rows.row_view import RowView
from tests.support.window_steps import Person


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[Person]:
    """In front of the example."""
    sitting = Person.at_the_desk(qtbot, tmp_path, fresh_example(tmp_path))
    yield sitting
    sitting.leave()
    QApplication.clipboard().clear()


def example(person: Person) -> Path:
    return next(person.folder.glob("*.adesk"))


def has_name(widget: QWidget) -> bool:
    """Whether a screen reader has something to say: a name of its own, or the label beside it."""
    interface = QAccessible.queryAccessibleInterface(widget)
    labels = interface.relations(QAccessible.RelationFlag.Label)
    return bool(interface.text(QAccessible.Text.Name) or labels)


@pytest.mark.parametrize("page", ["cover", "T1", "T2", "T4", "#send"])
def test_every_control_has_a_name(person: Person, page: str) -> None:
    view = person.window.view
    assert view is not None
    view.show_page(page)
    controls = [
        widget
        for widget in person.window.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert len(controls) > 10
    assert [widget for widget in controls if not has_name(widget)] == []


def test_a_problem_leads_to_its_place(person: Person) -> None:
    view = person.window.view
    assert view is not None
    row = read_report(example(person)).lists["T2.planned"].rows[3]
    view.go_to(f"T2.planned/{row.id}/timeframe")
    assert view.place.startswith("T2")
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Timeframe"


def test_a_reading_is_confirmed_with_one_click(person: Person) -> None:
    view = person.window.view
    assert view is not None
    view.show_page("T1")
    person.press("by 31 Dec 2013")
    person.until(
        lambda: (
            read_report(example(person)).lists["T1.planned"].rows[0].values["timeframe"]
            == Timeframe("Till December 2013", "../2013-12", confirmed=True)
        )
    )


def test_rows_move_and_go_by_keys_and_come_back(person: Person) -> None:
    view = person.window.view
    assert view is not None
    view.show_page("T1")
    card = [card for card in person.window.findChildren(ListCard) if card.isVisible()][-1]
    before = [row.id for row in read_report(example(person)).lists["T1.planned"].rows]
    first = next(row for row in card.findChildren(RowView) if row.row_id == before[0])
    first.setFocus()
    person.key(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    moved = [before[1], before[0], *before[2:]]
    person.until(lambda: [row.id for row in read_report(example(person)).lists["T1.planned"].rows] == moved)
    person.key(Qt.Key.Key_Delete)
    person.until(lambda: len(read_report(example(person)).lists["T1.planned"].rows) == len(before) - 1)
    person.press("Undo")
    person.press("Undo")
    person.until(lambda: [row.id for row in read_report(example(person)).lists["T1.planned"].rows] == before)


def test_a_reading_just_typed_is_confirmed_with_one_click(person: Person) -> None:
    view = person.window.view
    assert view is not None
    row = read_report(example(person)).lists["T2.planned"].rows[3]

    def kept() -> object:
        rows = read_report(example(person)).lists["T2.planned"].rows
        return rows[3].values.get("timeframe")

    view.go_to(f"T2.planned/{row.id}/timeframe")
    person.type("Till May 2014")
    person.until(lambda: kept() == Timeframe("Till May 2014", "../2014-05"))
    person.press("Confirm")
    person.until(lambda: kept() == Timeframe("Till May 2014", "../2014-05", confirmed=True))


def test_undo_in_the_paste_box_is_the_boxs_own(person: Person) -> None:
    view = person.window.view
    assert view is not None
    before = read_report(example(person)).lists["T3.planned"].rows
    view.show_page("T3")
    card = [card for card in person.window.findChildren(ListCard) if card.isVisible()][-1]
    person.press("Paste a list", card)
    person.type("Words")
    person.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    box = QApplication.focusWidget()
    assert isinstance(box, RichTextEdit)
    assert box.toPlainText() != "Words"
    assert read_report(example(person)).lists["T3.planned"].rows == before
    assert not person.window.header.redo.isEnabled()
