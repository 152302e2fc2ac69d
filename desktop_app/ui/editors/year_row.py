"""One year of a year series: the year, its number, the change since the year before."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.report.values import Number
from desktop_app.runtime.i18n import _
from desktop_app.ui import icons, tokens
from desktop_app.ui.editors.number import NumberEditor
from desktop_app.ui.editors.numbers import ascii_digits
from desktop_app.ui.inputs import LineEdit, Well
from desktop_app.ui.parts import Chip, IconButton, Tone, Words

YEAR_WIDTH = tokens.GRID * 10
FIGURE_WIDTH = tokens.GRID * 16
_CHANGE_WIDTH = tokens.GRID * 9
"""Pixels; all of it has room beside the outline in the smallest window."""


class YearRow(QWidget):
    """A row of the small table. The baseline's year is fixed and cannot be removed."""

    edited = Signal()
    remove_pressed = Signal()

    def __init__(self, year: str, number: Number | None, *, is_baseline: bool, whole: bool) -> None:
        """``year`` is empty in a row just added without a proposal."""
        super().__init__()
        self._is_baseline = is_baseline
        self.year_line = LineEdit()
        self.year_line.setText(year)
        self.year_line.setPlaceholderText(_("Year"))
        self._year_well = Well(self.year_line)
        self._year_well.setFixedWidth(YEAR_WIDTH)
        self.figure = NumberEditor(whole=whole, width=FIGURE_WIDTH)
        self.figure.show_value(number)
        self._change = Words("", tone=Tone.QUIET, wrap=False)
        self._change.setFixedWidth(_CHANGE_WIDTH)
        self._change.setFixedHeight(tokens.CONTROL)
        self._remove = None if is_baseline else IconButton("remove", _("Remove this year"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.GAP)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self._year_well, 0, top)
        row.addWidget(self.figure, 1, top)
        if self._remove is not None:
            self.figure.put_beside(self._change)
            self._remove.setIcon(icons.icon("remove", QPalette.ColorRole.PlaceholderText))
            self._remove.clicked.connect(self.remove_pressed)
            self.figure.put_beside(self._remove)
        else:
            mark = Chip(_("Baseline"), "goal")
            # As high as its words, also beside a line that is higher.
            mark.setFixedHeight(mark.sizeHint().height())
            self.figure.put_beside(mark)
            # Behind it: most often nothing comes before the baseline that it could differ from.
            self.figure.put_beside(self._change)
            self._change.hide()
        self.year_line.typed.connect(self.edited)
        self.figure.value_edited.connect(self.edited)
        self.set_read_only(False)

    @property
    def year(self) -> str | None:
        """Four digits; None while there are not so many."""
        typed = ascii_digits(self.year_line.text().strip())
        return typed if len(typed) == 4 and typed.isascii() and typed.isdecimal() else None

    @property
    def number(self) -> Number | None:
        """The figure, if there is one."""
        value = self.figure.value()
        return value if isinstance(value, int | float) else None

    def set_read_only(self, read_only: bool) -> None:
        """Only to read and copy."""
        self.figure.set_read_only(read_only)
        self.year_line.setReadOnly(read_only or self._is_baseline)
        self._year_well.set_open(not read_only and not self._is_baseline)
        if self._remove is not None:
            self._remove.setVisible(not read_only)

    def stops(self) -> tuple[QWidget, ...]:
        """What Tab stops at, in order."""
        lines = (self.year_line, self.figure.focus_target())
        return lines if self._remove is None else (*lines, self._remove)

    def name(self, label: str) -> None:
        """Tell screen readers which figure of which question this is."""
        year = self.year or _("new year")
        self.year_line.setAccessibleName(_("{label}: year").format(label=label))
        self.figure.set_names(_("{label}: figure for {year}").format(label=label, year=year), "")
        if self._remove is not None:
            self._remove.setAccessibleName(_("Remove {year}").format(year=year))

    def show_change(self, before: Number | None, year_before: str) -> None:
        """Show how much the number differs from that of ``year_before``; nothing where there is no saying."""
        number = self.number
        if number is None or before is None or before <= 0:
            self._tell_change("", "")
            return
        share = (number - before) / before * 100
        words = QLocale().toString(abs(share), "f", 0 if abs(share) >= 10 or share == int(share) else 1)
        sign = "+" if share > 0 else "−" if share < 0 else "±"
        told = _("{sign}{percent} %").format(sign=sign, percent=words)
        self._tell_change(told, _("Compared with {year}").format(year=year_before))

    def _tell_change(self, words: str, tool_tip: str) -> None:
        self._change.setText(words)
        self._change.setToolTip(tool_tip)
        if self._is_baseline:
            self._change.setVisible(bool(words))
