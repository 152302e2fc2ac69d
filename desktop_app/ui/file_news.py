"""News of a report file from other threads, carried to the window's."""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

if TYPE_CHECKING:
    from desktop_app.services.open_report import OpenReport
    from desktop_app.storage.verifying import Damage


class IntegritySignal(QObject):
    """Carries what verifying found from the worker's thread to the window's."""

    known = Signal(object, object)
    """The ``OpenReport``, and what was found in its file."""

    def follow(self, opened: OpenReport) -> None:
        """Tell ``known`` once; nothing when the report is closed before."""

        def on_done(future: Future[list[Damage]]) -> None:
            if not future.cancelled() and isValid(self):
                self.known.emit(opened, future.result())

        opened.integrity.add_done_callback(on_done)


class BackupSignal(QObject):
    """Carries why there is no backup from its thread to the window's."""

    failed = Signal(str)

    def tell(self, sentence: str) -> None:
        """Called from any thread; the last backup may end after the window."""
        if isValid(self):
            self.failed.emit(sentence)
