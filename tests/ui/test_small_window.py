"""In the smallest window nothing is cut or pressed together: what has no room is scrolled to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from desktop_app.services.demo import fresh_example
from desktop_app.ui.history.history_page import HistoryPage
from desktop_app.ui.main_window import SMALLEST_SIZE
from desktop_app.ui.menus import Step
from desktop_app.ui.pages.section_page import SectionPage
from tests.support.window_steps import Person


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[Person]:
    one = Person.at_the_desk(qtbot, tmp_path, fresh_example(tmp_path))
    one.window.resize(SMALLEST_SIZE)
    one.until(lambda: one.window.size() == SMALLEST_SIZE)
    yield one
    one.leave()


def test_no_section_of_the_example_is_wider_than_its_page(person: Person) -> None:
    for code in ("cover", "T1", "T2", "T3", "T4"):
        person.view.show_page(code)
        page = person.view.pages.page
        assert isinstance(page, SectionPage)
        person.until(lambda page=page: page.horizontalScrollBar().maximum() == 0)  # type: ignore[misc]


def test_the_history_is_not_pressed_together(person: Person) -> None:
    person.window.menus.step_chosen.emit(Step.HISTORY)
    page = person.view.pages.page
    assert isinstance(page, HistoryPage)

    def pressed() -> list[str]:
        parts: list[QLabel | QAbstractButton] = [
            *page.findChildren(QLabel),
            *page.findChildren(QAbstractButton),
        ]
        return [
            each.text()
            for each in parts
            if each.isVisible()
            and each.text()
            and each.height() < max(each.minimumSizeHint().height(), each.heightForWidth(each.width()))
        ]

    person.until(lambda: page.isVisible() and not pressed())


def test_the_report_keeps_its_name_before_the_mark_of_an_example(person: Person) -> None:
    header = person.window.header
    assert not header.example.isVisible()
    person.window.resize(1000, 700)
    person.until(header.example.isVisible)


def test_outline_and_page_have_room_beside_each_other(person: Person) -> None:
    view = person.view
    assert view.width() == SMALLEST_SIZE.width()
    for part in (view.outline, view.pages):
        assert part.isVisible()
        assert part.width() >= part.minimumWidth()
        assert view.rect().contains(part.mapTo(view, part.rect().bottomRight()))


def test_the_panel_that_had_no_room_comes_with_the_first_press_and_goes_with_the_second(
    person: Person,
) -> None:
    person.window.resize(900, 600)
    person.view.show_page("T2")
    person.until(lambda: person.view.beside.isHidden())
    person.key(Qt.Key.Key_F9)
    assert person.view.beside.isVisible()
    assert person.window.header.panel.isChecked()
    person.key(Qt.Key.Key_F9)
    assert person.view.beside.isHidden()
    assert not person.window.header.panel.isChecked()
