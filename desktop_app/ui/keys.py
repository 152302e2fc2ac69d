"""The list of keys, as one small window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.parts import Tone, Words, heading

Keys = Sequence[tuple[str, str]]

_FRAME = tokens.CONTROL * 2
"""Pixels that the window's own frame and title may take of the screen."""


def show_keys(parent: QWidget, menu_keys: Keys) -> QDialog:
    """Show ``menu_keys`` (what, keys) and those of the pages. The window goes away by itself."""
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(_("Keys"))
    room = parent.screen().availableSize() - QSize(_FRAME, _FRAME)
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setAccessibleName(_("Keys"))
    area.setWidget(content := _content(menu_keys, room.width() - 2 * tokens.WIDE))
    # Only words that wrap take the width they are given.
    area.setWidgetResizable(content.hasHeightForWidth())
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(tokens.WIDE, tokens.WIDE, tokens.WIDE, tokens.SPACE)
    column.setSpacing(tokens.SPACE)
    column.addWidget(area)
    column.addWidget(buttons)
    # All of it where the screen has room, else it scrolls, by the arrow keys too.
    whole = content.sizeHint() + QSize(2 * tokens.WIDE, 2 * tokens.WIDE + buttons.sizeHint().height())
    bar = area.verticalScrollBar().sizeHint().width()
    dialog.resize((whole + QSize(bar, tokens.SPACE)).boundedTo(room))
    dialog.show()
    area.setFocus(Qt.FocusReason.OtherFocusReason)
    return dialog


def _content(menu_keys: Keys, most: int) -> QWidget:
    """Those of the pages beside those of the menu, or below them where ``most`` pixels do not do."""
    parts = [(_("Everywhere"), menu_keys)], _of_pages()
    everywhere, pages = (_column(each, wrap=False) for each in parts)
    widths = everywhere.sizeHint().width(), pages.sizeHint().width()
    if max(widths) > most:
        everywhere, pages = (_column(each, wrap=True) for each in parts)
    ground = QWidget()
    is_wide = sum(widths) + tokens.PAGE + tokens.WIDE <= most
    row = QHBoxLayout(ground) if is_wide else QVBoxLayout(ground)
    row.setContentsMargins(tokens.GAP, 0, tokens.GAP, 0)
    row.setSpacing(tokens.PAGE)
    row.addWidget(everywhere, 1, Qt.AlignmentFlag.AlignTop)
    row.addWidget(pages, 1, Qt.AlignmentFlag.AlignTop)
    return ground


def _of_pages() -> list[tuple[str, Keys]]:
    return [
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
        (_("On a page beside the report"), ((_("Back to where one was"), "Esc"),)),
    ]


def _column(parts: Sequence[tuple[str, Keys]], *, wrap: bool) -> QWidget:
    ground = QWidget()
    column = QVBoxLayout(ground)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(tokens.GAP)
    for words, keys in parts:
        column.addWidget(heading(words))
        column.addLayout(_grid(keys, wrap=wrap))
        column.addSpacing(tokens.GAP)
    return ground


def _grid(keys: Keys, *, wrap: bool) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(tokens.PAGE)
    grid.setColumnStretch(0, 1)
    for row, (what, key) in enumerate(keys):
        grid.addWidget(Words(what, wrap=wrap), row, 0)
        grid.addWidget(Words(key, tone=Tone.QUIET, wrap=wrap), row, 1)
    return grid
