"""Forms that come as deliveries: chosen or dropped, looked at beside the window, offered, and installed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.runtime.i18n import _
from desktop_app.ui.errands import Errands
from desktop_app.ui.jobs import Report
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.notice import NoticeStep
from desktop_app.ui.parts import Tone
from desktop_app.ui.remembered import Remembered

if TYPE_CHECKING:
    from desktop_app.services.form_deliveries import Delivered, Installed

ENDING = ".form.zip"


def is_delivery(path: Path) -> bool:
    """Whether a file is named as the delivery of a form is."""
    return path.name.lower().endswith(ENDING)


class FormDeliveries(QObject):
    """Offers one form at a time; nothing is installed before the person has said so."""

    installed = Signal()
    """There is another form now."""

    def __init__(self, window: MainWindow, errands: Errands, remembered: Remembered) -> None:
        """For the notices of ``window``."""
        super().__init__(window)
        self._window, self._errands, self._remembered = window, errands, remembered
        self._offered = Path()

    def choose(self) -> None:
        """Ask which delivery."""
        from desktop_app.runtime import paths
        from desktop_app.ui.files import choose_delivery

        chosen = choose_delivery(self._window, self._remembered.folder(paths.documents_folder()))
        if chosen is not None:
            self.offer(chosen)

    def offer(self, path: Path) -> None:
        """Look at the delivery at ``path``, and offer to install its form."""

        def work(report: Report) -> Delivered:
            from desktop_app.runtime.policy import Feature
            from desktop_app.services.allowed import refuse_switched_off
            from desktop_app.services.form_deliveries import look_at

            refuse_switched_off(Feature.FORM_DELIVERIES)
            return look_at(path)

        self._errands.run(_("Looking at the form …"), work, self._on_looked)

    def _on_looked(self, found: object) -> None:
        from desktop_app.services.form_deliveries import Delivered, signature_words

        assert isinstance(found, Delivered)
        self._offered = found.path
        words = _("This file brings the form “{title}”, version {version}. {signature}").format(
            title=found.title, version=found.version, signature=signature_words(found.signed_by)
        )
        tone = Tone.QUIET if found.signed_by else Tone.WARNING
        self._window.notice.tell(words, tone, [NoticeStep(_("&Install the form"), self._install)])
        self._window.notice.focus_steps()

    def _install(self) -> None:
        path = self._offered

        def work(report: Report) -> Installed:
            from desktop_app.services.form_deliveries import install

            return install(path)

        self._errands.run(_("Installing the form …"), work, self._on_installed)

    def _on_installed(self, found: object) -> None:
        from desktop_app.services.form_deliveries import Installed

        assert isinstance(found, Installed)
        self.installed.emit()
        self._window.notice.tell(found.words, Tone.SUCCESS)
