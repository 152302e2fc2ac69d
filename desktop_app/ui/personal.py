"""What a person settles for herself: the name that others see, and the look of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.runtime.i18n import _
from desktop_app.runtime.person import account_name
from desktop_app.ui.application import set_look
from desktop_app.ui.parts import Tone

if TYPE_CHECKING:
    from desktop_app.ui.main_window import MainWindow
    from desktop_app.ui.remembered import Remembered


class Personal(QObject):
    """Asks in the window, and has it remembered."""

    named = Signal(str)
    """The person has another name from now on."""

    def __init__(self, window: MainWindow, remembered: Remembered) -> None:
        """What was settled before counts."""
        super().__init__(window)
        self._window, self._remembered = window, remembered

    @property
    def name(self) -> str:
        """The person's name; the account's where she gave none."""
        return self.given_name() or account_name()

    def given_name(self) -> str:
        """The name the person gave; empty for none."""
        return self._remembered.settings.person

    def ask_name(self) -> None:
        """Ask for the name in a line of the window."""
        self._window.asking.ask(
            _("Your name:"),
            _("Use this name"),
            self._on_named,
            text=self.name,
            help_words=_(
                "It stands beside what you write, in the history and where others see who has a file open."
                " Leave it empty to use the name of your account on this computer."
            ),
            needs_words=False,
        )

    def set_look(self, look: str) -> None:
        """Light, dark, or as the system has it."""
        self._remembered.settings.appearance = look
        self._remembered.save_soon()
        set_look(look)
        self._window.menus.set_look(look)

    def set_name(self, name: str) -> None:
        """From now on this is the name; empty for the account's."""
        self._remembered.settings.person = "" if name == account_name() else name
        self._remembered.save_soon()
        self.named.emit(self.name)

    def _on_named(self, name: str) -> None:
        self.set_name(name)
        self._window.notice.tell(_("From now on your name is “{name}”.").format(name=self.name), Tone.SUCCESS)
