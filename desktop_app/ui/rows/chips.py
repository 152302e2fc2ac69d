"""The chips below a row's words: its timeframe with the reading to confirm, its goals, its marks."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.formdef.model import GOALS_CODE, Field, FieldType, Presentation
from desktop_app.report.paths import row_path
from desktop_app.report.report import Row
from desktop_app.report.timeframe.value import Timeframe
from desktop_app.report.value_words import reading_words, value_words
from desktop_app.report.values import Value
from desktop_app.runtime.i18n import _
from desktop_app.ui.flow_layout import FlowLayout
from desktop_app.ui.parts import Chip, Tone
from desktop_app.ui.rows.context import ListContext
from desktop_app.ui.values_in_words import LOCAL_FORMATS


class RowChips(QWidget):
    """All chips of one row. Readings and goals can be settled right here."""

    field_requested = Signal(str)
    """The code of a field someone wants to edit."""

    def __init__(self, context: ListContext, row: Row, parent: QWidget | None = None) -> None:
        """The chips of ``row``."""
        super().__init__(parent)
        self._context = context
        self._row = row
        self._flow = FlowLayout(self)
        for question in context.entry.row.fields:
            if question.presentation is Presentation.CHIPS:
                self._add_field(question, row.values.get(question.code))
        if "" in row.confidential:
            self._add(Chip(_("Confidential"), "confidential", Tone.WARNING))

    @property
    def count(self) -> int:
        """How many chips there are."""
        return self._flow.count()

    def _add(self, chip: Chip) -> Chip:
        self._flow.addWidget(chip)
        return chip

    def _add_field(self, question: Field, value: Value | None) -> None:
        if isinstance(value, Timeframe):
            self._add_timeframe(question, value)
        elif question.choices == GOALS_CODE:
            self._add_goals(value if isinstance(value, tuple) else ())
        elif value is not None:
            words = value_words(question, value, self._context.labels, LOCAL_FORMATS)
            self._add(Chip(words))
        elif question.type is FieldType.TIMEFRAME and not self._context.is_read_only:
            chip = self._add(Chip(_("Add a timeframe"), "timeframe", clickable=True, ghost=True))
            chip.setObjectName(question.code)
            chip.clicked.connect(self._on_empty_timeframe)

    def _add_timeframe(self, question: Field, value: Timeframe) -> None:
        self._add(Chip(value.text, "timeframe"))
        if value.edtf is None:
            return
        reading = reading_words(value.edtf)
        if value.confirmed:
            chip = self._add(Chip(reading, "check", Tone.SUCCESS))
            chip.setAccessibleName(_("Confirmed: {reading}").format(reading=reading))
            return
        if self._context.is_read_only:
            self._add(Chip(_("{reading} – not confirmed").format(reading=reading), "hint", Tone.QUIET))
            return
        chip = self._add(
            Chip(_("{reading} – confirm?").format(reading=reading), "hint", Tone.ACCENT, clickable=True)
        )
        chip.setToolTip(_("The program read this date from your words. Click to confirm it."))
        chip.setObjectName(question.code)
        chip.clicked.connect(self._on_confirm)

    def _add_goals(self, codes: tuple[str, ...]) -> None:
        labels = self._context.labels
        for code in codes:
            chip = self._add(Chip(labels.goal_short(code), "goal"))
            chip.setToolTip(labels.goal(code))
        if len(self._context.section.goals) > 1 and not codes and not self._context.is_read_only:
            chip = self._add(Chip(_("Attach goals"), "goal", clickable=True, ghost=True))
            chip.clicked.connect(self._on_attach)

    def _on_empty_timeframe(self) -> None:
        self.field_requested.emit(self.sender().objectName())

    def _on_confirm(self) -> None:
        code = self.sender().objectName()
        value = self._row.values.get(code)
        if isinstance(value, Timeframe):
            path = row_path(self._context.path, self._row.id, code)
            self._context.session.set_value(path, Timeframe(value.text, value.edtf, confirmed=True))

    def _on_attach(self) -> None:
        chip = self.sender()
        assert isinstance(chip, Chip)
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        labels = self._context.labels
        for goal in self._context.section.goals:
            words = labels.goal(goal.code)
            short = words if len(words) <= 90 else words[:89].rsplit(" ", 1)[0] + " …"
            action = menu.addAction(f"{labels.goal_short(goal.code)}   {short}".replace("&", "&&"))
            action.setData((goal.code,))
        if len(self._context.section.goals) > 1:
            menu.addSeparator()
            action = menu.addAction(_("All goals"))
            action.setData(tuple(goal.code for goal in self._context.section.goals))
        menu.triggered.connect(self._on_goal_chosen)
        menu.popup(chip.mapToGlobal(QPoint(0, chip.height())))

    def _on_goal_chosen(self, action: QAction) -> None:
        for question in self._context.entry.row.fields:
            if question.choices == GOALS_CODE:
                path = row_path(self._context.path, self._row.id, question.code)
                self._context.session.set_value(path, action.data())
                return
