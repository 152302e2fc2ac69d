"""The formatting of one editor as actions: what a button shows, a key does, a screen reader says."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence

from desktop_app.report.text.model import Mark
from desktop_app.runtime.i18n import _
from desktop_app.ui import icons
from desktop_app.ui.rich_text import list_keys, marks
from desktop_app.ui.rich_text.area import TextArea
from desktop_app.ui.rich_text.lines import LineKind


class FormatActions(QObject):
    """Marks and lists as checkable actions that follow the cursor; links and notes ask for their line."""

    mark_chosen = Signal(object, bool)
    """The ``Mark`` that is to be put on, or taken off."""

    list_chosen = Signal(bool)
    """A list is to begin or to end; whether it is a numbered one."""

    def __init__(self, editor: TextArea) -> None:
        """The actions belong to ``editor`` and their keys work in it alone."""
        super().__init__(editor)
        self._editor = editor
        self.bold = self._add("bold", _("Bold"), "Ctrl+B", checkable=True)
        self.italic = self._add("italic", _("Italic"), "Ctrl+I", checkable=True)
        self.underline = self._add("underline", _("Underline"), "Ctrl+U", checkable=True)
        self.superscript = self._add("superscript", _("Superscript"), "Ctrl+.", checkable=True)
        self.bullets = self._add("bullet-list", _("Bullet list"), "Ctrl+Shift+8", checkable=True)
        self.numbers = self._add("numbered-list", _("Numbered list"), "Ctrl+Shift+7", checkable=True)
        self.link = self._add("link", _("Link"), "Ctrl+K")
        self.note = self._add("footnote", _("Footnote"), "Ctrl+Alt+F")
        self._marks = {
            Mark.BOLD: self.bold,
            Mark.ITALIC: self.italic,
            Mark.UNDERLINE: self.underline,
            Mark.SUPERSCRIPT: self.superscript,
        }
        self._lists = {LineKind.BULLET: self.bullets, LineKind.NUMBER: self.numbers}
        for action in self._marks.values():
            action.triggered.connect(self._on_mark_triggered)
        for action in self._lists.values():
            action.triggered.connect(self._on_list_triggered)
        editor.currentCharFormatChanged.connect(self._show_state)
        editor.cursorPositionChanged.connect(self._show_state)
        editor.selectionChanged.connect(self._show_state)
        editor.text_edited.connect(self._show_state)

    @property
    def all(self) -> tuple[QAction, ...]:
        """The actions in the order of the bar."""
        return (*self._marks.values(), *self._lists.values(), self.link, self.note)

    def has_key(self, keys: QKeySequence) -> bool:
        """Whether ``keys`` trigger one of the actions."""
        return any(action.shortcut() == keys for action in self.all)

    def set_enabled(self, enabled: bool) -> None:
        """All at once."""
        for action in self.all:
            action.setEnabled(enabled)

    def _add(self, icon_name: str, name: str, keys: str, *, checkable: bool = False) -> QAction:
        action = QAction(icons.icon(icon_name), name, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{name} ({shown})")
        action.setCheckable(checkable)
        self._editor.addAction(action)
        return action

    def _on_mark_triggered(self, checked: bool) -> None:
        for mark, action in self._marks.items():
            if action is self.sender():
                self.mark_chosen.emit(mark, checked)
        self._show_state()

    def _on_list_triggered(self) -> None:
        self.list_chosen.emit(self.sender() is self.numbers)
        self._show_state()

    def _show_state(self) -> None:
        cursor = self._editor.textCursor()
        found = marks.marks_of(cursor, self._editor.currentCharFormat())
        for mark, action in self._marks.items():
            action.setChecked(mark in found)
        kind = list_keys.list_kind(cursor)
        for own, action in self._lists.items():
            action.setChecked(own is kind)
