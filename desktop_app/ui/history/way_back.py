"""Bringing the whole report back to a moment: a button, and below it what that means before it is done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.runtime.i18n import _, ngettext
from desktop_app.ui import tokens
from desktop_app.ui.parts import Button, ButtonKind, Card, Words, in_row


class WayBack(QWidget):
    """Asks once, in place."""

    confirmed = Signal()

    def __init__(self) -> None:
        """Nothing to go back to yet."""
        super().__init__()
        self._name, self._count = "", 0
        self.begin = Button(_("Bring the whole report back to “From” …"), "undo")
        self.begin.clicked.connect(self._on_begin)
        self.begin.hide()
        self._words = Words("")
        self.confirm = Button(_("Bring it back"), "undo", ButtonKind.PRIMARY)
        self.confirm.clicked.connect(self._on_confirm)
        cancel = Button(_("Leave it as it is"))
        cancel.clicked.connect(self._on_cancel)
        self._question = Card()
        self._question.column.addWidget(self._words)
        self._question.column.addLayout(in_row(self.confirm, cancel, None))
        self._question.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.GAP)
        column.addLayout(in_row(self.begin, None))
        column.addWidget(self._question)

    def show_moment(self, name: str, count: int) -> None:
        """Offer the way back to the moment ``name``, since which ``count`` places were changed."""
        if (name, count) != (self._name, self._count):
            self._question.hide()
            self.begin.setVisible(count > 0)
        self._name, self._count = name, count
        words = ngettext(
            "{count} place gets back what it held at this moment: {moment}. What stands there now is kept"
            " as a restore point, and undo takes it all back.",
            "{count} places get back what they held at this moment: {moment}. What stands there now is kept"
            " as a restore point, and undo takes it all back.",
            count,
        )
        self._words.setText(words.format(count=count, moment=name))

    def _on_begin(self) -> None:
        self.begin.hide()
        self._question.show()
        self.confirm.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_cancel(self) -> None:
        self._question.hide()
        self.begin.show()
        self.begin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_confirm(self) -> None:
        self._on_cancel()
        self.confirmed.emit()
