from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from desktop_app.ui import tokens
from desktop_app.ui.pages.page import Page, held_still, page_around, settle
from desktop_app.ui.parts import Card, Words

Shower = Callable[..., QWidget]


@pytest.fixture
def page(shown: Shower) -> Page:
    """A page of thirty lines to type in."""
    made = Page()
    for number in range(30):
        line = QLineEdit(str(number))
        line.setFixedHeight(60)
        made.column.addWidget(line)
    shown(made)
    return made


def line(page: Page, number: int) -> QLineEdit:
    return page.findChildren(QLineEdit)[number]


def height_on_screen(widget: QWidget) -> int:
    return widget.mapToGlobal(widget.rect().topLeft()).y()


def test_what_is_in_sight_is_left_where_it_is(page: Page) -> None:
    page.show_part(line(page, 2))
    assert page.verticalScrollBar().value() == 0


def test_a_part_below_comes_into_view_whole(page: Page) -> None:
    page.show_part(line(page, 20))
    assert page.visible_rect().contains(line(page, 20).geometry().adjusted(0, 0, 0, tokens.GAP))
    page.show_part(line(page, 1))
    assert page.visible_rect().contains(line(page, 1).geometry())


def test_of_a_part_higher_than_the_window_the_beginning_is_shown(page: Page) -> None:
    page.show_rect(QRect(0, 700, 300, 2000))
    assert page.verticalScrollBar().value() == 700 - tokens.PAGE


def test_the_line_typed_in_stays_at_its_height_when_something_above_it_grows(page: Page) -> None:
    page.verticalScrollBar().setValue(600)
    target = line(page, 10)
    target.setFocus()
    before = height_on_screen(target)
    with page.hold_still():
        page.column.insertWidget(0, QLabel("Something is wrong.\n" * 5))
    assert height_on_screen(target) == before


def test_a_place_can_be_named_that_stays(page: Page) -> None:
    page.verticalScrollBar().setValue(600)
    other = line(page, 11)
    before = height_on_screen(other)
    with held_still(other, lambda: other.y()):
        line(page, 9).setFixedHeight(400)
    assert height_on_screen(other) == before


def test_a_part_on_no_page_needs_no_holding() -> None:
    assert page_around(QWidget()) is None
    with held_still(QWidget()):
        pass


def test_lines_are_no_longer_than_is_easy_to_read(shown: Shower) -> None:
    page = Page()
    part = QWidget()
    page.column.addWidget(part)
    shown(page, width=2400)
    settle()
    assert part.width() <= tokens.page_width(page)
    left = part.x()
    right = page.viewport().width() - part.geometry().right() - 1
    assert abs(left - right) <= 1


@pytest.mark.parametrize("width", [300, 420, 700])
def test_in_a_narrow_window_no_line_of_it_is_cut(shown: Shower, width: int) -> None:
    page = Page()
    cards = [Card() for _number in range(4)]
    for card in cards:
        card.column.addWidget(Words("It does not show who sat at the computer, and it is no signature. " * 5))
        page.column.addWidget(card)
    shown(page, width, 400)
    settle()
    assert [card.height() for card in cards] == [card.heightForWidth(card.width()) for card in cards]
    assert cards[0].y() == tokens.PAGE
