"""What a frozen report is to the window: a line that says why and leads on, and keys that are answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.report.status import STATUS_PATH
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui.follow import follow

if TYPE_CHECKING:
    from desktop_app.ui.sending.frozen_keys import FrozenKeys
    from desktop_app.ui.sending.frozen_line import FrozenLine


class Freezing(QObject):
    """Follows the status of the report. Nothing of it is made before the report is frozen."""

    changed = Signal()
    """The answers are closed now, or open again."""

    shut = Signal()
    """Somebody did not go on with a way after all, and the line of it is gone."""

    way_chosen = Signal(object, str)
    """A ``Way`` that leads on, and the words given for it."""

    def __init__(self, session: EntrySession, column: QVBoxLayout, parent: QObject) -> None:
        """``column``: where the line stands, at the end of what is there now."""
        super().__init__(parent)
        self._session = session
        self._column, self._index = column, column.count()
        self._is_section = self._is_told_above = False
        self._was_frozen = session.is_frozen
        self.line: FrozenLine | None = None
        self._keys: FrozenKeys | None = None
        follow(session, self, self._on_paths_changed)
        if session.is_frozen:
            self._build()

    def show_for_page(self, *, is_section: bool) -> None:
        """A page of answers is shown now, or another one."""
        self._is_section = is_section
        if self.line is not None:
            self.line.show_for_page(is_section=is_section)

    def set_told_above(self, is_told: bool) -> None:
        """Another line says that the answers are closed, and leads on."""
        self._is_told_above = is_told
        if self.line is not None:
            self.line.set_told_above(is_told=is_told)

    def watch(self, widget: QWidget | None) -> None:
        """The keyboard is in ``widget`` now, which stands on a page; None for elsewhere."""
        if self._keys is not None:
            self._keys.watch(widget if self._session.is_frozen and not self._session.read_only else None)

    def _on_paths_changed(self, paths: frozenset[str]) -> None:
        if STATUS_PATH not in paths or self._session.is_frozen == self._was_frozen:
            return
        self._was_frozen = self._session.is_frozen
        if self._was_frozen:
            self._build()
        self.watch(None)
        self.changed.emit()

    def _build(self) -> None:
        if self.line is not None:
            return
        from desktop_app.ui.sending.frozen_keys import FrozenKeys
        from desktop_app.ui.sending.frozen_line import FrozenLine

        self.line = FrozenLine(self._session)
        self.line.way_chosen.connect(self.way_chosen)
        self.line.ways.shut.connect(self.shut)
        self._column.insertWidget(self._index, self.line)
        self.line.show_for_page(is_section=self._is_section)
        self.line.set_told_above(is_told=self._is_told_above)
        self._keys = FrozenKeys(self)
        self._keys.tried.connect(self.line.say_refused)
