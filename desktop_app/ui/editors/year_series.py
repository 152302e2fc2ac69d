"""A number for each year, with the change from year to year beside it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_app.report.values import Number, Value
from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.editors.contract import FieldEditor, Remark
from desktop_app.ui.editors.number import NumberEditor
from desktop_app.ui.editors.numbers import ascii_digits
from desktop_app.ui.inputs import LineEdit, Well
from desktop_app.ui.parts import Button, ButtonKind, Chip, IconButton, Tone, Words, help_line, in_row


class _YearRow(QWidget):
    """One year: its number, the change, whether it is the baseline."""

    edited = Signal()
    removed = Signal()

    def __init__(self, year: str, number: Number | None, *, is_baseline: bool, whole: bool) -> None:
        super().__init__()
        self.is_baseline = is_baseline
        self.year_line = LineEdit()
        self.year_line.setText(year)
        self.year_line.setMaxLength(4)
        self.year_line.setReadOnly(is_baseline)
        self.year_line.setAccessibleName(_("Year"))
        self.year_well = Well(self.year_line)
        self.year_well.set_open(not is_baseline)
        self.figure = NumberEditor(whole=whole)
        self.figure.show_value(number)
        self.change = Words("", font=tokens.small_font(), tone=Tone.QUIET, wrap=False)
        self.mark = Chip(_("Baseline"), "goal") if is_baseline else None
        self.remove = None if is_baseline else IconButton("remove", _("Remove this year"))
        self.year_line.typed.connect(self.edited)
        self.figure.value_edited.connect(self.edited)
        if self.remove is not None:
            self.remove.clicked.connect(self.removed)

    @property
    def year(self) -> str | None:
        """Four digits, or None while there are not so many."""
        typed = ascii_digits(self.year_line.text().strip())
        return typed if len(typed) == 4 and typed.isascii() and typed.isdecimal() else None

    @property
    def number(self) -> Number | None:
        """The figure, if there is one."""
        value = self.figure.value()
        return value if isinstance(value, int | float) else None

    def parts(self) -> tuple[QWidget | None, ...]:
        """What stands in the columns of the grid."""
        return self.year_well, self.figure, self.change, self.mark or self.remove


class YearSeriesEditor(FieldEditor):
    """A small table. The baseline's row is always there; other years are added."""

    def __init__(self, baseline: int | None = None, *, whole: bool = False) -> None:
        """``baseline`` is the year changes are counted from."""
        super().__init__()
        self._baseline = None if baseline is None else f"{baseline:04d}"
        self._whole = whole
        self._rows: list[_YearRow] = []
        self._read_only = False
        self._label = ""
        self._kept: Value | None = None
        self._is_kept = True
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(tokens.GAP)
        self._grid.setVerticalSpacing(tokens.HALF)
        self._grid.setColumnMinimumWidth(0, tokens.CONTROL * 3)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnMinimumWidth(2, tokens.CONTROL * 3)
        self._remark = Remark()
        self._add = Button(_("Add year"), "add", ButtonKind.QUIET)
        self._add.clicked.connect(self._on_add)
        self.column.addWidget(self._table)
        self.column.addWidget(self._remark)
        self.column.addLayout(in_row(self._add, None))
        self.show_value(None)

    def value(self) -> Value | None:
        if self._is_kept:
            return self._kept
        found = {row.year: row.number for row in self._rows}
        return {year: found[year] for year in sorted(filter(None, found)) if found[year] is not None} or None  # type: ignore[misc]

    def show_value(self, value: Value | None) -> None:
        series = dict(value) if isinstance(value, Mapping) else {}
        self._kept, self._is_kept = series or None, True
        for row in self._rows:
            self._forget(row)
        self._rows = []
        years = sorted({*series, self._baseline} - {None})  # type: ignore[type-var]
        for year in years:
            self._rows.append(self._row(str(year), series.get(str(year))))
        self._arrange()
        self._compare()

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self._add.setVisible(not read_only)
        for row in self._rows:
            self._open_row(row)

    def focus_target(self) -> QWidget:
        return self._rows[0].figure.focus_target() if self._rows else self._add

    def set_names(self, label: str, help: str) -> None:
        self._label, self._help = label, help
        self.setAccessibleName(label)
        self._name_rows()
        self._describe(self._remark.text())

    def unfinished(self) -> str:
        return " ".join(
            f"{row.year_line.text()}: {row.figure.unfinished() or row.number}"
            for row in self._rows
            if row.figure.unfinished() or (row.number is not None and not self._counts(row))
        )

    def focus_left(self) -> None:
        self._remark.tell(self._wrong_years(), Tone.WARNING)
        self._describe(self._remark.text())
        super().focus_left()

    # Rows

    def _row(self, year: str, number: Number | None) -> _YearRow:
        row = _YearRow(year, number, is_baseline=year == self._baseline and bool(year), whole=self._whole)
        row.edited.connect(self._on_edited)
        row.removed.connect(self._on_removed)
        self._open_row(row)
        return row

    def _open_row(self, row: _YearRow) -> None:
        row.figure.set_read_only(self._read_only)
        row.year_line.setReadOnly(self._read_only or row.is_baseline)
        row.year_well.set_open(not self._read_only and not row.is_baseline)
        if row.remove is not None:
            row.remove.setVisible(not self._read_only)

    def _arrange(self) -> None:
        for line, row in enumerate(self._rows):
            for place, part in enumerate(row.parts()):
                if part is not None:
                    self._grid.addWidget(part, line, place, Qt.AlignmentFlag.AlignTop)
        self._name_rows()

    def _forget(self, row: _YearRow) -> None:
        for part in row.parts():
            if part is not None:
                self._grid.removeWidget(part)
                part.hide()
                part.deleteLater()
        row.deleteLater()
