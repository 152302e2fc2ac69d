"""Help while the disk refuses the last words: asked for from the header, gone once they are saved."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop_app.report.changes import utc_now
from desktop_app.report.journal import Durability
from desktop_app.runtime.i18n import _
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.moment_words import time_words
from desktop_app.ui.notice import NoticeStep
from desktop_app.ui.parts import Tone
from desktop_app.ui.report_keeper import ReportKeeper


class NotSavedHelp(QObject):
    """The reason, that nothing typed is lost meanwhile, and the steps out of it."""

    def __init__(self, window: MainWindow, keeper: ReportKeeper) -> None:
        """For the report that ``keeper`` has open."""
        super().__init__(window)
        self._keeper = keeper
        self._window = window
        self._reason = ""
        self._tried = ""
        """What came of the last try that was asked for, once it is known."""
        self._is_trying = False
        self._steps = (
            NoticeStep(_("&Try again now"), self._on_try_again),
            NoticeStep(_("&Save a copy elsewhere …"), keeper.go_on_elsewhere),
        )
        window.header.save_state.help_wanted.connect(self._on_help_wanted)
        window.durability_shown.connect(self._on_durability_shown)

    def _on_try_again(self) -> None:
        self._keeper.try_again()
        # What was handed over just now still carries the old news.
        self._is_trying = True

    def _on_help_wanted(self) -> None:
        self._tried = ""
        self._tell()
        self._window.trouble.focus_steps()

    def _on_durability_shown(self, durability: Durability) -> None:
        reason, self._reason = self._reason, durability.failure or ""
        if self._window.trouble.isHidden():
            return
        if not self._reason:
            self._is_trying = False
            self._window.trouble.hide()
        elif self._is_trying:
            self._is_trying = False
            words = _("Tried again at {time}: {reason}")
            self._tried = words.format(time=time_words(utc_now()), reason=self._reason)
            self._tell()
        elif reason != self._reason:
            self._tell()

    def _tell(self) -> None:
        words = _(
            "Your last words are not on the disk. {reason}\nThey stay here in the window, and the program"
            " keeps trying. Make room on the disk, or bring its drive or folder back; or go on in a copy on"
            " another disk."
        )
        if self._is_own_mistake():
            words = _(
                "Your last words are not on the disk. {reason}\nThey stay here in the window, and the program"
                " keeps trying. Save a copy elsewhere now, which holds the whole report, and then start the"
                " program anew. Tell whoever helps you with computers; the log says more."
            )
        elif self._is_changed():
            words = _(
                "Your last words are not on the disk. {reason}\nThey stay here in the window. Go on in a"
                " copy; there you can see what differs between the two."
            )
        lines = filter(None, (words.format(reason=self._reason), self._tried))
        self._window.trouble.tell("\n".join(lines), Tone.ERROR, self._steps)

    def _is_own_mistake(self) -> bool:
        """Whether neither the disk nor anybody else is at fault."""
        opened = self._keeper.opened
        return opened is not None and opened.journal.durability.is_own_mistake

    def _is_changed(self) -> bool:
        """Whether the file is no longer the one that was opened."""
        from desktop_app.storage.errors import FileChangedError

        opened = self._keeper.opened
        return opened is not None and self._reason == FileChangedError(opened.local_path).sentence
