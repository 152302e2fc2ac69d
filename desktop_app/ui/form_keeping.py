"""Soon after a report was opened, what was read of its form is kept: the next start is quicker for it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from desktop_app.formdef.library import FormLibrary
from desktop_app.runtime.errors import DeskError

log = logging.getLogger(__name__)

AFTER = 1500
"""Milliseconds after a report was opened; its first page comes first."""


class FormKeeping(QObject):
    """Writes beside the window. What could not be written makes the next start slower, and that is all."""

    def __init__(self, library: Callable[[], FormLibrary], parent: QObject | None = None) -> None:
        """``library`` gives the forms as they are read at present."""
        super().__init__(parent)
        self._library = library
        self._thread: threading.Thread | None = None
        self._timer = QTimer(self, singleShot=True, interval=AFTER)
        self._timer.timeout.connect(self._on_soon)

    def keep_soon(self) -> None:
        """A report was opened, perhaps with a form that was not read before."""
        self._timer.start()

    def finish(self) -> None:
        """The window closes; what is still to be kept is kept now."""
        if self._timer.isActive():
            self._timer.stop()
            self._on_soon()
        self._wait()

    def _wait(self) -> None:
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _on_soon(self) -> None:
        self._wait()
        self._thread = threading.Thread(target=_keep, args=(self._library(),), name="forms kept")
        self._thread.start()


def _keep(library: FormLibrary) -> None:
    """In the thread."""
    try:
        library.keep()
    except DeskError as error:
        # Not the sentence, which names folders.
        log.info("what was read of forms was not kept: %s", type(error).__name__)
