"""What earlier sittings left on this computer, offered on the first page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal

from desktop_app.runtime.i18n import _
from desktop_app.services.left_behind import Kind, LeftBehind
from desktop_app.ui import tokens
from desktop_app.ui.file_line import FileLine
from desktop_app.ui.moment_words import moment_words
from desktop_app.ui.parts import Button, ButtonKind, Card, Tone, heading, help_line


class FoundCard(Card):
    """A line for each file; one that was rescued can be laid aside, and is kept all the same."""

    open_wanted = Signal(object)
    """The path of a file."""

    laid_aside = Signal(object)
    """A ``LeftBehind`` that need not be shown any more."""

    def __init__(self, found: Sequence[LeftBehind]) -> None:
        """For what was found, the newest first."""
        super().__init__()
        self.column.setSpacing(0)
        self.column.addWidget(heading(_("Found on this computer")))
        self.column.addWidget(
            help_line(_("Words that could not be written to where they belong. They are safe here."))
        )
        self.column.addSpacing(tokens.GAP)
        for left in found:
            self.column.addWidget(self._line(left))

    def _line(self, left: LeftBehind) -> FileLine:
        line = FileLine(left.path, _note(left), Tone.WARNING)
        line.chosen.connect(self.open_wanted)
        if left.kind is Kind.RESCUED:
            aside = Button(_("Lay aside"), kind=ButtonKind.QUIET)
            aside.setAccessibleName(_("Lay aside: {file}").format(file=left.path.stem))
            aside.setToolTip(_("Show it no more. The file is kept."))
            aside.setProperty("left", left)
            aside.clicked.connect(self._on_aside)
            line.row.addWidget(aside, 0, Qt.AlignmentFlag.AlignVCenter)
        return line

    def _on_aside(self) -> None:
        button = self.sender()
        assert isinstance(button, Button)
        self.laid_aside.emit(button.property("left"))
        line = button.parentWidget()
        if line is not None:
            line.hide()
        self.setVisible(any(not other.isHidden() for other in self.findChildren(FileLine)))


def _note(left: LeftBehind) -> str:
    moment = moment_words(left.at)
    if left.kind is Kind.RESCUED:
        return _("{moment}: the whole report with your last words").format(moment=moment)
    words = _("{moment}: your work that is not at its place yet, {folder}")
    return words.format(moment=moment, folder=left.path.parent)
