"""A report file that somebody else has open: who, where, since when, and that it can be read meanwhile."""

from __future__ import annotations

import platform
from pathlib import Path

from PySide6.QtCore import Signal

from desktop_app.runtime.i18n import _
from desktop_app.storage.errors import FileInUseError
from desktop_app.ui.back_button import BackButton
from desktop_app.ui.moment_words import moment_words
from desktop_app.ui.pages.lone_page import LonePage
from desktop_app.ui.parts import Button, ButtonKind, Tone


class InUsePage(LonePage):
    """Offers to read, to try again, or to go back."""

    read_wanted = Signal()
    retry_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, path: Path, error: FileInUseError, who: str) -> None:
        """For the report file at ``path``; ``who``: the name of the person at this computer."""
        title = _("“{file}” is open somewhere else").format(file=path.name)
        if is_own(error, who):
            title = _("“{file}” is open in another window of yours").format(file=path.name)
        super().__init__(
            title,
            [holder_words(error, who), _advice(is_own=is_own(error, who))],
            "confidential",
            Tone.WARNING,
        )
        read = Button(_("Open to &read"), "guidance", ButtonKind.PRIMARY)
        retry = Button(_("&Try again"), "redo")
        back = BackButton(_("&Back"))
        read.clicked.connect(self.read_wanted)
        retry.clicked.connect(self.retry_wanted)
        back.clicked.connect(self.back_wanted)
        self.add_ways(read, retry, back)


def is_own(error: FileInUseError, who: str) -> bool:
    """Whether it is, by all appearances, the same person at the same computer."""
    return bool(who) and error.who == who and error.host == platform.node()


def holder_words(error: FileInUseError, who: str) -> str:
    """Who has the file open, where and since when, to the person ``who``."""
    if is_own(error, who):
        since = _moment(error.since)
        if not since:
            return _("It is open in another window of yours on this computer.")
        return _("It is open in another window of yours on this computer, since {since}.").format(since=since)
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


def _advice(*, is_own: bool) -> str:
    if is_own:
        return _("Go on in that window, or close the report there and try again. You can read it here.")
    return _(
        "Only one person can write in a report file at a time, so that nobody's words are lost. You can read,"
        " copy and export it now; to write in it, ask that it is closed there and try again."
    )
