"""Beside the page: the history of the question or row the keyboard is in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop_app.formdef.labels import Labels
from desktop_app.report.paths import ATTACHED
from desktop_app.report.places import place_name
from desktop_app.report.status import STATUS_PATH
from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.content import show_content
from desktop_app.ui.follow import follow
from desktop_app.ui.gradually import Gradually
from desktop_app.ui.parts import Button, ButtonKind, Tone, Words, help_line, in_row, label
from desktop_app.ui.past import Past
from desktop_app.ui.scroll_bars import use_quiet_scroll_bar

if TYPE_CHECKING:
    from desktop_app.services.place_history import PlaceHistory

PAGE = 20
"""Versions that are shown at first, and added with each step."""

_PAUSE = 700
"""Milliseconds without a change before the panel takes it over: it does not move at every key."""


class PlacePanel(QScrollArea):
    """Who wrote what and when, newest first. It asks for nothing while it is not seen."""

    brought_back = Signal(str)
    """The path of a place whose earlier words are back."""

    removal_wanted = Signal(str)
    """The path of a place whose words someone wants to remove for good."""

    def __init__(self, past: Past, labels: Labels) -> None:
        """For the report whose ``past`` it is."""
        super().__init__()
        self._past, self._labels = past, labels
        self.path = ""
        self._history: PlaceHistory | None = None
        self._most = PAGE
        self._asked = 0
        self.setWidgetResizable(True)
        self.setAccessibleName(_("History"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        use_quiet_scroll_bar(self)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._ask)
        self._filling = Gradually(self)
        self._filling.finished.connect(self._on_filled)
        follow(past.session, self, self._on_paths_changed)
        self._build()

    def show_place(self, path: str) -> None:
        """Show the history of the place at ``path``; of no place for an empty one."""
        if path == self.path:
            return
        self.path, self._history, self._most = path, None, PAGE
        self.verticalScrollBar().setValue(0)
        self._build()
        self._ask()

    def showEvent(self, event: QShowEvent) -> None:
        """Now it is seen: take over what has happened."""
        super().showEvent(event)
        self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is asked for while it is not seen."""
        super().hideEvent(event)
        self._timer.stop()

    # Asking

    def _on_paths_changed(self, paths: frozenset[str]) -> None:
        is_touched = STATUS_PATH in paths or any(_belongs(path, self.path) for path in paths)
        if self.path and self.isVisible() and is_touched:
            self._timer.start()

    def _ask(self) -> None:
        self._timer.stop()
        if not self.path or not self.isVisible():
            return
        from desktop_app.services.place_history import paths_of_place, place_history

        report_id, paths = self._past.report_id, paths_of_place(self._past.session.report, self.path)
        self._asked += 1
        self._past.ask(
            self,
            lambda file: place_history(file, report_id, paths),
            partial(self._on_history, self._asked),
            partial(self._on_failure, self._asked),
        )

    def _on_history(self, asked: int, history: PlaceHistory) -> None:
        if asked == self._asked:
            self._history = history
            self._build()

    def _on_failure(self, asked: int, sentence: str) -> None:
        if asked == self._asked:
            self._history = None
            self._build(sentence)

    # Showing

    def _build(self, failure: str = "") -> None:
        """Made anew as a whole; what was in sight stays in sight."""
        height = self.verticalScrollBar().value()
        before = self.widget()
        focus = self.window().focusWidget()
        had_focus = before is not None and focus is not None and before.isAncestorOf(focus)
        ground = QWidget()
        # No alignment: a layout that has one never gives wrapped words more than they ask for in one line.
        whole, column = QVBoxLayout(ground), QVBoxLayout()
        whole.setContentsMargins(tokens.SPACE, tokens.SPACE, tokens.SPACE, tokens.SPACE)
        whole.addLayout(column)
        whole.addStretch(1)
        column.setSpacing(tokens.GAP)
        # While it is filled it is as high as it was, so that nothing jumps.
        ground.setMinimumHeight(before.height() if before is not None and height else 0)
        self._add_head(column, failure)
        show_content(self, ground)
        ground.adjustSize()
        self.verticalScrollBar().setValue(height)
        if self._history is not None and not failure:
            self._filling.run(self._add_versions(column, self._history))
        if had_focus:
            self.setFocus()

    def _on_filled(self) -> None:
        ground = self.widget()
        if ground is not None:
            ground.setMinimumHeight(0)

    def _add_head(self, column: QVBoxLayout, failure: str) -> None:
        self._filling.stop()
        if not self.path:
            column.addWidget(
                help_line(_("Put the cursor into a question or choose a row to see what stood there before."))
            )
            return
        column.addWidget(label(place_name(self._past.session.report, self.path)))
        if failure:
            column.addWidget(Words(failure, tone=Tone.WARNING))
        elif self._history is None:
            column.addWidget(help_line(_("Reading …")))
        elif not self._history.versions:
            column.addWidget(help_line(_("Nothing was written here yet.")))

    def _add_versions(self, column: QVBoxLayout, history: PlaceHistory) -> Iterator[None]:
        from desktop_app.ui.history.version_card import SittingLine, VersionCard

        if not history.versions:
            return
        column.addWidget(
            help_line(
                _(
                    "Compared with what stands there now: underlined words would come back, crossed-out words"
                    " would go."
                )
            )
        )
        for sitting in history.sittings(self._most):
            column.addSpacing(tokens.HALF)
            column.addWidget(SittingLine(sitting))
            for version in sitting:
                card = VersionCard(self._past.session, self._labels, self.path, history, version)
                card.brought_back.connect(self.brought_back)
                column.addWidget(card)
                yield
        if len(history.versions) > self._most:
            more = Button(_("Show older ones"), "chevron-down", ButtonKind.QUIET)
            more.clicked.connect(self._on_more)
            column.addLayout(in_row(more, None))
        if not self._past.session.is_closed:
            column.addSpacing(tokens.SPACE)
            remove = Button(_("Remove for good …"), "erase", ButtonKind.QUIET)
            remove.setToolTip(
                _("For personal data entered by mistake: takes the words out of the history too.")
            )
            remove.clicked.connect(self._on_remove)
            column.addLayout(in_row(remove, None))

    def _on_more(self) -> None:
        self._most += PAGE
        self._build()

    def _on_remove(self) -> None:
        self.removal_wanted.emit(self.path)


def _belongs(changed: str, place: str) -> bool:
    return changed == place or changed.startswith((f"{place}/", f"{place}#", f"{ATTACHED}/"))
