"""Python's cycles of objects are collected in the window's thread only.

A collection runs in whatever thread happens to need memory. One in the thread that writes the file
could take down a widget there, and Qt ends the program when that happens.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, QTimer

_EVERY = 2_000
"""Milliseconds between two looks."""

_MOST = 50_000
"""New objects that are looked through. When there are more, a long report was read, in whatever thread."""

_LONGEST = 0.015
"""Seconds of a look after which what was looked through is passed over."""


def pass_over_what_is_there() -> None:
    """From now on nothing that exists is looked through: the report that is open stays.

    To look through ten thousand rows takes longer than a window may stand still. What is no cycle goes all
    the same when nobody needs it any more.
    """
    gc.freeze()


def look_everywhere_again() -> None:
    """The report was closed: whatever of it is left may go."""
    gc.unfreeze()


class GarbageCollection(QObject):
    """In force for as long as it exists; give it the application as parent."""

    def __init__(self, parent: QObject) -> None:
        """From now on collections happen here."""
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start()

    def _on_timeout(self) -> None:
        if gc.get_count()[0] > _MOST:
            pass_over_what_is_there()
            return
        begun = time.thread_time()
        self._collect()
        if time.thread_time() - begun > _LONGEST:
            pass_over_what_is_there()

    def _collect(self) -> None:
        # The same rule as Python's own: an older generation when the younger has been collected often.
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return
