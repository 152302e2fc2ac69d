"""A file that goes with an answer: its name and size. Which file it is cannot be changed here yet."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop_app.report.values import Attachment, Value
from desktop_app.runtime.i18n import _
from desktop_app.ui import icons, tokens
from desktop_app.ui.editors.contract import FieldEditor
from desktop_app.ui.inputs import Well
from desktop_app.ui.parts import Tone, Words, help_line


class _Picture(QWidget):
    """A paper clip."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(tokens.SMALL_ICON, tokens.SMALL_ICON)

    def paintEvent(self, event: QPaintEvent) -> None:
        icons.paint(QPainter(self), "attach", QRectF(self.rect()), tokens.quiet(self.palette()))


class AttachmentEditor(FieldEditor):
    """Shows what is there."""

    def __init__(self) -> None:
        """No file."""
        super().__init__()
        self._shown: Attachment | None = None
        self._well = Well()
        self._well.set_open(False)
        self._well.row.setContentsMargins(tokens.GAP, tokens.HALF, tokens.GAP, tokens.HALF)
        self._well.row.setSpacing(tokens.GAP)
        picture = _Picture()
        self._name = Words(wrap=True)
        self._name.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._name.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._size = Words(font=tokens.small_font(), tone=Tone.QUIET, wrap=False)
        self._well.row.addWidget(picture)
        self._well.row.addWidget(self._name, 1)
        self._well.row.addWidget(self._size)
        self._well.setMinimumHeight(tokens.CONTROL)
        self.column.addWidget(self._well)
        self.column.addWidget(help_line(_("Choosing a file comes with a later release.")))
        self.show_value(None)

    def value(self) -> Value | None:
        return self._shown

    def show_value(self, value: Value | None) -> None:
        self._shown = value if isinstance(value, Attachment) else None
        if self._shown is None:
            self._name.setText(_("No file"))
            self._name.set_tone(Tone.QUIET)
            self._size.setText("")
            return
        self._name.setText(self._shown.name)
        self._name.set_tone(Tone.NORMAL)
        self._size.setText(
            QLocale().formattedDataSize(self._shown.size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
        )

    def set_read_only(self, read_only: bool) -> None:
        """It always is."""

    def focus_target(self) -> QWidget:
        return self._name
