"""One step of an ordered scale, all steps in sight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop_app.report.values import Value
from desktop_app.ui.editors.contract import FieldEditor
from desktop_app.ui.editors.segments import SegmentBar
from desktop_app.ui.editors.yes_no import beside, clear_button, name_segments
from desktop_app.ui.focus import put_before


class ScaleEditor(FieldEditor):
    """Steps with their full words. A code the form does not have any more stands as one more step."""

    def __init__(self, options: Sequence[tuple[str, str]]) -> None:
        """``options``: codes and words, from the least to the most."""
        super().__init__()
        self._options = list(options)
        self._names = ("", "")
        self._read_only = False
        self._clear = clear_button()
        self._clear.clicked.connect(self._on_clear)
        self._bar = self._make_bar(self._options, ordered=True)
        self._row = beside(self._bar, self._clear)
        self.column.addLayout(self._row)

    def value(self) -> Value | None:
        return self._bar.code()

    def show_value(self, value: Value | None) -> None:
        code = value if isinstance(value, str) else None
        if code is not None and all(code != known for known, _words in self._options):
            self._options.append((code, code))
            fresh = self._make_bar(self._options, ordered=False)
            self._row.replaceWidget(self._bar, fresh)
            self._bar.hide()
            self._bar.deleteLater()
            self._bar = fresh
            fresh.show()
            put_before(self._clear, *fresh.segments())
            self.set_names(*self._names)
            self._bar.set_closed(self._read_only)
        self._bar.show_code(code)
        self._show_clear()

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self._bar.set_closed(read_only)
        self._show_clear()

    def focus_target(self) -> QWidget:
        return self._bar.focus_segment()

    def set_names(self, label: str, help: str) -> None:
        self._names = (label, help)
        name_segments(self, self._bar, label, help)

    def _make_bar(self, options: Sequence[tuple[str, str]], *, ordered: bool) -> SegmentBar:
        bar = SegmentBar(options, ordered=ordered)
        bar.chosen.connect(self._on_chosen)
        return bar

    def _show_clear(self) -> None:
        self._clear.setVisible(self._bar.code() is not None and not self._read_only)

    def _on_clear(self) -> None:
        self._bar.take_back()

    def _on_chosen(self) -> None:
        self._show_clear()
        self.value_edited.emit()
