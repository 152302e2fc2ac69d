"""What attaching needs of the window: a line to tell and ask in, the page, and who opens files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from desktop_app.runtime.i18n import _
from desktop_app.ui.notice import NoticeStep
from desktop_app.ui.pages.page import page_around
from desktop_app.ui.parts import Tone

if TYPE_CHECKING:
    from desktop_app.ui.attachments.file_line import FileLine
    from desktop_app.ui.main_window import MainWindow
    from desktop_app.ui.past import Past


class WindowFiles(QObject):
    """Follows the attached files of the report that is open."""

    def __init__(self, past: Past, window: MainWindow) -> None:
        """As long as ``past`` exists."""
        super().__init__(past)
        self._past, self._window = past, window
        self._keyboard: QWidget | None = None
        """What had the keyboard when files were chosen."""
        past.files_made.connect(self._on_files_made)
        if past.has_files:
            self._on_files_made()

    def _on_files_made(self) -> None:
        files = self._past.files
        if self._window.attach_folder:
            files.use_folder(Path(self._window.attach_folder))
        files.folder_used.connect(self._on_folder_used)
        files.known_dropped.connect(self._window.files_dropped)
        files.chosen.connect(self._on_chosen)
        files.asked.connect(self._on_asked)
        files.attached.connect(self._on_attached)

    def _on_folder_used(self, folder: Path) -> None:
        self._window.attach_folder = str(folder)

    def _on_chosen(self) -> None:
        self._keyboard = self._window.focusWidget()

    def _on_asked(self, words: str, agreed: Callable[[], None]) -> None:
        step = NoticeStep(_("&Attach it all the same"), partial(self._agree, agreed))
        self._window.notice.tell(words, Tone.WARNING, [step])
        self._window.notice.focus_steps()

    def _agree(self, agreed: Callable[[], None]) -> None:
        self._window.notice.hide()
        agreed()

    def _on_attached(self, words: str, places: Sequence[str]) -> None:
        self._window.notice.tell(words, Tone.SUCCESS, of_now=True)
        # When its line stands there.
        QTimer.singleShot(0, self, partial(self._show, tuple(places)))

    def _show(self, places: Sequence[str]) -> None:
        """Bring the first of them into sight, and the keyboard there unless it writes elsewhere by now."""
        line = next((found for place in places if (found := self._line(place)) is not None), None)
        page = page_around(line) if line is not None else None
        if line is None or page is None:
            return
        page.show_part(line)
        focus, keyboard = self._window.focusWidget(), self._keyboard
        writes = focus is not None and focus.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        if focus is keyboard or not writes:
            _target(line).setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, place: str) -> FileLine | None:
        from desktop_app.ui.attachments.attached_files import AttachedFiles

        view = self._window.view
        shown = view.findChildren(AttachedFiles) if view is not None else []
        lines = (files.line_at(place) for files in shown if files.isVisible())
        return next((line for line in lines if line is not None), None)


def _target(line: FileLine) -> QWidget:
    return line.more if line.open.isHidden() else line.open
