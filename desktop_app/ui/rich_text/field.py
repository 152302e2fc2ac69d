"""A text editor with its bar, its lines for links and notes, a count of words and what there is to say."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.runtime.i18n import ngettext
from desktop_app.ui import tokens
from desktop_app.ui.focus import FocusScope, when_mouse_is_free
from desktop_app.ui.inputs import Well
from desktop_app.ui.parts import Tone, Words
from desktop_app.ui.rich_text.editor import RichTextEdit
from desktop_app.ui.rich_text.in_place import InPlaceLine, LinkLine, NoteLine
from desktop_app.ui.rich_text.toolbar import FormatBar

_PAUSE = 400
"""Milliseconds without a key before words are counted."""


class RichTextField(FocusScope):
    """The whole of it. The bar's room is kept while it is hidden: nothing moves when the focus does."""

    text_edited = Signal()

    def __init__(
        self, parent: QWidget | None = None, *, max_words: int | None = None, min_lines: int = 3
    ) -> None:
        """``max_words`` shows how many words there are of how many."""
        super().__init__(parent)
        self.edit = RichTextEdit(framed=False, min_lines=min_lines)
        self._max_words = max_words
        self._bar: FormatBar | None = None
        self._link_line: LinkLine | None = None
        self._note_line: NoteLine | None = None
        self._well = Well()
        self._well.row.setContentsMargins(0, 0, 0, 0)
        self._well.row.addWidget(self.edit, 1)
        self._strip = QWidget()
        self._strip_row = QHBoxLayout(self._strip)
        self._strip_row.setContentsMargins(tokens.HALF, 0, tokens.GAP, tokens.HALF)
        self._strip.setFixedHeight(tokens.CONTROL + tokens.HALF)
        self._count = Words("", font=tokens.small_font(), tone=Tone.QUIET, wrap=False)
        self._strip_row.addStretch(1)
        self._strip_row.addWidget(self._count)
        self._well.column.addWidget(self._strip)
        self._told = Words("", font=tokens.small_font(), tone=Tone.WARNING)
        self._told.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.HALF)
        self._column.addWidget(self._well)
        self._column.addWidget(self._told)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self.count_words)
        self._connect()

    def _connect(self) -> None:
        self.edit.focus_changed.connect(self._well.set_focused)
        self.edit.text_edited.connect(self._on_text_edited)
        self.edit.characters_removed.connect(self._on_characters_removed)
        self.edit.paste_refused.connect(self._tell)
        self.edit.note_pressed.connect(self._on_note_pressed)
        self.edit.formatting.link.triggered.connect(self._on_link)
        self.edit.formatting.note.triggered.connect(self._on_note)

    def set_read_only(self, read_only: bool) -> None:
        """Only to read and copy: no bar."""
        self._shut_lines()
        self.edit.setReadOnly(read_only)
        self.edit.formatting.set_enabled(not read_only)
        self._well.set_open(not read_only)
        self._strip.setVisible(not read_only)

    def count_words(self) -> None:
        """Show how many words there are, where there is a limit."""
        if self._max_words is None:
            return
        count = self.edit.text_value().word_count()
        words = ngettext("{count} of {limit} word", "{count} of {limit} words", self._max_words)
        self._count.setText(words.format(count=count, limit=self._max_words))
        self._count.set_tone(Tone.WARNING if count > self._max_words else Tone.QUIET)

    def focus_entered(self) -> None:
        """Show the bar."""
        if self._bar is None:
            self._bar = FormatBar(self.edit)
            self._strip_row.insertWidget(0, self._bar)
            self._bar.follow_in_tab_order(self.edit)
        self._bar.show()

    def focus_left(self) -> None:
        """Hide the bar; an empty note goes."""
        if self._bar is not None:
            self._bar.hide()
        when_mouse_is_free(self, self._shut_lines_unless_back)

    def _shut_lines_unless_back(self) -> None:
        if not self.has_focus_inside():
            self._shut_lines()

    def _shut_lines(self) -> None:
        for line in (self._link_line, self._note_line):
            if line is not None:
                line.shut()

    def _on_text_edited(self) -> None:
        self._tell("")
        if self._max_words is not None:
            self._timer.start()
        self.text_edited.emit()

    def _on_characters_removed(self, count: int) -> None:
        words = ngettext(
            "{count} character that cannot be kept was left out.",
            "{count} characters that cannot be kept were left out.",
            count,
        )
        self._tell(words.format(count=count))

    def _tell(self, sentence: str) -> None:
        self._told.setText(sentence)
        self._told.setVisible(bool(sentence))

    def _on_link(self) -> None:
        self._shut_lines()
        if self._link_line is None:
            self._link_line = LinkLine(self.edit)
            self._place(self._link_line)
        self._link_line.open()

    def _place(self, line: InPlaceLine) -> None:
        self._column.insertWidget(1, line)
        line.follow_in_tab_order(self.edit if self._bar is None else self._bar.stop)

    def _on_note(self) -> None:
        self._open_note(None)

    def _on_note_pressed(self, position: int) -> None:
        if not self.edit.isReadOnly():
            self._open_note(position)

    def _open_note(self, position: int | None) -> None:
        self._shut_lines()
        if self._note_line is None:
            self._note_line = NoteLine(self.edit)
            self._place(self._note_line)
        self._note_line.open(position)
