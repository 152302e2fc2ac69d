"""A line for a passphrase: hidden unless it is to be seen, and it says when Caps Lock seems to be on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.inputs import LineEdit, Well
from desktop_app.ui.parts import IconButton, Tone, Words, keep_room, label

EYE_KEY = "F4"
"""Shows what is typed, and hides it again; for whoever has no mouse."""

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PassphraseField(QWidget):
    """A label, the line with a button that shows what is typed, and a hint below."""

    entered = Signal()
    """Enter was pressed."""

    typed = Signal()

    def __init__(self, words: str) -> None:
        """``words``: the label."""
        super().__init__()
        self._name = label(words)
        self.line = _PassphraseLine()
        self._name.setBuddy(self.line)
        self.line.setAccessibleName(words.replace("&", ""))
        self._eye = IconButton("eye", "")
        # Tab goes to the next line: where one types on without looking, a space would press this.
        self._eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._on_eye)
        well = Well(self.line)
        well.row.addWidget(self._eye)
        self._caps = Words(_("Caps Lock seems to be on."), font=tokens.small_font(), tone=Tone.WARNING)
        keep_room(self._caps)
        self._caps.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.HALF)
        column.addWidget(self._name)
        column.addWidget(well)
        column.addWidget(self._caps)
        self.line.typed.connect(self.typed)
        self.line.entered.connect(self.entered)
        self.line.caps_noted.connect(self._caps.setVisible)
        self.line.eye_wanted.connect(self._eye.toggle)
        self._on_eye(False)

    @property
    def words(self) -> str:
        """What is typed, to the last space."""
        return self.line.text()

    def clear(self) -> None:
        """Forget what was typed."""
        self.line.clear()
        self._eye.setChecked(False)

    def focus(self) -> None:
        """Put the keyboard here, with all selected, so that typing begins anew."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.selectAll()

    def _on_eye(self, shown: bool) -> None:
        self.line.setEchoMode(LineEdit.EchoMode.Normal if shown else LineEdit.EchoMode.Password)
        self._eye.set_icon_name("eye-off" if shown else "eye")
        name = _("Hide what is typed") if shown else _("Show what is typed")
        self._eye.setToolTip(f"{name} ({EYE_KEY})")
        self._eye.setAccessibleName(name)


class _PassphraseLine(LineEdit):
    entered = Signal()
    eye_wanted = Signal()
    caps_noted = Signal(bool)

    def __init__(self) -> None:
        super().__init__(own_undo=True)
        self.setEchoMode(LineEdit.EchoMode.Password)
        hints = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        self.setInputMethodHints(self.inputMethodHints() | hints | Qt.InputMethodHint.ImhNoAutoUppercase)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter tells; a letter that does not fit to Shift gives Caps Lock away."""
        if event.key() in _ENTER:
            self.entered.emit()
            return
        if event.key() == Qt.Key.Key_F4 and not event.modifiers():
            self.eye_wanted.emit()
            return
        letter = event.text()
        has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if len(letter) == 1 and letter.lower() != letter.upper():
            self.caps_noted.emit(letter.isupper() != has_shift)
        super().keyPressEvent(event)
