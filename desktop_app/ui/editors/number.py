"""A number. What cannot be read stays as it was typed, with a sentence, and is no value."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.report.values import Number, Value
from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.editors.contract import FieldEditor
from desktop_app.ui.editors.numbers import NumberReading, number_echo, number_line, read_number
from desktop_app.ui.editors.readings import ReadLine
from desktop_app.ui.parts import Tone


class NumberEditor(FieldEditor):
    """A line for one number, with an echo where the person's own way to write differs from what is kept."""

    def __init__(
        self, placeholder: str = "", *, whole: bool = False, width: int = tokens.SHORT_FIELD
    ) -> None:
        """``whole`` decides what 1.234 means; ``width`` is the line's, in pixels."""
        super().__init__()
        self._whole = whole
        self._reading = NumberReading()
        self._part = ReadLine(width)
        self._part.line.setPlaceholderText(placeholder)
        self._part.typed.connect(self._on_typed)
        self._part.meaning_chosen.connect(self._on_meaning_chosen)
        self.column.addWidget(self._part)

    def value(self) -> Value | None:
        return self._reading.value

    def show_value(self, value: Value | None) -> None:
        number = value if isinstance(value, int | float) and not isinstance(value, bool) else None
        self._reading = NumberReading(number)
        self._part.show_words("" if number is None else number_line(number))
        self._describe()

    def set_read_only(self, read_only: bool) -> None:
        self._part.set_read_only(read_only)

    def focus_target(self) -> QWidget:
        return self._part.line

    def unfinished(self) -> str:
        typed = self._part.line.text()
        return typed if self._reading.value is None and typed.strip() else ""

    def put_beside(self, part: QWidget) -> None:
        """Let ``part`` stand right after the line."""
        self._part.put_beside(part)

    def _on_typed(self) -> None:
        self._read()
        self.value_edited.emit()

    def _read(self) -> None:
        typed = self._part.line.text()
        self._reading = read_number(typed, whole=self._whole)
        if self._reading.choices:
            self._part.ask(
                _("Which number is meant?"), [number_line(choice) for choice in self._reading.choices]
            )
        elif self._reading.sentence:
            self._part.tell(self._reading.sentence, Tone.WARNING)
        else:
            self._part.tell(echo_of(typed, self._reading.value))
        self._describe(self._part.sentence())

    def _on_meaning_chosen(self, number: int) -> None:
        self.show_value(self._reading.choices[number])
        self.value_edited.emit()


def echo_of(typed: str, number: Number | None) -> str:
    """What was understood; nothing where the words leave no doubt."""
    if number is None or typed.strip() in (number_line(number), number_echo(number), str(number)):
        return ""
    return _("Understood as {number}").format(number=number_echo(number))
