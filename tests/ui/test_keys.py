"""The window with the list of keys: all of it can be read on any screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.keys import show_keys
from desktop_app.ui.parts import Words

EVERYWHERE = [(f"What key {number} does", f"Ctrl+Shift+F{number}") for number in range(1, 20)]


@pytest.fixture
def letters() -> Iterator[None]:
    """Large ones, as people choose who do not see well."""
    before = QApplication.font()
    large = QApplication.font()
    large.setPointSizeF(28)
    QApplication.setFont(large)
    yield
    QApplication.setFont(before)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def shown(qtbot: QtBot, parent: QWidget) -> tuple[QDialog, QScrollArea]:
    dialog = show_keys(parent, EVERYWHERE)
    qtbot.waitUntil(dialog.isVisible)
    (area,) = dialog.findChildren(QScrollArea)
    return dialog, area


def test_it_is_seen_whole_where_there_is_room(qtbot: QtBot, parent: QWidget) -> None:
    dialog, area = shown(qtbot, parent)
    assert area.verticalScrollBar().maximum() == area.horizontalScrollBar().maximum() == 0
    read = {words.text() for words in dialog.findChildren(Words)}
    assert {"Everywhere", "In a list", "In a text", "Ctrl+Shift+F19"} <= read
    dialog.close()


def test_with_large_letters_it_stays_on_the_screen_and_scrolls(
    qtbot: QtBot, letters: None, parent: QWidget
) -> None:
    dialog, area = shown(qtbot, parent)
    screen = dialog.screen().availableGeometry()
    assert dialog.width() <= screen.width()
    assert dialog.height() <= screen.height()
    assert area.horizontalScrollBar().maximum() == 0
    bar = area.verticalScrollBar()
    assert bar.maximum() > 0
    QTest.keyClick(area, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    dialog.close()
