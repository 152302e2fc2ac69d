"""The bar of small buttons that belongs to one text editor."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.focus import put_after
from desktop_app.ui.parts import IconButton
from desktop_app.ui.rich_text.editor import RichTextEdit


class BarButton(IconButton):
    """One button of the bar; the arrow keys go on to its neighbours."""

    stepped = Signal(int)
    """1 to the next button, -1 to the one before."""

    def __init__(self, action: QAction, icon_name: str) -> None:
        """Shows and triggers ``action``."""
        super().__init__(icon_name, action.text())
        self.setDefaultAction(action)
        self.setAccessibleName(action.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ahead = (
            Qt.Key.Key_Left if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else Qt.Key.Key_Right
        )
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.stepped.emit(1 if event.key() == ahead else -1)
        else:
            super().keyPressEvent(event)


class FormatBar(QWidget):
    """Formatting for one editor. In the order of Tab it is a single stop; arrow keys move inside."""

    def __init__(self, editor: RichTextEdit, parent: QWidget | None = None) -> None:
        """The states of the buttons follow the cursor in ``editor``."""
        super().__init__(parent)
        self.setAccessibleName(_("Formatting"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        formatting = editor.formatting
        self._buttons: list[BarButton] = []
        for action in formatting.all:
            if action in (formatting.bullets, formatting.link):
                row.addSpacing(tokens.GAP)
            button = BarButton(action, "more")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.stepped.connect(self._on_stepped)
            self._buttons.append(button)
            row.addWidget(button)
        row.addStretch(1)
        self._stop = 0
        self.stop.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def follow_in_tab_order(self, before: QWidget) -> None:
        """Come right after ``before`` when one goes on by Tab."""
        for button in self._buttons:
            # Qt orders only what can have the focus.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        put_after(before, *self._buttons)
        for button in self._buttons:
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.stop.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @property
    def stop(self) -> QWidget:
        """The button Tab stops at."""
        return self._buttons[self._stop]

    def _on_stepped(self, by: int) -> None:
        self.stop.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._stop = (self._stop + by) % len(self._buttons)
        self.stop.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.stop.setFocus(Qt.FocusReason.TabFocusReason)
