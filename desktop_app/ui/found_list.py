"""The places in a report that hold what was looked for."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QListWidget, QListWidgetItem, QWidget

from desktop_app.report.places import place_name
from desktop_app.runtime.i18n import _
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.finding import Find, finding
from desktop_app.ui.gradually import Gradually
from desktop_app.ui.place_lines import LEAD, LOUD, PATH, set_up_lines

MOST_FOUND = 100

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FoundList(QListWidget):
    """The places that hold the words; choosing one goes there."""

    path_chosen = Signal(str)
    escaped = Signal()
    left_above = Signal()
    """The arrow up was pressed on the first line."""

    def __init__(self, session: EntrySession) -> None:
        """Nothing was looked for yet."""
        super().__init__()
        self._session = session
        self._looking = Gradually(self)
        self._waiting: QWidget | None = None
        """Where the keyboard was when somebody wanted the first place and there was none yet."""

        set_up_lines(self, below=True)
        self.setAccessibleName(_("Places found"))
        self.itemActivated.connect(self._on_chosen)
        self.itemClicked.connect(self._on_chosen)

    def show_finds(self, words: str) -> None:
        """Look for ``words`` and show where they stand; in a long report further places come one by one."""
        self.clear()
        self._waiting = None
        self._looking.run(self._find(words))

    @property
    def is_looking(self) -> bool:
        """Whether the report is not looked through yet."""
        return self._looking.is_running

    def _find(self, words: str) -> Iterator[None]:
        count = 0
        for found in finding(self._session.report, words):
            if found is not None and count == MOST_FOUND:
                self._add_words(_("There are more. Write more of what you look for."))
                return
            if found is not None:
                count += 1
                self._add(found, words)
            yield
        if not count:
            self._add_words(_("Nothing found."))

    def _add(self, found: Find, words: str) -> None:
        place = place_name(self._session.report, found.path)
        item = QListWidgetItem(found.snippet)
        item.setData(PATH, found.path)
        item.setData(LEAD, place)
        item.setData(LOUD, words)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{place}: {found.snippet}")
        self.addItem(item)
        if self._waiting is not None and self._waiting is QApplication.focusWidget():
            self.focus_first()

    def focus_first(self) -> None:
        """Put the keyboard to the first place, once there is one and unless it has gone elsewhere by then."""
        first = self.item(0)
        self._waiting = QApplication.focusWidget() if first is None else None
        if first is not None and first.data(PATH):
            self.setCurrentRow(0)
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the place, Esc and the arrow up from the first line lead back."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.key() == Qt.Key.Key_Up and self.currentRow() <= 0:
            self.left_above.emit()
        elif event.key() in _ENTER and self.currentItem() is not None:
            self._on_chosen(self.currentItem())
        else:
            super().keyPressEvent(event)

    def _add_words(self, words: str) -> None:
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.addItem(item)

    def _on_chosen(self, item: QListWidgetItem) -> None:
        path = item.data(PATH)
        if path:
            self.path_chosen.emit(path)
