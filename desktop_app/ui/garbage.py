"""Python's cycles of objects are collected in the window's thread only.

A collection runs in whatever thread happens to need memory. One in the thread that writes the file
could take down a widget there, and Qt ends the program when that happens.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY = 2_000
"""Milliseconds between two looks."""


def pass_over_what_is_there() -> None:
    """From now on nothing that exists is looked through: the report that is open stays.

    To look through ten thousand rows takes longer than a window may stand still.
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
        # The same rule as Python's own: an older generation when the younger has been collected often.
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return
