"""What can be done about a report whose answers are closed: back to draft, take back, amend. In place."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.i18n import _
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui import tokens
from desktop_app.ui.flow_layout import FlowLayout
from desktop_app.ui.parts import Button, ButtonKind
from desktop_app.ui.sending.reason_line import ReasonLine


class Way(Enum):
    """A step that opens the answers again."""

    BACK_TO_DRAFT = "back_to_draft"
    TAKE_BACK = "take_back"
    AMEND = "amend"


WAYS = {
    "ready": (Way.BACK_TO_DRAFT,),
    "approved": (Way.BACK_TO_DRAFT,),
    "submitted": (Way.AMEND, Way.TAKE_BACK),
}
"""By the status of the report."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What a way is called, and how its reason is asked for; without ``refusal`` none is needed."""

    button: str
    icon_name: str
    question: str
    accept: str
    help_words: str
    refusal: str = ""


def _said(way: Way) -> _Said:
    return {
        Way.BACK_TO_DRAFT: _Said(
            _("&Back to draft to change something"),
            "undo",
            _("Why does it go back to draft? (may stay empty)"),
            _("Back to draft"),
            _(
                "The answers can be changed again. Clearance begins anew with what is changed then."
                " Your words stand here and in the history; they do not travel."
            ),
        ),
        Way.AMEND: _Said(
            _("&Write an amendment"),
            "notes",
            _("What is the amendment about? (may stay empty)"),
            _("Begin the amendment"),
            _(
                "The answers can be changed again. What was submitted is kept as it is; the next submission"
                " points to it and says what changed. Your words go into the text for its mail and onto the"
                " cover of its package."
            ),
        ),
        Way.TAKE_BACK: _Said(
            _("&Take back …"),
            "undo",
            _("Why is the submission taken back?"),
            _("Take it back"),
            _(
                "It is kept for ever, marked as taken back with your reason. Tell the secretariat: the"
                " program sends nothing. A text for that mail, with your reason, stands ready to copy below"
                " “Submissions”."
            ),
            _("Write a reason first: it is kept with the submission."),
        ),
    }[way]


def take_way(session: EntrySession, way: Way, words: str) -> str:
    """Go that way; returns what was done, in a sentence. NoReasonError, WrongStatusError, ReadOnlyError."""
    if way is Way.BACK_TO_DRAFT:
        session.back_to_draft(words)
        return _("The report is a draft again. Its answers can be changed.")
    if way is Way.AMEND:
        session.amend(words)
        return _("The amendment is begun. The answers can be changed; what was submitted is kept.")
    session.take_back(words)
    return _("The submission is taken back. The report is a draft again; tell the secretariat.")


def first_way_words(status: str) -> str:
    """The button of the way that most people go from ``status``; empty where there is none."""
    ways = WAYS.get(status, ())
    return _said(ways[0]).button if ways else ""


class WaysOn(QWidget):
    """The buttons that fit the status, and the line below them that asks for the reason."""

    chosen = Signal(object, str)
    """A ``Way`` and the words given for it, which may be empty where none are needed."""

    shut = Signal()
    """Not that way, after all; and no button of it is in sight to go back to."""

    asking_changed = Signal()
    """A reason is being asked for now, or no more."""

    def __init__(self, *, shelf_apart: bool = False) -> None:
        """None yet. ``shelf_apart``: whoever has it puts the ``shelf`` with the buttons in its place."""
        super().__init__()
        self._status = ""
        self._buttons: dict[Way, Button] = {}
        self._asking: tuple[Way, ReasonLine] | None = None
        self.shelf = QWidget()
        self._flow = FlowLayout(self.shelf, tokens.GAP)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.HALF)
        self._is_apart = shelf_apart
        if not shelf_apart:
            self._column.addWidget(self.shelf)

    @property
    def line(self) -> ReasonLine | None:
        """The line that asks for a reason, while it is open."""
        return self._asking[1] if self._asking is not None else None

    def show_status(self, status: str, kind: ButtonKind = ButtonKind.PLAIN) -> None:
        """Offer the ways that lead on from ``status``."""
        if status == self._status:
            return
        self._status = status
        self._end_asking()
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._buttons.clear()
        for way in WAYS.get(status, ()):
            said = _said(way)
            button = Button(said.button, said.icon_name, kind)
            button.setProperty("way", way.value)
            button.clicked.connect(self._on_pressed)
            self._flow.addWidget(button)
            self._buttons[way] = button
            button.show()
        self._flow.invalidate()
        self.shelf.setVisible(bool(self._buttons))
        self._show_line()

    def _show_line(self) -> None:
        """Apart from its shelf it takes no room while nothing is asked."""
        self.setVisible(self._asking is not None if self._is_apart else bool(self._buttons))
        self.asking_changed.emit()

    def ask_first(self) -> None:
        """Ask for the words of the way that most people go from here."""
        ways = WAYS.get(self._status, ())
        if ways:
            self.ask(ways[0])

    def ask(self, way: Way) -> None:
        """Ask for the words that go with ``way``."""
        if self._asking is not None and self._asking[0] is way:
            self._asking[1].field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._end_asking()
        said = _said(way)
        line = ReasonLine(said.question, said.accept, help_words=said.help_words, refusal=said.refusal)
        line.given.connect(self._on_given)
        line.shut.connect(self._on_shut)
        self._asking = way, line
        self._column.addWidget(line)
        self._show_line()
        line.open_line()

    def tell(self, sentence: str) -> None:
        """Say why the step was not possible, where its words stand."""
        if self._asking is not None:
            self._asking[1].tell(sentence)

    def _on_pressed(self) -> None:
        self.ask(Way(self.sender().property("way")))

    def _on_given(self, words: str) -> None:
        if self._asking is not None:
            self.chosen.emit(self._asking[0], words)

    def _on_shut(self) -> None:
        way = self._asking[0] if self._asking is not None else None
        self._end_asking()
        if way in self._buttons and self._buttons[way].isVisible():
            self._buttons[way].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.shut.emit()

    def _end_asking(self) -> None:
        if self._asking is not None:
            line = self._asking[1]
            self._asking = None
            line.hide()
            line.deleteLater()
            self._show_line()
