"""What tests of the window stand on: a real report file that is open, and a widget in an active window."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.services.demo import fresh_example
from desktop_app.services.open_report import OpenReport, open_report
from desktop_app.services.reports import form_library, start_report
from tests.support.window_steps import Person

Opener = Callable[[Path], OpenReport]
Shower = Callable[[QWidget], QWidget]


@pytest.fixture(autouse=True)
def collected_in_this_thread() -> Iterator[None]:
    """As in the program: a collection in another thread would take down widgets there."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture
def open_file() -> Iterator[Opener]:
    """Opens report files, each with its worker, and closes them after the test."""
    opened: list[OpenReport] = []

    def open_one(path: Path) -> OpenReport:
        opened.append(open_report(path, form_library(), who="Ana"))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()


@pytest.fixture
def example(open_file: Opener, tmp_path: Path) -> OpenReport:
    """The example, open."""
    return open_file(fresh_example(tmp_path))


@pytest.fixture
def norway(open_file: Opener, tmp_path: Path) -> OpenReport:
    """An empty report, open."""
    return open_file(start_report(tmp_path / "norway.adesk", "ga-commitments", "NO").path)


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Shower]:
    """Shows a widget in an active window of its own; it is taken down before its report closes."""
    windows: list[QWidget] = []

    def show(widget: QWidget, width: int = 900, height: int = 600) -> QWidget:
        window = QWidget()
        column = QVBoxLayout(window)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(widget)
        window.resize(width, height)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        windows.append(window)
        return window

    yield show
    for window in windows:
        window.close()
        window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[Person]:
    """In front of a window with the example."""
    sitting = Person.at_the_desk(qtbot, tmp_path, fresh_example(tmp_path))
    yield sitting
    sitting.leave()
