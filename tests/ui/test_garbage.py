"""Cycles of objects are collected, and only in the window's thread."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop_app.ui.garbage import GarbageCollection


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
    qtbot.waitUntil(lambda: threads == [threading.main_thread()], timeout=10_000)
    owner.deleteLater()
