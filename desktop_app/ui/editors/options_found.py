"""The options found by what was typed, in a list that opens below the line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit

from desktop_app.report.text.tags import escaped
from desktop_app.runtime.i18n import _
from desktop_app.ui.editors.option_list import OptionList

_MOST_SHOWN = 10


class OptionsFound(QCompleter):
    """Shows what it is given; ``activated`` tells the words of the option that is chosen."""

    def __init__(self, line: QLineEdit, parent: QObject) -> None:
        """Below ``line``, whose keys lead into the list."""
        self._model = QStandardItemModel()
        super().__init__(self._model, parent)
        self._model.setParent(self)
        self.setWidget(line)
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setMaxVisibleItems(_MOST_SHOWN)
        self._popup = OptionList()
        self.setPopup(self._popup)
        self._popup.use_rows()
        self._popup.setAccessibleName(_("Options found"))

    def offer(self, options: Sequence[str], room: QRect) -> None:
        """Open the list with these, as wide as ``room``, which is in the line's own coordinates."""
        self._model.clear()
        for words in options:
            item = QStandardItem(words)
            item.setToolTip(f"<p>{escaped(words)}</p>")
            self._model.appendRow(item)
        self.complete(room)

    def close_list(self) -> None:
        """Close the list, if it is open."""
        self._popup.hide()
