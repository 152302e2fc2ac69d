"""Words from an old document that no question asks for: shown to be copied to where they belong."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop_app.report.paths import UNPLACED, read_path
from desktop_app.report.places import place_name
from desktop_app.report.status import STATUS_PATH
from desktop_app.report.text import markup
from desktop_app.report.text.html import to_html
from desktop_app.report.unplaced import Unplaced
from desktop_app.runtime.i18n import _
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui.follow import follow
from desktop_app.ui.pages.page import Page
from desktop_app.ui.parts import Button, ButtonKind, Card, Tone, Words, help_line, in_row, title


class UnplacedPage(Page):
    """One card for each text, with the ways to copy it and to take it off the list."""

    path_chosen = Signal(str)
    """Someone wants to go to the place beside which a text stood."""

    def __init__(self, session: EntrySession) -> None:
        """For the session's report."""
        super().__init__()
        self._session = session
        self._cards: list[QWidget] = []
        self.column.addWidget(title(_("Unplaced text")))
        self.column.addWidget(
            Words(
                _(
                    "These words stood in a document or in an earlier version of the form, but no question of"
                    " the form asks for them; or they were typed where they are no answer."
                    " Copy them to where they belong, then remove them here. Undo brings them back."
                ),
                tone=Tone.QUIET,
            )
        )
        follow(session, self, self._on_paths_changed)
        self._show()

    def _on_paths_changed(self, paths: frozenset[str]) -> None:
        if STATUS_PATH in paths or any(read_path(path).head == UNPLACED for path in paths):
            self._show()

    def _show(self) -> None:
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._cards = [self._card(key, kept) for key, kept in self._session.report.unplaced.items()]
        if not self._cards:
            self._cards = [Words(_("Nothing is left here."), tone=Tone.QUIET)]
        for card in self._cards:
            self.column.addWidget(card)

    def _card(self, key: str, kept: Unplaced) -> Card:
        card = Card()
        where = place_name(self._session.report, kept.near) if kept.near else ""
        if where and where != kept.near:
            # A place of an earlier form has no name in this one.
            card.column.addWidget(help_line(where))
        words = Words(to_html(markup.read(kept.text)), rich=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        copy = Button(_("Copy"), "duplicate")
        copy.setProperty("key", key)
        copy.clicked.connect(self._on_copy)
        remove = Button(_("Remove from this list"), "remove", ButtonKind.QUIET, card)
        remove.setProperty("key", key)
        remove.clicked.connect(self._on_remove)
        card.column.addWidget(words)
        remove.setVisible(not self._session.is_closed)
        go = Button(_("Go there"), "external-link", ButtonKind.QUIET, card)
        go.setProperty("key", key)
        go.clicked.connect(self._on_go)
        go.setVisible(bool(where) and where != kept.near)
        card.column.addLayout(in_row(copy, go, remove, None))
        return card

    def _on_copy(self) -> None:
        kept = self._session.report.unplaced[self.sender().property("key")]
        QGuiApplication.clipboard().setText(markup.read(kept.text).plain_text())

    def _on_go(self) -> None:
        self.path_chosen.emit(self._session.report.unplaced[self.sender().property("key")].near)

    def _on_remove(self) -> None:
        self._session.dismiss_unplaced(self.sender().property("key"))

    def enter(self) -> None:
        """The page is always up to date."""

    def leave(self) -> None:
        """Nothing is being typed here."""

    def hand_over(self) -> None:
        """Nothing is being typed here."""

    def release(self) -> None:
        """Stop following."""
        self._session.ignore(self._on_paths_changed)

    def go_to(self, path: str) -> None:
        """All of it is in view."""
