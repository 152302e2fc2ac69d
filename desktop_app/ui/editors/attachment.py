"""A question that is answered with a file: chosen, dropped onto it, or pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop_app.report.values import Attachment, Value
from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.editors.contract import FieldEditor
from desktop_app.ui.inputs import Well
from desktop_app.ui.parts import Button, ButtonKind, Tone, Words

if TYPE_CHECKING:
    from desktop_app.ui.attachments.file_line import FileLine
    from desktop_app.ui.past import Past


class AttachmentEditor(FieldEditor):
    """Shows the file and what can be done with it. The session keeps it: nothing is half typed here."""

    def __init__(self) -> None:
        """No file."""
        super().__init__()
        self._shown: Attachment | None = None
        self._past: Past | None = None
        self._place = ""
        self._is_read_only = False
        self._well = Well()
        self._well.set_open(False)
        self._well.row.setContentsMargins(tokens.GAP, tokens.HALF, tokens.HALF, tokens.HALF)
        self._well.row.setSpacing(tokens.GAP)
        self._well.setMinimumHeight(tokens.CONTROL)
        self._words = Words(wrap=True, tone=Tone.QUIET)
        self._words.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._line: FileLine | None = None
        self.choose = Button(_("Choose a file …"), "attach", ButtonKind.QUIET)
        self.choose.clicked.connect(self._on_choose)
        self._well.row.addWidget(self._words, 1)
        self._well.row.addWidget(self.choose)
        self.column.addWidget(self._well)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._show()

    def take_files(self, past: Past, place: str) -> bool:
        from desktop_app.ui.attachments.dropping import FileDrop

        self._past, self._place = past, place
        past.files.changed.connect(self._show_words)
        FileDrop(self, past, place)
        self._show()
        return True

    def value(self) -> Value | None:
        return self._shown

    def show_value(self, value: Value | None) -> None:
        self._shown = value if isinstance(value, Attachment) else None
        self._show()

    def set_read_only(self, read_only: bool) -> None:
        self._is_read_only = read_only
        self._show()

    def focus_target(self) -> QWidget:
        if not self._is_read_only:
            return self.choose
        return self._line if self._line is not None else self._words

    def _show(self) -> None:
        """The line of the file is made anew: it has not much to remember."""
        had_focus = self.has_focus_inside()
        if self._line is not None:
            self._line.hide()
            self._line.deleteLater()
            self._line = None
        if self._shown is not None:
            self._line = self._make_line(self._shown)
            self._well.row.insertWidget(0, self._line, 1)
            self._line.show()
        self.choose.setText(_("Choose another …") if self._shown is not None else _("Choose a file …"))
        self.choose.updateGeometry()
        self.choose.setVisible(not self._is_read_only)
        self._show_words()
        if had_focus:
            self.focus_target().setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_line(self, file: Attachment) -> FileLine:
        from desktop_app.ui.attachments.file_line import FileLine

        files = self._past.files if self._past is not None else None
        line = FileLine(file, files, read_only=self._is_read_only or files is None)
        line.remove_wanted.connect(self._on_remove)
        return line

    def _show_words(self) -> None:
        reading = self._past.files.reading(self._place) if self._past is not None else ()
        if reading:
            self._words.setText(_("“{file}” is being read …").format(file=reading[0]))
        elif self._is_read_only or self._past is None:
            self._words.setText(_("No file"))
        else:
            self._words.setText(_("No file. Choose one, or drop it here."))
        self._words.setVisible(bool(reading) or self._shown is None)

    def _on_choose(self) -> None:
        from desktop_app.ui.attachments.dropping import choose_and_attach

        if self._past is not None:
            choose_and_attach(self._past, self._place, self.window())

    def _on_remove(self) -> None:
        if self._past is not None:
            self._past.files.detach(self._place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pasting attaches what the clipboard has."""
        from desktop_app.ui.attachments.dropping import attach_pasted

        is_paste = event.matches(QKeySequence.StandardKey.Paste)
        if not (is_paste and self._past is not None and attach_pasted(self._past, self._place)):
            super().keyPressEvent(event)
