"""Room for the files that go with a place: it costs nothing while there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.report.attachments import attached_to, attached_within
from desktop_app.ui.follow import follow

if TYPE_CHECKING:
    from desktop_app.ui.attachments.attached_files import AttachedFiles
    from desktop_app.ui.past import Past


class FilesRoom(QWidget):
    """The lines of the files are made when there is a file, or one may be coming."""

    def __init__(self, past: Past, place: str, *, within: bool = False) -> None:
        """For the answer, list, section or row at a path; ``within``: also for what stands in it."""
        super().__init__()
        self._past, self._place, self._within = past, place, within
        self._files: AttachedFiles | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()
        past.files_made.connect(self._show_files)
        follow(past.session, self, self._on_paths_changed)
        self._show_files()

    def _on_paths_changed(self, paths: frozenset[str]) -> None:
        self._show_files()

    def _show_files(self) -> None:
        if self._files is not None:
            return
        report = self._past.session.report
        if self._past.has_files:
            from desktop_app.ui.attachments.attached_files import AttachedFiles

            self._files = AttachedFiles(self._past, self._place, within=self._within)
            self._column.addWidget(self._files)
            self._files.filled.connect(self.setVisible)
            self.setVisible(self._files.is_filled)
        elif report.attached and (attached_within if self._within else attached_to)(report, self._place):
            # Whoever waits for it is told that it is there, this very room too.
            self._past.make_files()
