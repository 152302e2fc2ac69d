"""What editors share that find their options by typing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop_app.runtime.i18n import _
from desktop_app.ui.editors.contract import FieldEditor, Remark
from desktop_app.ui.editors.search_field import SearchField
from desktop_app.ui.focus import when_mouse_is_free
from desktop_app.ui.parts import Tone


class SearchEditor(FieldEditor):
    """A line to type in, and a remark below it on what is not in the list."""

    def __init__(self, options: Sequence[tuple[str, str]]) -> None:
        """``options``: codes and words in order."""
        super().__init__()
        self._words = dict(options)
        self._field = SearchField(options)
        self._field.line.setPlaceholderText(_("Type to search the list"))
        self._remark = Remark()
        self.column.addWidget(self._field)
        self.column.addWidget(self._remark)
        self._field.option_chosen.connect(self._on_option_chosen)
        self._field.words_typed.connect(self._on_words_typed)

    def focus_target(self) -> QWidget:
        return self._field.line

    def focus_left(self) -> None:
        self._field.close_list()
        when_mouse_is_free(self, self._tell_unfinished)
        super().focus_left()

    def _tell_unfinished(self) -> None:
        if self.unfinished():
            sentence = _("“{words}” is not in the list. Choose an entry of the list.")
            self._remark.tell(sentence.format(words=self.unfinished()), Tone.WARNING)
            self._describe(self._remark.text())

    def _on_option_chosen(self, code: str) -> None:
        raise NotImplementedError

    def _on_words_typed(self) -> None:
        """Nothing is wrong any more while somebody types."""
        self._remark.tell("")
        self._describe()
