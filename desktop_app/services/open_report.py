"""A report opened in the window: its session, and the worker that keeps every word of it.

What may be written is opened to write; what may not (a medium, a folder or a file that is read-only, a
file of a newer format) is opened to read, with the sentence that says why.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.formdef.library import FormLibrary
from desktop_app.report.changes import Operation
from desktop_app.report.report import Report
from desktop_app.runtime.files import CannotWriteError
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.reports import choose_summary
from desktop_app.services.required_protection import ProtectionRequiredError, refuse_unprotected
from desktop_app.storage.errors import NewerFormatError
from desktop_app.storage.report_file import ReportFile
from desktop_app.storage.worker import FileWorker

if TYPE_CHECKING:
    from desktop_app.services.backups import AutomaticBackups
    from desktop_app.storage.protection import Key
    from desktop_app.storage.verifying import Damage

CLOSING = 30.0
"""Seconds the worker may take to write what is left."""


@dataclass(slots=True)
class OpenReport:
    """``path``: the person's file. ``notices``: sentences, such as that unfinished text was recovered.

    ``can_be_copied``: it is read-only for the place or the file alone, so that a copy can be written.
    """

    path: Path
    session: EntrySession
    journal: FileWorker
    notices: tuple[str, ...] = ()
    can_be_copied: bool = False
    backups: AutomaticBackups | None = None
    key: Key | None = None

    @property
    def read_only(self) -> str:
        """Why nothing can be changed, in a sentence; empty where everything can."""
        return self.session.read_only

    @property
    def integrity(self) -> Future[list[Damage]]:
        """What was found when the whole file was compared with its log; empty for a sound one."""
        return self.journal.integrity

    def begin_backups(self, tell: Callable[[str], None]) -> None:
        """Make backups from now on; ``tell`` hears, in another thread, why one could not be made."""
        from desktop_app.services.backups import AutomaticBackups, BackupSchedule

        if not self.read_only:
            self.backups = AutomaticBackups(BackupSchedule(self.path, key=self.key), self.integrity, tell)

    def close(self) -> None:
        """Write what is left and close the file; the last backup goes on behind."""
        self.session.leave()
        self.journal.close(CLOSING)
        self._end_backups()

    def give_up(self) -> None:
        """Close the file without what could not be written: the person decided so."""
        self.journal.give_up()
        self._end_backups()

    def _end_backups(self) -> None:
        if self.backups is not None:
            self.backups.close()


def open_report(
    path: Path,
    library: FormLibrary,
    number: int | None = None,
    *,
    who: str = "",
    to_read: bool = False,
    why: str = "",
    key: Key | None = None,
) -> OpenReport:
    """Open report ``number`` (the newest for None) of the file, for writing where that is possible.

    Nothing is written before the whole file has been verified, which goes on behind this call.
    ``to_read``: only to read, as beside somebody who has the file open; ``why`` in a sentence. ``key``
    opens a protected file; a file without a passphrase is opened to read where IT requires one.
    FileInUseError when someone has it open for writing, DamagedFileError, and other DeskErrors when it
    cannot be opened at all.
    """
    worker, read_only, can_be_copied = _open_file(path, who, why if to_read else _unprotected(path), key)
    recovered = len(worker.opened.result())

    def load(file: ReportFile) -> tuple[Report, list[Operation]]:
        summary = choose_summary(path, file.reports(), number)
        form = library.form(summary.form_id, summary.form_version)
        return file.load(summary.number, form), file.operations(summary.id, undoable=True)

    try:
        report, log = worker.read(load).result()
        if not read_only:
            read_only = worker.read(_newer_format).result()
    except BaseException:
        worker.close(CLOSING)
        raise
    worker.verify()
    session = EntrySession(report, worker, log, who, read_only=read_only)
    return OpenReport(path, session, worker, _recovery_notice(recovered), can_be_copied, key=key)


def _unprotected(path: Path) -> str | None:
    """Why the file is only to be read, where IT requires a passphrase and it has none."""
    try:
        refuse_unprotected(path)
    except ProtectionRequiredError as error:
        return error.sentence
    return None


def _open_file(path: Path, who: str, reading: str | None, key: Key | None) -> tuple[FileWorker, str, bool]:
    """The worker, why it only reads (empty when it writes), and whether a copy could be written.

    ``reading``: not None when it is only to be read.
    """
    if reading is not None:
        return (
            _started(FileWorker(path, who, "read", key=key)),
            reading or _("This report is open to be read only."),
            False,
        )
    try:
        back_up = partial(_back_up_before_upgrade, key=key)
        return _started(FileWorker(path, who, before_upgrade=back_up, key=key)), "", False
    except (CannotWriteError, NewerFormatError) as refusal:
        can_be_copied = isinstance(refusal, CannotWriteError)
        try:
            return _started(FileWorker(path, who, "read", key=key)), refusal.sentence, can_be_copied
        except (CannotWriteError, NewerFormatError):
            raise refusal from None


def _started(worker: FileWorker) -> FileWorker:
    worker.opened.result()
    return worker


def _newer_format(file: ReportFile) -> str:
    return NewerFormatError(file.path, file.needed_version).sentence if file.needed_version else ""


def _back_up_before_upgrade(path: Path, *, key: Key | None) -> None:
    from desktop_app.services.backups import BEFORE_UPGRADE, make_backup

    make_backup(path, BEFORE_UPGRADE, key=key)


def _recovery_notice(recovered: int) -> tuple[str, ...]:
    if not recovered:
        return ()
    told = ngettext(
        "The program did not end properly last time. {count} unfinished answer was recovered.",
        "The program did not end properly last time. {count} unfinished answers were recovered.",
        recovered,
    )
    return (told.format(count=recovered),)
