"""Puts on the clipboard what helps whoever looks for a fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop_app.runtime.i18n import _
from desktop_app.ui.errands import Errands
from desktop_app.ui.jobs import Report
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.parts import Tone

if TYPE_CHECKING:
    from desktop_app.services.diagnostics import Diagnostics


class Diagnosing(QObject):
    """Gathers it beside the window: the key store may take its time."""

    def __init__(self, window: MainWindow, errands: Errands) -> None:
        """For the notices of ``window``."""
        super().__init__(window)
        self._window, self._errands = window, errands

    def copy(self) -> None:
        """Gather and copy it."""
        further = _of_the_window()

        def work(report: Report) -> Diagnostics:
            from desktop_app.services.diagnostics import diagnostics

            return diagnostics(further)

        self._errands.run(_("Looking at the program …"), work, self._on_found)

    def _on_found(self, found: object) -> None:
        from desktop_app.services.diagnostics import Diagnostics

        assert isinstance(found, Diagnostics)
        QGuiApplication.clipboard().setText(found.text)
        words = _(
            "Copied: paste it into the mail to whoever helps you with the program. It tells about the program"
            " and this computer; it holds no answers and no names of files."
        )
        self._window.notice.tell(words, Tone.SUCCESS)


def _of_the_window() -> dict[str, str]:
    """What only a program with a window knows."""
    screens = (
        f"{screen.size().width()} x {screen.size().height()} x {screen.devicePixelRatio():g}"
        for screen in QGuiApplication.screens()
    )
    style, font = QApplication.style(), QApplication.font()
    return {
        "Qt": f"{qVersion()}, {QGuiApplication.platformName()}, {style.objectName()}",
        "screens": ", ".join(screens),
        "font": f"{font.family()} {font.pointSizeF():g}",
        "look": "dark" if QApplication.palette().window().color().lightness() < 128 else "light",
    }
