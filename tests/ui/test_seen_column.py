"""Many parts on a page, made as they are scrolled to: what one is led to stays in sight meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.gradually import BUDGET
from desktop_app.ui.pages.page import Page, settle
from desktop_app.ui.seen_column import SeenColumn

Shower = Callable[[QWidget], QWidget]
COUNT = 400


def slow_part(number: int) -> QWidget:
    """A part of a height of its own that takes a whole turn, as on an old computer."""
    until = time.perf_counter() + BUDGET
    while time.perf_counter() < until:
        pass
    part = QLabel(f"part {number}")
    part.setFixedHeight(30 + 30 * (number % 5))
    return part


def page_with_an_end(shown: Shower) -> tuple[Page, SeenColumn, QLabel]:
    page, column, end = Page(), SeenColumn(COUNT, slow_part), QLabel("the end")
    page.column.addWidget(column)
    page.column.addWidget(end)
    shown(page)
    return page, column, end


def is_in_sight(page: Page, part: QWidget) -> bool:
    top = part.mapTo(page.ground, QPoint(0, 0)).y()
    return page.visible_rect().contains(page.visible_rect().x() + 1, top)


def test_what_stands_below_the_parts_stays_in_sight_while_they_are_made(qtbot: QtBot, shown: Shower) -> None:
    page, column, end = page_with_an_end(shown)
    page.show_part(end)
    assert is_in_sight(page, end)
    qtbot.waitUntil(lambda: not column._later.isActive())
    settle()
    assert is_in_sight(page, end)
    assert column.height() == column._heights.total


def test_the_part_that_is_seen_stays_while_those_around_it_are_made(qtbot: QtBot, shown: Shower) -> None:
    page, column, _end = page_with_an_end(shown)
    bar = page.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)

    def in_sight() -> list[QWidget]:
        return [each for each in column.widgets if is_in_sight(page, each)]

    qtbot.waitUntil(lambda: bool(in_sight()))
    part = in_sight()[0]
    height = part.mapTo(page.viewport(), QPoint(0, 0)).y()
    qtbot.waitUntil(lambda: not column._later.isActive())
    assert len(in_sight()) > 1
    assert part.mapTo(page.viewport(), QPoint(0, 0)).y() == height


def test_no_part_is_made_twice_on_the_way_to_what_is_seen(qtbot: QtBot, shown: Shower) -> None:
    made: list[int] = []

    def make(number: int) -> QWidget:
        made.append(number)
        return slow_part(number)

    page, column = Page(), SeenColumn(COUNT, make)
    page.column.addWidget(column)
    shown(page)
    bar = page.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    qtbot.waitUntil(lambda: not column._later.isActive())
    assert len(made) == len(set(made))


def test_a_page_is_shown_from_its_beginning(qtbot: QtBot, shown: Shower) -> None:
    page, column, end = Page(), SeenColumn(6, slow_part), QLabel("the end")
    page.column.addWidget(column)
    page.column.addWidget(end)
    shown(page)
    qtbot.waitUntil(lambda: not column._later.isActive())
    assert page.verticalScrollBar().value() == 0


def test_a_part_that_grows_while_one_is_at_it_stays_where_it_is(qtbot: QtBot, shown: Shower) -> None:
    page, column, end = page_with_an_end(shown)
    page.show_part(end)
    qtbot.waitUntil(lambda: not column._later.isActive())
    part = next(each for each in column.widgets if is_in_sight(page, each))
    height = part.mapTo(page.viewport(), QPoint(0, 0)).y()
    part.setFixedHeight(part.height() + 50)
    settle()
    assert part.mapTo(page.viewport(), QPoint(0, 0)).y() == height
