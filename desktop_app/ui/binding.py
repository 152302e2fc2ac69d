"""Ties an editor to one place of the report: what is typed goes to the session, what changes comes back."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QLineEdit, QTextEdit

from desktop_app.runtime.i18n import _
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui.editors.contract import FieldEditor
from desktop_app.ui.follow import follow

PAUSE = 250
"""Milliseconds without a key before what was typed is handed over."""

LATEST = 400
"""Milliseconds after the first key by which it is handed over in any case.

What is typed has to be on disk within a second, also where a flush takes half of one.
"""


class Binding(QObject):
    """One editor and its path. The session holds the truth; the editor shows and reports."""

    def __init__(self, session: EntrySession, path: str, editor: FieldEditor) -> None:
        """Show the present answer and follow both sides from now on; lives as long as the editor."""
        super().__init__(editor)
        self._session = session
        self.path = path
        self._editor = editor
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._latest = QTimer(self, singleShot=True, interval=LATEST)
        self._pause.timeout.connect(self.hand_over)
        self._latest.timeout.connect(self.hand_over)
        self._handing = False
        editor.show_value(session.report.value(path))
        if session.is_closed:
            _show_only(editor)
        else:
            editor.value_edited.connect(self._on_value_edited)
        editor.left.connect(self._on_left)
        follow(session, editor, self._on_paths_changed)

    @property
    def is_waiting(self) -> bool:
        """Whether something typed has not been handed over yet."""
        return self._latest.isActive()

    def hand_over(self) -> None:
        """Give the session what stands in the editor now."""
        if not self.is_waiting and not self._pause.isActive():
            return
        self._pause.stop()
        self._latest.stop()
        self._handing = True
        try:
            self._session.type(self.path, self._editor.value())
        finally:
            self._handing = False

    def finish(self) -> None:
        """Hand over and end the open edit: called when the field, row, page or window is left."""
        self.hand_over()
        if self._session.open_path == self.path:
            # What the editor shows is what was handed over; ending the edit is no news to it.
            self._handing = True
            try:
                self._session.leave()
            finally:
                self._handing = False

    def release(self) -> None:
        """Hand over what is left and stop following; before the editor goes away."""
        self.finish()
        self._session.ignore(self._on_paths_changed)

    def _on_value_edited(self) -> None:
        self._pause.start()
        if not self._latest.isActive():
            self._latest.start()

    def _on_left(self) -> None:
        self.finish()

    def _on_paths_changed(self, paths: frozenset[str]) -> None:
        if self.path in paths and not self._handing:
            value = self._session.report.value(self.path)
            if self._editor.value() != value:
                self._pause.stop()
                self._latest.stop()
                self._editor.show_value(value)


def _show_only(editor: FieldEditor) -> None:
    """Only to read: grey words that say how to answer would be no help."""
    editor.set_read_only(True)
    for line in editor.findChildren(QLineEdit):
        line.setPlaceholderText(_("No answer"))
    for area in editor.findChildren(QTextEdit):
        area.setPlaceholderText(_("No answer"))
