"""The third step of sending, from the second submission on: what changed since the last one."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal

from desktop_app.formdef.labels import Labels
from desktop_app.runtime.i18n import _
from desktop_app.ui.parts import Card, heading
from desktop_app.ui.past import Past
from desktop_app.ui.sending.since_view import SinceView

_PAUSE = 300
"""Milliseconds after a change before it is compared anew."""


class ChangesCard(Card):
    """Takes no room before there is a submission to compare with."""

    path_chosen = Signal(str)

    def __init__(self, past: Past, labels: Labels) -> None:
        """For the report whose ``past`` it is."""
        super().__init__()
        self._number = 0
        self._heading = heading("")
        self.since = SinceView(past, labels)
        self.since.path_chosen.connect(self.path_chosen)
        self.column.addWidget(self._heading)
        self.column.addWidget(self.since)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._ask)
        self.hide()

    def show_since(self, number: int | None) -> None:
        """Compare with the submission of this number; None when there is nothing to compare."""
        self.setVisible(number is not None)
        if number is None:
            self._timer.stop()
            return
        self._heading.setText(_("3. What changed since submission {number}").format(number=number))
        if number != self._number:
            self._number = number
            self._ask()
        else:
            self._timer.start()

    def _ask(self) -> None:
        self.since.ask(self._number)
