"""Steps that leave room for keys and clicks."""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.ui.gradually import BUDGET, Gradually


def steps(done: list[str], count: int, name: str = "step", seconds: float = 0.0) -> Iterator[None]:
    for _number in range(count):
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            pass
        done.append(name)
        yield


def test_few_steps_are_done_at_once(qtbot: QtBot) -> None:
    owner, done = QObject(), list[str]()
    gradually = Gradually(owner)
    with qtbot.waitSignal(gradually.finished):
        gradually.run(steps(done, 5))
        assert len(done) == 5


def test_many_steps_let_the_event_loop_come_between(qtbot: QtBot) -> None:
    owner, done = QObject(), list[str]()
    gradually = Gradually(owner)
    gradually.run(steps(done, 6, seconds=BUDGET))
    assert len(done) < 6
    QApplication.processEvents()
    assert 1 < len(done) < 6
    qtbot.waitUntil(lambda: len(done) == 6)


def test_another_series_takes_the_place_of_the_first(qtbot: QtBot) -> None:
    owner, done = QObject(), list[str]()
    gradually = Gradually(owner)
    gradually.run(steps(done, 6, "old", BUDGET))
    with qtbot.waitSignal(gradually.finished):
        gradually.run(steps(done, 6, "new", BUDGET))
    assert done.count("old") < 6
    assert done.count("new") == 6


def test_what_is_stopped_stays_undone(qtbot: QtBot) -> None:
    owner, done = QObject(), list[str]()
    gradually = Gradually(owner)
    gradually.run(steps(done, 6, seconds=BUDGET))
    gradually.stop()
    so_far = len(done)
    QApplication.processEvents()
    assert len(done) == so_far
