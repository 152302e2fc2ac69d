"""A report file that somebody else has open: who, where, since when, and that it can be read meanwhile."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal

from desktop_app.runtime.i18n import _
from desktop_app.storage.errors import FileInUseError
from desktop_app.ui.moment_words import moment_words
from desktop_app.ui.pages.lone_page import LonePage
from desktop_app.ui.parts import Button, ButtonKind, Tone


class InUsePage(LonePage):
    """Offers to read, to try again, or to go back."""

    read_wanted = Signal()
    retry_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, path: Path, error: FileInUseError) -> None:
        """For the report file at ``path``."""
        title = _("“{file}” is open somewhere else").format(file=path.name)
        super().__init__(title, [_holder_words(error), _advice()], "confidential", Tone.WARNING)
        read = Button(_("Open to &read"), "guidance", ButtonKind.PRIMARY)
        retry = Button(_("&Try again"), "redo")
        back = Button(_("&Back"), "chevron-left", ButtonKind.QUIET)
        read.clicked.connect(self.read_wanted)
        retry.clicked.connect(self.retry_wanted)
        back.clicked.connect(self.back_wanted)
        self.add_ways(read, retry, back)


def _holder_words(error: FileInUseError) -> str:
    if not error.who and not error.host:
        return _("Another window or program has it open for writing.")
    since = _moment(error.since)
    if not since:
        words = _("{who} has it open for writing, on the computer “{host}”.")
    else:
        words = _("{who} has it open for writing, on the computer “{host}”, since {since}.")
    return words.format(who=error.who or _("Somebody"), host=error.host or "?", since=since)


def _moment(utc: str) -> str:
    try:
        return moment_words(utc)
    except ValueError:
        return ""


def _advice() -> str:
    return _(
        "Only one person can write in a report file at a time, so that nobody's words are lost. You can read,"
        " copy and export it now; to write in it, ask that it is closed there and try again."
    )
