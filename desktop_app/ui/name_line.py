"""The person's name where others will read it: in a quiet line, or in a field while nobody gave one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.runtime.i18n import _
from desktop_app.runtime.person import account_name
from desktop_app.ui import tokens
from desktop_app.ui.inputs import LineEdit, Well
from desktop_app.ui.parts import Button, ButtonKind, Tone, Words, help_line, in_row

_LONGEST = 200


class NameLine(QWidget):
    """Asks in place. What is typed counts when the field is left, or with ``hand_over`` before a step.

    While somebody may be pressing a button below, the line keeps its height: only ``begin`` and keys
    change what it looks like.
    """

    given = Signal(str)
    """Another name; empty for the account's."""

    def __init__(self, question: str, told: str = "") -> None:
        """``question`` stands above the field; ``told``, with {name} in it, is the quiet line, if any."""
        super().__init__()
        self._who, self._told = "", told
        self._words = Words("", tone=Tone.QUIET)
        self.change = Button(_("Change"), kind=ButtonKind.QUIET)
        self.change.clicked.connect(self._on_change)
        self._said = QWidget()
        said = in_row(self._words, self.change, None)
        said.setContentsMargins(0, 0, 0, 0)
        self._said.setLayout(said)
        self.field = LineEdit(own_undo=True)
        self.field.setMaxLength(_LONGEST)
        self.field.setAccessibleName(question)
        self.field.editingFinished.connect(self.hand_over)
        asking = help_line(question)
        asking.setBuddy(self.field)
        well = Well(self.field)
        well.setMaximumWidth(tokens.CONTROL * 12)
        self._asked = QWidget()
        column = QVBoxLayout(self._asked)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.HALF)
        column.addWidget(asking)
        column.addWidget(well)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._said)
        whole.addWidget(self._asked)

    @property
    def words(self) -> str:
        """What the quiet line says."""
        return self._words.text()

    @property
    def is_asking(self) -> bool:
        """Whether the field is there."""
        return not self._asked.isHidden()

    def begin(self, who: str, *, asks: bool) -> None:
        """Show the name; in the field if it ``asks`` and nobody gave another name than the account's."""
        if self.field.hasFocus():
            return
        self.show_name(who)
        self._show_field(shown=asks and not is_given(who))

    def show_name(self, who: str) -> None:
        """The name is ``who`` now; empty where there is none."""
        self._who = who
        if not self.field.hasFocus() or not self.field.text().strip():
            self.field.setText(who)
        words = self._told.format(name=who) if who else _("Sent without a name")
        self._words.setText(words)
        self.change.setAccessibleName(f"{self.change.text()}: {words}")

    def hand_over(self) -> None:
        """What is typed is the name from now on."""
        name = self.field.text().strip()
        if self.is_asking and name != self._who:
            self.given.emit(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the name, Esc leaves it as it was; the line is quiet again."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not self.field.hasFocus() or not (is_enter or event.key() == Qt.Key.Key_Escape):
            super().keyPressEvent(event)
            return
        if not is_enter:
            self.field.setText(self._who)
        if self._told:
            self._show_field(shown=False)
            self.change.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_change(self) -> None:
        self._show_field(shown=True)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()

    def _show_field(self, *, shown: bool) -> None:
        self._asked.setVisible(shown)
        self._said.setVisible(not shown)
        if not self._told:
            self.setVisible(shown)


def is_given(who: str) -> bool:
    """Whether it is a name somebody gave, and not the account's."""
    return who not in ("", account_name())
