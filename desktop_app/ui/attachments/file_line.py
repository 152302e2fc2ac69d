"""One attached file in a line: its name, size and kind, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop_app.report.file_names import safe_file_name, shown_name
from desktop_app.report.file_words import kind_words, media_type, size_words, warning_words
from desktop_app.report.values import Attachment
from desktop_app.runtime.i18n import _
from desktop_app.ui import icons, tokens
from desktop_app.ui.attachments.attaching import Attaching, Presence
from desktop_app.ui.elided import ElidedWords
from desktop_app.ui.files import choose_copy
from desktop_app.ui.parts import Button, ButtonKind, IconButton, Tone, Words, paint_focus


class Picture(QWidget):
    """A paper clip."""

    def __init__(self) -> None:
        """As high as a line."""
        super().__init__()
        self.setFixedSize(tokens.SMALL_ICON, tokens.SMALL_ICON)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The clip, quiet."""
        icons.paint(QPainter(self), "attach", QRectF(self.rect()), tokens.quiet(self.palette()))


class FileLine(QWidget):
    """Shows a file. A name that is too long is shortened in the middle, so that its ending stays in sight."""

    remove_wanted = Signal()

    def __init__(
        self, file: Attachment, attaching: Attaching | None, *, read_only: bool, parent: QWidget | None = None
    ) -> None:
        """``attaching`` opens and saves it; without it, and ``read_only``, there is the less to do."""
        super().__init__(parent)
        self.file = file
        self._attaching, self._is_read_only = attaching, read_only
        self._name = ElidedWords(mode=Qt.TextElideMode.ElideMiddle)
        self._name.set_words(shown_name(file.name))
        self._details = Words("", font=tokens.small_font(), tone=Tone.QUIET)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._name)
        column.addWidget(self._details)
        self.open = Button(_("Open"), kind=ButtonKind.QUIET)
        self.more = IconButton("more", _("More for this file"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(tokens.GAP)
        line.addWidget(Picture(), 0, Qt.AlignmentFlag.AlignVCenter)
        line.addLayout(column, 1)
        for button in (self.open, self.more):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.open.clicked.connect(self.open_file)
        self.more.clicked.connect(self._on_more)
        # With nothing else to press, the line itself is where the keyboard can be.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if read_only else Qt.FocusPolicy.NoFocus)
        self._name_for_readers()
        self._show_state()
        if attaching is not None:
            attaching.changed.connect(self._show_state)

    def _name_for_readers(self) -> None:
        name = shown_name(self.file.name)
        self.setAccessibleName(_("Attached file: {name}").format(name=name))
        self.more.setAccessibleName(_("More for {name}").format(name=name))

    # Showing

    def _show_state(self) -> None:
        """How far it is, and what it is."""
        attaching, file = self._attaching, self.file
        presence = attaching.presence(file) if attaching is not None else Presence.UNKNOWN
        kind = attaching.media_type(file) if attaching is not None else media_type(file.name, b"")
        warning = warning_words(file.name, kind)
        parts = [kind_words(kind, file.name), size_words(file.size)]
        tone = Tone.QUIET
        if presence is Presence.SAVING:
            parts.append(_("is being saved …"))
        elif presence is Presence.MISSING:
            parts.append(_("its content is not in this report file"))
            tone = Tone.WARNING
        elif warning:
            parts.append(warning)
            tone = Tone.WARNING
        self._details.setText(" · ".join(parts))
        self._details.set_tone(tone)
        can_open = presence is Presence.HERE
        self.open.setText(_("Show in folder") if warning else _("Open"))
        self.open.updateGeometry()
        self.open.setAccessibleName(f"{self.open.text()}: {shown_name(file.name)}")
        self.open.setVisible(can_open)
        self.more.setVisible(can_open or not self._is_read_only)

    # Doing

    def open_file(self) -> None:
        """Let another program show it; of what may do harm, only its folder."""
        if self._attaching is not None:
            self._attaching.open(self.file)

    def save_file(self) -> None:
        """Ask where to, and write it there."""
        target = choose_copy(self, safe_file_name(self.file.name))
        if target is not None and self._attaching is not None:
            self._attaching.save(self.file, target)

    def menu(self) -> QMenu:
        """What can be done with the file."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if not self.open.isHidden():
            menu.addAction(icons.icon("external-link"), self.open.text()).triggered.connect(self.open_file)
            menu.addAction(icons.icon("folder"), _("Save as …")).triggered.connect(self.save_file)
        if not self._is_read_only:
            words = _("Take off")
            menu.addAction(icons.icon("remove"), words).triggered.connect(self.remove_wanted)
        return menu

    def _on_more(self) -> None:
        self.menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The same menu as behind the dots."""
        menu = self.menu()
        if not menu.isEmpty():
            menu.popup(event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:
        """A ring while the keyboard is on the line itself."""
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_focus(painter, QRectF(self.rect()), self.palette(), tokens.SMALL_RADIUS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the file off while the keyboard is in its line."""
        if event.key() == Qt.Key.Key_Delete and not event.modifiers() and not self._is_read_only:
            self.remove_wanted.emit()
        else:
            super().keyPressEvent(event)
