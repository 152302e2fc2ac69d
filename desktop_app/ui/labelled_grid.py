"""Questions below each other: a label at the left, what is filled in at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_app.ui import tokens
from desktop_app.ui.parts import label


class LabelledGrid(QGridLayout):
    """Its rows can be put anew while it is shown."""

    def __init__(self) -> None:
        """No rows."""
        super().__init__()
        self.setHorizontalSpacing(tokens.SPACE)
        self.setVerticalSpacing(tokens.GAP)
        self.setColumnStretch(1, 1)

    def put(self, row: int, words: str, part: QWidget, target: QWidget) -> None:
        """A label and its ``part``; what stood in the row before goes. ``target`` takes the keyboard."""
        for column in (0, 1):
            item = self.itemAtPosition(row, column)
            before = item.widget() if item is not None else None
            if before is not None:
                self.removeWidget(before)
                before.hide()
                before.deleteLater()
        name = label(words)
        name.setWordWrap(False)
        name.setBuddy(target)
        if not target.accessibleName():
            target.setAccessibleName(words.replace("&", ""))
        self.addWidget(name, row, 0)
        self.addWidget(part, row, 1)
