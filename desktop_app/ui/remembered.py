"""What the program remembers of the person's choices, kept in a file without holding the window up."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from desktop_app.runtime import paths
from desktop_app.runtime.settings import Settings, save_settings

log = logging.getLogger(__name__)

_SOON = 1500
"""Milliseconds after a choice before it is written: opening a report comes first."""


class Remembered(QObject):
    """The settings and their file. What could not be written costs convenience, never a word."""

    def __init__(self, settings: Settings, path: Path, parent: QObject | None = None) -> None:
        """``path`` is where they were read from, and are written to."""
        super().__init__(parent)
        self.settings = settings
        self._path = path
        self._thread: threading.Thread | None = None
        self._timer = QTimer(self, singleShot=True, interval=_SOON)
        self._timer.timeout.connect(self._on_soon)

    def recent(self) -> list[Path]:
        """Report files opened before that are still there, newest first."""
        return [path for path in map(Path, self.settings.recent) if path.is_file()]

    def away(self) -> list[Path]:
        """Report files opened before that are not there now, newest first: their drive may come back."""
        return [path for path in map(Path, self.settings.recent) if not path.is_file()]

    def folder(self, otherwise: Path) -> Path:
        """The folder of the report opened last. The example's is the program's own, where nobody looks."""
        own = paths.data_folder()
        return next((path.parent for path in self.recent() if own not in path.parents), otherwise)

    def opened(self, path: Path) -> None:
        """Remember that ``path`` was opened now."""
        self.settings.opened(path)
        self.save_soon()

    def save_soon(self) -> None:
        """Write before long, in a thread of its own."""
        self._timer.start()

    def save(self) -> None:
        """Write now; at the end of the program."""
        self._timer.stop()
        self._wait()
        self._write()

    def _on_soon(self) -> None:
        self._wait()
        self._thread = threading.Thread(target=self._write, name="settings")
        self._thread.start()

    def _wait(self) -> None:
        if self._thread is not None:
            self._thread.join()

    def _write(self) -> None:
        try:
            save_settings(self.settings, self._path)
        except Exception as error:  # noqa: BLE001 - the edge of the thread; the program goes on without
            log.warning("settings were not saved: %s", type(error).__name__)
