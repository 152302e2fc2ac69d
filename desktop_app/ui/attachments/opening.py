"""What attaching has to say, and other programs that show a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from desktop_app.runtime.i18n import _
from desktop_app.ui.attachments.attaching import Attaching
from desktop_app.ui.parts import Tone


class AttachingNews(QObject):
    """Sorts what there is to tell, and asks the system to show files."""

    done = Signal(str)
    """What was done, in words."""

    refused = Signal(str)
    """Why something could not be done, in words."""

    def __init__(self, attaching: Attaching) -> None:
        """As long as ``attaching`` exists."""
        super().__init__(attaching)
        attaching.told.connect(self._on_told)
        attaching.file_wanted.connect(self._on_file_wanted)

    def _on_told(self, words: str, tone: Tone) -> None:
        (self.done if tone is Tone.SUCCESS else self.refused).emit(words)

    def _on_file_wanted(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            sentence = _("No program here opens “{file}”. Save it and open it from there.")
            self.refused.emit(sentence.format(file=path.name))
