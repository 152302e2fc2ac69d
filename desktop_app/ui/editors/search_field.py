"""A line with a list behind it: type some letters of an option and choose it, or open the whole list."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QWidget

from desktop_app.runtime.i18n import _
from desktop_app.ui import icons, tokens
from desktop_app.ui.inputs import LineEdit, Well
from desktop_app.ui.parts import IconButton

if TYPE_CHECKING:
    from desktop_app.ui.editors.options_found import OptionsFound


def folded(words: str) -> str:
    """``words`` as they are searched: without accents and capitals."""
    parts = unicodedata.normalize("NFKD", words.casefold())
    return " ".join("".join(part for part in parts if not unicodedata.combining(part)).split())


class _SearchLine(LineEdit):
    """Opens the list with the arrow keys too."""

    list_wanted = Signal()
    enter_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.isReadOnly():
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_F4):
            self.list_wanted.emit()
        elif (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers()
            and self.text().strip()
        ):
            self.enter_pressed.emit()
        else:
            super().keyPressEvent(event)


class SearchField(Well):
    """Finds one of many options by a part of its words; capitals and accents do not matter."""

    option_chosen = Signal(str)
    """The user chose the option with this code."""

    words_typed = Signal()
    """The user typed; what stands there may be an option's words or not."""

    def __init__(self, options: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """``options``: codes and words in order."""
        self.line = _SearchLine()
        super().__init__(self.line, parent)
        self._options = [(code, words, folded(words)) for code, words in options]
        self._hidden: frozenset[str] = frozenset()
        self._open_list = IconButton("chevron-down", _("Show the list"))
        self._open_list.setIcon(icons.icon("chevron-down", QPalette.ColorRole.PlaceholderText))
        self._open_list.setIconSize(QSize(tokens.SMALL_ICON, tokens.SMALL_ICON))
        self._open_list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._open_list.setFixedHeight(self.line.minimumHeight())
        self.row.addWidget(self._open_list)
        self._found: OptionsFound | None = None
        self._open_list.clicked.connect(self._show_all)
        self.line.list_wanted.connect(self._on_list_wanted)
        self.line.enter_pressed.connect(self._on_enter)
        self.line.typed.connect(self._on_typed)

    def set_read_only(self, read_only: bool) -> None:
        """Only to read and copy."""
        self.line.setReadOnly(read_only)
        self._open_list.setVisible(not read_only)
        self.set_open(not read_only)

    def leave_out(self, codes: frozenset[str]) -> None:
        """Do not offer these."""
        self._hidden = codes

    def code_of(self, typed: str) -> str | None:
        """The option whose words are ``typed``."""
        wanted = folded(typed)
        return next((code for code, _words, found in self._options if found == wanted), None)

    def matches(self, typed: str) -> list[tuple[str, str]]:
        """Options with ``typed`` in their words, those that begin with it first."""
        wanted = folded(typed)
        found = [
            (not words_folded.startswith(wanted), code, words)
            for code, words, words_folded in self._options
            if wanted in words_folded and code not in self._hidden
        ]
        return [(code, words) for _later, code, words in sorted(found, key=lambda option: option[0])]

    def close_list(self) -> None:
        """Close the list, if it is open."""
        if self._found is not None:
            self._found.close_list()

    def _offer(self, typed: str) -> None:
        found = self.matches(typed)
        if found:
            room = self.rect().translated(self.line.mapFrom(self, self.rect().topLeft()))
            self._list().offer([words for _code, words in found], room)
        else:
            self.close_list()

    def _list(self) -> OptionsFound:
        """Made when it is first opened."""
        if self._found is None:
            from desktop_app.ui.editors.options_found import OptionsFound

            self._found = OptionsFound(self.line, self)
            self._found.activated.connect(self._on_activated)
        return self._found

    def _show_all(self) -> None:
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._offer("")

    def _on_list_wanted(self) -> None:
        self._offer("" if self.code_of(self.line.text()) else self.line.text())

    def _on_typed(self) -> None:
        if self.line.text().strip():
            self._offer(self.line.text())
        else:
            self.close_list()
        self.words_typed.emit()

    def _on_enter(self) -> None:
        found = self.matches(self.line.text())
        if found:
            self.close_list()
            self.option_chosen.emit(self.code_of(self.line.text()) or found[0][0])

    def _on_activated(self, words: str) -> None:
        code = self.code_of(words)
        if code is not None:
            self.option_chosen.emit(code)
