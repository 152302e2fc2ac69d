"""What is said of the program itself: which it is, its keys, that it failed or is another by now."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop_app import __version__
from desktop_app.runtime.i18n import _
from desktop_app.runtime.program_file import ProgramFile, program_path
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.parts import Tone


class AboutProgram(QObject):
    """Says it in ``window``. ``file``: the program's file as it was at the start."""

    def __init__(self, window: MainWindow) -> None:
        """Nothing is said yet."""
        super().__init__(window)
        self._window = window
        self.file = ProgramFile(program_path())

    def show(self) -> None:
        """Its name and version."""
        from PySide6.QtWidgets import QMessageBox

        words = _(
            "Alliance Desk {version}\n\nNational reports, written offline. The program never uses a network."
        )
        QMessageBox.about(self._window, _("About Alliance Desk"), words.format(version=__version__))

    def show_keys(self) -> None:
        """The keys of the whole window."""
        from desktop_app.ui.keys import show_keys

        show_keys(self._window, self._window.menus.keys())

    def tell_crash(self) -> None:
        """Something went wrong that nobody foresaw; say so, and that the words are safe."""
        if self.file.is_another():
            self.look()
            return
        self._window.notice.tell(
            _("Something went wrong inside the program. What you wrote is kept; details are in the log."),
            Tone.ERROR,
        )

    def look(self) -> None:
        """Where an upgrade has replaced the program meanwhile, what it has not loaded yet is another's."""
        if self.file.is_another():
            self._window.notice.tell(
                _(
                    "This program was updated while it was open. Close it and start it again;"
                    " what you wrote is kept."
                ),
                Tone.WARNING,
            )
