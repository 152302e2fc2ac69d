"""Yes or no, and a way back to no answer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.report.values import Value
from desktop_app.runtime.i18n import _
from desktop_app.ui import icons
from desktop_app.ui.editors.contract import FieldEditor
from desktop_app.ui.editors.segments import SegmentBar
from desktop_app.ui.parts import IconButton, in_row

_YES, _NO = "yes", "no"


class YesNoEditor(FieldEditor):
    """Two options and a small button that takes the answer back."""

    def __init__(self) -> None:
        """Unanswered."""
        super().__init__()
        self._bar = SegmentBar([(_YES, _("Yes")), (_NO, _("No"))])
        self._clear = clear_button()
        self.column.addLayout(beside(self._bar, self._clear))
        self._bar.chosen.connect(self._on_chosen)
        self._clear.clicked.connect(self._bar.take_back)
        self._read_only = False

    def value(self) -> Value | None:
        code = self._bar.code()
        return None if code is None else code == _YES

    def show_value(self, value: Value | None) -> None:
        self._bar.show_code({True: _YES, False: _NO}[value] if isinstance(value, bool) else None)
        self._show_clear()

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self._bar.set_closed(read_only)
        self._show_clear()

    def focus_target(self) -> QWidget:
        return self._bar.focus_segment()

    def set_names(self, label: str, help: str) -> None:
        name_segments(self, self._bar, label, help)

    def _show_clear(self) -> None:
        self._clear.setVisible(self._bar.code() is not None and not self._read_only)

    def _on_chosen(self) -> None:
        self._show_clear()
        self.value_edited.emit()


def beside(bar: SegmentBar, button: IconButton) -> QHBoxLayout:
    """The options and right after them the button."""
    row = in_row(bar, button)
    row.setStretch(0, 1)
    # Without stretch: the options come first, up to their own width.
    row.addStretch(0)
    row.setAlignment(button, Qt.AlignmentFlag.AlignTop)
    return row


def clear_button() -> IconButton:
    """The button that takes an answer back; its room is kept while it is hidden."""
    button = IconButton("cross", _("Clear the answer"))
    button.setIcon(icons.icon("cross", QPalette.ColorRole.PlaceholderText))
    policy = button.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    button.setSizePolicy(policy)
    button.hide()
    return button


def name_segments(editor: FieldEditor, bar: SegmentBar, label: str, help: str) -> None:
    """Options keep their words as names; the question is said with each."""
    editor.setAccessibleName(label)
    editor.setAccessibleDescription(help)
    bar.setAccessibleName(label)
    for segment in bar.segments():
        segment.setAccessibleDescription(label)
