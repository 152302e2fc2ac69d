from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_app.ui.tab_order import next_stop, stops


def line(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setObjectName(name)
    return made


def names(ground: QWidget) -> list[str]:
    return [stop.objectName() for stop in stops(ground)]


def test_what_was_put_in_later_comes_where_it_stands(qtbot: QtBot) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    column = QVBoxLayout(ground)
    column.addWidget(line("first"))
    column.addWidget(line("last"))
    column.insertWidget(1, line("between"))
    assert names(ground) == ["first", "between", "last"]


def test_a_grid_is_read_line_by_line(qtbot: QtBot) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    grid = QGridLayout(ground)
    grid.addWidget(line("second"), 1, 0)
    grid.addWidget(line("third"), 1, 1)
    grid.addWidget(line("first"), 0, 0)
    assert names(ground) == ["first", "second", "third"]


def test_widgets_without_a_layout_go_by_their_places_also_from_right_to_left(qtbot: QtBot) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    for name, x, y in (("below", 0, 50), ("right", 200, 0), ("left", 0, 0)):
        made = line(name)
        made.setParent(ground)
        made.move(x, y)
        made.show()
    assert names(ground) == ["left", "right", "below"]
    ground.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert names(ground) == ["right", "left", "below"]


def test_what_cannot_be_used_is_passed_over(qtbot: QtBot) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    column = QVBoxLayout(ground)
    hidden, disabled, mouse_only = line("hidden"), line("disabled"), QPushButton()
    hidden.hide()
    disabled.setEnabled(False)
    mouse_only.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    for part in (hidden, disabled, mouse_only, QLabel("words"), line("usable")):
        column.addWidget(part)
    assert names(ground) == ["usable"]


def test_what_stands_in_a_scrolling_page_belongs_to_it(qtbot: QtBot) -> None:
    ground, inside, area = QWidget(), QWidget(), QScrollArea()
    qtbot.addWidget(ground)
    QVBoxLayout(inside).addWidget(line("inside"))
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    row = QHBoxLayout(ground)
    row.addWidget(line("before"))
    row.addWidget(area)
    row.addWidget(line("behind"))
    assert names(ground) == ["before", "inside", "behind"]


def test_the_way_is_a_circle_in_both_directions(qtbot: QtBot) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    column = QVBoxLayout(ground)
    first, second = line("first"), line("second")
    column.addWidget(first)
    column.addWidget(second)
    assert next_stop(ground, first, forward=True) is second
    assert next_stop(ground, second, forward=True) is first
    assert next_stop(ground, first, forward=False) is second
    assert next_stop(ground, None, forward=True) is first
    assert next_stop(ground, None, forward=False) is second
    assert next_stop(QWidget(), None, forward=True) is None
