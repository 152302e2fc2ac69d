"""Several options of a list: few are boxes to tick, many are found by typing and stand as chips."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from desktop_app.report.values import Value
from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.editors.contract import FieldEditor
from desktop_app.ui.editors.search_editor import SearchEditor
from desktop_app.ui.flow_layout import FlowLayout
from desktop_app.ui.focus import put_after
from desktop_app.ui.parts import Chip, Tone

if TYPE_CHECKING:
    from desktop_app.ui.editors.options import WrappedOption


def _codes(value: Value | None) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, tuple) else ()


class _Ordered:
    """Chosen codes in the order of the form; codes it does not have come last."""

    def __init__(self, options: Sequence[tuple[str, str]]) -> None:
        self._places = {code: place for place, (code, _words) in enumerate(options)}

    def sorted(self, codes: Sequence[str]) -> tuple[str, ...]:
        return tuple(sorted(codes, key=lambda code: self._places.get(code, len(self._places))))


class ChoicesEditor(FieldEditor):
    """Up to eight options as boxes to tick, each with its full words."""

    def __init__(self, options: Sequence[tuple[str, str]], leads: Sequence[str] = ()) -> None:
        """``options``: codes and words in order; ``leads``: short names above the words."""
        super().__init__()
        self.column.setSpacing(0)
        self._order = _Ordered(options)
        self._boxes: dict[str, WrappedOption] = {}
        self._chosen: tuple[str, ...] = ()
        self._read_only = False
        for number, (code, words) in enumerate(options):
            self._add(code, words, leads[number] if leads else "")

    def value(self) -> Value | None:
        return self._chosen or None

    def show_value(self, value: Value | None) -> None:
        self._chosen = _codes(value)
        for code in self._chosen:
            if code not in self._boxes:
                self._add(code, code, "")
        for code, box in self._boxes.items():
            box.setChecked(code in self._chosen)

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        for box in self._boxes.values():
            box.set_closed(read_only)

    def focus_target(self) -> QWidget:
        return next(iter(self._boxes.values()), self)

    def set_names(self, label: str, help: str) -> None:
        """The boxes keep their own words as names; the question is said with each."""
        self._help = help
        self.setAccessibleName(label)
        self.setAccessibleDescription(help)
        for box in self._boxes.values():
            box.setAccessibleDescription(label)

    def _add(self, code: str, words: str, lead: str) -> None:
        from desktop_app.ui.editors.options import WrappedOption

        box = WrappedOption(words, lead)
        box.set_closed(self._read_only)
        box.clicked.connect(self._on_clicked)
        self._boxes[code] = box
        self.column.addWidget(box)

    def _on_clicked(self) -> None:
        if self._read_only:
            return
        self._chosen = self._order.sorted([code for code, box in self._boxes.items() if box.isChecked()])
        self.value_edited.emit()


class _ChosenChip(Chip):
    """One of the chosen options; pressing it takes it out."""

    removed = Signal(str)

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words, "cross", Tone.QUIET, clickable=True)
        self._code = code
        self.setAccessibleName(_("Remove {option}").format(option=words))
        self.setToolTip(_("Click to remove"))
        # An ampersand is a letter here, never the mark of a shortcut.
        self.setShortcut(QKeySequence())
        self.clicked.connect(self._on_pressed)

    def _on_pressed(self) -> None:
        self.removed.emit(self._code)


class SearchChoicesEditor(SearchEditor):
    """More than eight options: some letters find one, the chosen ones stand below as chips."""

    def __init__(self, options: Sequence[tuple[str, str]]) -> None:
        """``options``: codes and words in order."""
        super().__init__(options)
        self._order = _Ordered(options)
        self._chosen: tuple[str, ...] = ()
        self._read_only = False
        self._shelf = QWidget()
        self._flow = FlowLayout(self._shelf, tokens.HALF)
        self.column.addWidget(self._shelf)
        self._shelf.hide()

    def value(self) -> Value | None:
        return self._chosen or None

    def show_value(self, value: Value | None) -> None:
        self._chosen = _codes(value)
        self._field.line.setText("")
        self._remark.tell("")
        self._show_chips()

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self._field.setVisible(not read_only)
        self._remark.tell(_("No answer") if read_only and not self._chosen else "")
        self._show_chips()

    def unfinished(self) -> str:
        return self._field.line.text().strip()

    def _show_chips(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        chips = [self._chip(code) for code in self._chosen]
        for chip in chips:
            self._flow.addWidget(chip)
            chip.show()
        if not self._read_only:
            put_after(self._field.line, *chips)
        self._shelf.setVisible(bool(self._chosen))
        self._field.leave_out(frozenset(self._chosen))

    def _chip(self, code: str) -> Chip:
        words = self._words.get(code, code)
        if self._read_only:
            return Chip(words)
        chip = _ChosenChip(code, words)
        chip.removed.connect(self._on_removed)
        return chip

    def _on_option_chosen(self, code: str) -> None:
        self._field.line.setText("")
        self._remark.tell("")
        self._describe()
        if code not in self._chosen:
            self._chosen = self._order.sorted([*self._chosen, code])
            self._show_chips()
            self.value_edited.emit()

    def _on_removed(self, code: str) -> None:
        self._field.line.setFocus()
        self._chosen = tuple(found for found in self._chosen if found != code)
        self._show_chips()
        self.value_edited.emit()
