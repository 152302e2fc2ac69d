"""Before a report is closed its last words must be on disk: wait in sight, and ask if the disk refuses."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop_app.report.journal import Journal
from desktop_app.runtime.i18n import _

_LOOK_AGAIN = 20
"""Milliseconds from one look at the journal to the next."""


class Ending(Enum):
    """What became of the last words."""

    SAVED = "saved"
    STAY = "stay"
    COPY = "copy"
    GIVE_UP = "give_up"


class Farewell(QObject):
    """Waits for one journal."""

    def __init__(self, window: QWidget, journal: Journal) -> None:
        """In front of ``window``."""
        super().__init__(window)
        self._window, self._journal = window, journal

    def wait(self) -> Ending:
        """Return when all is saved, or when the person has decided."""
        loop = QEventLoop(self)
        look = QTimer(loop, interval=_LOOK_AGAIN)

        def on_look() -> None:
            durability = self._journal.durability
            if durability.is_saved or durability.failure is not None:
                loop.quit()

        look.timeout.connect(on_look)
        look.start()
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        look.stop()
        return Ending.SAVED if self._journal.durability.is_saved else self._ask()

    def _ask(self) -> Ending:
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(_("Not saved yet"))
        box.setText(_("Your last changes are not on the disk yet."))
        words = _("Go back, and the program keeps trying. Or keep the whole report elsewhere.")
        box.setInformativeText(f"{self._journal.durability.failure or ''}\n\n{words}".strip())
        stay = box.addButton(_("Go back"), QMessageBox.ButtonRole.RejectRole)
        copy = box.addButton(_("Save a copy elsewhere …"), QMessageBox.ButtonRole.AcceptRole)
        leave = box.addButton(_("Close without them"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        look = QTimer(box, interval=_LOOK_AGAIN)

        def on_look() -> None:
            if self._journal.durability.is_saved:
                box.close()

        look.timeout.connect(on_look)
        look.start()
        box.exec()
        look.stop()
        pressed = box.clickedButton()
        box.deleteLater()
        if self._journal.durability.is_saved:
            return Ending.SAVED
        if pressed is copy:
            return Ending.COPY
        return Ending.GIVE_UP if pressed is leave else Ending.STAY
