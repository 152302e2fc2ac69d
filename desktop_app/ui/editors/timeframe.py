"""A timeframe: the country's own words, and below them the date read from them, to confirm or correct."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.report.timeframe.describe import describe
from desktop_app.report.timeframe.edtf import parse
from desktop_app.report.timeframe.reading import offer, suggest
from desktop_app.report.timeframe.value import Timeframe
from desktop_app.report.values import Value
from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.editors.contract import FieldEditor
from desktop_app.ui.editors.correction import Correction
from desktop_app.ui.editors.readings import ReadLine
from desktop_app.ui.parts import Button, ButtonKind, Chip, Tone


class TimeframeEditor(FieldEditor):
    """The words are kept as typed. A reading belongs to its words: other words are read anew.

    Of words that are counted from the year of the cycle ("next year") a date is offered and never taken
    by itself: they may be from another year.
    """

    def __init__(self, languages: Sequence[str], placeholder: str = "", cycle: str = "") -> None:
        """``languages``: those the words may be in."""
        super().__init__()
        self._languages, self._cycle = tuple(languages), cycle
        self._value = Timeframe("")
        self._is_own = False
        self._read_only = False
        self._part = ReadLine()
        self._part.line.setPlaceholderText(placeholder)
        self._chip = Chip("", "timeframe")
        self._confirm = Button(_("Confirm"), "check")
        self._correct = Button(_("Change the date"), kind=ButtonKind.QUIET)
        self._below = QWidget()
        row = QHBoxLayout(self._below)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.GAP)
        for part in (self._chip, self._confirm, self._correct):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        # Its room is kept while there are no words: nothing moves while one types.
        policy = self._below.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._below.setSizePolicy(policy)
        self._below.setMinimumHeight(tokens.CONTROL)
        self._correction: Correction | None = None
        self.column.addWidget(self._part)
        self.column.addWidget(self._below)
        self._part.typed.connect(self._on_typed)
        self._confirm.clicked.connect(self._on_confirm)
        self._correct.clicked.connect(self._on_correct)
        self._show_reading()

    def value(self) -> Value | None:
        return self._value if self._value.text.strip() else None

    def show_value(self, value: Value | None) -> None:
        self._value = value if isinstance(value, Timeframe) else Timeframe("")
        # A reading the words do not give by themselves is someone's own, and so is a confirmed one.
        read = suggest(self._value.text, self._languages)
        self._is_own = self._value.confirmed or self._value.edtf != read
        if self._part.line.text() != self._value.text:
            self._part.show_words(self._value.text)
        self._shut_correction()
        self._show_reading()

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self._part.set_read_only(read_only)
        self._shut_correction()
        self._show_reading()

    def focus_target(self) -> QWidget:
        return self._part.line

    def set_names(self, label: str, help: str) -> None:
        super().set_names(label, help)
        self._show_reading()

    def unfinished(self) -> str:
        return self._correction.unfinished() if self._correction is not None else ""

    def _offered(self) -> str | None:
        """What the words may mean in this cycle, while they have no reading."""
        if self._value.edtf is not None or self._value.confirmed:
            return None
        return self._offers(self._value.text)

    def _offers(self, text: str) -> str | None:
        return offer(text, self._languages, self._cycle)

    def _reading_words(self) -> str:
        reading = self._value.reading
        return describe(reading) if reading is not None else ""

    def _show_reading(self) -> None:
        """The chip and the buttons for one of the states: no words, no reading, to confirm, confirmed."""
        has_words = bool(self._value.text.strip())
        words = self._reading_words()
        confirmed, offered = self._value.confirmed, self._offered()
        if confirmed:
            self._chip.setText(words or _("No date in these words"))
            self._chip.set_mark("check", Tone.SUCCESS)
            spoken = _("Confirmed: {reading}").format(reading=self._chip.text())
        elif words:
            self._chip.setText(_("Read as: {reading}").format(reading=words))
            self._chip.set_mark("timeframe", Tone.ACCENT)
            spoken = _("{reading}. Not confirmed yet.").format(reading=self._chip.text())
        elif offered is not None:
            told = _("Counted from {cycle}: {reading}?")
            self._chip.setText(told.format(cycle=self._cycle, reading=describe(parse(offered))))
            self._chip.set_mark("timeframe", Tone.QUIET)
            spoken = _("{reading} It is no date of the report yet.").format(reading=self._chip.text())
        else:
            self._chip.setText(_("No date read"))
            self._chip.set_mark("hint", Tone.QUIET)
            spoken = self._chip.text()
        self._chip.setAccessibleName(spoken)
        may_confirm = (bool(words) and not confirmed) or offered is not None
        self._confirm.setText(_("Confirm") if offered is None else _("Use this date"))
        self._confirm.setVisible(may_confirm and not self._read_only)
        self._confirm.setAccessibleName(f"{self._confirm.text()}: {words or self._chip.text()}")
        self._confirm.updateGeometry()
        self._correct.setText(_("Change the date") if words else _("Set a date"))
        self._correct.setVisible(not self._read_only)
        self._correct.updateGeometry()
        self._below.setVisible(has_words)
        self._describe(spoken if has_words else "")

    def _on_typed(self) -> None:
        text = self._part.line.text()
        read = suggest(text, self._languages)
        before = self._value
        if read is not None and read == before.edtf:
            self._value = Timeframe(text, read, before.confirmed)
        elif read is None and self._is_own and text.strip() and not self._offers(text):
            self._value = Timeframe(text, before.edtf, confirmed=False)
        else:
            self._value = Timeframe(text, read)
            self._is_own = False
        self._show_reading()
        self.value_edited.emit()

    def _on_confirm(self) -> None:
        self._settle(self._value.edtf or self._offered())
        self._correct.setFocus()

    def _settle(self, edtf: str | None) -> None:
        self._value = Timeframe(self._value.text, edtf, confirmed=True)
        self._is_own = True
        # Told first: the button just pressed goes away, and the focus may leave the field with it.
        self.value_edited.emit()
        self._show_reading()

    def _on_correct(self) -> None:
        if self._correction is None:
            self._correction = Correction(self._languages)
            self._correction.settled.connect(self._on_settled)
            self._correction.cancelled.connect(self._on_cancelled)
            self.column.addWidget(self._correction)
        self._correction.open(self._value.reading)
        self._correct.hide()
        self._confirm.hide()

    def _on_settled(self, edtf: object) -> None:
        self._shut_correction()
        self._settle(edtf if isinstance(edtf, str) else None)
        self._part.line.setFocus()

    def _on_cancelled(self) -> None:
        self._shut_correction()
        self._show_reading()
        self._part.line.setFocus()

    def _shut_correction(self) -> None:
        if self._correction is not None:
            self._correction.hide()
