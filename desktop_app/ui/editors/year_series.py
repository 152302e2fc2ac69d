"""A number for each year, with the change from year to year beside it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.report.values import Number, Value
from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.editors.contract import FieldEditor, Remark
from desktop_app.ui.editors.year_row import FIGURE_WIDTH, YEAR_WIDTH, YearRow
from desktop_app.ui.focus import put_before, when_mouse_is_free
from desktop_app.ui.parts import Button, ButtonKind, Tone, Words, in_row


class YearSeriesEditor(FieldEditor):
    """A small table. The baseline's row is always there; other years are added."""

    def __init__(self, baseline: int | None = None, *, whole: bool = False) -> None:
        """``baseline`` is the year changes are counted from; ``whole`` as in ``NumberEditor``."""
        super().__init__()
        self._baseline = "" if baseline is None else f"{baseline:04d}"
        self._whole = whole
        self._rows: list[YearRow] = []
        self._read_only = False
        self._label = ""
        self._kept: dict[str, Number] | None = {}
        self._table = QVBoxLayout()
        self._table.setSpacing(tokens.HALF)
        self._head = _head()
        self._remark = Remark()
        self._add = Button(_("Add year"), "add", ButtonKind.QUIET)
        self._add.clicked.connect(self._on_add)
        self.column.addWidget(self._head)
        self.column.addLayout(self._table)
        self.column.addWidget(self._remark)
        self.column.addLayout(in_row(self._add, None))
        self.show_value(None)

    def value(self) -> Value | None:
        if self._kept is not None:
            return self._kept or None
        return self._series() or None

    def show_value(self, value: Value | None) -> None:
        series: dict[str, Number] = dict(value) if isinstance(value, Mapping) else {}
        if self._kept is None and series == self._series():
            # What was typed already says this; half-written rows stay.
            return
        self._kept = series
        for row in self._rows:
            self._table.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        for year in sorted({*series, self._baseline} - {""}):
            self._append(year, series.get(year))
        self._compare()

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self._add.setVisible(not read_only)
        for row in self._rows:
            row.set_read_only(read_only)

    def focus_target(self) -> QWidget:
        return self._rows[0].figure.focus_target() if self._rows else self._add

    def set_names(self, label: str, help: str) -> None:
        self._label, self._help = label, help
        self.setAccessibleName(label)
        self._add.setAccessibleName(_("{label}: add year").format(label=label))
        for row in self._rows:
            row.name(label)
        self._describe(self._remark.text())

    def unfinished(self) -> str:
        counted = self._counted()
        return ", ".join(
            f"{row.year_line.text()}: {row.figure.focus_target().text()}"  # type: ignore[attr-defined]
            for row in self._rows
            if row.figure.unfinished() or (row.number is not None and row not in counted.values())
        )

    def focus_left(self) -> None:
        when_mouse_is_free(self, self._tell_wrong_years)
        super().focus_left()

    def _tell_wrong_years(self) -> None:
        self._remark.tell(self._wrong_years(), Tone.WARNING)
        self._describe(self._remark.text())

    def _counted(self) -> dict[str, YearRow]:
        """The rows by year; of two with one year the first."""
        found: dict[str, YearRow] = {}
        for row in self._rows:
            if row.year is not None:
                found.setdefault(row.year, row)
        return found

    def _series(self) -> dict[str, Number]:
        numbers = {year: row.number for year, row in sorted(self._counted().items())}
        return {year: number for year, number in numbers.items() if number is not None}

    def _wrong_years(self) -> str:
        counted = self._counted()
        for row in self._rows:
            if row.number is None or row in counted.values():
                continue
            if row.year is None:
                return _("Write the year of each figure with four digits, for example 2013.")
            return _("The year {year} stands here twice. Only the first figure counts.").format(year=row.year)
        return ""

    def _append(self, year: str, number: Number | None) -> YearRow:
        is_baseline = bool(year) and year == self._baseline
        row = YearRow(year, number, is_baseline=is_baseline, whole=self._whole)
        row.edited.connect(self._on_edited)
        row.remove_pressed.connect(self._on_remove_pressed)
        row.set_read_only(self._read_only)
        row.name(self._label)
        self._rows.append(row)
        self._table.addWidget(row)
        # At once, not with the next event: the cursor may be put into it now.
        row.show()
        put_before(self._add, *row.stops())
        self._head.show()
        return row

    def _compare(self) -> None:
        before: tuple[Number | None, str] = (None, "")
        self._head.setVisible(bool(self._rows))
        counted = self._counted()
        for row in self._rows:
            if row not in counted.values():
                row.show_change(None, "")
        for year, row in sorted(counted.items()):
            row.show_change(*before)
            if row.number is not None:
                before = row.number, year

    def _next_year(self) -> str:
        years = [int(row.year) for row in self._rows if row.year is not None]
        return f"{max(years) + 1:04d}" if years else f"{datetime.date.today().year - 1:04d}"

    def _on_add(self) -> None:
        row = self._append(self._next_year(), None)
        self._compare()
        row.figure.focus_target().setFocus()

    def _on_remove_pressed(self) -> None:
        row = self.sender()
        assert isinstance(row, YearRow)
        place = self._rows.index(row)
        self._rows.remove(row)
        self._table.removeWidget(row)
        row.hide()
        row.deleteLater()
        neighbour = self._rows[place - 1].figure.focus_target() if self._rows else self._add
        neighbour.setFocus()
        self._on_edited()

    def _on_edited(self) -> None:
        self._kept = None
        self._remark.tell("")
        self._compare()
        for row in self._rows:
            row.name(self._label)
        self.value_edited.emit()


def _head() -> QWidget:
    """The names of the columns."""
    head = QWidget()
    year, figure, change = (
        Words(words, font=tokens.small_font(), tone=Tone.QUIET, wrap=False)
        for words in (_("Year"), _("Figure"), _("Change"))
    )
    year.setFixedWidth(YEAR_WIDTH)
    figure.setFixedWidth(FIGURE_WIDTH)
    head.setLayout(in_row(year, figure, change, None))
    return head
