"""Soon after the start: work that had to stay on this computer is brought to its place, and that is said."""

from __future__ import annotations

import logging
import threading

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.ui.main_window import MainWindow

AFTER = 3000
"""Milliseconds after the start; the first page comes first."""

AT_THE_END = 5.0
"""Seconds a place has when the window closes; one that does not answer keeps nobody from ending."""

_logger = logging.getLogger(__name__)


class LeftWork(QObject):
    """Looks once."""

    _brought = Signal(object)

    def __init__(self, window: MainWindow, who: str) -> None:
        """Nothing is done yet."""
        super().__init__(window)
        self._window, self._who = window, who
        self._is_over = False
        # It ends with the program: a share that hangs is waited for by the system, for ever.
        self._thread = threading.Thread(target=self._bring, name="left work", daemon=True)
        self._timer = QTimer(self, interval=AFTER, singleShot=True)
        self._timer.timeout.connect(self.look)
        self._brought.connect(self._on_brought)

    def look_soon(self) -> None:
        """Look when the first page stands."""
        self._timer.start()

    def look(self) -> None:
        """Bring what waits, beside the window."""
        from desktop_app.services.left_copies import left_copies

        if left_copies() and self._thread.ident is None:
            self._thread.start()

    def finish(self) -> None:
        """The window closes."""
        self._timer.stop()
        if self._thread.ident is not None:
            self._thread.join(AT_THE_END)
        self._is_over = True

    def _bring(self) -> None:
        """In the thread."""
        from desktop_app.services.left_copies import bring_left_copies

        try:
            told = bring_left_copies(self._who)
        except Exception as error:  # noqa: BLE001 - the edge of the thread: the work stays where it is
            _logger.error("left work was not brought: %s", type(error).__name__)
            return
        if told and not self._is_over:
            self._brought.emit(told)

    def _on_brought(self, told: object) -> None:
        assert isinstance(told, list)
        # What stands there was not answered yet.
        self._window.notice.add("\n".join(told))
