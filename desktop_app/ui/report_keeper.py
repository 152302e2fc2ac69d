"""Keeps one report open: shows it in the window, and lets go of it only when its words are safe."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop_app.formdef.library import FormLibrary
from desktop_app.report.changes import OperationKind
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.services.open_report import OpenReport, open_report
from desktop_app.ui.attachments.window_files import WindowFiles
from desktop_app.ui.exporter import exporter
from desktop_app.ui.file_news import BackupSignal, IntegritySignal
from desktop_app.ui.garbage import look_everywhere_again, pass_over_what_is_there
from desktop_app.ui.header import SaveSignal
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.notice import NoticeStep
from desktop_app.ui.parts import Tone
from desktop_app.ui.past import Past
from desktop_app.ui.place_follower import PlaceFollower

if TYPE_CHECKING:
    from desktop_app.storage.protection import Key
    from desktop_app.storage.verifying import Damage

log = logging.getLogger(__name__)

BLINK = 0.04
"""Seconds within which a disk is usually done; nothing is shown before."""

PAINTING = 200
"""Milliseconds the first page has to be painted before the whole file is verified beside it."""

VERIFY_AFTER = 5.0
"""Seconds after which that begins in any case."""

LAST_CHANCE = 5.0
"""Seconds the disk has for the last words when the system ends the program."""


class ReportKeeper(QObject):
    """At most one report is open at a time."""

    left = Signal(object, str)
    """A report file was closed; where in it the person was."""

    copied = Signal(object)
    """The whole report was kept in another file, because its own did not take the last words."""

    written = Signal(object)
    """The first change of this sitting was made in this report file."""

    damaged = Signal(object)
    """Behind the first page the file was found not to be what was written: the list of ``Damage``."""

    gone_on = Signal(object, object)
    """The report file that took no words any more, and the copy in which the person goes on."""

    verified = Signal()
    """Behind the first page the whole file was found to be sound."""

    def __init__(self, window: MainWindow, library: Callable[[], FormLibrary], who: str) -> None:
        """``library`` gives the forms when they are needed; ``who``: the person's name."""
        super().__init__(window)
        self._window, self._library, self._who = window, library, who
        self._open: OpenReport | None = None
        self._key: tuple[Path, Key] | None = None
        self._is_leaving = False
        self._was_told_unfinished = self._is_written = False
        self._saved = SaveSignal(self)
        self._saved.changed.connect(self._on_durability_changed)
        self._integrity = IntegritySignal(self)
        # Never in the middle of opening, however quickly it is known.
        self._integrity.known.connect(self._on_integrity_known, Qt.ConnectionType.QueuedConnection)
        self._places = PlaceFollower(window)
        self._places.changed.connect(self._show_saved)
        self._backups = BackupSignal(self)
        self._backups.failed.connect(self._on_backup_failed)
        self._was_told_of_backups = False

    @property
    def path(self) -> Path | None:
        """The file of the report that is open."""
        return self._open.path if self._open is not None else None

    @property
    def who(self) -> str:
        """The person's name."""
        return self._who

    @property
    def opened(self) -> OpenReport | None:
        """The report that is open."""
        return self._open

    def open(
        self, path: Path, place: str, number: int | None = None, *, to_read: bool = False, why: str = ""
    ) -> bool:
        """Show report ``number`` of ``path``, else the newest, at ``place``. False when one stays open.

        ``to_read``: only to read, and ``why``. DeskError when it cannot be opened; nothing changes then.
        """
        key = self.key_for(path)
        opened = open_report(
            path,
            self._library(),
            number,
            who=self._who,
            to_read=to_read,
            why=why,
            key=key,
            verify_after=VERIFY_AFTER,
        )
        if not self.close():
            opened.close()
            return False
        if key is None:
            self.forget_key()
        self._open = opened
        self._was_told_unfinished = self._is_written = False
        past = Past(opened.session, opened.journal.read, path, self._window, key)
        WindowFiles(past, self._window)
        # After a crash the settings know only an older place than the answer that was being written.
        place = opened.recovered[-1] if opened.recovered else place
        self._window.show_report(opened.session, path, exporter(opened), place, past)
        opened.session.listen(self._on_paths_changed)
        opened.journal.listen(self._saved.tell)
        self._places.follow(opened)
        self._show_saved()
        self._integrity.follow(opened)
        opened.begin_backups(self._backups.tell)
        QTimer.singleShot(0, self, self._on_shown)
        return True

    def hold_key(self, path: Path, key: Key) -> None:
        """``key`` opens the protected file at ``path``; kept until another file is opened."""
        self._key = (path.resolve(), key)

    def key_for(self, path: Path) -> Key | None:
        """The key of the file at ``path``, or of the file it is a copy of, if it is in hand."""
        if self._key is None:
            return None
        held_for, key = self._key
        return key if held_for == path.resolve() or key.belongs_to(path) else None

    def forget_key(self) -> None:
        """Nobody may open the file again without its passphrase."""
        self._key = None

    def offer_in_conflict(self, steps: Sequence[NoticeStep]) -> None:
        """What the person can do when somebody else changed the file meanwhile."""
        self._places.conflict_steps = steps

    def set_person(self, who: str) -> None:
        """From now on edits and files carry this name, also in the report that is open."""
        self._who = who
        if self._open is not None:
            self._open.session.leave()
            self._open.session.who = who
            self._open.journal.read(lambda file: file.tell_name(who))
        if self._window.view is not None:
            self._window.view.pages.show_name()

    def tell(self, notices: tuple[str, ...], tone: Tone) -> None:
        """Say what the person should know about the report, after what opening had to say."""
        words = (*(self._open.notices if self._open is not None else ()), *notices)
        if words:
            is_good_news = self._open is not None and words == self._open.place_notices
            is_done = tone is Tone.SUCCESS and words == notices
            if tone is Tone.SUCCESS and not is_done:
                tone = Tone.WARNING
            recovered = self._open is not None and bool(self._open.recovered)
            steps = [NoticeStep(_("Sho&w it"), self._show_recovered)] if recovered else []
            shown_tone = Tone.QUIET if is_good_news else tone
            self._window.notice.tell("\n".join(words), shown_tone, steps, of_now=is_done)

    def _show_recovered(self) -> None:
        """Go to the answer that was being written when the program ended without a word."""
        if self._open is not None and self._open.recovered and self._window.view is not None:
            self._window.view.go_to(self._open.recovered[-1])

    def close(self) -> bool:
        """Save and close the report. False when that cannot be, and the person stays."""
        if self._open is None:
            return True
        if self._is_leaving:
            return False
        self._is_leaving = True
        try:
            return self._may_leave(self._open) and self._leave(self._open)
        finally:
            self._is_leaving = False

    def _may_leave(self, opened: OpenReport) -> bool:
        """Words that are no answer yet are shown once before they are left out."""
        view = self._window.view
        words = view.show_unfinished() if view is not None and not self._was_told_unfinished else ""
        if not words:
            return True
        self._was_told_unfinished = True
        self._window.notice.tell(words, Tone.WARNING, of_now=True)
        return False

    def _leave(self, opened: OpenReport) -> bool:
        self._window.finish_files()
        self._hand_over_all(opened)
        if not opened.journal.flush(BLINK) and not self._may_leave_unsaved(opened):
            return False
        if opened.journal.durability.is_saved and not self._places.may_leave():
            return False
        self._part_with(opened)
        return True

    def _may_leave_unsaved(self, opened: OpenReport) -> bool:
        """Wait for a slow disk; if it refuses, the person decides. True when it was saved meanwhile, too."""
        from desktop_app.ui.farewell import Ending, Farewell

        self._window.notice.tell(_("Saving your last words …"))
        ending = Farewell(self._window, opened.journal).wait()
        may_leave = ending in (Ending.SAVED, Ending.GIVE_UP) or (ending is Ending.COPY and self._copy(opened))
        if not may_leave:
            self._window.notice.hide()
        return may_leave

    def _part_with(self, opened: OpenReport) -> None:
        """Close the file, with what is on disk of it."""
        place = self._window.view.place if self._window.view is not None else ""
        self._window.clear()
        if opened.journal.durability.is_saved:
            opened.close()
        else:
            opened.give_up()
        self._open = None
        look_everywhere_again()
        self.left.emit(opened.path, place)

    def _copy(self, opened: OpenReport) -> bool:
        """Keep the whole report, with its last words, in a file the person chooses."""
        target = self._choose_copy(opened)
        return target is not None and self._copy_to(target, opened)

    def _choose_copy(self, opened: OpenReport) -> Path | None:
        from desktop_app.ui.files import choose_place

        proposed = opened.path.with_name(_("{name} copy").format(name=opened.path.stem) + opened.path.suffix)
        return choose_place(self._window, proposed, _("Save a copy elsewhere"))

    def _copy_to(self, target: Path, opened: OpenReport) -> bool:
        is_kept = self._keep_in(target, opened)
        if is_kept:
            self.copied.emit(target)
        return is_kept

    def _keep_in(self, target: Path, opened: OpenReport) -> bool:
        from desktop_app.services.reports import keep_report

        try:
            # A copy of a protected report is protected by the same key.
            keep_report(target, opened.session.report, OperationKind.IMPORT, who=self._who, key=opened.key)
        except DeskError as error:
            self._window.show_failure(error.sentence)
            return False
        return True

    # While the disk refuses

    def try_again(self) -> None:
        """Write what waits now, not after the pause that follows a failure."""
        if self._open is not None:
            self._hand_over(self._open)
            self._open.journal.try_again()

    def go_on_elsewhere(self) -> None:
        """Keep the whole report in a file the person chooses, and go on in that one."""
        opened = self._open
        if opened is None or opened.read_only:
            return
        self._hand_over(opened)
        target = self._choose_copy(opened)
        # Meanwhile the disk may have taken everything, or the report may have been closed.
        if target is None or opened is not self._open:
            return
        self._window.finish_files()
        self._hand_over(opened)
        place = self._window.view.place if self._window.view is not None else ""
        if not self._copy_to(target, opened):
            return
        self._part_with(opened)
        try:
            self.open(target, place)
        except DeskError as error:
            self._window.show_failure(error.sentence)
            return
        words = _("You are working in “{copy}” now. It holds the whole report with your last words.")
        self._window.notice.tell(words.format(copy=target), Tone.SUCCESS)
        self.gone_on.emit(opened.path, target)

    # Without a question

    def hand_over(self) -> None:
        """Everything typed goes to disk at once; the report stays open."""
        if self._open is not None:
            self._hand_over(self._open)
            self._open.journal.flush(LAST_CHANCE)

    def end(self, rescue_folder: Path) -> None:
        """The system ends the program: save and close; what the disk refuses goes into ``rescue_folder``."""
        opened = self._open
        if opened is None:
            return
        self._window.finish_files()
        self._hand_over_all(opened)
        opened.journal.flush(LAST_CHANCE)
        kept = self._rescue(opened, rescue_folder)
        if kept is not None:
            self.copied.emit(kept)
        self._part_with(opened)

    def abandon(self, rescue_folder: Path) -> Path | None:
        """Close the report although its file takes no words any more; nothing is asked.

        Returns the file in ``rescue_folder`` that holds the whole report with the words that were not
        written; None when there were none.
        """
        opened = self._open
        if opened is None:
            return None
        self._hand_over_all(opened)
        kept = self._rescue(opened, rescue_folder)
        self._part_with(opened)
        return kept

    def _rescue(self, opened: OpenReport, folder: Path) -> Path | None:
        """Keep the report in a new file in ``folder`` if words of it are in memory alone."""
        if opened.journal.durability.is_saved:
            return None
        folder.mkdir(parents=True, exist_ok=True)
        stem, suffix = opened.path.stem, opened.path.suffix
        names = (folder / f"{stem} {number}{suffix}" for number in count(1))
        target = next(path for path in names if not path.exists())
        return target if self._keep_in(target, opened) else None

    def _hand_over_all(self, opened: OpenReport) -> None:
        """As ``_hand_over``, with the words that are no answers: their page will be gone."""
        self._hand_over(opened)
        if self._window.view is not None:
            self._window.view.pages.keep_unfinished()

    def _hand_over(self, opened: OpenReport) -> None:
        if self._window.view is not None:
            self._window.view.hand_over()
        opened.session.leave()

    # Following

    def _on_shown(self) -> None:
        """The loop runs: the page is painted in a moment. Verifying would take the computer from it."""
        QTimer.singleShot(PAINTING, self, self._on_painted)

    def _on_painted(self) -> None:
        if self._open is not None:
            pass_over_what_is_there()
            self._open.journal.verify()

    def _on_paths_changed(self, paths: frozenset[str]) -> None:
        self._was_told_unfinished = False
        self._show_saved()
        if not self._is_written and self._open is not None:
            self._is_written = True
            self.written.emit(self._open.path)

    def _on_backup_failed(self, sentence: str) -> None:
        """Said once a session: a full disk would say it every half hour."""
        if not self._was_told_of_backups:
            self._was_told_of_backups = True
            self._window.notice.tell(sentence, Tone.WARNING)

    def _on_integrity_known(self, opened: OpenReport, damages: list[Damage]) -> None:
        if opened is not self._open:
            return
        if damages:
            self.damaged.emit(damages)
        else:
            self.verified.emit()

    def _on_durability_changed(self) -> None:
        # Of several pieces of news only the present state counts.
        self._show_saved()

    def _show_saved(self) -> None:
        if self._open is not None:
            self._window.show_durability(self._open.journal.durability, self._open.place_state)
