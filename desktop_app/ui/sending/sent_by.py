"""Whose name stands with what is sent, and the way to another name."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.runtime.i18n import _
from desktop_app.ui.parts import Button, ButtonKind, Tone, Words, in_row


class SentBy(QWidget):
    """One quiet line."""

    change_wanted = Signal()

    def __init__(self) -> None:
        """No name yet."""
        super().__init__()
        self._words = Words("", tone=Tone.QUIET)
        self.change = Button(_("Change"), kind=ButtonKind.QUIET)
        self.change.clicked.connect(self.change_wanted)
        self.setLayout(in_row(self._words, self.change, None))

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def show_name(self, who: str) -> None:
        """Say that it is sent by ``who``; empty where nobody gave a name."""
        words = _("Sent by: {name}").format(name=who) if who else _("Sent without a name")
        self._words.setText(words)
        self.change.setAccessibleName(f"{self.change.text()}: {words}")
