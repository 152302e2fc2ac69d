"""The list of keys, as one small window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QVBoxLayout, QWidget

from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.parts import Tone, Words, heading


def show_keys(parent: QWidget, menu_keys: Sequence[tuple[str, str]]) -> QDialog:
    """Show ``menu_keys`` (what, keys) and those of the pages. The window goes away by itself."""
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(_("Keys"))
    column = QVBoxLayout(dialog)
    column.setContentsMargins(tokens.WIDE, tokens.WIDE, tokens.WIDE, tokens.SPACE)
    column.setSpacing(tokens.GAP)
    for words, keys in (
        (_("Everywhere"), menu_keys),
        (
            _("In a list"),
            (
                (_("From row to row"), "↑ ↓"),
                (_("Edit the row"), "Enter"),
                (_("Close the row being edited"), "Esc"),
                (_("Move the row"), "Alt+↑  Alt+↓"),
                (_("Duplicate the row"), "Ctrl+D"),
                (_("Remove the row"), "Del"),
            ),
        ),
        (
            _("In a text"),
            (
                (_("Bold, italic, underlined"), "Ctrl+B  Ctrl+I  Ctrl+U"),
                (_("Deeper or higher in a list"), "Tab  Shift+Tab"),
            ),
        ),
    ):
        column.addWidget(heading(words))
        column.addLayout(_grid(keys))
        column.addSpacing(tokens.GAP)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    column.addWidget(buttons)
    dialog.show()
    return dialog


def _grid(keys: Sequence[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(tokens.PAGE)
    grid.setColumnStretch(0, 1)
    for row, (what, key) in enumerate(keys):
        grid.addWidget(Words(what, wrap=False), row, 0)
        grid.addWidget(Words(key, tone=Tone.QUIET, wrap=False), row, 1)
    return grid
