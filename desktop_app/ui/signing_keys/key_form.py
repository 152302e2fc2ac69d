"""What has to be typed for one step with a key, in place: a name, the key's passphrase, a new one twice."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.inputs import LineEdit, Well
from desktop_app.ui.pages.lone_page import selectable
from desktop_app.ui.parts import Button, ButtonKind, Tone, Words, heading, in_row, label
from desktop_app.ui.protection.passphrase_field import PassphraseField
from desktop_app.ui.protection.protect_page import NewPassphrase

LONGEST_NAME = 120
"""Characters of a name, as a key file takes them."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What was typed; None for what was not asked."""

    name: str = ""
    present: str | None = None
    fresh: str | None = None


class KeyForm(QWidget):
    """Nothing happens before its button is pressed; Esc and Cancel take it away."""

    accepted = Signal(object)
    """The ``Filled``."""

    left = Signal()

    def __init__(self, title: str, words: str, accept: str) -> None:
        """``words`` say what it is for; ``accept`` stands on the button. Fields are added one by one."""
        super().__init__()
        self.name: LineEdit | None = None
        self.present: PassphraseField | None = None
        self.fresh: NewPassphrase | None = None
        self._wrong = selectable("", tone=Tone.ERROR)
        self._wrong.hide()
        self._accept = Button(accept, kind=ButtonKind.PRIMARY)
        self._accept.clicked.connect(self._on_accept)
        cancel = Button(_("Cance&l"), kind=ButtonKind.QUIET)
        cancel.clicked.connect(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, tokens.GAP, 0, 0)
        column.setSpacing(tokens.GAP)
        column.addWidget(heading(title))
        if words:
            column.addWidget(Words(words))
        self._fields = QVBoxLayout()
        self._fields.setSpacing(tokens.GAP)
        column.addLayout(self._fields)
        column.addWidget(self._wrong)
        column.addLayout(in_row(self._accept, cancel, None))

    def ask_name(self, words: str, proposed: str) -> None:
        """Ask for a name; ``words`` is the label."""
        name = label(words)
        self.name = LineEdit(own_undo=True)
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setText(proposed)
        self.name.setAccessibleName(words.replace("&", ""))
        self.name.returnPressed.connect(self._on_name_entered)
        name.setBuddy(self.name)
        self._fields.addWidget(name)
        self._fields.addWidget(Well(self.name))

    def ask_present(self, words: str) -> None:
        """Ask for the passphrase that opens a key; ``words`` is the label."""
        self.present = PassphraseField(words)
        self.present.entered.connect(self._on_present_entered)
        self.present.typed.connect(self._wrong.hide)
        self._fields.addWidget(self.present)

    def ask_fresh(self, words: str) -> None:
        """Ask for a new passphrase, twice; ``words`` is the label."""
        self.fresh = NewPassphrase(words)
        self.fresh.entered.connect(self._on_accept)
        self._fields.addWidget(self.fresh)

    def focus_first(self) -> None:
        """Put the keyboard to what is typed first."""
        if self.name is not None:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.present is not None:
            self.present.focus()
        elif self.fresh is not None:
            self.fresh.first.focus()
        else:
            self._accept.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_wrong(self, sentence: str) -> None:
        """Say why that was not possible; what was typed stays."""
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))
        if sentence and self.present is not None:
            self.present.focus()

    def _on_name_entered(self) -> None:
        self._go_on(self.present, self.fresh)

    def _on_present_entered(self) -> None:
        self._go_on(self.fresh)

    def _go_on(self, *fields: PassphraseField | NewPassphrase | None) -> None:
        """To the next field, or on with it where there is none."""
        following = next((field for field in fields if field is not None), None)
        if isinstance(following, PassphraseField):
            following.focus()
        elif following is not None:
            following.first.focus()
        else:
            self._on_accept()

    def _on_accept(self) -> None:
        self._wrong.hide()
        name = self.name.text().strip() if self.name is not None else ""
        if self.name is not None and not name:
            self._wrong.setText(_("Type a name first: others see it beside your key."))
            self._wrong.show()
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self.present is not None and not self.present.words:
            self.show_wrong(_("Type the passphrase first."))
            return
        fresh = self.fresh.take() if self.fresh is not None else None
        if self.fresh is not None and fresh is None:
            # It says itself what is wrong.
            return
        self.accepted.emit(Filled(name, self.present.words if self.present is not None else None, fresh))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
