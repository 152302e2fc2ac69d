"""A fingerprint to be read out and compared: large, in groups, each letter of one width."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.flow_layout import FlowLayout
from desktop_app.ui.parts import Button, ButtonKind, Words, help_line

_GROUPS_IN_LINE = 4
"""Half of a fingerprint: two lines of four groups are compared without losing the place."""


class Fingerprint(QWidget):
    """Two lines of groups, with a button that copies them."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self._whole = ""
        self._words = Words("", font=_font(), wrap=False)
        self._words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.copy = Button(_("C&opy"), "duplicate", ButtonKind.QUIET)
        self.copy.setToolTip(_("Copy the fingerprint, to send it or to compare it elsewhere"))
        self.copy.clicked.connect(self._on_copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.HALF)
        column.addWidget(help_line(_("Fingerprint")))
        ground = QWidget()
        flow = FlowLayout(ground, tokens.SPACE)
        flow.addWidget(self._words)
        flow.addWidget(self.copy)
        column.addWidget(ground)

    @property
    def words(self) -> str:
        """The fingerprint, in one line."""
        return self._whole

    def show_words(self, words: str, whose: str) -> None:
        """Show the fingerprint ``words``; ``whose`` it is, a screen reader says before."""
        self._whole = words
        groups = words.split()
        lines = [groups[start : start + _GROUPS_IN_LINE] for start in range(0, len(groups), _GROUPS_IN_LINE)]
        self._words.setText("\n".join(" ".join(line) for line in lines))
        self._words.setAccessibleName(f"{whose}: {words}")
        self.copy.setAccessibleName(_("Copy: {words}").format(words=whose))
        self.copy.setText(_("C&opy"))
        self.copy.updateGeometry()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._whole)
        self.copy.setText(_("Copied"))
        self.copy.updateGeometry()


def _font() -> QFont:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(tokens.section_font().pointSizeF())
    return font
