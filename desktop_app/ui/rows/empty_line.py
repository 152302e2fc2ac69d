"""What stands in the place of the rows while there are none: why, or what to do."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.report.state_words import state_words
from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.parts import Button, ButtonKind, Tone, Words, in_row
from desktop_app.ui.rows.context import ListContext
from desktop_app.ui.rows.problem_lines import IconMark


class EmptyLine(QWidget):
    """A sentence, and a button to take a reason back."""

    take_back_chosen = Signal()

    def __init__(self, context: ListContext) -> None:
        """For the context's list."""
        super().__init__()
        self._context = context
        self._icon = IconMark("state-empty", Tone.QUIET, tokens.ICON)
        self._words = Words("", tone=Tone.QUIET)
        self.take_back = Button(_("Take back"), kind=ButtonKind.QUIET)
        self.take_back.clicked.connect(self.take_back_chosen)
        line = in_row(self._icon, self._words, self.take_back)
        line.setStretch(1, 1)
        line.setContentsMargins(tokens.SPACE, tokens.GAP, tokens.GAP, tokens.GAP)
        self.setLayout(line)
        self.setMinimumHeight(tokens.CONTROL + 3 * tokens.GAP)
        self.show_list()

    def show_list(self) -> None:
        """Take over why the list is empty now."""
        state, labels = self._context.row_list.state, self._context.labels
        self.take_back.setVisible(state is not None and not self._context.is_read_only)
        if state is not None:
            words = state_words(state, labels)
            self._icon.set_mark("state-complete", Tone.SUCCESS)
        elif self._context.is_read_only:
            words = _("Nothing was written here.")
            self._icon.set_mark("state-empty", Tone.QUIET)
        else:
            words = labels.list_empty(self._context.entry)
            words = words or _("Nothing here yet. Add an entry, or say why there is none.")
            self._icon.set_mark("state-empty", Tone.QUIET)
        self._words.setText(words)
        self._words.set_tone(Tone.QUIET if state is None else Tone.NORMAL)
        self.take_back.setAccessibleName(_("Take back: {words}").format(words=words))
