"""What editors share whose options are all in sight, with a small button that takes the answer back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.runtime.i18n import _
from desktop_app.ui import icons
from desktop_app.ui.editors.contract import FieldEditor
from desktop_app.ui.editors.segments import SegmentBar
from desktop_app.ui.parts import IconButton, in_row


class SegmentEditor(FieldEditor):
    """A bar of options, and the button right after it."""

    def __init__(self, bar: SegmentBar) -> None:
        """Unanswered."""
        super().__init__()
        self._read_only = False
        self._clear = _clear_button()
        self._clear.clicked.connect(self._on_clear)
        self._bar = bar
        bar.chosen.connect(self._on_chosen)
        self._row = _beside(bar, self._clear)
        self.column.addLayout(self._row)

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self._bar.set_closed(read_only)
        self._show_clear()

    def focus_target(self) -> QWidget:
        return self._bar.focus_segment()

    def set_names(self, label: str, help: str) -> None:
        """Options keep their words as names; the question is said with each."""
        self.setAccessibleName(label)
        self.setAccessibleDescription(help)
        self._bar.setAccessibleName(label)
        for segment in self._bar.segments():
            segment.setAccessibleDescription(label)

    def _show_clear(self) -> None:
        self._clear.setVisible(self._bar.code() is not None and not self._read_only)

    def _on_clear(self) -> None:
        self._bar.take_back()

    def _on_chosen(self) -> None:
        self._show_clear()
        self.value_edited.emit()


def _beside(bar: SegmentBar, button: IconButton) -> QHBoxLayout:
    """The options and right after them the button."""
    row = in_row(bar, button)
    row.setStretch(0, 1)
    # Without stretch: the options come first, up to their own width.
    row.addStretch(0)
    row.setAlignment(button, Qt.AlignmentFlag.AlignTop)
    return row


def _clear_button() -> IconButton:
    """The button that takes an answer back; its room is kept while it is hidden."""
    button = IconButton("cross", _("Clear the answer"))
    button.setIcon(icons.icon("cross", QPalette.ColorRole.PlaceholderText))
    policy = button.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    button.setSizePolicy(policy)
    button.hide()
    return button
