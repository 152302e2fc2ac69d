"""What was chosen of a returned workbook is brought in little by little; the window goes on meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop_app.services.review import BringingIn
from desktop_app.ui.stepwise import Stepwise

FEW = 20
"""So many things are brought in at once: that takes no longer than a press."""


class Bringing(Stepwise):
    """Takes the steps of one ``BringingIn``."""

    def __init__(self, bringing: BringingIn, parent: QObject) -> None:
        """Not begun."""
        super().__init__(bringing.step, parent)
        self.bringing = bringing
        self.is_long = False
        """Whether there is so much that each part of it has a turn of its own."""

    def start(self, count: int) -> None:
        """Begin with bringing in ``count`` things; few of them are there when this returns."""
        if count <= FEW:
            self.finish()
        else:
            self.is_long = True
            self.begin()
