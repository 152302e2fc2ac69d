"""How far it is with bringing in what was chosen of a returned workbook."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar

from desktop_app.runtime.i18n import _, ngettext
from desktop_app.ui import tokens
from desktop_app.ui.parts import Button, Card, Words, in_row


class ProgressCard(Card):
    """Stands where the buttons of the preview were; ``cancel`` leaves everything as it was."""

    def __init__(self) -> None:
        """Nothing is done yet."""
        super().__init__()
        self._words = Words("")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(tokens.GAP)
        self._bar.setAccessibleName(_("Progress of bringing in"))
        self.cancel = Button(_("&Cancel"), "close")
        self.cancel.setToolTip(_("Nothing of it is in the report then."))
        for widget in (self._words, self._bar):
            self.column.addWidget(widget)
        self.column.addLayout(in_row(self.cancel, None))

    def show_progress(self, done: int, count: int) -> None:
        """Of ``count`` changes so many are made; a count of 0 is not known yet."""
        words = ngettext(
            "Bringing in: {done} of {count} change …", "Bringing in: {done} of {count} changes …", count
        )
        self._words.setText(words.format(done=done, count=count) if count else _("Bringing in …"))
        self._bar.setRange(0, count)
        self._bar.setValue(done)
