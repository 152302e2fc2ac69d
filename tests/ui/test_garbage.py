"""Cycles of objects are collected, and only in the window's thread."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop_app.services.demo import fresh_example
from desktop_app.ui.garbage import GarbageCollection, look_everywhere_again
from desktop_app.ui.menus import Step
from tests.support.window_steps import Person


class Loop:
    """Holds itself, so that only a collection takes it down."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture(autouse=True)
def python_collects_again() -> Iterator[None]:
    yield
    gc.enable()


def test_cycles_go_in_the_windows_thread(qtbot: QtBot) -> None:
    owner = QObject()
    GarbageCollection(owner)
    threads: list[threading.Thread] = []
    loops = [Loop() for _number in range(2_000)]
    weakref.finalize(loops[0], lambda: threads.append(threading.current_thread()))
    loops.clear()

    def allocate() -> None:
        for _number in range(5_000):
            Loop()

    worker = threading.Thread(target=allocate)
    worker.start()
    worker.join()
    assert threads == []
    qtbot.waitUntil(lambda: threads == [threading.main_thread()])
    owner.deleteLater()


def test_an_open_report_is_not_looked_through_and_a_closed_one_goes(qtbot: QtBot, tmp_path: Path) -> None:
    person = Person.at_the_desk(qtbot, tmp_path, fresh_example(tmp_path))
    person.until(lambda: gc.get_freeze_count() > 0)
    assert person.window.view is not None
    outline = weakref.ref(person.window.view.outline)
    person.window.menus.step_chosen.emit(Step.CLOSE)
    assert gc.get_freeze_count() == 0
    person.leave()
    assert outline() is None


def test_very_much_that_is_new_is_passed_over_until_a_report_is_closed(qtbot: QtBot) -> None:
    owner = QObject()
    GarbageCollection(owner)
    rows = [[number] for number in range(60_000)]
    qtbot.waitUntil(lambda: gc.get_freeze_count() > len(rows))
    passed_over = gc.get_freeze_count()
    rows.clear()
    # What is no cycle went at once.
    assert gc.get_freeze_count() < passed_over - 50_000
    look_everywhere_again()
    assert gc.get_freeze_count() == 0
    owner.deleteLater()
