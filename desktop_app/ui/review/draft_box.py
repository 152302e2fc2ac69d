"""A box to write a comment or an answer in, and the button that sends it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.report.text.model import clean_characters
from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.flow_layout import FlowLayout
from desktop_app.ui.inputs import is_report_step
from desktop_app.ui.name_line import NameLine
from desktop_app.ui.parts import Button, ButtonKind, Tone, Words, help_line
from desktop_app.ui.review.drafts import Drafts
from desktop_app.ui.rich_text import clipboard
from desktop_app.ui.rich_text.growing import GrowingTextEdit


class DraftField(GrowingTextEdit):
    """Plain words. They are no comment of the report yet, so undo is the field's own."""

    send_wanted = Signal()
    left = Signal()
    refused = Signal(str)

    def __init__(self) -> None:
        """Empty."""
        super().__init__(min_lines=3)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)

    def words(self) -> str:
        """What stands there, with characters no answer can hold left out."""
        return self.typed().strip()

    def typed(self) -> str:
        """As ``words``, with the room around them."""
        return clean_characters(self.toPlainText())[0]

    def event(self, event: QEvent) -> bool:
        """Undo and redo are the field's own while it is being written in."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and is_report_step(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return clipboard.can_paste(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if not clipboard.can_paste(source):
            return
        try:
            found = clipboard.pasted(source, formatted=False)
        except clipboard.PasteRefusedError as error:
            self.refused.emit(error.sentence)
            return
        self.insertPlainText(found.text.plain_text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter sends."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.send_wanted.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The line being typed stays in sight when the box grows."""
        super().focusInEvent(event)
        self._follow_cursor()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What stands here is kept at once."""
        super().focusOutEvent(event)
        self.left.emit()


class DraftBox(QWidget):
    """What is written is kept among the drafts as it is typed, and sent with the button."""

    sent = Signal(str)
    """The words, cleaned. The comment they become ends the draft."""

    closed = Signal()
    """The words are not wanted any more."""

    def __init__(self, drafts: Drafts, place: str, name: str, send: str) -> None:
        """``place`` as in ``Drafts``. ``name`` says what is written here, ``send`` is on the button."""
        super().__init__()
        self._drafts, self.place = drafts, place
        self.field = DraftField()
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(name)
        self.field.setPlainText(drafts.words(place))
        self.field.textChanged.connect(self._on_text_changed)
        self.field.send_wanted.connect(self._on_send)
        self.field.left.connect(drafts.hand_over)
        self.field.refused.connect(self._on_refused)
        self._refusal = Words("", font=tokens.small_font(), tone=Tone.WARNING)
        self._refusal.hide()
        self._send = Button(send, "check")
        self._send.setToolTip(_("Ctrl+Enter"))
        self._send.clicked.connect(self._on_send)
        discard = Button(_("Discard"), kind=ButtonKind.QUIET)
        discard.clicked.connect(self._on_discard)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.HALF)
        column.addWidget(self.field)
        told = _("Not finished: it is kept as you write, and goes into packages after you press “{button}”.")
        column.addWidget(help_line(told.format(button=send)))
        column.addWidget(self._refusal)
        self.name = NameLine(_("Your name as it will stand beside your words:"))
        self.name.given.connect(drafts.name_given)
        column.addWidget(self.name)
        self.name.begin(drafts.who, asks=True)
        line = QWidget()
        flow = FlowLayout(line, tokens.HALF)
        flow.addWidget(self._send)
        flow.addWidget(discard)
        column.addWidget(line)
        self._show_sendable()

    def _on_text_changed(self) -> None:
        self._refusal.hide()
        self._drafts.keep(self.place, self.field.typed())
        self._show_sendable()

    def _show_sendable(self) -> None:
        self._send.setEnabled(bool(self.field.words()))

    def _on_refused(self, sentence: str) -> None:
        self._refusal.setText(sentence)
        self._refusal.show()

    def _on_send(self) -> None:
        words = self.field.words()
        if words:
            self.name.hand_over()
            self._drafts.hand_over()
            self.sent.emit(words)

    def _on_discard(self) -> None:
        self._drafts.drop(self.place)
        self.closed.emit()
