"""One option of a list: a short list opens, a long one is searched by typing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop_app.report.values import Value
from desktop_app.ui.editors.contract import FieldEditor
from desktop_app.ui.editors.search_editor import SearchEditor

MOST_IN_SIGHT = 8
"""With more options one types to find the right one."""


class ChoiceEditor(FieldEditor):
    """Up to eight options. A code the form does not have any more is shown as it is."""

    def __init__(self, options: Sequence[tuple[str, str]]) -> None:
        """``options``: codes and words in order."""
        from desktop_app.ui.editors.choice_box import ChoiceBox

        super().__init__()
        self._box = ChoiceBox()
        for code, words in options:
            self._box.add_option(code, words)
        self._box.activated.connect(self._on_activated)
        self.column.addWidget(self._box)
        self._shown: str | None = None

    def value(self) -> Value | None:
        code = self._box.currentData()
        return code if isinstance(code, str) else None

    def show_value(self, value: Value | None) -> None:
        code = value if isinstance(value, str) else None
        if code is not None and self._box.findData(code) < 0:
            self._box.add_option(code, code)
        self._shown = code
        self._box.setCurrentIndex(self._box.findData(code) if code is not None else 0)

    def set_read_only(self, read_only: bool) -> None:
        self._box.set_closed(read_only)

    def focus_target(self) -> QWidget:
        return self._box

    def _on_activated(self, index: int) -> None:
        if self.value() != self._shown:
            self._shown = self._box.currentData()
            self.value_edited.emit()


class SearchChoiceEditor(SearchEditor):
    """More than eight options: some letters are enough to find one."""

    def __init__(self, options: Sequence[tuple[str, str]]) -> None:
        """``options``: codes and words in order."""
        super().__init__(options)
        self._code: str | None = None

    def value(self) -> Value | None:
        return self._code

    def show_value(self, value: Value | None) -> None:
        self._code = value if isinstance(value, str) else None
        self._field.line.setText(self._words.get(self._code, self._code) if self._code is not None else "")
        self._field.line.setCursorPosition(0)
        self._remark.tell("")
        self._describe()

    def set_read_only(self, read_only: bool) -> None:
        self._field.set_read_only(read_only)

    def unfinished(self) -> str:
        typed = self._field.line.text()
        return typed if self._code is None and typed.strip() else ""

    def _on_option_chosen(self, code: str) -> None:
        changed = code != self._code
        self.show_value(code)
        self._field.line.selectAll()
        if changed:
            self.value_edited.emit()

    def _on_words_typed(self) -> None:
        super()._on_words_typed()
        before, self._code = self._code, self._field.code_of(self._field.line.text())
        if self._code != before:
            self.value_edited.emit()
