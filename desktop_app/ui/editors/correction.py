"""Where a timeframe's reading is corrected, in place: from, to, or no date. Nobody has to know a notation."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop_app.report.timeframe.describe import describe
from desktop_app.report.timeframe.edtf import Edtf, EdtfError, Unit
from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.editors.contract import Remark
from desktop_app.ui.editors.dates import UnitReading, read_unit, unit_line
from desktop_app.ui.editors.readings import ReadLine
from desktop_app.ui.parts import Button, ButtonKind, Card, Tone, Words, help_line, in_row


class _End(QWidget):
    """One end: a day, a month or a year, or nothing for an open one."""

    changed = Signal()

    def __init__(self, languages: Sequence[str], placeholder: str) -> None:
        super().__init__()
        self._languages = tuple(languages)
        self._shown: tuple[str, Unit | None] = ("", None)
        self._reading = UnitReading()
        self.part = ReadLine()
        self.part.line.setPlaceholderText(placeholder)
        self.part.typed.connect(self._on_typed)
        self.part.meaning_chosen.connect(self._on_meaning_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.part)

    def show_unit(self, unit: Unit | None) -> None:
        words = "" if unit is None else unit_line(unit)
        self._shown = (words, unit)
        self._reading = UnitReading(unit)
        self.part.show_words(words)

    @property
    def unit(self) -> Unit | None:
        return self._reading.unit

    @property
    def words(self) -> str:
        return self.part.line.text().strip()

    @property
    def is_clear(self) -> bool:
        """Whether it is empty or understood."""
        return not self.words or self.unit is not None

    def sentence(self) -> str:
        return self._reading.sentence

    def _on_typed(self) -> None:
        words, unit = self._shown
        # Words that stand as they were shown mean what they meant, even where they could not be read back.
        known = bool(words) and self.words == words
        self._reading = UnitReading(unit) if known else read_unit(self.words, self._languages)
        if self._reading.choices:
            self.part.ask(_("Which day is meant?"), [unit_line(choice) for choice in self._reading.choices])
        else:
            self.part.tell("")
        self.changed.emit()

    def _on_meaning_chosen(self, number: int) -> None:
        self.show_unit(self._reading.choices[number])
        self.changed.emit()


class Correction(Card):
    """Two ends and what they say together; ``settled`` carries the reading, or None for no date."""

    settled = Signal(object)
    cancelled = Signal()

    def __init__(self, languages: Sequence[str]) -> None:
        """``languages``: those the names of months may be in."""
        super().__init__(margin=tokens.GAP + tokens.HALF)
        self._from = _End(languages, _("For example March 2013"))
        self._to = _End(languages, _("For example 31.12.2013 or 2013"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.SPACE)
        grid.setVerticalSpacing(tokens.HALF)
        for place, (name, end) in enumerate(((_("From"), self._from), (_("Until"), self._to))):
            label = Words(name, font=tokens.small_font(), tone=Tone.QUIET, wrap=False)
            label.setBuddy(end.part.line)
            end.part.line.setAccessibleName(name)
            end.changed.connect(self._on_changed)
            grid.addWidget(label, 0, place)
            grid.addWidget(end, 1, place, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(place, 1)
        self._remark = Remark()
        self._use = Button(_("Use this"), "check")
        self._none = Button(_("No date"), kind=ButtonKind.QUIET)
        self._none.setToolTip(_("These words name no date, such as “on an ongoing basis”."))
        self._cancel = Button(_("Cancel"), kind=ButtonKind.QUIET)
        self._use.clicked.connect(self._on_use)
        self._none.clicked.connect(self._on_none)
        self._cancel.clicked.connect(self.cancelled)
        self.column.addWidget(
            help_line(
                _("A day, a month or a year. Leave “From” empty for a deadline, “Until” for an open end.")
            )
        )
        self.column.addLayout(grid)
        self.column.addWidget(self._remark)
        self.column.addLayout(in_row(self._use, self._none, self._cancel, None))

    def open(self, reading: Edtf | None) -> None:
        """Begin with what was read."""
        self._from.show_unit(reading.start if reading is not None else None)
        self._to.show_unit(reading.end if reading is not None else None)
        self._show_outcome()
        self.show()
        target = self._from if self._from.words else self._to
        target.part.line.setFocus(Qt.FocusReason.OtherFocusReason)
        target.part.line.selectAll()

    def unfinished(self) -> str:
        """What was typed here and not used yet."""
        if self.isHidden():
            return ""
        return " – ".join(end.words for end in (self._from, self._to) if end.words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._on_use()
        else:
            super().keyPressEvent(event)

    def _outcome(self) -> Edtf | None:
        """The reading both ends give. EdtfError when they do not fit together."""
        start, end = self._from.unit, self._to.unit
        if not (self._from.is_clear and self._to.is_clear) or (start is None and end is None):
            return None
        if start is not None and start == end:
            return Edtf.of(start)
        return Edtf(start, end)

    def _show_outcome(self) -> None:
        try:
            outcome = self._outcome()
        except EdtfError:
            self._remark.tell(
                _("The end lies before the beginning, or the two cannot stand together."), Tone.WARNING
            )
            self._use.setEnabled(False)
            return
        self._use.setEnabled(outcome is not None)
        self._remark.tell(
            "" if outcome is None else _("That is: {reading}").format(reading=describe(outcome))
        )

    def _on_changed(self) -> None:
        self._show_outcome()

    def _on_use(self) -> None:
        sentence = self._from.sentence() or self._to.sentence()
        if sentence:
            self._remark.tell(sentence, Tone.WARNING)
        elif self._use.isEnabled():
            self.settled.emit(str(self._outcome()))

    def _on_none(self) -> None:
        self.settled.emit(None)
