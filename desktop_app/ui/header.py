"""The line above everything: which report this is, and whether every word of it is saved."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Qt, QTime, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop_app.report.journal import Durability
from desktop_app.runtime.i18n import _
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui import tokens
from desktop_app.ui.elided import ElidedWords
from desktop_app.ui.lines import ClickableRow
from desktop_app.ui.parts import Chip, IconButton, Tone
from desktop_app.ui.rows.problem_lines import IconMark
from desktop_app.ui.tips import tip

if TYPE_CHECKING:
    from desktop_app.storage.place_state import PlaceState


class SaveSignal(QObject):
    """Carries the journal's news from its thread to the window's."""

    changed = Signal(object)

    def tell(self, durability: Durability) -> None:
        """Called by the journal from any thread."""
        self.changed.emit(durability)


class SaveState(ClickableRow):
    """Saving, Saved 14:03, or NOT SAVED with the reason; pressed then, it asks for help with that."""

    help_wanted = Signal()

    def __init__(self) -> None:
        """Nothing to say yet."""
        super().__init__()
        self._show_pressable(is_pressable=False)
        self.activated.connect(self._on_activated)
        self._icon = IconMark("save-ok", Tone.QUIET, tokens.ICON)
        self._words = ElidedWords(tone=Tone.QUIET)
        self._is_refused = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.GAP)
        row.addWidget(self._icon)
        row.addWidget(self._words)

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def show_durability(self, durability: Durability, place: PlaceState | None = None) -> None:
        """Say what is on disk now; ``place``: how far the file itself has come, when a copy is worked on."""
        if durability.failure is not None:
            words = _("NOT SAVED: {reason} The program keeps trying.").format(reason=durability.failure)
            self._say("not-saved", Tone.ERROR, words)
        elif not durability.is_saved:
            self._say("saving", Tone.QUIET, _("Saving …"))
        elif place is not None and place.sentence:
            self._say("warning", Tone.WARNING, _saved_here(durability, place))
        else:
            self._say("save-ok", Tone.SUCCESS, _saved_here(durability, place))
        self._show_pressable(is_pressable=durability.failure is not None)
        self._announce(is_refused=durability.failure is not None)

    def _show_pressable(self, *, is_pressable: bool) -> None:
        """Only where there is something to do about it, it is a thing to press."""
        self._is_pressable = is_pressable
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if is_pressable else Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover, is_pressable)
        self.setCursor(Qt.CursorShape.PointingHandCursor if is_pressable else Qt.CursorShape.ArrowCursor)
        self.setAccessibleDescription(_("Enter shows what can be done.") if is_pressable else "")

    def _on_activated(self) -> None:
        if self._is_pressable:
            self.help_wanted.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """As plain words while there is nothing to press."""
        if self._is_pressable:
            super().paintEvent(event)

    def _announce(self, *, is_refused: bool) -> None:
        """A screen reader says it when the disk refuses, and when it takes the words again."""
        if is_refused != self._is_refused:
            from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

            self._is_refused = is_refused
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.words))

    def show_read_only(self, reason: str) -> None:
        """Say that nothing can be changed, and why."""
        self._show_pressable(is_pressable=False)
        self._say("confidential", Tone.WARNING, reason)

    def _say(self, icon_name: str, tone: Tone, words: str) -> None:
        if words == self.words:
            return
        self._icon.set_mark(icon_name, tone)
        self._words.set_tone(Tone.ERROR if tone is Tone.ERROR else Tone.QUIET)
        self._words.set_words(words)
        self.setToolTip(tip(words))
        self.setAccessibleName(words)


def _saved_here(durability: Durability, place: PlaceState | None) -> str:
    saved = _("All changes are saved")
    if durability.at is not None:
        moment = datetime.datetime.fromisoformat(durability.at.replace("Z", "+00:00")).astimezone()
        time = QLocale().toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)
        saved = _("Saved {time}").format(time=time)
    if place is None:
        return saved
    from desktop_app.storage.place_state import Standing

    if place.standing is Standing.IN_STEP:
        return saved
    if place.standing is Standing.CONFLICT and not place.sentence:
        return _("{saved} in your own version").format(saved=saved)
    if place.standing is Standing.IN_USE:
        return _("{saved} on this computer; someone else has the file open").format(saved=saved)
    if place.sentence:
        return _("{saved} on this computer; its place cannot be written to").format(saved=saved)
    return _("{saved} on this computer, not yet at its place").format(saved=saved)


_ROOM_FOR_ALL = tokens.GRID * 95
"""Pixels of width in which everything has room."""


class Header(QWidget):
    """Title, status, save state and the few steps one needs everywhere."""

    undo_chosen = Signal()
    redo_chosen = Signal()
    panel_toggled = Signal(bool)

    def __init__(self) -> None:
        """An empty header."""
        super().__init__()
        self._title = ElidedWords(font=tokens.strong_font())
        self._is_example = False
        self.status = Chip("", "report", Tone.QUIET)
        self.provisional = Chip(_("Provisional form"), "warning", Tone.WARNING)
        self.provisional.hide()
        self.read_only = Chip(_("Read-only"), "confidential", Tone.WARNING)
        self.read_only.hide()
        self.protected = Chip(_("Protected"), "confidential", Tone.QUIET)
        self.protected.setToolTip(_("Whoever opens this file has to type its passphrase."))
        self.protected.hide()
        self.example = Chip(_("Example"), "guidance", Tone.ACCENT)
        self.example.setToolTip(_("This is an example to look around in. Your own reports are untouched."))
        self.example.hide()
        for chip in (self.example, self.status, self.protected, self.provisional, self.read_only):
            chip.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.save_state = SaveState()
        self.undo = IconButton("undo", _("Undo (Ctrl+Z)"))
        self.redo = IconButton("redo", _("Redo (Ctrl+Shift+Z)"))
        self.panel = IconButton("side-panel", _("Show or hide the panel beside the page (F9)"))
        self.panel.setCheckable(True)
        self.panel.setChecked(True)
        self.undo.clicked.connect(self.undo_chosen)
        self.redo.clicked.connect(self.redo_chosen)
        self.panel.toggled.connect(self.panel_toggled)
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.SPACE, tokens.GAP, tokens.GAP, tokens.GAP)
        row.setSpacing(tokens.GAP)
        row.addWidget(self._title)
        row.addWidget(self.example)
        row.addWidget(self.status)
        row.addWidget(self.protected)
        row.addWidget(self.provisional)
        row.addWidget(self.read_only)
        row.addStretch(1)
        row.addWidget(self.save_state)
        row.addSpacing(tokens.GAP)
        for button in (self.undo, self.redo, self.panel):
            row.addWidget(button)

    def show_report(self, title: str, status: str, *, verified: bool) -> None:
        """Which report is open."""
        self._title.set_words(title)
        self.show_status(status)
        self.provisional.setVisible(not verified)
        self.provisional.setToolTip(_("Some labels of this form are not yet as published."))

    def show_example(self, is_example: bool) -> None:
        """Say that the report is an example; in a small window its own name comes first."""
        self._is_example = is_example
        self.example.setVisible(is_example and self.width() >= _ROOM_FOR_ALL)

    def show_read_only(self, reason: str) -> None:
        """Say that nothing can be changed, and why; an empty reason takes that back."""
        self.read_only.setVisible(bool(reason))
        self.read_only.setToolTip(tip(reason))
        self.read_only.setAccessibleDescription(reason)
        if reason:
            self.save_state.show_read_only(reason)

    def show_steps(self, session: EntrySession) -> None:
        """Say what undo and redo would do next."""
        for button, general, named, step in (
            (self.undo, _("Undo (Ctrl+Z)"), _("Undo: {step}, {time} (Ctrl+Z)"), session.undo_step),
            (
                self.redo,
                _("Redo (Ctrl+Shift+Z)"),
                _("Redo: {step}, {time} (Ctrl+Shift+Z)"),
                session.redo_step,
            ),
        ):
            words = general
            if step is not None:
                from desktop_app.services.operation_words import step_words
                from desktop_app.ui.moment_words import time_words

                words = named.format(step=step_words(session.report, step), time=time_words(step.at))
            button.setToolTip(tip(words))
            button.setAccessibleDescription(words)

    def show_status(self, status: str) -> None:
        """How far the report has come, in words."""
        if self.status.text() != status:
            self.status.setText(status)
            self.status.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """However long the reason why something is not saved, the report keeps its name in sight."""
        super().resizeEvent(event)
        self.save_state.setMaximumWidth(self.width() * 2 // 5)
        self.example.setVisible(self._is_example and self.width() >= _ROOM_FOR_ALL)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A hairline below."""
        painter = QPainter(self)
        painter.setPen(tokens.hairline(self.palette()))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
