"""Work beside the window goes one after the other, and its end is told in the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.runtime.errors import DeskError
from desktop_app.ui.job_queue import JobQueue


@pytest.fixture
def queue(qapp: QApplication) -> Iterator[JobQueue]:
    made = JobQueue()
    yield made
    made.finish()


def test_one_after_the_other_and_told_in_the_windows_thread(qtbot: QtBot, queue: JobQueue) -> None:
    done: list[tuple[object, bool]] = []
    order: list[int] = []
    at_work = threading.Lock()

    def work(number: int) -> int:
        assert at_work.acquire(blocking=False), "two at a time"
        order.append(number)
        at_work.release()
        return number

    def tell(result: object) -> None:
        done.append((result, threading.current_thread() is threading.main_thread()))

    for number in range(3):
        queue.add(lambda number=number: work(number), tell, fail)  # type: ignore[misc]
    assert queue.is_busy
    qtbot.waitUntil(lambda: len(done) == 3)
    assert done == [(0, True), (1, True), (2, True)]
    assert order == [0, 1, 2]
    assert not queue.is_busy


def test_a_failure_is_told_and_the_next_goes_on(qtbot: QtBot, queue: JobQueue) -> None:
    told: list[str] = []

    def refuse() -> object:
        raise DeskError("The disk is full.")

    queue.add(refuse, ignore, lambda error: told.append(error.sentence))
    queue.add(lambda: "done", lambda result: told.append(str(result)), fail)
    qtbot.waitUntil(lambda: told == ["The disk is full.", "done"])


def test_at_the_end_everything_is_done_and_nobody_is_told(queue: JobQueue) -> None:
    done: list[int] = []
    for number in range(3):
        queue.add(lambda number=number: done.append(number), ignore, fail)  # type: ignore[misc]
    queue.finish()
    assert done == [0, 1, 2]


def ignore(result: object) -> None:
    """Nothing to do about it."""


def fail(error: DeskError) -> None:
    raise AssertionError(error.sentence)
