"""Asked in place before something is kept for ever: what happens, what is still open, and two buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.flow_layout import FlowLayout
from desktop_app.ui.parts import Button, ButtonKind, Tone, Words


class ForGood(QWidget):
    """Hidden until it asks. Esc is the careful answer."""

    confirmed = Signal()

    shut = Signal()
    """Not yet."""

    def __init__(self) -> None:
        """It asks nothing."""
        super().__init__()
        self._question = Words("", font=tokens.strong_font())
        self._warnings = Words("", tone=Tone.WARNING)
        self.yes = Button(_("Submit for &good"), "send", ButtonKind.PRIMARY)
        self.yes.clicked.connect(self.confirmed)
        self.not_yet = Button(_("&Not yet"))
        self.not_yet.clicked.connect(self.shut)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        flow.addWidget(self.yes)
        flow.addWidget(self.not_yet)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, tokens.HALF, 0, 0)
        column.setSpacing(tokens.HALF)
        for part in (self._question, self._warnings, buttons):
            column.addWidget(part)
        self.hide()

    @property
    def words(self) -> str:
        """All it says."""
        return "\n".join(filter(None, (self._question.text(), self._warnings.text())))

    def ask(self, question: str, warnings: Sequence[str]) -> None:
        """Ask, with the keyboard on the careful answer; ``warnings``: what to know first."""
        self._question.setText(question)
        self._warnings.setText("\n".join(warnings))
        self._warnings.setVisible(bool(warnings))
        self.show()
        self.yes.setAccessibleDescription(self.words)
        self.not_yet.setAccessibleDescription(self.words)
        self.not_yet.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.shut.emit()
        else:
            super().keyPressEvent(event)
