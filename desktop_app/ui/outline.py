"""The outline: every section with its progress, find, and the way to check and send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.formdef.labels import Labels
from desktop_app.report.paths import UNPLACED
from desktop_app.runtime.i18n import _
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui import tokens
from desktop_app.ui.checking import Checking
from desktop_app.ui.find_line import FindLine
from desktop_app.ui.follow import follow
from desktop_app.ui.inputs import Well
from desktop_app.ui.parts import Button, ButtonKind
from desktop_app.ui.section_tree import SectionTree

if TYPE_CHECKING:
    from desktop_app.ui.found_list import FoundList


class Outline(QWidget):
    """The left side of the window."""

    section_chosen = Signal(str)
    path_chosen = Signal(str)
    send_chosen = Signal()

    left = Signal()
    """The keyboard goes back to the page."""

    def __init__(self, session: EntrySession, checking: Checking, labels: Labels) -> None:
        """For the session's report."""
        super().__init__()
        self._session = session
        self.tree = SectionTree(session, checking, labels)
        self.find_line = FindLine()
        self.found: FoundList | None = None
        self._missing = Button(_("Only what is &missing"), "filter", ButtonKind.QUIET)
        self._missing.setCheckable(True)
        self._commented = Button(_("Only with c&omments"), "comments", ButtonKind.QUIET)
        self._commented.setCheckable(True)
        self._unplaced = Button(_("Unplaced text"), "warning", ButtonKind.QUIET)
        self._send = Button(_("Chec&k and send"), "send", ButtonKind.PRIMARY)
        self._send.setToolTip(_("See what is wrong or missing, and make the package (Ctrl+E)"))
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(tokens.GAP, tokens.SPACE, tokens.GAP, tokens.SPACE)
        column.setSpacing(tokens.GAP)
        column.addWidget(Well(self.find_line))
        column.addWidget(self.tree, 1)
        for button in (self._unplaced, self._commented, self._missing, self._send):
            column.addWidget(button)
        self._connect()
        follow(session, self, self._on_paths_changed)
        self._show_unplaced()
        self._show_commented()

    def _connect(self) -> None:
        self.tree.section_chosen.connect(self.section_chosen)
        self.find_line.words_settled.connect(self._on_words_settled)
        self.find_line.found_wanted.connect(self._on_found_wanted)
        self.find_line.escaped.connect(self.left)
        self._missing.toggled.connect(self.tree.set_only_missing)
        self._commented.toggled.connect(self.tree.set_only_commented)
        self._unplaced.clicked.connect(self._on_unplaced)
        self._send.clicked.connect(self.send_chosen)

    def show_section(self, code: str | None) -> None:
        """Mark the section as the one shown; None for a page that is no section."""
        self.tree.show_section(code)

    def show_sending(self, *, is_shown: bool) -> None:
        """On a page with a step of its own, as all have that are no section, that is the one to press."""
        self._send.set_kind(ButtonKind.PLAIN if is_shown else ButtonKind.PRIMARY)

    def focus_sections(self) -> None:
        """Put the keyboard to the sections."""
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_find(self) -> None:
        """Put the keyboard into the find field."""
        self.find_line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.find_line.selectAll()

    def _on_paths_changed(self, paths: frozenset[str]) -> None:
        self._show_unplaced()
        self._show_commented()

    def _show_commented(self) -> None:
        """The filter is there when there is something to filter by."""
        has_comments = bool(self._session.report.comments or self._session.report.drafts)
        if not has_comments:
            self._commented.setChecked(False)
        self._commented.setVisible(has_comments)

    def _show_unplaced(self) -> None:
        self._unplaced.setVisible(bool(self._session.report.unplaced))

    def _on_unplaced(self) -> None:
        self.path_chosen.emit(UNPLACED)

    def _on_words_settled(self, words: str) -> None:
        self.tree.setVisible(not words)
        if self.found is None and words:
            self.found = self._make_found()
        if self.found is not None:
            self.found.setVisible(bool(words))
            self.found.show_finds(words)

    def _make_found(self) -> FoundList:
        from desktop_app.ui.found_list import FoundList

        made = FoundList(self._session)
        made.path_chosen.connect(self.path_chosen)
        made.escaped.connect(self._on_found_escaped)
        made.left_above.connect(self.focus_find)
        self._column.insertWidget(self._column.indexOf(self.tree) + 1, made, 1)
        return made

    def _on_found_wanted(self) -> None:
        if self.found is not None:
            self.found.focus_first()

    def _on_found_escaped(self) -> None:
        self.find_line.clear()
        self._on_words_settled("")
        self.left.emit()
