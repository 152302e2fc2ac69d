"""The files that go with one answer, row or list: a line for each, and for each that is being read."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.report.attachments import Attached, attached_path, attached_to, attached_within
from desktop_app.report.report import Report
from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.attachments.file_line import FileLine
from desktop_app.ui.follow import follow
from desktop_app.ui.pages.page import held_still
from desktop_app.ui.parts import Tone, Words
from desktop_app.ui.past import Past

Found = list[tuple[str, Attached]]


def found_files(report: Report, place: str, *, within: bool) -> Found:
    """The files beside the place, or beside all that stands in it too; by name."""
    if not report.attached:
        return []
    return attached_within(report, place) if within else attached_to(report, place)


class AttachedFiles(QWidget):
    """Follows the report; it takes no room while there is no file."""

    filled = Signal(bool)
    """Whether there is a file now."""

    def __init__(
        self, past: Past, place: str, *, within: bool = False, parent: QWidget | None = None
    ) -> None:
        """For the place at a path; ``within``: what goes with its parts is shown too."""
        super().__init__(parent)
        self._past, self._place, self._within = past, place, within
        self._shown: Found = []
        self._reading: tuple[str, ...] = ()
        self._is_read_only = past.session.is_closed
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.GAP)
        self._lines: dict[str, FileLine] = {}
        self._waiting = Words("", font=tokens.small_font(), tone=Tone.QUIET)
        self._waiting.hide()
        self._column.addWidget(self._waiting)
        self._show_files()
        past.files.changed.connect(self._show_files)
        follow(past.session, self, self._on_paths_changed)

    @property
    def is_filled(self) -> bool:
        """Whether there is a file, or one is being read."""
        return bool(self._shown or self._reading)

    def line_at(self, place: str) -> FileLine | None:
        """The line of the file that stands at the path ``place``."""
        return next((line for key, line in self._lines.items() if attached_path(key) == place), None)

    def _on_paths_changed(self, paths: frozenset[str]) -> None:
        self._show_files()

    def _show_files(self) -> None:
        session = self._past.session
        found = found_files(session.report, self._place, within=self._within)
        reading = self._past.files.reading(self._place)
        if session.is_closed is not self._is_read_only:
            self._is_read_only = session.is_closed
            self._drop_lines(self._lines)
            self._shown = []
        if (found, reading) != (self._shown, self._reading):
            with held_still(self):
                self._shown, self._reading = found, reading
                self._build()
        self.setVisible(self.is_filled)
        self.filled.emit(self.is_filled)

    def _build(self) -> None:
        """Lines of files that stay are left alone, and so is the keyboard in one of them."""
        self._drop_lines(self._lines.keys() - {key for key, _attached in self._shown})
        for position, (key, attached) in enumerate(self._shown):
            if key not in self._lines:
                line = FileLine(attached.file, self._past.files, read_only=self._is_read_only)
                line.remove_wanted.connect(partial(self._past.files.detach, attached_path(key)))
                self._lines[key] = line
            self._column.insertWidget(position, self._lines[key])
            self._lines[key].show()
        words = (_("“{file}” is being read …").format(file=name) for name in self._reading)
        self._waiting.setText("\n".join(words))
        self._waiting.setVisible(bool(self._reading))

    def _drop_lines(self, keys: Iterable[str]) -> None:
        for key in list(keys):
            line = self._lines.pop(key)
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
