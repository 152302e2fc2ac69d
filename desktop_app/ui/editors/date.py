"""A date: typed in the usual ways or picked in a calendar; what was understood stands below."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QWidget

from desktop_app.report.timeframe.edtf import Unit
from desktop_app.report.values import Value
from desktop_app.runtime.i18n import _
from desktop_app.ui import icons, tokens
from desktop_app.ui.editors.contract import FieldEditor
from desktop_app.ui.editors.dates import UnitReading, day_echo, read_day, unit_line
from desktop_app.ui.editors.readings import ReadLine
from desktop_app.ui.parts import IconButton, Tone

if TYPE_CHECKING:
    from desktop_app.ui.editors.calendar_popup import CalendarPopup


class DateEditor(FieldEditor):
    """Reads 31.12.2013, 2013-12-31 and 31 December 2013; of 01/09/2013 it asks which day is meant."""

    def __init__(self, languages: Sequence[str], placeholder: str = "") -> None:
        """``languages``: those the names of months may be in."""
        super().__init__()
        self._languages = tuple(languages)
        self._reading = UnitReading()
        self._part = ReadLine(tokens.SHORT_FIELD)
        self._part.line.setPlaceholderText(placeholder or _("For example 31.12.2013"))
        self._open = IconButton("calendar", _("Choose in a calendar"))
        self._open.setIcon(icons.icon("calendar", QPalette.ColorRole.PlaceholderText))
        self._open.setFixedHeight(self._part.line.minimumHeight())
        self._part.well.row.addWidget(self._open)
        self._calendar: CalendarPopup | None = None
        self._part.typed.connect(self._on_typed)
        self._part.meaning_chosen.connect(self._on_meaning_chosen)
        self._open.clicked.connect(self._on_open)
        self.column.addWidget(self._part)

    def value(self) -> Value | None:
        unit = self._reading.unit
        return None if unit is None else unit.first_day()

    def show_value(self, value: Value | None) -> None:
        date = value if isinstance(value, datetime.date) else None
        self._reading = UnitReading(None if date is None else Unit(date.year, date.month, date.day))
        unit = self._reading.unit
        self._part.show_words("" if unit is None else unit_line(unit))
        self._describe()

    def set_read_only(self, read_only: bool) -> None:
        self._part.set_read_only(read_only)
        self._open.setVisible(not read_only)

    def focus_target(self) -> QWidget:
        return self._part.line

    def unfinished(self) -> str:
        typed = self._part.line.text()
        return typed if self._reading.unit is None and typed.strip() else ""

    def focus_left(self) -> None:
        """Only now say what is wrong: half a date is no mistake while one types."""
        if self._reading.sentence:
            self._part.tell(self._reading.sentence, Tone.WARNING)
            self._describe(self._part.sentence())
        super().focus_left()

    def _on_typed(self) -> None:
        typed = self._part.line.text()
        self._reading = read_day(typed, self._languages)
        unit = self._reading.unit
        if self._reading.choices:
            self._part.ask(_("Which day is meant?"), [unit_line(choice) for choice in self._reading.choices])
        elif unit is not None and typed.strip() != unit_line(unit):
            self._part.tell(_("Understood as {date}").format(date=day_echo(unit)))
        else:
            self._part.tell("")
        self._describe(self._part.sentence())
        self.value_edited.emit()

    def _on_meaning_chosen(self, number: int) -> None:
        self._choose(self._reading.choices[number].first_day())

    def _on_open(self) -> None:
        if self._calendar is None:
            from desktop_app.ui.editors.calendar_popup import CalendarPopup

            self._calendar = CalendarPopup(self)
            self._calendar.calendar.clicked.connect(self._on_picked)
            self._calendar.calendar.activated.connect(self._on_picked)
        date = self.value()
        self._calendar.open_below(self._open, date if isinstance(date, datetime.date) else None)

    def _on_picked(self, day: QDate) -> None:
        if self._calendar is not None and self._calendar.isVisible():
            self._calendar.close()
            self._part.line.setFocus()
            self._choose(datetime.date(day.year(), day.month(), day.day()))

    def _choose(self, date: datetime.date) -> None:
        self.show_value(date)
        self.value_edited.emit()
